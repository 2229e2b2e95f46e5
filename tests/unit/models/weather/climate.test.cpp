#include "models/weather/climate.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

using namespace aidc;

namespace {

constexpr std::array<int, 13> first_day{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/// Abilene TX, TMY3: monthly means of dry bulb, daily range and relative humidity (EnergyPlus weather file).
MonthlyNormals abilene()
{
    return {.dry_bulb_mean_C = {2.57, 6.7, 13.33, 17.55, 22.37, 25.65, 28.17, 27.42, 23.82, 18.98, 12.21, 5.59},
            .daily_range_K = {11.75, 12.61, 11.42, 14.72, 12.17, 11.43, 12.3, 11.45, 10.53, 12.96, 13.53, 12.71},
            .relative_humidity = {0.64, 0.618, 0.587, 0.568, 0.642, 0.587, 0.525, 0.569, 0.586, 0.55, 0.588, 0.602}};
}

Climate made()
{
    return {.name = "Abilene TX",
            .altitude_m = 530.0,
            .design = {.dry_bulb_C = 36.7, .wet_bulb_C = 23.4}, // 0.4 % values of the same file, not coincident
            .hours = year_from_normals(abilene(), 530.0)};
}

double relative_humidity(Air const& air)
{
    return vapour_pressure_Pa(air.humidity_ratio, air.pressure_Pa) / saturation_pressure_Pa(air.dry_bulb_C);
}

} // namespace

TEST_CASE("a year from normals keeps every monthly mean", "[unit][weather]")
{
    auto const climate = made();
    auto const normals = abilene();
    REQUIRE(climate.hours.size() == 8760);
    for (std::size_t m = 0; m < 12; ++m) {
        double t = 0.0;
        double rh = 0.0;
        double range = 0.0;
        for (int day = first_day[m]; day < first_day[m + 1]; ++day) {
            auto const begin = climate.hours.begin() + 24 * day;
            auto const [low, high] =
                std::minmax_element(begin, begin + 24, [](Air const& a, Air const& b) { return a.dry_bulb_C < b.dry_bulb_C; });
            range += high->dry_bulb_C - low->dry_bulb_C;
            std::for_each(begin, begin + 24, [&](Air const& air) {
                t += air.dry_bulb_C;
                rh += relative_humidity(air);
            });
        }
        double const days = first_day[m + 1] - first_day[m];
        INFO("month " << m + 1);
        CHECK_THAT(t / (24.0 * days), WithinAbs(normals.dry_bulb_mean_C[m], 1e-3));
        CHECK_THAT(rh / (24.0 * days), WithinAbs(normals.relative_humidity[m], 0.01));
        CHECK_THAT(range / days, WithinAbs(normals.daily_range_K[m], 0.4)); // hours are averages near the extremes
    }
}

TEST_CASE("the mean dew point of a month is near the station's", "[unit][weather]")
{
    // EnergyPlus .stat of Abilene TX: January -4.2, July 16.5 deg C. The normals say nothing of fronts, so 2 K.
    auto const hours = made().hours;
    auto const mean = [&hours](int m) {
        double sum = 0.0;
        for (int h = 24 * first_day[static_cast<std::size_t>(m)]; h < 24 * first_day[static_cast<std::size_t>(m) + 1]; ++h) {
            sum += hours[static_cast<std::size_t>(h)].dew_point_C;
        }
        return sum / (24.0 * (first_day[static_cast<std::size_t>(m) + 1] - first_day[static_cast<std::size_t>(m)]));
    };
    CHECK_THAT(mean(0), WithinAbs(-4.2, 2.0));
    CHECK_THAT(mean(6), WithinAbs(16.5, 2.0));
}

TEST_CASE("a day is coldest near five and hottest near fifteen, at constant humidity ratio", "[unit][weather]")
{
    auto const climate = made();
    auto const begin = climate.hours.begin() + 24 * 190;
    auto const by_dry_bulb = [](Air const& a, Air const& b) { return a.dry_bulb_C < b.dry_bulb_C; };
    auto const coldest = std::min_element(begin, begin + 24, by_dry_bulb) - begin;
    auto const hottest = std::max_element(begin, begin + 24, by_dry_bulb) - begin;
    CHECK((coldest == 4 || coldest == 5));
    CHECK((hottest == 14 || hottest == 15));
    CHECK(begin[2].humidity_ratio == begin[20].humidity_ratio);
}

TEST_CASE("no hour is above saturation, and all follow each other without jumps", "[unit][weather]")
{
    auto const hours = made().hours;
    for (std::size_t h = 0; h < hours.size(); ++h) {
        Air const& air = hours[h];
        Air const& next = hours[(h + 1) % hours.size()];
        REQUIRE(relative_humidity(air) <= 1.0 + 1e-12);
        REQUIRE(air.wet_bulb_C <= air.dry_bulb_C);
        REQUIRE(std::abs(next.dry_bulb_C - air.dry_bulb_C) < 3.0);
    }
}

TEST_CASE("humid normals saturate cold hours instead of failing", "[unit][weather]")
{
    MonthlyNormals normals;
    normals.dry_bulb_mean_C.fill(10.0);
    normals.daily_range_K.fill(10.0);
    normals.relative_humidity.fill(0.95);
    auto const hours = year_from_normals(normals, 0.0);
    CHECK_THAT(relative_humidity(hours[4]), WithinRel(1.0, 1e-9));
    CHECK(relative_humidity(hours[14]) < 1.0);
}

TEST_CASE("a year from normals does not reach the design weather", "[unit][weather]")
{
    auto const climate = made();
    double hottest_C = -100.0;
    for (Air const& air : climate.hours) {
        hottest_C = std::max(hottest_C, air.dry_bulb_C);
    }
    CHECK(hottest_C < climate.design.dry_bulb_C - 1.0);
    auto const design = design_air(climate);
    CHECK(design.dry_bulb_C == 36.7);
    CHECK(design.wet_bulb_C == 23.4);
    CHECK(design.pressure_Pa == pressure_at_altitude_Pa(530.0));
}

TEST_CASE("29 February repeats the day before", "[unit][weather]")
{
    auto const climate = made();
    auto const row = [&climate](std::int64_t hour) { return &climate.hours[static_cast<std::size_t>(hour)]; };
    CHECK(&at_hour(climate, 1415, YearKind::leap) == row(1415)); // 28 February 23:00
    CHECK(&at_hour(climate, 1416, YearKind::leap) == row(1392)); // 29 February 00:00
    CHECK(&at_hour(climate, 1440, YearKind::leap) == row(1416)); // 1 March 00:00
    CHECK(&at_hour(climate, 8783, YearKind::leap) == row(8759));
    CHECK(&at_hour(climate, 1416) == row(1416));
}
