// The cooling of a building as written: what cannot be, what is too small, and what the program counts itself.
#include "sim/scenario/resolve_plant.hpp"
#include "tests/unit/sim/process/small_run.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <cmath>
#include <regex>

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const plant = "/campuses/0/buildings/0/plant";

std::string put(std::string const& path, std::string const& value)
{
    return R"({"op": "add", "path": ")" + path + R"(", "value": )" + value + "}";
}
std::string drop(std::string const& path) { return R"({"op": "remove", "path": ")" + path + "\"}"; }

std::string const towers = R"({"units": 4, "spare": 1, "rating": {"heat_kW": 60, "water_inlet_C": 35, "water_outlet_C": 29.44,
    "wet_bulb_C": 25.55, "fan_kW": 0.5, "air_kg_per_s": 1.6}})";

/// McQuay WSC 471 kW (Modelica Buildings Data.ElectricEIR, BSD-3) with straight curves, as in the physics tests.
std::string const chillers = R"({"units": 2, "spare": 0, "capacity_kW": 40, "curves": {"reference_kW": 471.2, "reference_cop": 5.89,
    "leaving_C": 6.67, "condenser_C": 29.44, "capacity_ft": [1.0, 0.02, 0.0, -0.005, 0.0, 0.0], "eir_ft": [0.7, -0.02, 0.0, 0.02, 0.0, 0.0],
    "eir_plr": [0.2778889, 0.2338363, 0.4883748], "min_plr": 0.1, "max_plr": 1.15, "min_unloading_plr": 0.1, "evaporator_min_C": 4,
    "evaporator_max_C": 25, "condenser_min_C": 5, "condenser_max_C": 45}})";

/// The fixture without pads, so that it needs more than one dry cooler, with so many of them.
std::vector<Override> dry(std::string const& units, std::string const& spare = "1")
{
    return {{.pointer = plant + "/coolers/pads/effectiveness", .value = "0"},
            {.pointer = plant + "/coolers/units", .value = units},
            {.pointer = plant + "/coolers/spare", .value = spare}};
}

std::vector<Problem> problems_with(std::vector<Override> const& overrides)
{
    return problems_of([&] { load_scenario(fixture(), overrides); });
}

PlantSizing sizing_with(std::vector<Override> const& overrides) { return load_scenario(fixture(), overrides).buildout.buildings[0].sizing; }

/// Numbers in the message about a plant that is too small.
struct Shortage {
    double short_kW{}, liquid_kW{};
    std::uint32_t add{};
};

Shortage shortage_in(std::vector<Problem> const& problems)
{
    std::smatch found;
    REQUIRE(problems.size() == 1);
    REQUIRE(std::regex_search(problems[0].message, found,
                              std::regex(R"(short by (\d+) kW of (\d+) kW liquid heat.*with \d+ spare; add (\d+) coolers)")));
    return {std::stod(found[1]), std::stod(found[2]), static_cast<std::uint32_t>(std::stoul(found[3]))};
}

} // namespace

TEST_CASE("the source of the facility water and that of the residual air are one each")
{
    check_all({
        {drop(plant + "/coolers"), plant, "needs either \"coolers\" or \"towers\" for the facility water"},
        {put(plant + "/towers", towers), plant, "needs either \"coolers\" or \"towers\" for the facility water"},
        {drop(plant + "/chiller_cop"), plant, "needs either \"chiller_cop\" or \"air_source\""},
        {put(plant + "/air_source", R"({"chillers": )" + chillers + "}"), plant, "needs either \"chiller_cop\" or \"air_source\""},
        {drop(plant + "/chiller_cop") + "," + put(plant + "/air_source", "{}"), plant + "/air_source", "is empty; give it chillers"},
        {drop(plant + "/chiller_cop") + "," + put(plant + "/air_source", R"({"towers": )" + towers + "}") + ","
             + R"({"op": "copy", "from": ")" + plant + R"(/coolers", "path": ")" + plant + R"(/air_source/coolers"})",
         plant + "/air_source", "has both \"coolers\" and \"towers\""},
    });
}

TEST_CASE("one technique at the chip, a trip above the throttle")
{
    check_all({
        {drop("/racks/0/cold_plate"), "/racks/0", "has 0 of \"cold_plate\", \"jets\", \"immersed_sink\" and \"evaporator\""},
        {put("/racks/0/evaporator", R"({"resistance_K_per_W": 0.02})"), "/racks/0", "has 2 of \"cold_plate\""},
        {put("/racks/0/accelerator/trip_case_C", "80"), "/racks/0/accelerator/trip_case_C",
         "is 80 C and must be above throttle_case, 85 C"},
        {put("/racks/0/accelerator/trip_case_C", "85"), "/racks/0/accelerator/trip_case_C", "must be above throttle_case"},
    });
}

TEST_CASE("coolants and chillers outside of their own data")
{
    check_all({
        {put(plant + "/tcs_coolant", "\"hfe_7100\"") + "," + put(plant + "/tcs_set_point_C", "70") + ","
             + put("/racks/0/supply_max_C", "80"),
         plant + "/tcs_set_point_C", "is 70 C"},
        {put(plant + "/chillers", chillers) + "," + put(plant + "/chillers/curves/leaving_C", "3"), plant + "/chillers/curves",
         "has its reference point outside of its own ranges"},
        {put(plant + "/chillers", chillers) + "," + put(plant + "/chillers/curves/condenser_C", "46"), plant + "/chillers/curves",
         "has its reference point outside of its own ranges"},
        {put(plant + "/chillers", chillers) + "," + put(plant + "/chillers/curves/min_unloading_plr", "0.05"),
         plant + "/chillers/curves/min_unloading_plr", "is 0.05 and must not be below min_plr 0.1"},
        {put(plant + "/cdu/units", "2") + "," + put(plant + "/cdu/spare", "2"), plant + "/cdu/spare", "is 2 of 2 CDUs (none would work)"},
        {put(plant + "/coolers/units", "\"many\""), plant + "/coolers/units", "auto"},
        {put(plant + "/cdu/units", "\"Auto\""), plant + "/cdu/units", "auto"},
    });
}

TEST_CASE("everything that is wrong with a plant and its racks is told at once, each with its place")
{
    auto const problems = problems_in(patched(
        "[" + put(plant + "/towers", towers) + "," + drop(plant + "/chiller_cop") + "," + put(plant + "/chillers", chillers) + ","
        + put(plant + "/chillers/curves/leaving_C", "30") + "," + put(plant + "/fws_min_C", "38") + "," + put(plant + "/cdu/spare", "1")
        + "," + put(plant + "/towers/rating/wet_bulb_C", "31") + "," + put("/racks/0/jets", R"({"nozzle_diameter_mm": 1, "open_share": 0.03,
                                                 "height_over_diameter": 3, "area_mm2": 800, "conduction_K_per_W": 0.01})")
        + "," + put("/racks/0/accelerator/trip_case_C", "60") + "]"));
    INFO(text_of(problems));
    CHECK(names(problems, plant, "needs either \"coolers\" or \"towers\""));
    CHECK(names(problems, plant, "needs either \"chiller_cop\" or \"air_source\""));
    CHECK(names(problems, plant + "/chillers/curves", "has its reference point outside of its own ranges"));
    CHECK(names(problems, plant, "needs fws_min <= fws_set_point <= fws_max"));
    CHECK(names(problems, plant + "/cdu/spare", "is 1 of 1 CDUs (none would work)"));
    CHECK(names(problems, plant + "/towers/rating", "needs water_inlet > water_outlet > wet_bulb"));
    CHECK(names(problems, "/racks/0", "has 2 of \"cold_plate\""));
    CHECK(names(problems, "/racks/0/accelerator/trip_case_C", "must be above throttle_case"));
    CHECK(problems.size() == 8);
}

TEST_CASE("a plant that is too small says by how much, and the units it asks for are exactly enough")
{
    auto const problems = problems_with(dry("2"));
    INFO(text_of(problems));
    REQUIRE(names(problems, plant + "/coolers/units", "are short by"));
    CHECK(names(problems, plant + "/coolers/units", "design weather of mild (35 C dry, 23.5 C wet bulb)"));
    auto const shortage = shortage_in(problems);
    // Four racks of 3 x 10.625 + 0.1 kW, four fifths of it in the liquid.
    CHECK(shortage.liquid_kW == std::round(4.0 * 31.975 * 0.8));
    CHECK(shortage.short_kW > 0.0);
    CHECK(shortage.short_kW < shortage.liquid_kW);
    CHECK(text_of(problems_with(dry(std::to_string(2 + shortage.add)))).empty());
    CHECK(names(problems_with(dry(std::to_string(1 + shortage.add))), plant + "/coolers/units", "are short by"));
}

TEST_CASE("the heat that a plant is short of is what its load must lose to be accepted")
{
    auto const shortage = shortage_in(problems_with(dry("2")));
    auto with = dry("2");
    with.push_back({.pointer = plant + "/allow_undersized", .value = "true"});
    auto const sizing = sizing_with(with);
    CHECK_THAT(shortage.short_kW, WithinAbs((1.0 - sizing.carried) * sizing.liquid_W / 1e3, 0.5)); // told in whole kW
}

TEST_CASE("\"auto\" is the least number that the design weather needs, and the spares")
{
    auto const spare = GENERATE(1U, 2U);
    auto const sizing = sizing_with(dry("\"auto\"", std::to_string(spare)));
    CAPTURE(sizing.outdoor_needed, sizing.outdoor_units);
    CHECK(sizing.outdoor_units == static_cast<std::uint32_t>(std::ceil(sizing.outdoor_needed)) + spare);
    CHECK(sizing.carried == 1.0);
    CHECK(text_of(problems_with(dry(std::to_string(sizing.outdoor_units), std::to_string(spare)))).empty());
    CHECK(names(problems_with(dry(std::to_string(sizing.outdoor_units - 1), std::to_string(spare))), plant + "/coolers/units",
                "with " + std::to_string(spare) + " spare"));
}

TEST_CASE("\"auto\" counts the CDUs of the largest pod, at least one of them spare")
{
    auto with = dry("\"auto\"");
    with.push_back({.pointer = plant + "/cdu/units", .value = "\"auto\""});
    with.push_back({.pointer = plant + "/cdu/rated_heat_kW", .value = "30"}); // a pod gives 51.16 kW to its liquid: two, and one spare
    auto const sizing = sizing_with(with);
    CHECK(sizing.cdus_per_pod == 3);
    CHECK(sizing.cdu_spare == 1);
}

TEST_CASE("\"auto\" towers and chillers carry the heat without their spares, by the program's own check")
{
    auto const wanted = put(plant + "/chillers", chillers) + "," + put(plant + "/chillers/units", "\"auto\"") + ","
                        + put(plant + "/chillers/spare", "1") + "," + put(plant + "/tcs_set_point_C", "24") + ","
                        + put(plant + "/fws_set_point_C", "20") + "," + put(plant + "/fws_max_C", "21");
    auto const cold = [&](std::string const& more) {
        return load_scenario_text(patched("[" + wanted + more + "]").dump(2), "case.json", source_folder() / "scenarios")
            .buildout.buildings[0]
            .sizing;
    };
    SECTION("dry coolers, chillers in the outdoor air")
    {
        auto const sizing = cold("," + put(plant + "/coolers/units", "\"auto\""));
        CHECK(sizing.carried == 1.0);
        CHECK(sizing.chillers >= 2);
    }
    SECTION("towers, condensers on their water")
    {
        auto const sizing =
            cold("," + drop(plant + "/coolers") + "," + put(plant + "/towers", towers) + "," + put(plant + "/towers/units", "\"auto\""));
        CHECK(sizing.carried == 1.0);
        CHECK(sizing.chillers >= 2);
    }
}

TEST_CASE("an undersized plant that is allowed throttles its chips in the heat, and their hours are booked to it")
{
    auto const one_rack = [](std::string const& dry_bulb_C) {
        std::string const at = plant + "/coolers";
        std::string months = dry_bulb_C;
        for (int m = 1; m < 12; ++m) {
            months += "," + dry_bulb_C;
        }
        return load_scenario(source_folder() / "scenarios/01_one_rack.json",
                             {{.pointer = "/end", .value = "\"2026-01-08\""}, // a week
                              {.pointer = "/climates/0/normals/dry_bulb_mean_C", .value = "[" + months + "]"},
                              {.pointer = "/climates/0/normals/daily_range_K", .value = "[8,8,8,8,8,8,8,8,8,8,8,8]"},
                              {.pointer = "/demand/contracts/0/committed/0/from", .value = "\"2026-01-01\""},
                              {.pointer = "/demand/contracts/0/busy_swing", .value = "0"},
                              {.pointer = "/demand/contracts/0/busy_mean", .value = "1"},
                              {.pointer = at + "/rating/heat_kW", .value = "12"}, // of the 25.5 kW of the rack
                              {.pointer = at + "/rating/air_kg_per_s", .value = "1.5"},
                              {.pointer = at + "/pads/effectiveness", .value = "0"},
                              {.pointer = at + "/units", .value = "1"},
                              {.pointer = at + "/spare", .value = "0"},
                              {.pointer = plant + "/allow_undersized", .value = "true"},
                              {.pointer = "/racks/0/accelerator/throttle_case_C", .value = "70"}})
            .buildout;
    };
    auto const run = [](Buildout const& buildout) {
        return testing::run_and_pick({.buildout = buildout, .plan = make_plan(buildout)}, {}, [](World const& world, Tick) {
            auto const& f = world.campus_books[id<Campus>(0)].total;
            return std::vector<double>{f.throttled_J, f.it_J, world.by_cause[id<Hall>(0)][index(Cause::throttled)], f.case_max_C};
        });
    };
    auto const hot = one_rack("36");
    CHECK(hot.buildings[0].sizing.carried < 1.0);
    auto const flows = run(hot);
    double const week_s = 7.0 * 86400.0;
    double const asked_W = 31875.0 * 0.85; // all busy: budget times draw
    CHECK(flows[0] > 0.0);
    CHECK_THAT(flows[0] + flows[1], WithinRel(asked_W * week_s, 1e-9));
    // The load asked for is constant: the share of the energy that was cut is the share of the hours of its 24 accelerators.
    CHECK_THAT(flows[2] / (24.0 * week_s), WithinRel(flows[0] / (asked_W * week_s), 1e-9));
    CHECK(flows[3] > 70.0);
    CHECK(flows[3] < 105.0);
    auto const mild = run(one_rack("-5"));
    CHECK(mild[0] == 0.0);
    CHECK(mild[2] == 0.0);
}
