#include "sim/scenario/weather_rows.hpp"

#include "models/weather/seasonal_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace aidc {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_whole(double value, double low, double high) { return value == std::floor(value) && value >= low && value <= high; }

} // namespace

void FileProblems::add(std::size_t line, std::string message)
{
    constexpr std::size_t most = 20;
    problems_.push_back({line == 0 ? path_ : fmt::format("{}:{}", path_, line), "", std::move(message)});
    if (problems_.size() == most) {
        throw InputErrors(problems_);
    }
}

void FileProblems::throw_if_any() const
{
    if (!problems_.empty()) {
        throw InputErrors(problems_);
    }
}

std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.push_back(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    while (!lines.empty() && lines.back().empty()) {
        lines.pop_back();
    }
    return lines;
}

std::vector<std::string_view> fields_of(std::string_view line)
{
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= line.size();) {
        auto const end = std::min(line.find(',', from), line.size());
        fields.push_back(trimmed(line.substr(from, end - from)));
        from = end + 1;
    }
    return fields;
}

std::optional<double> number_in(std::string_view field)
{
    double value{};
    auto const result = std::from_chars(field.data(), field.data() + field.size(), value);
    bool const whole = result.ec == std::errc{} && result.ptr == field.data() + field.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<HourPlace> place_of(double month, double day, double hour)
{
    if (!is_whole(month, 1, 12) || !is_whole(hour, 0, 23) || !is_whole(day, 1, 31)) {
        return std::nullopt;
    }
    auto const m = static_cast<std::size_t>(month) - 1;
    auto d = static_cast<int>(day);
    bool const is_leap_day = m == 1 && d == 29;
    d -= is_leap_day ? 1 : 0;
    if (d > first_day_of_month[m + 1] - first_day_of_month[m]) {
        return std::nullopt;
    }
    auto const first_hour = 24 * static_cast<std::size_t>(first_day_of_month[m] + d - 1);
    return HourPlace{.hour = first_hour + static_cast<std::size_t>(hour), .is_leap_day = is_leap_day};
}

std::string name_of_hour(std::size_t hour)
{
    auto const day = static_cast<int>(hour / 24);
    auto const month = std::ranges::upper_bound(first_day_of_month, day) - first_day_of_month.begin();
    return fmt::format("{:02d}-{:02d} {:02d}:00", month, day - first_day_of_month[static_cast<std::size_t>(month) - 1] + 1, hour % 24);
}

std::vector<std::size_t> fill_gaps(std::span<double> hours)
{
    std::vector<std::size_t> too_long;
    for (std::size_t first = 0; first < hours.size(); ++first) {
        if (!std::isnan(hours[first])) {
            continue;
        }
        std::size_t end = first;
        while (end < hours.size() && std::isnan(hours[end])) {
            ++end;
        }
        if (end - first > longest_gap_h) {
            too_long.push_back(first);
            first = end;
            continue;
        }
        double const before = first > 0 ? hours[first - 1] : hours[end];
        double const after = end < hours.size() ? hours[end] : before;
        for (std::size_t hour = first; hour < end; ++hour) {
            double const way = static_cast<double>(hour + 1 - first) / static_cast<double>(end + 1 - first);
            hours[hour] = before + way * (after - before);
        }
    }
    return too_long;
}

} // namespace aidc
