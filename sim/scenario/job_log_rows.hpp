#pragma once
/// \file
/// What the readers of all job logs share; for job_log*.cpp only.

#include "sim/scenario/job_log.hpp"
#include "sim/scenario/log_rows.hpp"

#include <optional>
#include <string>
#include <unordered_set>

namespace aidc {

/// One row, as numbers. What a log marks as missing is 0.
struct JobRow {
    std::optional<double> id; ///< Nothing: its log has none
    double submit_s{};        ///< [s]
    double run_s{};           ///< [s]
    double estimate_s{};      ///< [s]
    double processors{};
    double priority{};
};

/// What is said about the order of a log's rows.
enum class RowOrder : std::uint8_t {
    strict, ///< By submission: a row that comes too early is bad
    any,    ///< None
    dated   ///< None, and times count from any moment: the first job's is to be 0
};

/// Takes the rows of one log, and checks what holds for all formats.
class JobRows {
  public:
    JobRows(std::filesystem::path const& path, JobLogOptions const& options, JobLogFormat format, RowOrder order);

    RowProblems& problems() { return problems_; }
    void set_machine(std::uint32_t processors) { log_.machine = processors; }

    /// The row that problems() has begun; nothing: it could not be read, which problems() know. Ends it.
    void take(std::optional<JobRow> const& row);
    /// The row that problems() has begun says nothing that its log does not say elsewhere. Ends it.
    void leave_out();
    /// The log, in order. \throws InputErrors  when rows are bad or there are no jobs
    JobLog finish();

  private:
    void check(JobRow const& row);
    void check_id(double id);
    void check_order(double submit_s);
    void number_jobs();

    JobLogOptions options_;
    RowOrder order_;
    RowProblems problems_;
    JobLog log_;
    std::unordered_set<std::int64_t> ids_;
};

/// \name The readers of each format. \param text  Of the file, unpacked
/// \throws InputErrors
/// @{
JobLog read_swf(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options);
JobLog read_job_table(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options, JobLogFormat format);
JobLog read_batsim(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options);
/// @}

/// Which table of jobs has such a column; nothing: none.
std::optional<JobLogFormat> table_with_column(std::string_view name);

} // namespace aidc
