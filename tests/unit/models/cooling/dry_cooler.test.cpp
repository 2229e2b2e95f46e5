#include "models/cooling/dry_cooler.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr double cp_J_per_kgK = 4180.0;

/// Water flow of the rating at a heat capacity.
double rated_kg_per_s() { return 2931e3 / (46.11 - 40.55) / cp_J_per_kgK; }

Stream water(double inlet_C, double share = 1.0)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = share * rated_kg_per_s(), .cp_J_per_kgK = cp_J_per_kgK};
}

Air dry_air(double t_C, double p_Pa = 101325.0) { return air_from_relative_humidity(t_C, 0.0, p_Pa); }

} // namespace

TEST_CASE("a unit reproduces its published rating point", "[unit][cooling]")
{
    // BAC data sheet, TrilliumSeries TDFS1238N: air 35, water 46.11 -> 40.55 deg C, 2931 kW, fans 117.7 kW.
    auto const cooler = size_dry_cooler({});
    auto const r = solve_dry_cooler(cooler, entering_air(cooler, dry_air(35.0), false), water(46.11), 1.0);
    CHECK_THAT(r.heat_W, WithinRel(2931e3, 1e-10));
    CHECK_THAT(r.water_outlet_C, WithinAbs(40.55, 1e-9));
    CHECK_THAT(r.fan_W, WithinRel(117.7e3, 1e-12));
    CHECK_THAT(r.fan_W / r.heat_W, WithinAbs(0.040, 2e-4));                        // 4.0 % of the heat
    CHECK_THAT((46.11 - r.water_outlet_C) / (46.11 - 35.0), WithinAbs(0.5, 1e-3)); // effectiveness on the water side
    CHECK(r.evaporated_kg_per_s == 0.0);
}

TEST_CASE("fan power is cubic, fans off still move some air", "[unit][cooling]")
{
    auto const cooler = size_dry_cooler({});
    auto const air = entering_air(cooler, dry_air(20.0), false);
    CHECK_THAT(solve_dry_cooler(cooler, air, water(45.0), 0.5).fan_W, WithinRel(117.7e3 / 8.0, 1e-12));
    auto const off = solve_dry_cooler(cooler, air, water(45.0), 0.0);
    CHECK(off.fan_W == 0.0);
    CHECK(off.heat_W > 0.0);
    CHECK(off.heat_W < solve_dry_cooler(cooler, air, water(45.0), 0.2).heat_W);
    CHECK_THAT(air_flow_kg_per_s(cooler, air, 0.0), WithinRel(0.125 * 360.0, 1e-12)); // 12.5 % free convection
}

TEST_CASE("thin air takes less heat and less fan power", "[unit][cooling]")
{
    auto const cooler = size_dry_cooler({});
    double const thin_Pa = pressure_at_altitude_Pa(1517.0); // Lanzhou
    auto const low = solve_dry_cooler(cooler, entering_air(cooler, dry_air(35.0), false), water(46.11), 1.0);
    auto const high = solve_dry_cooler(cooler, entering_air(cooler, dry_air(35.0, thin_Pa), false), water(46.11), 1.0);
    CHECK(high.heat_W < low.heat_W);
    CHECK(high.heat_W > low.heat_W * thin_Pa / 101325.0);
    CHECK_THAT(high.fan_W, WithinRel(low.fan_W * thin_Pa / 101325.0, 1e-12));
}

TEST_CASE("perfect pads cool the air to its wet bulb and saturate it", "[unit][cooling]")
{
    AdiabaticPads pads;
    pads.effectiveness = 1.0;
    auto const cooler = size_dry_cooler({}, pads);
    auto const outdoors = air_from_relative_humidity(38.0, 0.2, 101325.0);
    auto const air = entering_air(cooler, outdoors, true);
    CHECK_THAT(air.temperature_C, WithinAbs(outdoors.wet_bulb_C, 1e-9));
    CHECK_THAT(air.humidity_ratio, WithinRel(saturation_humidity_ratio(outdoors.wet_bulb_C, 101325.0), 1e-6));
}

TEST_CASE("pads move the air along its wet-bulb line", "[unit][cooling]")
{
    auto const cooler = size_dry_cooler({});
    auto const outdoors = air_from_relative_humidity(GENERATE(29.0, 36.0, 44.0), GENERATE(0.05, 0.3, 0.7), 97000.0);
    auto const air = entering_air(cooler, outdoors, true);
    double const depression_K = outdoors.dry_bulb_C - outdoors.wet_bulb_C;
    CHECK_THAT(air.temperature_C, WithinAbs(outdoors.dry_bulb_C - 0.75 * depression_K, 1e-12));
    CHECK_THAT(wet_bulb_C(air.temperature_C, air.humidity_ratio, 97000.0), WithinAbs(outdoors.wet_bulb_C, 1e-7));
}

TEST_CASE("water use is what the air carries away, and bleed follows the cycles", "[unit][cooling]")
{
    auto const cooler = size_dry_cooler({});
    auto const outdoors = air_from_relative_humidity(36.0, 0.25, 101325.0);
    auto const r = solve_dry_cooler(cooler, entering_air(cooler, outdoors, true), water(46.11), 0.8);
    CHECK_THAT(r.evaporated_kg_per_s, WithinRel(0.8 * 360.0 * (r.air_out_humidity_ratio - outdoors.humidity_ratio), 1e-12));
    CHECK_THAT(r.bleed_kg_per_s, WithinRel(r.evaporated_kg_per_s / 2.0, 1e-12)); // 3 cycles of concentration
    CHECK(r.heat_W > solve_dry_cooler(cooler, entering_air(cooler, outdoors, false), water(46.11), 0.8).heat_W);
}

TEST_CASE("pads switch on above their temperature and off a kelvin below", "[unit][cooling]")
{
    AdiabaticPads const pads;
    auto const at = [](double t_C) { return air_from_relative_humidity(t_C, 0.4, 101325.0); };
    CHECK(next_pads_on(pads, at(28.1), false));
    CHECK_FALSE(next_pads_on(pads, at(27.5), false));
    CHECK(next_pads_on(pads, at(27.5), true));
    CHECK_FALSE(next_pads_on(pads, at(26.9), true));
    AdiabaticPads none;
    none.effectiveness = 0.0;
    CHECK_FALSE(next_pads_on(none, at(40.0), true));
    AdiabaticPads eager;
    eager.switch_dry_bulb_C = -10.0;
    CHECK_FALSE(next_pads_on(eager, at(-2.0), true)); // ice
}

TEST_CASE("air warmer than the water heats it", "[unit][cooling]")
{
    auto const cooler = size_dry_cooler({});
    CHECK(solve_dry_cooler(cooler, entering_air(cooler, dry_air(45.0), false), water(40.0), 1.0).heat_W < 0.0);
    CHECK(solve_dry_cooler(cooler, entering_air(cooler, dry_air(20.0), false), water(40.0, 0.0), 1.0).heat_W == 0.0);
}

TEST_CASE("a rating that its air flow cannot carry is refused", "[unit][cooling]")
{
    DryCoolerRating rating;
    rating.air_kg_per_s = 100.0;
    CHECK_THROWS_WITH(size_dry_cooler(rating), ContainsSubstring("air flow is too small"));
}
