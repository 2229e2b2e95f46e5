#pragma once
/// \file
/// How fast things warm when nothing takes the heat away: the closed forms that coupled models must approach.

#include "models/base/error.hpp"

namespace aidc {

/// Adiabatic warming: dT/dt = P / C [K/s].
///
/// Source: first law. Valid for: all heat stays in one well-mixed capacity. Not modelled: whatever cooling is left.
/// \param heat_W            Heat that is no longer taken away [W], >= 0
/// \param capacity_J_per_K  Chip and plate, coolant of a loop, or oil of a tank [J/K], > 0
constexpr double adiabatic_rise_K_per_s(double heat_W, double capacity_J_per_K)
{
    AIDC_EXPECT(heat_W >= 0.0 && capacity_J_per_K > 0.0);
    return heat_W / capacity_J_per_K;
}

/// Time until a limit is reached without cooling: t = (T_limit - T) / (dT/dt) [s]; 0 when it is already exceeded.
/// \pre rise_K_per_s > 0
constexpr double ride_through_s(double from_C, double limit_C, double rise_K_per_s)
{
    AIDC_EXPECT(rise_K_per_s > 0.0);
    return limit_C > from_C ? (limit_C - from_C) / rise_K_per_s : 0.0;
}

} // namespace aidc
