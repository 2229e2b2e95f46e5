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

/// Junction temperature [deg C]: T_j = T_case + P R_jc. \param junction_to_case_K_per_W  R_jc of the package [K/W], >= 0
double junction_C(double case_C, double heat_W, double junction_to_case_K_per_W);

/// Case temperature after a step at constant heat, flow and supply [deg C], exact for one lumped chip:
///
///     T(t) = T_end + (T - T_end) exp(-t/tau),   T_end = T_supply + P R,   tau = R C
///
/// Source: first-order response. Valid for: one capacity of chip and plate, 150...300 J/K per accelerator [J].
/// Not modelled: the die (below 1 s, taken as quasi-steady), R that follows the flow within the step.
/// \param end_C  T_end [deg C]      \param time_constant_s  tau = R C [s], > 0      \param dt_s  Step [s], >= 0
double case_after_C(double case_C, double end_C, double time_constant_s, double dt_s);

} // namespace aidc
