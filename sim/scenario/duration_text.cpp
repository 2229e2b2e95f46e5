#include "sim/scenario/duration_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace aidc {

std::string to_duration(DistributionText const& text, double factor, DurationText& out)
{
    std::array<std::pair<std::string_view, std::optional<double>>, 7> const given{{{"value", text.value},
                                                                                   {"low", text.low},
                                                                                   {"mode", text.mode},
                                                                                   {"high", text.high},
                                                                                   {"median", text.median},
                                                                                   {"p90", text.p90},
                                                                                   {"mean", text.mean}}};
    auto const& names = duration_parameters[static_cast<std::size_t>(text.shape)];
    auto const& shape = duration_shapes[static_cast<std::size_t>(text.shape)].first;
    Duration duration{.shape = text.shape};
    for (std::size_t i = 0; i < names.size() && !names[i].empty(); ++i) {
        auto const at = std::ranges::find(given, names[i], [](auto const& pair) { return pair.first; });
        if (!at->second) {
            return fmt::format("a {} distribution needs \"{}\"", shape, names[i]);
        }
        duration.parameter_s[i] = *at->second * factor;
    }
    for (auto const& [name, value] : given) {
        if (value && std::ranges::find(names, name) == names.end()) {
            return fmt::format("a {} distribution has no \"{}\" (it would be ignored); remove it", shape, name);
        }
    }
    auto const last = names[2].empty() ? (names[1].empty() ? 1 : 2) : 3;
    if (!std::is_sorted(duration.parameter_s.begin(), duration.parameter_s.begin() + last)) {
        return fmt::format("a {} distribution needs {} in rising order", shape, fmt::join(names.begin(), names.begin() + last, " <= "));
    }
    if (text.shape == Duration::Shape::lognormal && duration.parameter_s[0] <= 0.0) {
        return "a lognormal distribution needs a median above 0";
    }
    out = {.duration = duration, .factor = text.factor};
    return "";
}

} // namespace aidc
