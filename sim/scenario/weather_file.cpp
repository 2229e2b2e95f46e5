#include "sim/scenario/weather_file.hpp"

#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>
#include <string>
#include <string_view>

namespace aidc {
namespace {

constexpr std::size_t header_lines = 8;
constexpr std::size_t hours = 8760;

[[noreturn]] void complain(std::filesystem::path const& path, std::size_t line, std::string message)
{
    throw InputErrors({{fmt::format("{}:{}", path.string(), line), "", std::move(message)}});
}

/// Field of a comma-separated line, counted from 0. What is no finite number is a complaint.
double field(std::filesystem::path const& path, std::size_t line_number, std::string const& line, std::size_t index, char const* what)
{
    std::size_t from = 0;
    for (std::size_t i = 0; i < index; ++i) {
        from = line.find(',', from);
        if (from == std::string::npos) {
            complain(path, line_number, fmt::format("has {} fields and the {} is field {}; is this an EPW file?", i + 1, what, index + 1));
        }
        ++from;
    }
    double value{};
    auto const start = std::min(line.find_first_not_of(' ', from), line.size());
    auto const* const end = line.data() + line.size();
    auto const result = std::from_chars(line.data() + start, end, value);
    bool const whole = result.ptr == end || std::string_view(", \r").find(*result.ptr) != std::string_view::npos;
    if (result.ec != std::errc{} || !whole || !std::isfinite(value)) {
        complain(path, line_number, fmt::format("the {} (field {}) is not a number", what, index + 1));
    }
    return value;
}

Air air_of(std::filesystem::path const& path, std::size_t number, std::string const& line)
{
    double const dry_bulb_C = field(path, number, line, 6, "dry bulb");
    double const humidity_pct = field(path, number, line, 8, "relative humidity");
    double const pressure_Pa = field(path, number, line, 9, "pressure");
    if (dry_bulb_C < -70.0 || dry_bulb_C > 70.0 || humidity_pct < 0.0 || humidity_pct > 110.0 || pressure_Pa < 31000.0
        || pressure_Pa > 120000.0) {
        complain(path, number,
                 fmt::format("dry bulb {:g} C, humidity {:g} %, pressure {:g} Pa: missing or out of range; mend the file", dry_bulb_C,
                             humidity_pct, pressure_Pa));
    }
    double const humidity = std::min(humidity_pct, 100.0) / 100.0;
    if (humidity * saturation_pressure_Pa(dry_bulb_C) > 0.5 * pressure_Pa) {
        complain(path, number,
                 fmt::format("{:g} C, {:g} % and {:g} Pa together are more steam than air; mend the file", dry_bulb_C, humidity_pct,
                             pressure_Pa));
    }
    return air_from_relative_humidity(dry_bulb_C, humidity, pressure_Pa);
}

} // namespace

std::vector<Air> read_epw(std::filesystem::path const& path)
{
    std::istringstream text(read_text(path));
    std::vector<Air> air;
    std::string line;
    for (std::size_t number = 1; std::getline(text, line); ++number) {
        if (number <= header_lines || line.find_first_not_of(" \r") == std::string::npos) {
            continue;
        }
        bool const leap_day = field(path, number, line, 1, "month") == 2.0 && field(path, number, line, 2, "day") == 29.0;
        if (!leap_day) {
            air.push_back(air_of(path, number, line));
        }
    }
    if (air.size() != hours) {
        complain(path, header_lines + air.size(), fmt::format("has {} hours and a year has {}", air.size(), hours));
    }
    return air;
}

} // namespace aidc
