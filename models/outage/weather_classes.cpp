#include "models/outage/years.hpp"

#include <algorithm>
#include <array>

namespace aidc {

WeatherClasses weather_classes(std::span<Air const> hours)
{
    constexpr std::array shares{0.5, 0.9, 0.99, 1.0};
    std::vector<double> sorted;
    for (auto const& air : hours) {
        sorted.push_back(air.dry_bulb_C);
    }
    std::ranges::sort(sorted);
    WeatherClasses out;
    std::vector<double> edges;
    for (double const share : shares) {
        edges.push_back(sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))]);
    }
    out.classes.resize(shares.size(),
                       {.air = {.dry_bulb_C = 0.0, .wet_bulb_C = 0.0, .dew_point_C = 0.0, .humidity_ratio = 0.0, .pressure_Pa = 0.0}});
    for (auto const& air : hours) {
        std::size_t c = 0;
        while (c + 1 < edges.size() && air.dry_bulb_C > edges[c]) {
            ++c;
        }
        out.of_hour.push_back(static_cast<std::uint8_t>(c));
        auto& mean = out.classes[c];
        mean.hours += 1.0;
        for (auto const field : {&Air::dry_bulb_C, &Air::wet_bulb_C, &Air::dew_point_C, &Air::humidity_ratio, &Air::pressure_Pa}) {
            mean.air.*field += (air.*field - mean.air.*field) / mean.hours;
        }
    }
    return out;
}

} // namespace aidc
