#include "models/weather/climate.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace aidc {
namespace {

using Months = std::array<double, 12>;

constexpr std::array<int, 13> first_day{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
constexpr double days_per_year = 365.0;
constexpr double coldest_hour_h = 5.0;  // [J]
constexpr double hottest_hour_h = 15.0; // [J]

double middle_day(int month)
{
    auto const m = static_cast<std::size_t>(month);
    return 0.5 * (first_day[m] + first_day[m + 1]);
}

/// Periodic cubic (Catmull-Rom on the middles of the months) through `nodes` at a day of the year.
double smooth(Months const& nodes, double day)
{
    auto const node = [&nodes](int month) { return nodes[static_cast<std::size_t>((month + 24) % 12)]; };
    auto const middle = [](int month) { return middle_day((month + 24) % 12) + days_per_year * ((month + 24) / 12 - 2); };
    int left = -1;
    while (middle(left + 1) <= day) {
        ++left;
    }
    double const width = middle(left + 1) - middle(left);
    double const u = (day - middle(left)) / width;
    double const slope_left = (node(left + 1) - node(left - 1)) / (middle(left + 1) - middle(left - 1)) * width;
    double const slope_right = (node(left + 2) - node(left)) / (middle(left + 2) - middle(left)) * width;
    double const rise = node(left + 1) - node(left);
    return node(left) + u * (slope_left + u * (3.0 * rise - 2.0 * slope_left - slope_right + u * (slope_left + slope_right - 2.0 * rise)));
}

/// Means of smooth() over the hours of each month.
Months monthly_means(Months const& nodes)
{
    Months means{};
    for (std::size_t m = 0; m < 12; ++m) {
        double sum = 0.0;
        for (int h = 24 * first_day[m]; h < 24 * first_day[m + 1]; ++h) {
            sum += smooth(nodes, (h + 0.5) / 24.0);
        }
        means[m] = sum / (24.0 * (first_day[m + 1] - first_day[m]));
    }
    return means;
}

/// Nodes whose smooth curve has the given monthly means (fixed point; the error falls about tenfold a round).
Months nodes_of_means(Months const& means)
{
    Months nodes = means;
    for (int round = 0; round < 12; ++round) {
        Months const got = monthly_means(nodes);
        for (std::size_t m = 0; m < 12; ++m) {
            nodes[m] += means[m] - got[m];
        }
    }
    return nodes;
}

/// Daily cycle s: -1 at 05:00, +1 at 15:00, half cosines between.
double daily_cycle(double hour_of_day)
{
    double const rising_h = hottest_hour_h - coldest_hour_h;
    double const since_coldest_h = std::fmod(hour_of_day - coldest_hour_h + 24.0, 24.0);
    if (since_coldest_h <= rising_h) {
        return -std::cos(std::numbers::pi * since_coldest_h / rising_h);
    }
    return std::cos(std::numbers::pi * (since_coldest_h - rising_h) / (24.0 - rising_h));
}

/// Vapour pressure [Pa] that gives a day of dry bulbs the mean relative humidity wanted.
double vapour_of_day_Pa(std::array<double, 24> const& dry_bulb_C, double relative_humidity)
{
    double mean_inverse = 0.0;
    for (double const t_C : dry_bulb_C) {
        mean_inverse += 1.0 / (24.0 * saturation_pressure_Pa(t_C));
    }
    return relative_humidity / mean_inverse;
}

} // namespace

std::vector<Air> year_from_normals(MonthlyNormals const& normals, double altitude_m)
{
    for (std::size_t m = 0; m < 12; ++m) {
        AIDC_EXPECT(normals.daily_range_K[m] >= 0.0);
        AIDC_EXPECT(normals.relative_humidity[m] >= 0.0 && normals.relative_humidity[m] <= 1.0);
    }
    Months const mean_nodes = nodes_of_means(normals.dry_bulb_mean_C);
    Months const range_nodes = nodes_of_means(normals.daily_range_K);
    Months const humidity_nodes = nodes_of_means(normals.relative_humidity);
    double const pressure_Pa = pressure_at_altitude_Pa(altitude_m);

    std::vector<Air> hours;
    hours.reserve(static_cast<std::size_t>(hours_per_common_year));
    for (int day = 0; day < 365; ++day) {
        double const range_K = std::max(0.0, smooth(range_nodes, day + 0.5));
        std::array<double, 24> dry_bulb_C{};
        for (int h = 0; h < 24; ++h) {
            dry_bulb_C[static_cast<std::size_t>(h)] = smooth(mean_nodes, day + (h + 0.5) / 24.0) + 0.5 * range_K * daily_cycle(h + 0.5);
        }
        double const vapour_Pa = vapour_of_day_Pa(dry_bulb_C, std::clamp(smooth(humidity_nodes, day + 0.5), 0.0, 1.0));
        for (double const t_C : dry_bulb_C) {
            double const bounded_Pa = std::min(vapour_Pa, saturation_pressure_Pa(t_C));
            hours.push_back(air_from_humidity_ratio(t_C, humidity_ratio_of_vapour(bounded_Pa, pressure_Pa), pressure_Pa));
        }
    }
    return hours;
}

Air design_air(Climate const& climate)
{
    return air_from_wet_bulb(climate.design.dry_bulb_C, climate.design.wet_bulb_C, pressure_at_altitude_Pa(climate.altitude_m));
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

} // namespace aidc
