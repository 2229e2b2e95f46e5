// What a plant is sized for, and how hours are looked up.
#include "models/weather/climate.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cstddef>

using namespace aidc;

namespace {

/// Hangzhou, ASHRAE Handbook 2009 design conditions (header of its SWERA weather file): 0.4 % dry bulb with its coincident wet
/// bulb, 0.4 % wet bulb with its coincident dry bulb.
Climate hangzhou()
{
    return {.name = "Hangzhou",
            .altitude_m = 43.0,
            .design = {.dry_bulb_C = 36.1, .wet_bulb_C = 26.8, .evaporation = EvaporationWeather{.wet_bulb_C = 28.2, .dry_bulb_C = 32.9}},
            .hours = std::vector<Air>(8760)};
}

} // namespace

TEST_CASE("dry coolers are sized for the listed dry bulb, at the pressure of the site", "[unit][weather]")
{
    auto const air = design_air(hangzhou());
    CHECK(air.dry_bulb_C == 36.1);
    CHECK(air.wet_bulb_C == 26.8);
    CHECK(air.pressure_Pa == pressure_at_altitude_Pa(43.0));
}

TEST_CASE("towers are sized for the listed wet bulb, and for the design air where none is listed", "[unit][weather]")
{
    auto climate = hangzhou();
    CHECK(tower_design_air(climate).wet_bulb_C == 28.2);
    CHECK(tower_design_air(climate).dry_bulb_C == 32.9);
    climate.design.evaporation.reset();
    CHECK(tower_design_air(climate).wet_bulb_C == 26.8);
    CHECK(tower_design_air(climate).dry_bulb_C == 36.1);
}

TEST_CASE("29 February repeats the day before", "[unit][weather]")
{
    auto const climate = hangzhou();
    auto const row = [&climate](std::int64_t hour) { return &climate.hours[static_cast<std::size_t>(hour)]; };
    CHECK(&at_hour(climate, 1415, YearKind::leap) == row(1415)); // 28 February 23:00
    CHECK(&at_hour(climate, 1416, YearKind::leap) == row(1392)); // 29 February 00:00
    CHECK(&at_hour(climate, 1440, YearKind::leap) == row(1416)); // 1 March 00:00
    CHECK(&at_hour(climate, 8783, YearKind::leap) == row(8759));
    CHECK(&at_hour(climate, 1416) == row(1416));
}

TEST_CASE("a share of the values lies above the value that it exceeds", "[unit][weather]")
{
    std::array<double, 10> values{3, 9, 1, 7, 5, 2, 8, 4, 6, 0}; // counted by hand
    CHECK(exceeded_by(values, 0.0) == 9.0);
    CHECK(exceeded_by(values, 0.3) == 6.0);
    CHECK(exceeded_by(values, 1.0) == 0.0);
}

TEST_CASE("of a year of hours, 35 lie above the 0.4 % value, 88 above the 1 % value and 35 not above the 99.6 % value", "[unit][weather]")
{
    std::vector<Air> hours(8760);
    for (std::size_t i = 0; i < hours.size(); ++i) {
        hours[(i * 7) % 8760].dry_bulb_C = static_cast<double>(i); // 7 and 8760 share no factor: every value once
        hours[i].wet_bulb_C = -static_cast<double>(i);
    }
    auto const e = exceeded(hours);
    CHECK(e.dry_bulb_0_4_C == 8759.0 - 35.0);
    CHECK(e.dry_bulb_1_C == 8759.0 - 88.0);
    CHECK(e.dry_bulb_99_6_C == 34.0);
    CHECK(e.wet_bulb_0_4_C == -35.0);
}
