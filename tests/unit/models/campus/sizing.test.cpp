#include "models/campus/sizing.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_building.hpp"
#include "tests/physics/technique_cases.hpp"

#include <array>
#include <cmath>
#include <vector>

using namespace aidc;

namespace {

Air at_wet_bulb(double dry_bulb_C, double wet_bulb_C) { return air_from_wet_bulb(dry_bulb_C, wet_bulb_C, standard_pressure_Pa); }

Air const summer = at_wet_bulb(35.0, 24.0);

/// Pods of 50 kW on CDUs of 100 kW.
std::vector<PodLoad> loads(double pods) { return {{.pods = pods, .liquid_W = 50e3, .air_W = 10e3, .tcs_flow_m3_per_s = 1.25e-3}}; }

double supply_C(Plant const& plant, std::vector<PodLoad> const& loads, Air const& outdoors, double outdoor)
{
    std::vector<PodState> pods(loads.size());
    return solve_plant(plant, {.outdoors = outdoors, .loads = loads, .coolers_up = outdoor, .before = {}}, pods).water.supply_C;
}

double needed(Plant const& plant, std::vector<PodLoad> const& loads, Air const& outdoors)
{
    return outdoor_units_needed(plant, loads, std::array{outdoors});
}

/// A plant of the physics tests with its ten pods.
struct TenPods {
    Plant plant;
    std::vector<PodLoad> loads;
    double coolers{};
};

TenPods technique(std::string const& name)
{
    for (auto const& t : cases::techniques()) {
        if (t.name == name) {
            return {.plant = t.plant,
                    .loads = {{.pods = t.pod.pods,
                               .liquid_W = t.pod.chip_W + t.pod.direct_W,
                               .air_W = t.pod.air_W,
                               .tcs_flow_m3_per_s = t.pod.tcs_flow_m3_per_s}},
                    .coolers = t.coolers};
        }
    }
    FAIL("no technique is called " << name);
    return {};
}

Plant without_pads(Plant plant)
{
    std::get<DryCooler>(*plant.source.outdoor).pads.effectiveness = 0.0;
    return plant;
}

} // namespace

TEST_CASE("so many units hold the facility water exactly at its limit", "[unit][campus][sizing]")
{
    auto const check = [](Plant const& plant, std::vector<PodLoad> const& pods, Air const& outdoors) {
        double const units = needed(plant, pods, outdoors);
        CAPTURE(units);
        CHECK_THAT(supply_C(plant, pods, outdoors, units), WithinAbs(plant.fws_max_C, 1e-6));
        CHECK(supply_C(plant, pods, outdoors, 1.01 * units) < plant.fws_max_C);
        CHECK(supply_C(plant, pods, outdoors, 0.99 * units) > plant.fws_max_C);
    };
    SECTION("dry coolers with pads") { check(testing::small_plant(4.0, 1.0), loads(4.0), summer); }
    SECTION("dry coolers without pads") { check(without_pads(testing::small_plant(4.0, 1.0)), loads(4.0), summer); }
    SECTION("towers")
    {
        auto towers = technique("cold plate, towers");
        towers.plant.fws_max_C = 38.0;
        check(towers.plant, towers.loads, summer);
    }
    SECTION("immersion")
    {
        auto const immersion = technique("immersion in oil, dry coolers");
        check(immersion.plant, immersion.loads, summer);
    }
    SECTION("two-phase")
    {
        auto const boiling = technique("pumped two-phase, dry coolers");
        check(boiling.plant, boiling.loads, summer);
    }
}

TEST_CASE("a limit at the set point itself needs what a limit just above it needs", "[unit][campus][sizing]")
{
    auto const towers = GENERATE(false, true);
    auto const ten = technique(towers ? "cold plate, towers" : "cold plate, dry coolers with pads");
    auto plant = ten.plant;
    plant.fws_max_C = plant.fws_set_point_C;
    double const at_set_point = needed(plant, ten.loads, summer);
    plant.fws_max_C += 1e-4; // the units differ by some 1e-5 of their number
    CHECK_THAT(at_set_point, WithinRel(needed(plant, ten.loads, summer), 1e-4));
    plant.fws_max_C = plant.fws_set_point_C;
    CHECK(carried_at_design(plant, ten.loads, std::array{summer}, 1.001 * at_set_point) == 1.0);
    double const carried = carried_at_design(plant, ten.loads, std::array{summer}, 0.9 * at_set_point);
    plant.fws_max_C += 1e-4;
    CHECK_THAT(carried, WithinAbs(carried_at_design(plant, ten.loads, std::array{summer}, 0.9 * at_set_point), 1e-3));
    CHECK(carried < 1.0);
}

TEST_CASE("the worst of several weathers decides", "[unit][campus][sizing]")
{
    auto const plant = testing::small_plant(4.0, 1.0);
    auto const close = at_wet_bulb(31.0, 28.0);
    std::array const both{summer, close};
    CHECK(needed(plant, loads(4.0), close) != needed(plant, loads(4.0), summer));
    CHECK(outdoor_units_needed(plant, loads(4.0), both) == std::max(needed(plant, loads(4.0), close), needed(plant, loads(4.0), summer)));
}

TEST_CASE("twice the pods on twice the pumps need twice the units", "[property][campus][sizing]")
{
    double const some = needed(testing::small_plant(4.0, 1.0), loads(4.0), summer);
    CHECK_THAT(needed(testing::small_plant(8.0, 1.0), loads(8.0), summer), WithinRel(2.0 * some, 1e-8));
}

TEST_CASE("hotter, closer and more heat never need fewer units", "[property][campus][sizing]")
{
    auto const rises = [](std::vector<double> const& units) {
        for (std::size_t i = 1; i < units.size(); ++i) {
            CAPTURE(i, units[i - 1], units[i]);
            CHECK(units[i] >= units[i - 1] * (1.0 - 1e-8));
        }
        CHECK(units.back() > units.front());
    };
    std::vector<double> units;
    SECTION("dry bulb, dry coolers without pads")
    {
        for (double dry_bulb_C = 10.0; dry_bulb_C < 39.5; dry_bulb_C += 3.0) {
            units.push_back(needed(without_pads(testing::small_plant(4.0, 1.0)), loads(4.0), at_wet_bulb(dry_bulb_C, 0.6 * dry_bulb_C)));
        }
        rises(units);
    }
    SECTION("wet bulb, dry coolers with pads")
    {
        for (double wet_bulb_C = 16.0; wet_bulb_C < 35.0; wet_bulb_C += 2.0) {
            units.push_back(needed(testing::small_plant(4.0, 1.0), loads(4.0), at_wet_bulb(36.0, wet_bulb_C)));
        }
        rises(units);
    }
    SECTION("wet bulb, towers")
    {
        auto towers = technique("cold plate, towers");
        towers.plant.fws_max_C = 38.0;
        for (double wet_bulb_C = 14.0; wet_bulb_C < 31.0; wet_bulb_C += 2.0) {
            units.push_back(needed(towers.plant, towers.loads, at_wet_bulb(34.0, wet_bulb_C)));
        }
        rises(units);
    }
    SECTION("heat")
    {
        for (double share = 0.3; share < 1.8; share += 0.1) {
            auto pods = loads(4.0);
            pods[0].liquid_W *= share;
            units.push_back(needed(testing::small_plant(4.0, 1.0), pods, summer));
        }
        rises(units);
    }
}

TEST_CASE("in air hotter than the limit no number of plain dry coolers does", "[unit][campus][sizing]")
{
    auto const plant = without_pads(testing::small_plant(4.0, 1.0)); // fws_max 40
    CHECK(std::isinf(needed(plant, loads(4.0), at_wet_bulb(40.1, 20.0))));
    CHECK(std::isinf(needed(plant, loads(4.0), at_wet_bulb(46.0, 20.0))));
    CHECK(std::isfinite(needed(testing::small_plant(4.0, 1.0), loads(4.0), at_wet_bulb(46.0, 20.0)))); // pads cool it to 26.5
}

TEST_CASE("what is carried is a share, and at that share the facility water stands at its limit", "[unit][campus][sizing]")
{
    auto const plant = testing::small_plant(4.0, 1.0);
    auto const pods = loads(4.0);
    double const enough = needed(plant, pods, summer);
    std::array const weather{summer};
    CHECK(carried_at_design(plant, pods, weather, enough * (1.0 + 1e-6)) == 1.0);
    CHECK(carried_at_design(plant, pods, weather, 3.0 * enough) == 1.0);
    double before = 0.0;
    for (double part = 0.1; part < 0.95; part += 0.1) {
        double const carried = carried_at_design(plant, pods, weather, part * enough);
        CAPTURE(part, carried);
        CHECK(carried > before);
        CHECK(carried < 1.0);
        auto fewer = pods;
        fewer[0].pods *= carried;
        CHECK_THAT(supply_C(plant, fewer, summer, part * enough), WithinAbs(plant.fws_max_C, 1e-6));
        before = carried;
    }
}

TEST_CASE("nothing is carried where the air is hotter than the limit", "[unit][campus][sizing]")
{
    auto const plant = without_pads(testing::small_plant(4.0, 1.0));
    CHECK(carried_at_design(plant, loads(4.0), std::array{at_wet_bulb(46.0, 20.0)}, 8.0) == 0.0);
    CHECK(carried_at_design(plant, loads(4.0), std::array{summer, at_wet_bulb(46.0, 20.0)}, 8.0) == 0.0);
}

TEST_CASE("design flow of the facility water: a CDU at its rated point draws its rated flow", "[unit][campus][sizing]")
{
    auto const plant = testing::small_plant(1.0, 1.0);
    // Set points 36 and 40 deg C are the approach of 4 K; racks and pump (1 kW at the rated flow) are the rated 100 kW.
    std::vector<PodLoad> const rated{{.pods = 1.0, .liquid_W = 99e3, .air_W = 0.0, .tcs_flow_m3_per_s = 2.5e-3}};
    CHECK_THAT(design_fws_flow_m3_per_s(plant, rated), WithinRel(2.5e-3, 1e-9));
    auto three = rated;
    three[0].pods = 3.0;
    CHECK_THAT(design_fws_flow_m3_per_s(plant, three), WithinRel(7.5e-3, 1e-9));
    auto half = rated;
    half[0].liquid_W = 49.5e3;
    double const flow = design_fws_flow_m3_per_s(plant, half);
    CHECK(flow < 2.5e-3);
    // Second law: the water leaves no warmer than the coolant comes back.
    double const return_C = 40.0 + 50.5e3 / (2.5e-3 * volumetric_heat_J_per_m3K(tcs_liquid(plant)));
    CHECK(flow > 50.5e3 / (volumetric_heat_J_per_m3K(properties(Coolant::water, 36.0)) * (return_C - 36.0)));
}

TEST_CASE("planned loads of lines of racks, by hand", "[unit][campus][sizing]")
{
    std::array const kinds{testing::h200_rack()};
    std::array const lines{RackLine{.kind = {0}, .racks = 7, .racks_per_pod = 2}};
    auto const plant = testing::small_plant(1.0, 1.0);
    auto const planned = planned_loads(plant, lines, kinds);
    REQUIRE(planned.size() == 1);
    CHECK(planned[0].pods == 3.5); // the last pod is half full
    CHECK_THAT(planned[0].liquid_W, WithinRel(2.0 * 0.8 * 31875.0, 1e-14));
    CHECK_THAT(planned[0].air_W, WithinRel(2.0 * 0.2 * 31875.0, 1e-13));
    CHECK_THAT(planned[0].tcs_flow_m3_per_s, WithinRel(2.0 * 0.8 * 31875.0 * 2.5e-8, 1e-12)); // below the CDU's 2.5e-3 m3/s
    CHECK_THAT(liquid_W(planned), WithinRel(7.0 * 0.8 * 31875.0, 1e-14));
    CHECK_THAT(liquid_W(planned_loads(plant, lines, kinds, 0.5)), WithinRel(3.5 * 0.8 * 31875.0, 1e-14));
    std::array const fuller{RackLine{.kind = {0}, .racks = 7, .racks_per_pod = 7}};
    CHECK(planned_loads(plant, fuller, kinds)[0].tcs_flow_m3_per_s == 2.5e-3); // the CDU's rated flow
}

TEST_CASE("towers before chillers take the compressors' heat too, dry coolers do not", "[unit][campus][sizing]")
{
    // A COP of 5 adds a fifth; compressors of air-cooled machines reject it themselves.
    CHECK_THAT(outdoor_units_with_chillers(technique("cold plate at 20 C, towers, economiser and chillers").plant.source, 12e6),
               WithinRel(1.2 * 12e6 / 3e6, 1e-14));
    auto const air = technique("cold plate at 24 C, dry coolers and chillers in air").plant.source;
    CHECK_THAT(outdoor_units_with_chillers(air, 12e6), WithinRel(12e6 / rated_heat_W(*air.outdoor), 1e-14));
}

TEST_CASE("chillers needed hold both set points, and a few percent fewer do not", "[unit][campus][sizing]")
{
    auto const name =
        GENERATE("cold plate at 20 C, towers, economiser and chillers", "cold plate at 24 C, dry coolers and chillers in air");
    auto const wet_bulb_C = GENERATE(16.0, 20.0, 24.0, 28.0);
    auto t = technique(name);
    auto const outdoors = at_wet_bulb(34.0, wet_bulb_C);
    auto const chillers = chillers_needed(t.plant, t.loads, std::array{outdoors}, t.coolers);
    CAPTURE(name, wet_bulb_C, chillers.water);
    REQUIRE(chillers.water > 0.0);
    CHECK(chillers.air == 1.0); // constant COP has no limit of capacity: one
    t.plant.chillers = 1.02 * chillers.water;
    CHECK_THAT(supply_C(t.plant, t.loads, outdoors, t.coolers), WithinAbs(t.plant.fws_set_point_C, 1e-6));
    t.plant.chillers = 0.95 * chillers.water;
    CHECK(supply_C(t.plant, t.loads, outdoors, t.coolers) > t.plant.fws_set_point_C);
}

TEST_CASE("chillers needed are at least the heat that is left over what one has to offer", "[unit][campus][sizing]")
{
    auto t = technique("cold plate at 24 C, dry coolers and chillers in air");
    auto const dry_bulb_C = GENERATE(22.0, 27.0, 32.0, 40.0);
    auto const outdoors = at_wet_bulb(dry_bulb_C, dry_bulb_C - 8.0);
    auto const chillers = chillers_needed(t.plant, t.loads, std::array{outdoors}, t.coolers).water;
    t.plant.chillers = 1e6;
    std::vector<PodState> pods(1);
    auto const at = solve_plant(t.plant, {.outdoors = outdoors, .loads = t.loads, .coolers_up = t.coolers, .before = {}}, pods);
    // Free: what the coolers alone take at full speed from the water that comes back.
    CurveSet outside;
    Stream const back{.inlet_C = at.water.supply_C + at.water.heat_W / at.water.W_per_K,
                      .flow_kg_per_s = at.water.W_per_K / cp_J_per_kgK(Coolant::water, 20.0),
                      .cp_J_per_kgK = cp_J_per_kgK(Coolant::water, 20.0)};
    OutdoorUnits const units(*t.plant.source.outdoor, outdoors, at.modes.pads_on, t.coolers);
    double const full_W = units.heat_W(back, 1.0, outside);
    // Coolers that take too little for their fans stand, where chillers suffice.
    double const free_W = coolers_worth_running(units, back, full_W) ? full_W : 0.0;
    double const each_W = chillers_available_W(t.plant.source.chiller, 1.0, t.plant.fws_set_point_C, dry_bulb_C);
    CAPTURE(dry_bulb_C, free_W, each_W);
    CHECK_THAT(chillers, WithinRel((at.water.heat_W - std::max(free_W, 0.0)) / each_W, 1e-6));
}
