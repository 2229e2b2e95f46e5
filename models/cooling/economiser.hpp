#pragma once
/// \file
/// Water-side economiser: an exchanger upstream of the chiller, in series with it, cooled by tower (or dry-cooler) water.

#include "models/cooling/heat_exchanger.hpp"

#include <cstdint>

namespace aidc {

/// Rated point of the exchanger.
struct EconomiserRating {
    double heat_W{};         ///< Heat at the approach below [W], > 0
    double approach_K{2.2};  ///< Load water out - tower water in [K], > 0; 1.7...2.8 (Lei & Masanet, LBNL-2001637), 2.2 [J]
    double load_kg_per_s{};  ///< Flow of the water to be cooled [kg/s], > 0
    double tower_kg_per_s{}; ///< Flow of tower water [kg/s], > 0
};

/// An exchanger, sized.
struct Economiser {
    EconomiserRating rating;
    Films films; ///< hA at rated flows; hot = load [W/K]
};

/// Sizes the exchanger: eps = Q / (C_min (approach + Q/C_load)), counterflow NTU, UA, films from their property ratio.
/// \throws SolverError  when the tower flow cannot carry the heat at this approach (effectiveness of 1 or more)
Economiser size_economiser(EconomiserRating const& rating, FluidProperties const& load, FluidProperties const& tower);

/// Exchange with the by-pass shut:
///
///     T_out = T_return - eps C_min/C_load (T_return - T_tower),   hA ~ regularised (m/m_rated)^0.8 on either side
///
/// Source: effectiveness-NTU method; exponent and regularisation as in Modelica Buildings (LBNL).
/// Valid for: one liquid phase. Not modelled: fouling, heat loss, thermal mass, temperature in hA.
/// \post heat < 0 where the tower water is warmer
HeatExchange economiser_exchange(Economiser const& economiser, Stream const& load, Stream const& tower);

/// What cools the load.
enum class EconomiserMode : std::uint8_t {
    off,     ///< Chiller alone
    partial, ///< Exchanger first, the chiller does the rest
    full     ///< Exchanger alone, chiller off
};

/// Law of the change-over. Defaults of the last three: Modelica Buildings (LBNL), ASHRAE chiller plant, economiser controller.
struct EconomiserControl {
    double approach_K{2.2};   ///< Load water out - tower water in to count on [K], > 0; as in the rating
    double dead_band_K{1.0};  ///< Least return - tower that makes it worth to run [K], >= 0
    double hysteresis_K{1.0}; ///< A better mode is taken this much later than it is given up [K], >= 0
    double min_on_s{1200.0};  ///< Least time between changes while on [s], >= 0
};

/// What the control sees.
struct EconomiserTemperatures {
    double tower_C{};     ///< Tower water to the exchanger: wet bulb + approach of the tower at its load [deg C]
    double return_C{};    ///< Load water into the exchanger [deg C]
    double set_point_C{}; ///< Wanted load water out [deg C]
};

/// Mode from now on.
///
///     full     T_tower + approach <= set point           partial  T_tower < T_return - dead band           else off
///
/// Both limits lie `hysteresis_K` lower while the mode is not yet reached, so the limits themselves always hold.
/// Once on, a mode stays for `min_on_s`; only full gives way to partial at once, because it no longer holds the set point.
/// \param before      Mode until now
/// \param in_mode_s   Time since it was taken [s], >= 0
EconomiserMode next_mode(EconomiserControl const& control, EconomiserTemperatures const& now, EconomiserMode before, double in_mode_s);

/// Steady state of exchanger, its by-pass and what is left over.
struct EconomiserResult {
    double heat_W{};         ///< Load to tower water [W], >= 0
    double load_outlet_C{};  ///< Behind exchanger and by-pass; into the chiller, if on [deg C]
    double tower_outlet_C{}; ///< Tower water out [deg C]
    double chiller_W{};      ///< Left to the chiller to reach the set point [W], >= 0; 0 in full mode, where the outlet floats
};

/// Economiser in a mode. A by-pass keeps the load water from falling below its set point and from being heated.
EconomiserResult solve_economiser(Economiser const& economiser, EconomiserMode mode, Stream const& load, Stream const& tower,
                                  double set_point_C);

} // namespace aidc
