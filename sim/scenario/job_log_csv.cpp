#include "sim/scenario/document.hpp"
#include "sim/scenario/job_log_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace aidc {
namespace {

/// A table of jobs: how its columns are called; "": it has none.
struct TableKind {
    JobLogFormat format{};
    RowOrder order{};
    std::string_view submit, run, processors; ///< Needed
    std::string_view id, estimate, priority;  ///< There if you like
    bool is_strict = false;                   ///< Other columns are errors: an own format, where they are misspelt ones
};

constexpr std::array kinds{
    TableKind{JobLogFormat::csv, RowOrder::strict, "submit_s", "run_s", "processors", "id", "estimate_s", "priority", true},
    TableKind{JobLogFormat::philly, RowOrder::dated, "timestamp", "duration", "num_gpus", "", "", "", false},
    TableKind{JobLogFormat::pai, RowOrder::strict, "arrival_time", "length", "cpus", "", "", "", false},
};

/// Reads one table.
class JobTableReader {
  public:
    JobTableReader(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options, TableKind const& kind)
        : kind_(kind), rows_(path, options, kind.format, kind.order), table_(text, rows_.problems())
    {
        if (kind_.is_strict) {
            check_names();
        }
        auto const columns = table_.needed(std::array{kind.submit, kind.run, kind.processors});
        submit_ = columns[0];
        run_ = columns[1];
        processors_ = columns[2];
    }

    JobLog read()
    {
        while (table_.next()) {
            rows_.take(table_.is_whole() ? row() : std::nullopt);
        }
        return rows_.finish();
    }

  private:
    void check_names()
    {
        std::array const known{kind_.submit, kind_.run, kind_.processors, kind_.id, kind_.estimate, kind_.priority};
        std::vector<Problem> unknown;
        for (auto const name : table_.names()) {
            if (std::ranges::find(known, name) != known.end()) {
                continue;
            }
            auto const near = nearest(name, known);
            auto const hint = near.empty() ? fmt::format("known: {}; remove the column", fmt::join(known, ", "))
                                           : fmt::format("did you mean \"{}\"?", near);
            unknown.push_back(rows_.problems().of_file(1, fmt::format("has an unknown column \"{}\"; {}", name, hint)));
        }
        if (!unknown.empty()) {
            throw InputErrors(std::move(unknown));
        }
    }

    std::optional<JobRow> row()
    {
        auto const submit_s = kind_.order == RowOrder::dated ? date(submit_) : table_.number(submit_);
        auto const run_s = table_.number(run_);
        auto const processors = table_.number(processors_);
        auto const id = maybe(kind_.id);
        auto const estimate_s = maybe(kind_.estimate);
        auto const priority = maybe(kind_.priority);
        if (!submit_s || !run_s || !processors) {
            return {};
        }
        return JobRow{.id = id,
                      .submit_s = *submit_s,
                      .run_s = *run_s,
                      .estimate_s = estimate_s.value_or(0.0),
                      .processors = *processors,
                      .priority = priority.value_or(0.0)};
    }

    /// Of a column that need not be there.
    std::optional<double> maybe(std::string_view name)
    {
        auto const column = name.empty() ? std::nullopt : table_.find(name);
        return column ? table_.number(*column) : std::nullopt;
    }

    /// From the first date of the log [s].
    std::optional<double> date(std::size_t column)
    {
        auto const moment = moment_in(table_.field(column));
        if (!moment) {
            rows_.problems().add(fmt::format("has \"{}\" as {}, not of the form 2017-10-09 07:01:55; mend the row or leave it out",
                                             table_.field(column), table_.names()[column]));
            return {};
        }
        first_ = first_ ? first_ : moment;
        return seconds_between(*first_, *moment);
    }

    TableKind const& kind_;
    JobRows rows_;
    LogTable table_;
    std::size_t submit_{}, run_{}, processors_{}; ///< Columns
    std::optional<LogMoment> first_{};
};

} // namespace

std::optional<JobLogFormat> table_with_column(std::string_view name)
{
    auto const has = [name](TableKind const& kind) { return name == kind.submit || name == kind.run || name == kind.processors; };
    auto const found = std::ranges::find_if(kinds, has);
    return found == kinds.end() ? std::nullopt : std::optional(found->format);
}

JobLog read_job_table(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options, JobLogFormat format)
{
    auto const kind = std::ranges::find(kinds, format, &TableKind::format);
    AIDC_EXPECT(kind != kinds.end());
    return JobTableReader(path, text, options, *kind).read();
}

} // namespace aidc
