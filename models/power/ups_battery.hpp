#pragma once
/// \file
/// Battery of a UPS: how long it carries a load, and how it comes back.

namespace aidc {

/// Battery behind all UPS modules of a group, per unit of their rating.
struct UpsBattery {
    double autonomy_s{300.0}; ///< From full to empty at the full load of the group [s], > 0; 5 min (facts, 2026)
    /// Peukert: autonomy ~ load^-exponent [-], >= 1. 1.3: VRLA block CSB EVX 1272 from 5 to 30 min, within 4 %; over 3 h its data
    /// sheet gives 1.15. Lithium about 1.05 [J].
    double exponent{1.3};
    double charger_share{0.1};     ///< Charging power over the rating of the group [-], > 0
    double charge_efficiency{0.9}; ///< Stored / taken in [-], 0...1 [J]
};

/// Time from full to empty at a constant load [s]:
///
///     t = t_full x^-k       x = load / rating
///
/// Source: W. Peukert, Elektrotechnische Zeitschrift 18 (1897) 287, with power for current. Infinity without load.
/// Valid for: rates near those the exponent was taken from. Not modelled: age, temperature, recovery at rest, losses of the UPS.
double autonomy_s(UpsBattery const& battery, double load_share);

/// Stores what is left after dt_s at a constant load, d(charge)/dt = -x^k/t_full, and returns the share of dt_s that it carried, 0...1.
/// \param charge  0...1, changed
double discharge(UpsBattery const& battery, double& charge, double load_share, double dt_s);

/// Energy of a full battery of a group [J]: what it gives at full load. \param rating_W  Of the group
double full_J(UpsBattery const& battery, double rating_W);

/// Power that a battery below full takes from the chain [W]; 0 when full.
double charging_W(UpsBattery const& battery, double charge, double rating_W);

/// Charge after dt_s at a power taken in, at most 1.
double charged(UpsBattery const& battery, double charge, double taken_W, double rating_W, double dt_s);

} // namespace aidc
