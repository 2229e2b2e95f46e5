#include "models/weather/spells.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace aidc {
namespace {

double tones(std::array<double, 5> const& per_year, int first, std::size_t hour)
{
    constexpr double golden_section = std::numbers::phi - 1.0;
    double const t = (static_cast<double>(hour) + 0.5) / 8760.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < per_year.size(); ++i) {
        sum += std::cos(2.0 * std::numbers::pi * (per_year[i] * t + golden_section * (first + static_cast<int>(i))));
    }
    return sum * std::sqrt(2.0 / static_cast<double>(per_year.size()));
}

} // namespace

double warm_spells(std::size_t hour) { return tones({21.0, 25.0, 31.0, 35.0, 45.0}, 6, hour); }

double moist_spells(std::size_t hour) { return tones({22.0, 27.0, 39.0, 43.0, 46.0}, 1, hour); }

} // namespace aidc
