#include "sim/scenario/job_log.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/job_log_rows.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <tuple>

namespace aidc {
namespace {

bool is_whole(double value, double low, double high) { return value == std::floor(value) && value >= low && value <= high; }

/// First line that is not blank.
std::string_view first_line(std::string_view text)
{
    auto const from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    return text.substr(from, std::min(text.find('\n', from), text.size()) - from);
}

bool is_row_of_numbers(std::string_view line)
{
    return !line.empty() && line.find_first_not_of("0123456789+-. \t\r") == std::string_view::npos;
}

JobLogFormat guess(std::filesystem::path const& path, std::string_view text)
{
    auto const line = first_line(without_mark(text));
    if (line.empty()) {
        throw InputErrors({{path.string(), "", "is empty; a log needs at least one job"}});
    }
    if (line.starts_with('{')) {
        return JobLogFormat::batsim;
    }
    if (line.starts_with(';') || is_row_of_numbers(line)) {
        return JobLogFormat::swf;
    }
    for (auto const name : fields_of(line)) {
        if (auto const format = table_with_column(name)) {
            return *format;
        }
    }
    throw InputErrors(
        {{path.string() + ":1", "",
          "is the beginning of no log that is known; name its format (swf, philly, pai, batsim, csv), or make a table with the "
          "columns submit_s,run_s,processors"}});
}

} // namespace

JobRows::JobRows(std::filesystem::path const& path, JobLogOptions const& options, JobLogFormat format, RowOrder order)
    : options_(options), order_(order), problems_(path, options.skip_bad_rows)
{
    log_.format = format;
}

void JobRows::take(std::optional<JobRow> const& row)
{
    if (row) {
        check(*row);
    }
    if (!problems_.end_row()) {
        return;
    }
    if (row->run_s == 0.0 || row->processors == 0.0) {
        ++log_.left_out;
        return;
    }
    bool const is_early = !log_.jobs.empty() && row->submit_s < log_.jobs.back().submit_s;
    log_.unsorted += is_early ? 1 : 0;
    if (row->id) {
        ids_.insert(static_cast<std::int64_t>(*row->id));
    }
    log_.jobs.push_back({.id = static_cast<std::int64_t>(row->id.value_or(0.0)),
                         .submit_s = row->submit_s,
                         .run_s = row->run_s,
                         .estimate_s = std::max(row->estimate_s, row->run_s),
                         .processors = static_cast<std::uint32_t>(row->processors),
                         .priority = static_cast<std::int32_t>(row->priority),
                         .rules = 0});
}

void JobRows::leave_out()
{
    problems_.end_row();
    ++log_.left_out;
}

void JobRows::check(JobRow const& row)
{
    auto const not_negative = [this](std::string_view what, double value_s) {
        if (value_s < 0.0) {
            problems_.add(fmt::format("has {:g} s as {}, and no time is below 0; mend the row or leave it out", value_s, what));
        }
    };
    if (order_ != RowOrder::dated) {
        not_negative("submit time", row.submit_s);
    }
    not_negative("run time", row.run_s);
    not_negative("requested time", row.estimate_s);
    if (!is_whole(row.processors, 0.0, std::numeric_limits<std::uint32_t>::max())) {
        problems_.add(fmt::format("asks for {:g} processors, and jobs hold whole ones; mend the row or leave it out", row.processors));
    }
    else if (options_.machine > 0 && row.run_s > 0.0 && row.processors > options_.machine) {
        problems_.add(fmt::format("asks for {:g} processors and the machine has {}: it would wait for ever; leave the row out or take a "
                                  "larger machine",
                                  row.processors, options_.machine));
    }
    constexpr double highest = std::numeric_limits<std::int32_t>::max();
    if (!is_whole(row.priority, -highest, highest)) {
        problems_.add(fmt::format("has the priority {:g}, which is not a whole number of 32 bits; mend it", row.priority));
    }
    if (row.id) {
        check_id(*row.id);
    }
    check_order(row.submit_s);
}

void JobRows::check_id(double id)
{
    constexpr double highest = 9007199254740992.0; // beyond it a double has not every whole number
    if (!is_whole(id, -highest, highest)) {
        problems_.add(fmt::format("has the id {:g}, which is not a whole number; number the jobs", id));
    }
    else if (ids_.contains(static_cast<std::int64_t>(id))) {
        problems_.add(fmt::format("has the id {} of a row above (ids tell jobs apart); number the jobs anew or leave one out", id));
    }
}

void JobRows::check_order(double submit_s)
{
    bool const is_time = submit_s >= 0.0; // else it is told already
    if (order_ == RowOrder::strict && is_time && !log_.jobs.empty() && submit_s < log_.jobs.back().submit_s) {
        problems_.add(fmt::format("is submitted at {} s, and a row above at {} s (rows stand in order of submission); sort the log or mend "
                                  "the row",
                                  submit_s, log_.jobs.back().submit_s));
    }
}

JobLog JobRows::finish()
{
    problems_.throw_if_any();
    log_.rows = problems_.rows();
    log_.skipped = problems_.skipped();
    log_.skipped_why = problems_.found();
    if (log_.jobs.empty()) {
        auto problems = log_.skipped_why;
        auto message = fmt::format("has no job to run: {} rows, {} of them bad, {} without run time or processors; take another log",
                                   log_.rows, log_.skipped, log_.left_out);
        problems.insert(problems.begin(), problems_.of_file(0, std::move(message)));
        throw InputErrors(std::move(problems));
    }
    number_jobs();
    return std::move(log_);
}

void JobRows::number_jobs()
{
    auto& jobs = log_.jobs;
    std::ranges::stable_sort(jobs, {},
                             [](Job const& job) { return std::tuple(job.submit_s, job.id); }); // without ids all are 0: as in the file
    double const zero_s = order_ == RowOrder::dated ? jobs.front().submit_s : 0.0;
    std::int64_t number = 0;
    for (auto& job : jobs) {
        job.submit_s -= zero_s;
        job.id = ids_.empty() ? number++ : job.id;
    }
}

JobLog read_job_log(std::filesystem::path const& path, JobLogOptions const& options)
{
    auto const text = read_text(path);
    auto const format = options.format == JobLogFormat::guess ? guess(path, text) : options.format;
    switch (format) {
    case JobLogFormat::swf:
        return read_swf(path, text, options);
    case JobLogFormat::batsim:
        return read_batsim(path, text, options);
    default:
        return read_job_table(path, text, options, format);
    }
}

} // namespace aidc
