#include "sim/scenario/duration_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace aidc {
namespace {

using Given = std::array<std::pair<std::string_view, std::optional<double>>, 11>;

Given given_in(DistributionText const& text)
{
    return {{{"value", text.value},
             {"low", text.low},
             {"mode", text.mode},
             {"high", text.high},
             {"median", text.median},
             {"p90", text.p90},
             {"mean", text.mean},
             {"scale", text.scale},
             {"k", text.k},
             {"seen", text.seen},
             {"mean_beyond", text.mean_beyond}}};
}

std::optional<double> value_of(Given const& given, std::string_view name)
{
    return std::ranges::find(given, name, [](auto const& pair) { return pair.first; })->second;
}

/// Nothing is beyond a sample that stands for all spans.
DistributionText with_defaults(DistributionText text)
{
    if (text.shape == Duration::Shape::empirical) {
        text.seen = text.seen.value_or(1.0);
        if (text.seen == 1.0) {
            text.mean_beyond = text.mean_beyond.value_or(0.0);
        }
    }
    return text;
}

/// What is wrong with numbers that are all there, or "".
std::string fault_of(Duration const& duration)
{
    if (duration.shape == Duration::Shape::lognormal && duration.parameter_s[0] <= 0.0) {
        return "a lognormal distribution needs a median above 0";
    }
    constexpr double flattest_k = 0.1, steepest_k = 100.0; // beyond them the spread leaves the range of numbers, or is none
    if (duration.shape == Duration::Shape::weibull && (duration.number < flattest_k || duration.number > steepest_k)) {
        return fmt::format("a weibull distribution needs a k from {} to {}", flattest_k, steepest_k);
    }
    if (duration.shape == Duration::Shape::empirical) {
        if (duration.sample_s.empty()) {
            return "an empirical distribution needs \"values\"";
        }
        if (duration.number <= 0.0 || duration.number > 1.0) {
            return "an empirical distribution needs a \"seen\" above 0 and at most 1";
        }
        if (duration.number == 1.0 && duration.parameter_s[0] > 0.0) {
            return "an empirical distribution whose \"seen\" is 1 has no \"mean_beyond\" (it would be ignored); remove it";
        }
    }
    return "";
}

} // namespace

std::string to_duration(DistributionText const& written, double factor, DurationText& out)
{
    auto const text = with_defaults(written);
    auto const given = given_in(text);
    auto const row = static_cast<std::size_t>(text.shape);
    auto const& names = duration_parameters[row];
    auto const& number = duration_numbers[row];
    auto const shape = duration_shapes[row].first;
    auto const a_shape = fmt::format("{} {}", shape.starts_with('e') ? "an" : "a", shape);
    Duration duration{.shape = text.shape};
    for (auto const& name : {names[0], names[1], names[2], number}) {
        if (!name.empty() && !value_of(given, name)) {
            return fmt::format("{} distribution needs \"{}\"", a_shape, name);
        }
    }
    for (auto const& [name, value] : given) {
        if (value && name != number && std::ranges::find(names, name) == names.end()) {
            return fmt::format("{} distribution has no \"{}\" (it would be ignored); remove it", a_shape, name);
        }
    }
    if (!text.values.empty() && text.shape != Duration::Shape::empirical) {
        return fmt::format("{} distribution has no \"values\" (they would be ignored); remove them", a_shape);
    }
    auto const last = std::ranges::find(names, std::string_view{}) - names.begin();
    for (std::size_t i = 0; i < static_cast<std::size_t>(last); ++i) {
        duration.parameter_s[i] = *value_of(given, names[i]) * factor;
    }
    if (!std::is_sorted(duration.parameter_s.begin(), duration.parameter_s.begin() + last)) {
        return fmt::format("{} distribution needs {} in rising order", a_shape, fmt::join(names.begin(), names.begin() + last, " <= "));
    }
    duration.number = number.empty() ? 0.0 : *value_of(given, number);
    for (double const value : text.values) {
        duration.sample_s.push_back(value * factor);
    }
    std::ranges::sort(duration.sample_s);
    auto const fault = fault_of(duration);
    if (fault.empty()) {
        out = {.duration = duration, .factor = text.factor};
    }
    return fault;
}

} // namespace aidc
