#include "sim/scenario/log_rows.hpp"

#include "models/base/tick.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace aidc {
namespace {

constexpr std::size_t most_problems = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Two digits at a place, below `end`.
std::optional<double> two_digits(std::string_view text, std::size_t at, double end)
{
    if (text.size() < at + 2 || !is_digit(text[at]) || !is_digit(text[at + 1])) {
        return {};
    }
    double const value = 10.0 * (text[at] - '0') + (text[at + 1] - '0');
    return value < end ? std::optional(value) : std::nullopt;
}

/// Seconds of "HH:MM", at a place.
std::optional<double> clock_s(std::string_view text, std::size_t at)
{
    auto const hours = two_digits(text, at, 24.0);
    auto const minutes = two_digits(text, at + 3, 60.0);
    return hours && minutes && text[at + 2] == ':' ? std::optional(*hours * hour_s + *minutes * 60.0) : std::nullopt;
}

/// Offset from UTC at the end of a time [s]; nothing when there is something else.
std::optional<double> offset_s(std::string_view text)
{
    if (text == "Z") {
        return 0.0;
    }
    auto const clock = text.size() == 6 ? clock_s(text, 1) : std::nullopt;
    if (!clock || (text[0] != '+' && text[0] != '-')) {
        return {};
    }
    return text[0] == '-' ? -*clock : *clock;
}

/// Takes "55" or "55.25" off the front of a text [s]; nothing when there is something else.
std::optional<double> take_seconds(std::string_view& text)
{
    auto const end = std::min(text.find_first_not_of("0123456789."), text.size());
    bool const has_form = two_digits(text, 0, 60.0) && (end == 2 || text[2] == '.');
    auto const seconds = has_form ? number_in(text.substr(0, end)) : std::nullopt;
    text.remove_prefix(end);
    return seconds;
}

} // namespace

void RowProblems::begin_row(std::size_t line)
{
    line_ = line;
    is_bad_ = false;
}

void RowProblems::begin_row(std::string where, std::string pointer)
{
    where_ = std::move(where);
    pointer_ = std::move(pointer);
    begin_row(0);
}

void RowProblems::add(std::string message)
{
    add({line_ == 0 ? where_ : fmt::format("{}:{}", path_, line_), line_ == 0 ? pointer_ : "", std::move(message)});
}

void RowProblems::add(Problem problem)
{
    is_bad_ = true;
    if (problems_.size() < most_problems) {
        problems_.push_back(std::move(problem));
    }
    if (!skip_ && problems_.size() == most_problems) {
        throw InputErrors(problems_);
    }
}

bool RowProblems::end_row()
{
    ++rows_;
    skipped_ += is_bad_ ? 1 : 0;
    return !is_bad_;
}

Problem RowProblems::of_file(std::size_t line, std::string message) const
{
    return {line == 0 ? path_ : fmt::format("{}:{}", path_, line), "", std::move(message)};
}

void RowProblems::throw_if_any() const
{
    if (!skip_ && !problems_.empty()) {
        throw InputErrors(problems_);
    }
}

LogTable::LogTable(std::string_view text, RowProblems& problems) : problems_(problems), lines_(lines_of(without_mark(text)))
{
    if (lines_.empty()) {
        throw InputErrors({problems.of_file(0, "is empty; its first line names the columns, each further line is a row")});
    }
    names_ = fields_of(lines_[0]);
    auto sorted = names_;
    std::ranges::sort(sorted);
    if (auto const twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) {
        throw InputErrors({problems.of_file(1, fmt::format("names the column \"{}\" twice; keep one", *twice))});
    }
}

std::optional<std::size_t> LogTable::find(std::string_view name) const
{
    auto const found = std::ranges::find(names_, name);
    return found == names_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names_.begin()));
}

std::vector<std::size_t> LogTable::needed(std::span<std::string_view const> names) const
{
    std::vector<std::size_t> columns;
    std::vector<Problem> missing;
    for (auto const name : names) {
        if (auto const column = find(name)) {
            columns.push_back(*column);
        }
        else {
            missing.push_back(problems_.of_file(
                1, fmt::format("has no column \"{}\"; there are {}; name the columns in the first line", name, fmt::join(names_, ", "))));
        }
    }
    if (!missing.empty()) {
        throw InputErrors(std::move(missing));
    }
    return columns;
}

bool LogTable::next()
{
    do {
        ++line_;
    } while (line_ < lines_.size() && lines_[line_].empty());
    if (line_ >= lines_.size()) {
        return false;
    }
    problems_.begin_row(line_ + 1);
    fields_ = fields_of(lines_[line_]);
    return true;
}

bool LogTable::is_whole()
{
    if (fields_.size() == names_.size()) {
        return true;
    }
    complain_of_fields(problems_, fields_.size(), names_.size(), line_ + 1 == lines_.size());
    return false;
}

std::optional<double> LogTable::number(std::size_t column)
{
    auto const value = number_in(fields_[column]);
    if (!value) {
        problems_.add(
            fmt::format("has \"{}\" as {}, which is not a number; mend the row or leave it out", fields_[column], names_[column]));
    }
    return value;
}

std::string_view without_mark(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(mark) ? mark.size() : 0);
    return text;
}

void complain_of_fields(RowProblems& problems, std::size_t fields, std::size_t wanted, bool is_last)
{
    bool const is_cut = is_last && fields < wanted;
    problems.add(fmt::format("has {} fields and a row of this log has {}{}", fields, wanted,
                             is_cut ? ": the file is cut off in its last line; get it whole, or leave the row out"
                                    : "; mend the row or leave it out"));
}

std::optional<ClockMoment> clock_moment_in(std::string_view field)
{
    constexpr std::size_t date_length = 10;
    constexpr std::size_t clock_end = date_length + 6;
    auto const day = parse_day(std::string(field.substr(0, std::min(field.size(), date_length))));
    auto const clock = clock_s(field, date_length + 1);
    if (!day || !clock || (field[date_length] != ' ' && field[date_length] != 'T')) {
        return {};
    }
    ClockMoment moment{.minute = {.day = *day, .time_s = *clock}, .seconds = 0.0, .ahead_s = {}};
    field.remove_prefix(clock_end);
    if (field.starts_with(':')) {
        field.remove_prefix(1);
        auto const seconds = take_seconds(field);
        if (!seconds) {
            return {};
        }
        moment.seconds = *seconds;
    }
    if (!field.empty()) {
        moment.ahead_s = offset_s(field);
        return moment.ahead_s ? std::optional(moment) : std::nullopt;
    }
    return moment;
}

std::optional<LogMoment> moment_in(std::string_view field)
{
    constexpr std::size_t seconds_at = 16;
    auto const moment = clock_moment_in(field);
    if (!moment || field.size() <= seconds_at || field[seconds_at] != ':') {
        return {};
    }
    return LogMoment{.day = moment->minute.day, .time_s = moment->minute.time_s - moment->ahead_s.value_or(0.0) + moment->seconds};
}

double seconds_between(LogMoment const& from, LogMoment const& to)
{
    return static_cast<double>(to.day - from.day) * day_s + (to.time_s - from.time_s);
}

} // namespace aidc
