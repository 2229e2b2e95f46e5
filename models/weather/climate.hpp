#pragma once
/// \file
/// Weather of a site: 8760 hours of moist air, and the listed design conditions.

#include "models/fluid/moist_air.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace aidc {

inline constexpr std::int64_t hours_per_common_year = 8760;
inline constexpr std::int64_t hours_per_leap_year = 8784;

/// Condition for what evaporates water freely (cooling towers): the wet bulb that is exceeded 0.4 % of the hours of a year.
/// It comes with a lower dry bulb than the hottest hours have: the wettest hours are not the hottest.
struct EvaporationWeather {
    double wet_bulb_C{}; ///< 0.4 % wet bulb [deg C]
    double dry_bulb_C{}; ///< Mean coincident dry bulb [deg C], >= wet bulb
};

/// Listed dry bulbs beside the design one, which a made year is to meet.
struct ListedExtremes {
    double dry_bulb_1_C{};    ///< Exceeded 1 % of the hours [deg C]
    double dry_bulb_99_6_C{}; ///< Exceeded 99.6 % of the hours: the cold end [deg C]
};

/// Conditions that a plant is sized for, as listed for a place: usually exceeded 0.4 % of the hours of a year.
///
/// They are an input and not taken from the hours: one year of hours may be mild, and a year made from monthly normals without
/// listed extremes has no heat waves at all (2 K short of the 0.4 % value in Abilene TX, see the test).
struct DesignWeather {
    double dry_bulb_C{};                             ///< Design dry bulb, 0.4 % [deg C]
    double wet_bulb_C{};                             ///< Wet bulb coincident with it [deg C], <= dry bulb
    std::optional<EvaporationWeather> evaporation{}; ///< Absent: the condition above serves for evaporation, too
    std::optional<ListedExtremes> extremes{};        ///< Absent: a made year has no spells
};

/// Weather of a place.
struct Climate {
    std::string name;           ///< Place
    double altitude_m{};        ///< Above sea level [m]
    DesignWeather design;       ///< Listed design conditions
    std::vector<Air> hours;     ///< 8760 rows; row h covers [h, h + 1) h of local standard time from 1 January 00:00
    std::size_t filled_hours{}; ///< Hours with a value that its file lacks, taken from the neighbours
};

/// Whether a year has a 29 February.
enum class YearKind { common, leap };

/// The 0.4 % dry bulb with its coincident wet bulb, at the pressure of the site: what dry coolers and chillers are sized for.
/// \pre wet bulb possible for the dry bulb
Air design_air(Climate const& climate);

/// The 0.4 % wet bulb with its coincident dry bulb, at the pressure of the site: what cooling towers are sized for. It is
/// design_air() where none is listed. \pre as above
Air tower_design_air(Climate const& climate);

/// Air of one hour of a year. In a leap year 29 February repeats the day before.
/// \param hour_of_year  0...8759, or 0...8783 in a leap year
/// \pre climate.hours has 8760 rows
Air const& at_hour(Climate const& climate, std::int64_t hour_of_year, YearKind kind = YearKind::common);

/// Values of a year that are exceeded in a share of its hours.
struct Exceeded {
    double dry_bulb_0_4_C{};  ///< Dry bulb exceeded 0.4 % of the hours [deg C]
    double dry_bulb_1_C{};    ///< 1 % [deg C]
    double dry_bulb_99_6_C{}; ///< 99.6 % [deg C]
    double wet_bulb_0_4_C{};  ///< Wet bulb exceeded 0.4 % of the hours [deg C]
};

/// Of n hours, round(n share) lie above the value exceeded in that share. \pre hours are not empty
Exceeded exceeded(std::span<Air const> hours);

/// The value that `share` of the values exceed; reorders them. \pre values are not empty, share 0...1
double exceeded_by(std::span<double> values, double share);

} // namespace aidc
