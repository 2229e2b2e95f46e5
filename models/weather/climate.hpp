#pragma once
/// \file
/// Weather of a site: 8760 hours of moist air, and the listed design condition.

#include "models/fluid/moist_air.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace aidc {

inline constexpr std::int64_t hours_per_common_year = 8760;
inline constexpr std::int64_t hours_per_leap_year = 8784;

/// Twelve monthly means; January first.
struct MonthlyNormals {
    std::array<double, 12> dry_bulb_mean_C{};   ///< Mean dry bulb of the month [deg C]
    std::array<double, 12> daily_range_K{};     ///< Mean of (daily maximum - daily minimum) [K], >= 0
    std::array<double, 12> relative_humidity{}; ///< Mean relative humidity [-], 0...1
};

/// Condition that a plant is sized for, as listed for a place: usually exceeded 0.4 % of the hours of a year.
///
/// It is an input and not taken from the hours: a year made from monthly normals has no heat waves, so its
/// hottest hour stays below the 0.4 % value (by 2 K in Abilene TX, see the test), and far below a heat wave.
struct DesignWeather {
    double dry_bulb_C{}; ///< Design dry bulb [deg C]
    double wet_bulb_C{}; ///< Wet bulb [deg C], <= dry bulb; either coincident or the 0.4 % value, as the source says
};

/// Weather of a place.
struct Climate {
    std::string name;       ///< Place
    double altitude_m{};    ///< Above sea level [m]
    DesignWeather design;   ///< Listed design condition
    std::vector<Air> hours; ///< 8760 rows; row h covers [h, h + 1) h of local standard time from 1 January 00:00
};

/// Whether a year has a 29 February.
enum class YearKind { common, leap };

/// A year of hours from monthly normals.
///
///     T(h) = M(h) + R(h)/2 s(h mod 24)
///
/// M and R run smoothly (periodic cubic through the middles of the months) and are corrected so that every
/// monthly mean of M is kept to 1e-6 K. s is a half cosine from -1 at 05:00 to +1 at 15:00 and another back:
/// its mean over a day is 0. The vapour pressure of a day is constant and such that the mean relative humidity
/// of the day is the normal's, bounded by saturation in its coldest hours.
/// Source: interpolation is our own judgement [J]; hours of extremes as in many stations' records [J].
/// Not modelled: fronts, heat waves, clouds, correlation of range and humidity. Deterministic.
/// \param altitude_m  Sets the pressure by the standard atmosphere [m], -500...11000
std::vector<Air> year_from_normals(MonthlyNormals const& normals, double altitude_m);

/// The design condition as a state of air at the pressure of the site. \pre wet bulb possible for the dry bulb
Air design_air(Climate const& climate);

/// Air of one hour of a year. In a leap year 29 February repeats the day before.
/// \param hour_of_year  0...8759, or 0...8783 in a leap year
/// \pre climate.hours has 8760 rows
Air const& at_hour(Climate const& climate, std::int64_t hour_of_year, YearKind kind = YearKind::common);

} // namespace aidc
