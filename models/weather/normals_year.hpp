#pragma once
/// \file
/// A year of hours made from twelve monthly normals, with or without spells.

#include "models/weather/climate.hpp"
#include "models/weather/seasonal_curve.hpp"

#include <vector>

namespace aidc {

/// Twelve monthly means; January first.
struct MonthlyNormals {
    Months dry_bulb_mean_C{};   ///< Mean dry bulb of the month [deg C]
    Months daily_range_K{};     ///< Mean of (daily maximum - daily minimum) [K], >= 0
    Months relative_humidity{}; ///< Mean relative humidity [-], 0...1
};

/// A year of hours from monthly normals, every day like its neighbours.
///
///     T(h) = M(h) + R(h)/2 s(h mod 24)
///
/// M and R run smoothly through the months (SeasonalCurve) and keep every monthly mean. s is a half cosine from -1 at 05:00 to
/// +1 at 15:00 and another back: its mean over a day is 0. The vapour pressure of a day is constant and such that the mean
/// relative humidity of the day is the normal's, bounded by saturation in its coldest hours.
/// Source: our own judgement [J]; hours of extremes as in many stations' records [J].
/// Not modelled: fronts, heat waves, clouds, correlation of range and humidity. Deterministic.
/// \param altitude_m  Sets the pressure by the standard atmosphere [m], -500...11000
std::vector<Air> year_from_normals(MonthlyNormals const& normals, double altitude_m);

/// The same with spells of 3 to 10 days, so strong that the year meets its listed extremes.
///
///     T0(h) = M(h) + R(h)/2 s(h mod 24) + max(0, hot_K w_hot + cold_K w_cold) z
///     T(h)  = T0 + stretch max(0, T0 - T_1%)
///     RH(d) = min(1, H(d) exp(b y(d) - c max(0, z(d))))
///
/// z and y are the courses of warm and of moist spells (spells.hpp). w_hot runs from 0 where the normal afternoon M + R/2 is
/// coolest to 1 where it is hottest, w_cold from 0 where the normal night M - R/2 is warmest to 1 where it is coldest. M and H
/// are corrected for the spells: monthly means stay those of the normals. hot_K meets the 1 % dry bulb, stretch the 0.4 %, cold_K
/// the 99.6 %; the drying c of warm spells the wet bulb coincident with the 0.4 % dry bulb, b the 0.4 % wet bulb. Where c alone
/// makes the rest of the year too moist for it, c is reduced: the 0.4 % wet bulb comes first.
/// What cannot be reached stays at the nearest: compare exceeded() with the list.
/// Source: our own judgement [J].  Not modelled: fronts, correlation of range and humidity. Deterministic.
/// \param design  With extremes
/// \pre design.dry_bulb_C > extremes.dry_bulb_1_C
std::vector<Air> year_with_spells(MonthlyNormals const& normals, DesignWeather const& design, double altitude_m);

} // namespace aidc
