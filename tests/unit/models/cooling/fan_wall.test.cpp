#include "models/cooling/fan_wall.hpp"

#include "models/base/error.hpp"
#include "models/fluid/coolant.hpp"

#include "tests/catch.hpp"

using namespace aidc;

TEST_CASE("published fan walls close their own heat balance and fan share", "[unit][cooling]")
{
    struct Row {
        double heat_kW, water_in_C, water_out_C, water_L_per_min, air_CFM, fan_kW;
    };
    // Vertiv reference design, equipment schedule: PW170, FA069HC, FA096HC.
    auto const row =
        GENERATE(Row{233, 18, 38, 175, 29081, 13.5}, Row{252.4, 18, 25, 548.4, 40600, 15.0}, Row{351.7, 18, 25, 761.4, 56800, 19.5});
    auto const chilled = properties(Coolant::water, row.water_in_C);
    double const water_W = row.water_L_per_min / 60e3 * volumetric_heat_J_per_m3K(chilled) * (row.water_out_C - row.water_in_C);
    CHECK_THAT(water_W, WithinRel(row.heat_kW * 1e3, 0.06));
    auto const wall = size_fan_wall({.heat_W = row.heat_kW * 1e3,
                                     .water_inlet_C = row.water_in_C,
                                     .water_outlet_C = row.water_out_C,
                                     .air_return_C = row.water_out_C + 8.0,
                                     .air_kg_per_s = row.air_CFM * 4.719474e-4 * 1.2,
                                     .fan_W = row.fan_kW * 1e3});
    auto const r = solve_fan_wall(wall, (row.heat_kW - row.fan_kW) * 1e3);
    CHECK(r.fan_W / (row.heat_kW * 1e3) < 0.06);
    CHECK(row.fan_kW / row.heat_kW > 0.055); // 5.5...5.9 % at the rating
    CHECK(row.fan_kW / row.heat_kW < 0.060);
}

TEST_CASE("a fan wall reproduces its rating", "[unit][cooling]")
{
    FanWallRating const rating; // Vertiv FA069HC; return air assumed
    FanWall wall = size_fan_wall(rating);
    wall.supply_air_set_point_C = 0.0; // out of reach: valve fully open
    auto const r = solve_fan_wall(wall, rating.heat_W);
    CHECK(r.fan_ratio == 1.0);
    CHECK(r.fan_W == 15.0e3);
    // The coil carries the fans too: the inlet difference grows in proportion.
    CHECK_THAT(r.air_return_C - 18.0, WithinRel((36.0 - 18.0) * (252.4 + 15.0) / 252.4, 1e-9));
    CHECK_THAT(r.heat_to_water_W, WithinRel(252.4e3 + 15.0e3, 1e-12));
}

TEST_CASE("fans follow the heat with the cube, down to their floor", "[unit][cooling]")
{
    FanWall const wall = size_fan_wall({});
    CHECK_THAT(solve_fan_wall(wall, 0.5 * 252.4e3).fan_W, WithinRel(15.0e3 / 8.0, 1e-12));
    CHECK_THAT(solve_fan_wall(wall, 0.01 * 252.4e3).fan_W, WithinRel(15.0e3 * 0.027, 1e-12));
    CHECK(solve_fan_wall(wall, 0.0).fan_W == 0.0);
    CHECK(solve_fan_wall(wall, 0.0).heat_to_water_W == 0.0);
}

TEST_CASE("the supply air is held, and floats above when the coil is short", "[unit][cooling]")
{
    FanWall const wall = size_fan_wall({});
    CHECK_THAT(solve_fan_wall(wall, 100e3).air_supply_C, WithinAbs(wall.supply_air_set_point_C, 1e-12));
    CHECK(solve_fan_wall(wall, 400e3).air_supply_C > wall.supply_air_set_point_C);
}

TEST_CASE("heat to water is the heat of racks and fans", "[unit][cooling]")
{
    FanWall const wall = size_fan_wall({});
    auto const heat_W = GENERATE(10.0, 5e3, 120e3, 252e3, 600e3);
    auto const r = solve_fan_wall(wall, heat_W);
    CHECK_THAT(r.heat_to_water_W, WithinRel(heat_W + r.fan_W, 1e-11));
    CHECK(r.air_return_C > r.air_supply_C);
    CHECK(r.air_return_C > wall.rating.water_inlet_C);
}

TEST_CASE("a rating beyond the air's capacity is refused", "[unit][cooling]")
{
    FanWallRating rating;
    rating.air_return_C = 20.0;
    CHECK_THROWS_AS(size_fan_wall(rating), SolverError);
}
