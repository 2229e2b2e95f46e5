#pragma once
/// \file
/// The plant that the physics tests share: 60 pods of one 1.4 MW CDU on dry coolers with pads.

#include "models/cooling/plant.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace aidc::cases {

inline Plant plant()
{
    return {.cdu = {.rated_heat_W = 1368e3, // Vertiv XDU1350
                    .approach_K = 4.0,
                    .tcs_rated_flow_m3_per_s = 0.02,
                    .fws_rated_flow_m3_per_s = 0.02,
                    .pump_rated_power_W = 13.7e3},
            .source = {.outdoor = size_dry_cooler({})}, // BAC TDFS1238N
            .fws_pump = {.rated_flow_m3_per_s = 1.2, .rated_head_Pa = 250e3, .rated_power_W = 430e3},
            .fan_wall = size_fan_wall({})};
}

/// Six groups of ten pods, from a share of the design load down to half of that.
inline std::array<PodLoad, 6> loads(double share)
{
    std::array<PodLoad, 6> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        double const part = share * (1.0 - 0.1 * static_cast<double>(i));
        all[i] = {.pods = 10.0, .liquid_W = 1200e3 * part, .air_W = 120e3 * part, .tcs_flow_m3_per_s = 0.02 * std::max(part, 0.2)};
    }
    return all;
}

inline Air air(double dry_bulb_C, double relative_humidity)
{
    return air_from_relative_humidity(dry_bulb_C, relative_humidity, pressure_at_altitude_Pa(530.0));
}

} // namespace aidc::cases
