#pragma once
/// \file
/// Electrical losses of a UPS, a transformer or another series element.

namespace aidc {

/// Loss of one unit as fractions of its rating.
///
///     loss / rating = no_load + proportional x + square x^2,    x = load / rating
///
/// Transformer: no_load = iron loss, square = copper loss. UPS: all three, fitted to the efficiencies at 25, 50,
/// 75 and 100 % load of its data sheet. Values come with the equipment, there is no default.
/// Not modelled: eco modes, battery charging, power factor, temperature.
struct LossCurve {
    double rating_W{};     ///< Rated output of one unit [W], > 0
    double no_load{};      ///< Loss of the energised unit without load / rating [-], >= 0
    double proportional{}; ///< Slope / rating [-], >= 0
    double square{};       ///< Resistive loss at full load / rating [-], >= 0
};

/// Loss of one energised unit [W]. \param load_W  Output of the unit [W], >= 0; beyond the rating the law is continued
double loss_W(LossCurve const& curve, double load_W);

/// Loss of several equal energised units that share a load equally [W].
/// \param units   Energised units [-], >= 0; fractions are allowed (a mean over an hour)
/// \pre a load needs a unit: load_W == 0 or units > 0
double shared_loss_W(LossCurve const& curve, double units, double load_W);

/// Output over input of one unit [-]; 0 without load. Input = output + loss.
double efficiency(LossCurve const& curve, double load_W);

} // namespace aidc
