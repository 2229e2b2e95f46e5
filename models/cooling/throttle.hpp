#pragma once
/// \file
/// What a chip does about its own temperature: it cuts power, it trips, and it leaks more when hot.

namespace aidc {

/// Law by which a chip cuts its power, from its case temperature.
struct Throttle {
    double limit_C{85.0};    ///< Power is cut above this [deg C]; 83...90 usual
    double trip_C{105.0};    ///< The chip switches off here [deg C], above the limit; 100...105 usual
    double least_share{0.1}; ///< Power share just below the trip [-], 0...1 [J]
};

/// Power that the law allows at a case temperature, as a share of the full power [-]:
///
///     s = 1                                              T <= T_limit
///     s = 1 - (1 - s_least) (T - T_limit)/(T_trip - T_limit)
///     s = 0                                              T >= T_trip (trip)
///
/// Source: proportional cut, as reported for GPUs. Not modelled: steps of clock and voltage, hysteresis, memory limits.
/// \pre trip_C > limit_C, 0 <= least_share <= 1
double allowed_power_share(Throttle const& throttle, double case_C);

/// Steady power share of a chip that throttles itself [-]: s such that s = allowed(T_inlet + s dT). In the cut:
///
///     s = (1 + b (T_limit - T_inlet)) / (1 + b dT),   b = (1 - s_least)/(T_trip - T_limit)
///
/// 0 when even the least share reaches the trip.
/// \param full_rise_K  Case over coolant inlet at full power, P R [K], >= 0
double settled_power_share(Throttle const& throttle, double inlet_C, double full_rise_K);

/// Leakage of the transistors, linear in temperature. Off by default.
struct Leakage {
    double per_K{0.0};        ///< a, share of the rated power per kelvin [1/K], >= 0; 0.002...0.005 [J]
    double reference_C{65.0}; ///< Junction temperature at which the power is rated [deg C] [J]
};

/// Power over rated power at a junction temperature: 1 + a (T_j - T_ref) [-].
/// Valid for: some 50 K around the reference (the true law is exponential).
double leakage_factor(Leakage const& leakage, double junction_C);

/// Loop gain of leakage: a R P0 [-]. Each watt warms the chip, and each kelvin leaks; from 1 on power runs away.
double leakage_gain(Leakage const& leakage, double rated_W, double resistance_K_per_W);

/// Steady power of a leaking chip [W], fixed point of P = P0 (1 + a (T_inlet + P R - T_ref)):
///
///     P = P0 (1 + a (T_inlet - T_ref)) / (1 - a R P0)
///
/// \param resistance_K_per_W  Junction over coolant inlet [K/W], >= 0
/// \throws SolverError  when the gain is 1 or more: thermal run-away, no steady power
double leaking_power_W(Leakage const& leakage, double rated_W, double inlet_C, double resistance_K_per_W);

} // namespace aidc
