#include "models/weather/normals_year.hpp"

#include "models/base/error.hpp"
#include "models/weather/day_humidity.hpp"
#include "models/weather/made_dry_bulbs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;

void expect_normals(MonthlyNormals const& normals)
{
    for (std::size_t m = 0; m < 12; ++m) {
        AIDC_EXPECT(normals.daily_range_K[m] >= 0.0);
        AIDC_EXPECT(normals.relative_humidity[m] >= 0.0 && normals.relative_humidity[m] <= 1.0);
    }
}

/// Moist air of a year from its dry bulbs and the vapour pressure of each day, bounded by saturation.
std::vector<Air> moist_hours(std::vector<double> const& dry_bulb_C, std::vector<double> const& vapour_of_day_Pa, double pressure_Pa)
{
    std::vector<Air> hours(hours_per_year);
    for (std::size_t day = 0; day < hours_per_year / 24; ++day) {
        double const ratio = humidity_ratio_of_vapour(vapour_of_day_Pa[day], pressure_Pa);
        double const dew_C = dew_point_C(ratio, pressure_Pa);
        for (std::size_t hour = 24 * day; hour < 24 * (day + 1); ++hour) {
            double const t_C = dry_bulb_C[hour];
            if (t_C <= dew_C) {
                hours[hour] = air_from_relative_humidity(t_C, 1.0, pressure_Pa);
                continue;
            }
            double const wet_C = wet_bulb_C(t_C, ratio, pressure_Pa);
            hours[hour] = {.dry_bulb_C = t_C,
                           .wet_bulb_C = wet_C,
                           .dew_point_C = std::min(dew_C, wet_C),
                           .humidity_ratio = ratio,
                           .pressure_Pa = pressure_Pa};
        }
    }
    return hours;
}

} // namespace

std::vector<Air> year_from_normals(MonthlyNormals const& normals, double altitude_m)
{
    expect_normals(normals);
    double const pressure_Pa = pressure_at_altitude_Pa(altitude_m);
    SeasonalCurve const curve;
    auto const dry_bulb_C = MadeDryBulbs(curve, normals.dry_bulb_mean_C, normals.daily_range_K).plain_C();
    DayHumidity const humidity(curve, normals.relative_humidity, dry_bulb_C, pressure_Pa);
    return moist_hours(dry_bulb_C, humidity.vapour_Pa({}), pressure_Pa);
}

std::vector<Air> year_with_spells(MonthlyNormals const& normals, DesignWeather const& design, double altitude_m)
{
    expect_normals(normals);
    AIDC_EXPECT(design.extremes.has_value());
    double const pressure_Pa = pressure_at_altitude_Pa(altitude_m);
    SeasonalCurve const curve;
    auto const dry_bulb_C =
        MadeDryBulbs(curve, normals.dry_bulb_mean_C, normals.daily_range_K)
            .with_spells_C(
                {.at_0_4_C = design.dry_bulb_C, .at_1_C = design.extremes->dry_bulb_1_C, .at_99_6_C = design.extremes->dry_bulb_99_6_C});
    DayHumidity const humidity(curve, normals.relative_humidity, dry_bulb_C, pressure_Pa);
    double const drying = humidity.drying_for(design.dry_bulb_C, design.wet_bulb_C);
    auto const spells = design.evaporation ? humidity.spells_for(drying, design.evaporation->wet_bulb_C) : HumiditySpells{.drying = drying};
    return moist_hours(dry_bulb_C, humidity.vapour_Pa(spells), pressure_Pa);
}

} // namespace aidc
