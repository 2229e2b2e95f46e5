#include "sim/analyze/levels.hpp"

#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

bool is_quoted(std::string const& value) { return value.size() >= 2 && value.front() == '"' && value.back() == '"'; }

std::string unquoted(std::string const& value) { return is_quoted(value) ? value.substr(1, value.size() - 2) : value; }

bool is_day(std::string const& value) { return is_quoted(value) && parse_day(unquoted(value)); }

std::string number_words(LevelScale scale, double number)
{
    return scale == LevelScale::day ? day_text(std::lround(number)) : fmt::format("{:.4g}", number);
}

} // namespace

LevelScale level_scale(Parameter const& parameter)
{
    if (parameter.is_range()) {
        return parameter.kind == Parameter::Kind::days ? LevelScale::day : LevelScale::number;
    }
    return parameter.by_place ? LevelScale::text : is_day(parameter.values.front()) ? LevelScale::day : LevelScale::number;
}

std::string_view word_of(LevelScale scale) { return scale == LevelScale::number ? "number" : scale == LevelScale::day ? "day" : "text"; }

double level_number(Parameter const& parameter, std::string const& value) { return number_of(parameter, value); }

std::vector<double> level_numbers(Points const& points, std::size_t parameter)
{
    std::vector<double> numbers;
    for (std::size_t i = 0; i < points.size(); ++i) {
        numbers.push_back(level_number(points.parameters[parameter], points.value(i, parameter)));
    }
    return numbers;
}

std::string level_label(Parameter const& parameter, double from, double to)
{
    auto const scale = level_scale(parameter);
    auto const one = [&](double number) {
        for (auto const& value : parameter.values) {
            if (level_number(parameter, value) == number) {
                return short_value(parameter, value);
            }
        }
        return number_words(scale, number);
    };
    return from == to ? one(from) : fmt::format("{} ... {}", one(from), one(to));
}

std::string level_middle(Parameter const& parameter, double from, double to)
{
    auto const scale = level_scale(parameter);
    return from == to || scale == LevelScale::text ? level_label(parameter, from, to) : "~" + number_words(scale, 0.5 * (from + to));
}

std::string short_value(Parameter const& parameter, std::string const& value)
{
    return parameter.kind == Parameter::Kind::numbers ? fmt::format("{:.5g}", number_of(parameter, value)) : unquoted(value);
}

} // namespace aidc
