#pragma once
/// \file
/// YorkCalc: approach of a wet cooling tower as a polynomial. A cross-check of cooling_tower.hpp; no plant uses it.

#include "models/base/curve_range.hpp"

namespace aidc {

/// Where the polynomial is evaluated.
struct YorkPoint {
    double range_K{};    ///< Water inlet less outlet [K]
    double wet_bulb_C{}; ///< Of the entering air [deg C]
    double water{1.0};   ///< Water flow over rated [-], >= 0
    double air{1.0};     ///< Air flow over rated [-], > 0
};

/// Approach, water outlet less wet bulb [K], of a tower rated near 25.6 deg C wet bulb, range 5.6 K, approach 3.9 K.
///
///     a = sum over i, j, k of 0...2:  c_ijk T_wb^k R^j (L/G)^i,   L/G = water / air
///
/// Source: YorkCalc in EnergyPlus, Engineering Reference, "Variable speed cooling towers"; coefficients as in Modelica
/// Buildings (LBNL). Valid for: T_wb -34.4...26.7 deg C, range 1.1...22.2 K, L/G up to 8, approach 1.1...40 K; wet bulb,
/// range and L/G are bounded. Hot and humid design days lie beyond. Not modelled: pressure.
double york_approach_K(YorkPoint const& point, CurveSet& outside);

} // namespace aidc
