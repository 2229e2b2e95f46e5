#pragma once
/// \file
/// Single-phase cold plate on a chip package.

#include "models/fluid/coolant.hpp"

namespace aidc {

/// Thermal resistance of one cold plate with its interface material.
struct ColdPlate {
    double conduction_K_per_W{};  ///< Base and interface, independent of flow [K/W], >= 0
    double convection_K_per_W{};  ///< Film at the rated flow [K/W], >= 0
    double rated_flow_m3_per_s{}; ///< Flow at which the film was measured [m3/s], > 0
    double exponent{0.8};         ///< Film ~ flow^-exponent [-]; 0.8 turbulent, 0.5...0.6 laminar microchannels [J]
};

/// Resistance from coolant inlet to case [K/W]:
///
///     R(V) = R_cond + R_conv (V/V0)^-n + 1/(2 rho cp V)
///
/// The last term is half the coolant's rise, for a case at the mean coolant temperature.
/// Source: textbook series of resistances. Valid for: 0.1...3 times the rated flow, one liquid phase.
/// Not modelled: viscosity of the film, hot spots, spreading inside the package.
/// \param flow_m3_per_s  Flow through this plate [m3/s], > 0
double inlet_to_case_K_per_W(ColdPlate const& plate, FluidProperties const& coolant, double flow_m3_per_s);

/// Case temperature [deg C]: T_supply + P R(V).
/// \param heat_W  Heat of the chip into the plate [W], >= 0
double case_temperature_C(ColdPlate const& plate, FluidProperties const& coolant, double flow_m3_per_s, double supply_C, double heat_W);

} // namespace aidc
