#include "models/weather/climate.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>

namespace aidc {

Air design_air(Climate const& climate)
{
    return air_from_wet_bulb(climate.design.dry_bulb_C, climate.design.wet_bulb_C, pressure_at_altitude_Pa(climate.altitude_m));
}

Air tower_design_air(Climate const& climate)
{
    if (!climate.design.evaporation) {
        return design_air(climate);
    }
    auto const& listed = *climate.design.evaporation;
    return air_from_wet_bulb(listed.dry_bulb_C, listed.wet_bulb_C, pressure_at_altitude_Pa(climate.altitude_m));
}

Air const& at_hour(Climate const& climate, std::int64_t hour_of_year, YearKind kind)
{
    constexpr std::int64_t leap_day_h = 24 * (31 + 28);
    bool const leap = kind == YearKind::leap;
    AIDC_EXPECT(climate.hours.size() == static_cast<std::size_t>(hours_per_common_year));
    AIDC_EXPECT(hour_of_year >= 0 && hour_of_year < (leap ? hours_per_leap_year : hours_per_common_year));
    std::int64_t const row = leap && hour_of_year >= leap_day_h ? hour_of_year - 24 : hour_of_year;
    return climate.hours[static_cast<std::size_t>(row)];
}

double exceeded_by(std::span<double> values, double share)
{
    AIDC_EXPECT(!values.empty() && share >= 0.0 && share <= 1.0);
    auto const above = static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size())));
    auto const at = values.begin() + static_cast<std::ptrdiff_t>(std::min(above, values.size() - 1));
    std::nth_element(values.begin(), at, values.end(), std::greater<>{});
    return *at;
}

Exceeded exceeded(std::span<Air const> hours)
{
    std::vector<double> dry_C(hours.size());
    std::vector<double> wet_C(hours.size());
    std::ranges::transform(hours, dry_C.begin(), &Air::dry_bulb_C);
    std::ranges::transform(hours, wet_C.begin(), &Air::wet_bulb_C);
    return {.dry_bulb_0_4_C = exceeded_by(dry_C, 0.004),
            .dry_bulb_1_C = exceeded_by(dry_C, 0.01),
            .dry_bulb_99_6_C = exceeded_by(dry_C, 0.996),
            .wet_bulb_0_4_C = exceeded_by(wet_C, 0.004)};
}

} // namespace aidc
