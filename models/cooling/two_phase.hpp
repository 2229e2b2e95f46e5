#pragma once
/// \file
/// Pumped two-phase cooling: a refrigerant boils on the chips and condenses against facility water.
///
/// Properties of the refrigerant are plain arguments at saturation, so that any source of them will do.

#include "models/cooling/heat_exchanger.hpp"

namespace aidc {

/// Evaporator on one chip, or many alike.
struct Evaporator {
    double resistance_K_per_W{};  ///< Case over saturation before dry-out, nearly independent of flow [K/W], > 0
    double exit_quality{0.5};     ///< Vapour mass share at the exit by design [-] [J]
    double dry_out_quality{0.75}; ///< Above this quality the wall dries [-]; 0.7...0.8 [J]
    double dry_out_width{0.05};   ///< Quality over which it dries, for a smooth ramp [-], > 0 [J]
    double dry_out_factor{5.0};   ///< Resistance when dry over resistance before [-], >= 1 [J]
    double subcooling_K{5.0};     ///< Liquid below saturation at the inlet [K]; >= 3...5 keeps the pump from cavitating
};

/// Mass flow that leaves at the design quality: m = Q / (x h_fg + cp dT_sub) [kg/s]. \pre exit_quality > 0
/// \param latent_J_per_kg      Latent heat h_fg at saturation [J/kg], > 0
/// \param liquid_cp_J_per_kgK  Specific heat of the liquid [J/(kg K)], > 0
double evaporator_flow_kg_per_s(Evaporator const& evaporator, double heat_W, double latent_J_per_kg, double liquid_cp_J_per_kgK);

/// Quality at the exit: x = (Q/m - cp dT_sub) / h_fg [-]. An enthalpy, not a share: below 0 the liquid is still
/// subcooled, above 1 the vapour is superheated. \pre flow_kg_per_s > 0
double exit_quality(Evaporator const& evaporator, double heat_W, double flow_kg_per_s, double latent_J_per_kg, double liquid_cp_J_per_kgK);

/// Resistance of the evaporator at an exit quality [K/W]:
///
///     R_2ph = R (1 + (F - 1) (3 u^2 - 2 u^3)),   u = (x - x_dry)/width within 0...1
///
/// Source: judgement for level and width of dry-out; that R hardly depends on flow is the usual observation for boiling.
/// Not modelled: R that falls with heat flux, critical heat flux, single-phase flow before boiling starts.
double two_phase_rise_K_per_W(Evaporator const& evaporator, double quality);

/// Outcome of condensing.
struct Condensing {
    double saturation_C{};     ///< Temperature at which the refrigerant condenses [deg C]
    double effectiveness{};    ///< eps [-], 0...1
    double coolant_outlet_C{}; ///< Facility water after the condenser [deg C]
};

/// Saturation temperature at which a condenser rejects a heat:
///
///     T_sat = T_in + Q / (eps C),   eps = 1 - exp(-UA / C)        (C_r = 0: one side at constant temperature)
///
/// Source: Incropera et al., 7th ed., table 11.3 (all exchangers, C_r = 0).
/// Not modelled: superheat, subcooling zone, flooding, non-condensable gas, UA by flow.
/// \param ua_W_per_K  Conductance [W/K], > 0      \pre coolant flow > 0, heat_W >= 0
Condensing condensing(double ua_W_per_K, double heat_W, Stream const& coolant);

/// Mean friction of boiling over that of the same mass flow as liquid [-]: 1 + x/2 (rho_l/rho_v - 1).
///
/// Source: homogeneous model with one friction factor, quality rising linearly from 0 to x. Valid for: x within 0...1.
/// Crude, as the homogeneous model is: take a factor of 2 as its uncertainty [J].
/// \param density_ratio  rho_l/rho_v at saturation [-], >= 1
double homogeneous_multiplier(double quality, double density_ratio);

/// Pressure drop of an evaporator [Pa], homogeneous: dp = dp_liquid phi^2 + G^2 x (1/rho_v - 1/rho_l).
///
/// Friction with the multiplier above, and acceleration of the vapour. Not modelled: height, slip between the phases.
/// \param liquid_only_Pa        Drop of the same mass flow as liquid [Pa], >= 0
/// \param mass_flux_kg_per_m2s  G, mass flow over cross-section [kg/(m2 s)], >= 0
double evaporator_drop_Pa(double quality, double liquid_only_Pa, double mass_flux_kg_per_m2s, double liquid_kg_per_m3,
                          double vapour_kg_per_m3);

} // namespace aidc
