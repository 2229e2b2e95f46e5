#pragma once
/// \file
/// Steady two-stream heat exchangers by the effectiveness-NTU method, with conductances that vary with flow.

#include "models/fluid/coolant.hpp"

namespace aidc {

/// One stream entering a heat exchanger.
struct Stream {
    double inlet_C{};       ///< Inlet temperature [deg C]
    double flow_kg_per_s{}; ///< Mass flow [kg/s], >= 0
    double cp_J_per_kgK{};  ///< Specific heat at constant pressure [J/(kg K)], > 0
};

/// Outcome of one steady-state evaluation. Heat is positive from hot to cold.
struct HeatExchange {
    double heat_W{};        ///< Heat transferred hot -> cold [W]; negative if hot.inlet_C < cold.inlet_C
    double hot_outlet_C{};  ///< Hot stream outlet temperature [deg C]
    double cold_outlet_C{}; ///< Cold stream outlet temperature [deg C]
    double effectiveness{}; ///< heat_W / maximum possible heat [-], 0...1
};

/// Counterflow effectiveness [-], with C_r = C_min / C_max and NTU = UA / C_min:
///
///     eps = (1 - exp(-NTU (1 - C_r))) / (1 - C_r exp(-NTU (1 - C_r)));   NTU / (1 + NTU) at C_r = 1
///
/// Written with expm1, so that it is exact up to C_r = 1 without a branch jump.
/// Source: F. P. Incropera et al., Fundamentals of Heat and Mass Transfer, 7th ed., table 11.3 (counterflow).
/// \param ntu             Number of transfer units [-], >= 0
/// \param capacity_ratio  C_r [-], 0...1
double counterflow_effectiveness(double ntu, double capacity_ratio);

/// Inverse: NTU = ln((1 - eps C_r)/(1 - eps)) / (1 - C_r);  eps/(1 - eps) at C_r = 1. \pre 0 <= effectiveness < 1
double counterflow_ntu(double effectiveness, double capacity_ratio);

/// Cross-flow effectiveness, both streams unmixed [-]:
///
///     eps = 1 - exp((exp(-NTU^0.78 C_r) - 1) NTU^0.22 / C_r);   1 - exp(-NTU) at C_r = 0
///
/// Source: as above, table 11.3 (single pass, both fluids unmixed; an approximation, strictly valid at C_r = 1).
double crossflow_effectiveness(double ntu, double capacity_ratio);

/// Inverse of the cross-flow law by a root search, to 1e-12. \pre effectiveness within what NTU <= 1000 reaches
double crossflow_ntu(double effectiveness, double capacity_ratio);

/// x^n, made smooth and even below x = 0.1 by a quartic that joins with equal value, slope and curvature.
///
/// Source: the regularisation that Modelica Buildings (LBNL) uses for hA(m); keeps UA > 0 at no flow.
/// \param ratio     x, flow over rated flow [-], >= 0      \param exponent  n [-]
double regularised_power(double ratio, double exponent);

/// Logarithmic slope of it, d ln f / d ln x [-]: the exponent above x = 0.1, falling to 0 at no flow.
double regularised_power_elasticity(double ratio, double exponent);

/// Two films in series: UA = 1 / (1/hA_1 + 1/hA_2) [W/K]. \pre both > 0
double series_conductance_W_per_K(double first_W_per_K, double second_W_per_K);

/// Conductances of the two films of an exchanger at rated flows.
struct Films {
    double hot_W_per_K{};  ///< hA of the hot side at rated flow [W/K], > 0
    double cold_W_per_K{}; ///< hA of the cold side at rated flow [W/K], > 0
};

/// Splits a rated UA: hA_hot = (1 + r) UA, hA_cold = hA_hot / r. \param hot_over_cold  r = hA_hot / hA_cold [-], > 0
Films split_conductance(double ua_W_per_K, double hot_over_cold);

/// Ratio of two turbulent film conductances in equal channels, hA ~ k (m/mu)^0.8 Pr^(1/3) [-].
///
/// Source: Dittus-Boelter form; the ratio that Modelica Buildings (LBNL) uses for plate exchangers.
/// \param flow_ratio  m_hot / m_cold at the rated point [-], > 0
double film_ratio(FluidProperties const& hot, FluidProperties const& cold, double flow_ratio);

/// Exponent of hA ~ m^n in plate exchangers: 0.8 (turbulent; Modelica Buildings reference result).
inline constexpr double plate_film_exponent = 0.8;

/// Steady counterflow exchange: heat = eps C_min (hot inlet - cold inlet).
///
/// Not modelled: fouling, loss to the room, thermal mass. A stream without flow transfers no heat.
/// \param ua_W_per_K  Overall conductance UA [W/K], >= 0
/// \pre flows >= 0, cp > 0      \post heat given == heat taken
HeatExchange counterflow_exchange(double ua_W_per_K, Stream const& hot, Stream const& cold);

/// The same for a cross-flow exchanger, both streams unmixed.
HeatExchange crossflow_exchange(double ua_W_per_K, Stream const& hot, Stream const& cold);

} // namespace aidc
