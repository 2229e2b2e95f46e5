#include "sim/scenario/job_log_rows.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace aidc {
namespace {

// Fields of a row. Source: Parallel Workloads Archive, The Standard Workload Format, version 2.2.
constexpr std::size_t job_number = 0;
constexpr std::size_t submit_time = 1;
constexpr std::size_t run_time = 3;
constexpr std::size_t allocated_processors = 4;
constexpr std::size_t requested_processors = 7;
constexpr std::size_t requested_time = 8;
constexpr std::size_t status = 10;
constexpr std::size_t fields_of_row = 18;
constexpr std::array used{std::pair{job_number, "job number"},
                          std::pair{submit_time, "submit time"},
                          std::pair{run_time, "run time"},
                          std::pair{allocated_processors, "allocated processors"},
                          std::pair{requested_processors, "requested processors"},
                          std::pair{requested_time, "requested time"},
                          std::pair{status, "status"}};

void split_words(std::string_view line, std::vector<std::string_view>& words)
{
    constexpr std::string_view blanks = " \t";
    words.clear();
    for (auto from = line.find_first_not_of(blanks); from < line.size(); from = line.find_first_not_of(blanks, from)) {
        auto const end = std::min(line.find_first_of(blanks, from), line.size());
        words.push_back(line.substr(from, end - from));
        from = end;
    }
}

/// Processors that a comment of the head names; 0: it names none.
std::uint32_t machine_in(std::string_view comment)
{
    constexpr std::string_view key = "MaxProcs:";
    std::vector<std::string_view> words;
    split_words(comment.substr(1), words);
    auto const value = words.size() >= 2 && words[0] == key ? number_in(words[1]).value_or(0.0) : 0.0;
    return value >= 1.0 && value <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(value) : 0;
}

/// The numbers of a row that are used; nothing when they are none, which is told.
std::optional<std::array<double, fields_of_row>> numbers_of(std::vector<std::string_view> const& words, RowProblems& problems)
{
    std::array<double, fields_of_row> numbers{};
    bool are_numbers = true;
    for (auto const& [field, name] : used) {
        auto const value = number_in(words[field]);
        if (!value) {
            problems.add(
                fmt::format("has \"{}\" as {} (field {}), which is not a number; write -1 if it is not known, or leave the row out",
                            words[field], name, field + 1));
        }
        are_numbers = are_numbers && value;
        numbers[field] = value.value_or(0.0);
    }
    return are_numbers ? std::optional(numbers) : std::nullopt;
}

/// A part of a job that was swapped out; a row above it holds the job as a whole.
bool is_part(double code) { return code == 2.0 || code == 3.0 || code == 4.0; }

JobRow row_of(std::array<double, fields_of_row> const& numbers)
{
    auto const known = [&numbers](std::size_t field) { return numbers[field] == -1.0 ? 0.0 : numbers[field]; };
    double const allocated = known(allocated_processors);
    return {.id = numbers[job_number],
            .submit_s = numbers[submit_time],
            .run_s = known(run_time),
            .estimate_s = known(requested_time),
            .processors = allocated != 0.0 ? allocated : known(requested_processors),
            .priority = 0.0};
}

} // namespace

JobLog read_swf(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options)
{
    JobRows rows(path, options, JobLogFormat::swf, RowOrder::strict);
    auto const lines = lines_of(text);
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with(';')) {
            if (auto const machine = machine_in(lines[i]); machine > 0) {
                rows.set_machine(machine);
            }
            continue;
        }
        split_words(lines[i], words);
        if (words.empty()) {
            continue;
        }
        rows.problems().begin_row(i + 1);
        if (words.size() != fields_of_row) {
            complain_of_fields(rows.problems(), words.size(), fields_of_row, i + 1 == lines.size());
            rows.take({});
            continue;
        }
        auto const numbers = numbers_of(words, rows.problems());
        if (numbers && is_part((*numbers)[status])) {
            rows.leave_out();
            continue;
        }
        rows.take(numbers ? std::optional(row_of(*numbers)) : std::nullopt);
    }
    return rows.finish();
}

} // namespace aidc
