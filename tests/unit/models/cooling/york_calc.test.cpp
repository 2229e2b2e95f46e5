#include "models/cooling/york_calc.hpp"

#include "models/cooling/cooling_tower.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>

using namespace aidc;

TEST_CASE("the approach agrees with another program", "[unit][cooling]")
{
    // Modelica Buildings, Correlations.Examples.YorkCalc, Dymola reference result (BSD-3); wet bulb 25.55 deg C, range 5.56 K.
    struct Row {
        double ratio, water_K, air_K; ///< Ratio; approach with that share of the water, and of the air
    };
    constexpr std::array rows{Row{0.25, 0.2102214, 18.33334}, Row{0.3, 0.452658, 15.12028}, Row{0.4, 0.9374669, 11.0986},
                              Row{0.5, 1.42219, 8.682718},    Row{0.6, 1.906827, 7.070939}, Row{0.7, 2.391378, 5.919083},
                              Row{0.8, 2.875843, 5.054872},   Row{0.9, 3.360222, 4.382518}, Row{1.0, 3.844515, 3.844515},
                              Row{1.1, 4.328722, 3.404252},   Row{1.25, 5.054872, 2.875843}};
    CurveSet outside;
    for (auto const& row : rows) {
        // Given to seven digits: 5e-6 K at 18 K.
        CHECK_THAT(york_approach_K({.range_K = 5.56, .wet_bulb_C = 25.55, .water = row.ratio}, outside), WithinAbs(row.water_K, 5e-6));
        CHECK_THAT(york_approach_K({.range_K = 5.56, .wet_bulb_C = 25.55, .air = row.ratio}, outside), WithinAbs(row.air_K, 5e-6));
    }
    CHECK(outside.empty());
}

TEST_CASE("the polynomial is not continued", "[unit][cooling]")
{
    auto const bounded_at = [](YorkPoint const& point, YorkPoint const& bound, Curve curve) {
        CurveSet outside;
        CurveSet inside;
        CHECK(york_approach_K(point, outside) == york_approach_K(bound, inside));
        CHECK(outside.contains(curve));
        CHECK(inside.empty());
    };
    bounded_at({.range_K = 6.0, .wet_bulb_C = 30.0}, {.range_K = 6.0, .wet_bulb_C = 26.7}, Curve::tower_air);
    bounded_at({.range_K = 6.0, .wet_bulb_C = -40.0}, {.range_K = 6.0, .wet_bulb_C = -34.4}, Curve::tower_air);
    bounded_at({.range_K = 30.0, .wet_bulb_C = 20.0}, {.range_K = 22.2, .wet_bulb_C = 20.0}, Curve::tower_water);
    bounded_at({.range_K = 0.5, .wet_bulb_C = 20.0}, {.range_K = 1.1, .wet_bulb_C = 20.0}, Curve::tower_water);
    bounded_at({.range_K = 6.0, .wet_bulb_C = 20.0, .air = 0.1}, {.range_K = 6.0, .wet_bulb_C = 20.0, .air = 0.125}, Curve::tower_water);
}

TEST_CASE("Merkel's tower and YorkCalc's leave the water within a kelvin of each other", "[unit][cooling]")
{
    // Two empirical models of different towers with one rating point. Measured: 0.7 K for ranges of 3...8 K, 1 K at 11 K.
    CurveSet outside;
    TowerRating rating;
    rating.water_outlet_C = rating.wet_bulb_C + york_approach_K({.range_K = 5.56, .wet_bulb_C = rating.wet_bulb_C}, outside);
    rating.water_inlet_C = rating.water_outlet_C + 5.56;
    auto const tower = size_tower(rating);
    double const range_K = GENERATE(3.0, 5.56, 8.0, 11.0);
    YorkPoint const point{.range_K = range_K,
                          .wet_bulb_C = GENERATE(5.0, 10.0, 15.0, 20.0, 25.55),
                          .water = GENERATE(0.75, 1.0),
                          .air = GENERATE(0.5, 0.75, 1.0)};
    double const york_outlet_C = point.wet_bulb_C + york_approach_K(point, outside);
    Stream const water{
        .inlet_C = york_outlet_C + range_K, .flow_kg_per_s = point.water * rating.heat_W / 5.56 / 4180.0, .cp_J_per_kgK = 4180.0};
    auto const r = solve_tower(tower, air_from_wet_bulb(point.wet_bulb_C + 8.0, point.wet_bulb_C, 101325.0), water, point.air);
    CAPTURE(point.wet_bulb_C, point.water, point.air, range_K);
    CHECK(std::abs(r.water_outlet_C - york_outlet_C) < (range_K < 10.0 ? 0.7 : 1.0));
    CHECK(outside.empty());
    CHECK(r.outside.empty());
}
