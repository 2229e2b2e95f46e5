#include "plant_cases.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace aidc;

namespace {

struct Solved {
    PlantResult result;
    std::array<PodState, 6> pods{};
};

Solved solve(Plant const& plant, Air const& outdoors, std::array<PodLoad, 6> const& loads, double coolers)
{
    Solved s;
    s.result = solve_plant(plant, {.outdoors = outdoors, .loads = loads, .coolers_up = coolers}, s.pods);
    return s;
}

/// Heat of IT that the loads ask for [W].
double wanted_W(std::array<PodLoad, 6> const& loads)
{
    double sum = 0.0;
    for (PodLoad const& load : loads) {
        sum += load.pods * (load.liquid_W + load.air_W);
    }
    return sum;
}

} // namespace

TEST_CASE("the heat balance of a plant closes to 1e-10 everywhere", "[conservation][cooling]")
{
    Plant const plant = cases::plant();
    auto const share = GENERATE(1e-3, 0.01, 0.1, 0.5, 0.9, 1.0, 1.3);
    auto const coolers = GENERATE(0.5, 4.0, 20.0, 30.0, 80.0);
    auto const dry_bulb_C = GENERATE(-35.0, -10.0, 5.0, 20.0, 27.9, 28.1, 35.9, 36.1, 39.0, 46.0);
    auto const rh = GENERATE(0.05, 0.5, 0.95);
    auto const loads = cases::loads(share);
    auto const s = solve(plant, cases::air(dry_bulb_C, rh), loads, coolers);
    INFO("share " << share << " coolers " << coolers << " dry bulb " << dry_bulb_C << " rh " << rh);
    CHECK(std::abs(heat_residual(s.result)) <= 1e-10);
    CHECK_THAT(s.result.heat_from_it_W, WithinRel(wanted_W(loads), 1e-9));
    CHECK(s.result.make_up_kg_per_s == s.result.evaporated_kg_per_s + s.result.drift_kg_per_s + s.result.blowdown_kg_per_s);
    CHECK(s.result.evaporated_kg_per_s >= 0.0);
    CHECK(s.result.water.fan_ratio >= std::get<DryCooler>(*plant.source.outdoor).min_fan_ratio);
    CHECK(s.result.water.fan_ratio <= 1.0);
    CHECK(s.result.water.supply_C >= plant.fws_min_C);
    for (PodState const& pod : s.pods) {
        CHECK(pod.tcs_supply_C >= plant.tcs_set_point_C - 1e-9);
        CHECK(pod.tcs_return_C > pod.tcs_supply_C);
    }
}

TEST_CASE("the control says what it holds", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const coolers = GENERATE(3.0, 12.0, 24.0, 60.0);
    auto const dry_bulb_C = GENERATE(-30.0, 0.0, 15.0, 25.0, 33.0, 41.0);
    auto const r = solve(plant, cases::air(dry_bulb_C, 0.3), cases::loads(0.8), coolers).result;
    switch (r.water.control) {
    case SupplyControl::fans:
        CHECK(r.water.supply_C == plant.fws_set_point_C);
        break;
    case SupplyControl::fans_at_floor:
        CHECK(r.water.fan_ratio == std::get<DryCooler>(*plant.source.outdoor).min_fan_ratio);
        CHECK(r.water.supply_C < plant.fws_set_point_C);
        break;
    case SupplyControl::bypass:
        CHECK(r.water.fan_ratio == std::get<DryCooler>(*plant.source.outdoor).min_fan_ratio);
        CHECK(r.water.supply_C == plant.fws_min_C);
        break;
    case SupplyControl::short_of_supply:
        CHECK(r.water.fan_ratio == 1.0);
        CHECK(r.water.supply_C > plant.fws_set_point_C);
        break;
    case SupplyControl::chillers:
    case SupplyControl::idle:
        FAIL("loaded, and no chillers");
    }
}

TEST_CASE("every control occurs", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const at = [&](double t_C, double share, double coolers) {
        return solve(plant, cases::air(t_C, 0.3), cases::loads(share), coolers).result.water.control;
    };
    CHECK(at(20.0, 0.8, 20.0) == SupplyControl::fans);
    CHECK(at(20.0, 0.1, 20.0) == SupplyControl::fans_at_floor);
    CHECK(at(-30.0, 0.1, 20.0) == SupplyControl::bypass);
    CHECK(at(45.0, 1.0, 8.0) == SupplyControl::short_of_supply);
    CHECK(at(20.0, 0.0, 20.0) != SupplyControl::idle); // pumps still turn at their floor
}

TEST_CASE("a standing plant uses nothing", "[unit][cooling]")
{
    Plant const plant = cases::plant();
    std::array<PodLoad, 6> const none{};
    auto const coolers = GENERATE(0.0, 20.0);
    auto const s = solve(plant, cases::air(40.0, 0.2), none, coolers);
    CHECK(s.result.water.control == SupplyControl::idle);
    CHECK(cooling_power_W(s.result) == 0.0);
    CHECK(s.result.heat_to_air_W == 0.0);
    CHECK(s.result.heat_from_it_W == 0.0);
    CHECK(s.result.make_up_kg_per_s == 0.0);
    CHECK(heat_residual(s.result) == 0.0);
    CHECK(s.pods[0].tcs_supply_C == plant.tcs_set_point_C);
}

TEST_CASE("hotter air never gives a cooler supply or slower fans", "[property][cooling]")
{
    Plant plant = cases::plant();
    std::get<DryCooler>(*plant.source.outdoor).pads.effectiveness = GENERATE(0.0, 0.75);
    auto const share = GENERATE(0.1, 0.6, 1.0);
    auto const coolers = GENERATE(6.0, 20.0);
    double supply_C = -100.0;
    double fan_ratio = 0.0;
    bool pads_on = false;
    for (double t_C = -30.0; t_C <= 48.0; t_C += 0.5) {
        auto const r = solve(plant, air_from_humidity_ratio(t_C, 1e-4, 101325.0), cases::loads(share), coolers).result;
        if (r.modes.pads_on != pads_on) { // wetting the pads is the one step down
            pads_on = r.modes.pads_on;
            supply_C = -100.0;
            fan_ratio = 0.0;
        }
        CHECK(r.water.supply_C >= supply_C - 1e-9);
        CHECK(r.water.fan_ratio >= fan_ratio - 1e-9);
        supply_C = r.water.supply_C;
        fan_ratio = r.water.fan_ratio;
    }
}

TEST_CASE("more load never gives a cooler supply or return", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const t_C = GENERATE(-5.0, 22.0, 40.0);
    double supply_C = -100.0;
    double fan_ratio = 0.0;
    for (double share = 0.25; share <= 1.3; share += 0.05) {
        auto const r = solve(plant, cases::air(t_C, 0.3), cases::loads(share), 16.0).result;
        CHECK(r.water.supply_C >= supply_C - 1e-9);
        CHECK(r.water.fan_ratio >= fan_ratio - 1e-9);
        supply_C = r.water.supply_C;
        fan_ratio = r.water.fan_ratio;
    }
}

TEST_CASE("more coolers need less fan power", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const t_C = GENERATE(10.0, 25.0, 33.0);
    double before_W = std::numeric_limits<double>::infinity();
    for (double coolers = 14.0; coolers <= 30.0; coolers += 2.0) {
        auto const r = solve(plant, cases::air(t_C, 0.4), cases::loads(0.9), coolers).result;
        if (r.water.control == SupplyControl::fans) {
            CHECK(r.power_W[index(Consumer::outdoor_fans)] < before_W);
            before_W = r.power_W[index(Consumer::outdoor_fans)];
        }
    }
}

TEST_CASE("the order of pods and how equal ones are lumped change nothing", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const loads = cases::loads(0.7);
    auto const outdoors = cases::air(GENERATE(5.0, 30.0, 43.0), 0.3);
    auto const once = solve(plant, outdoors, loads, 14.0);

    auto turned = loads;
    std::reverse(turned.begin(), turned.end());
    auto const back = solve(plant, outdoors, turned, 14.0);
    CHECK_THAT(back.result.heat_to_air_W, WithinRel(once.result.heat_to_air_W, 1e-11));
    CHECK_THAT(back.result.water.supply_C, WithinAbs(once.result.water.supply_C, 1e-8));
    CHECK_THAT(back.pods[5].tcs_supply_C, WithinAbs(once.pods[0].tcs_supply_C, 1e-8));

    std::array<PodLoad, 12> split{};
    std::array<PodState, 12> states{};
    for (std::size_t i = 0; i < split.size(); ++i) {
        split[i] = loads[i / 2];
        split[i].pods = i % 2 == 0 ? 3.0 : 7.0;
    }
    auto const apart = solve_plant(plant, {.outdoors = outdoors, .loads = split, .coolers_up = 14.0}, states);
    CHECK_THAT(apart.heat_to_air_W, WithinRel(once.result.heat_to_air_W, 1e-11));
    CHECK_THAT(cooling_power_W(apart), WithinRel(cooling_power_W(once.result), 1e-9));
}

TEST_CASE("a first guess changes the time, not the answer", "[property][cooling]")
{
    Plant const plant = cases::plant();
    auto const loads = cases::loads(0.7);
    auto const outdoors = cases::air(GENERATE(-20.0, 18.0, 31.0, 44.0), 0.3);
    auto s = solve(plant, outdoors, loads, 14.0);
    for (PodState& pod : s.pods) {
        pod.fws_flow_kg_per_s *= GENERATE(0.1, 1.0, 3.0);
    }
    auto const again = solve_plant(plant, {.outdoors = outdoors, .loads = loads, .coolers_up = 14.0}, s.pods);
    CHECK_THAT(again.water.supply_C, WithinAbs(s.result.water.supply_C, 1e-8));
    CHECK_THAT(again.fws_flow_kg_per_s, WithinRel(s.result.fws_flow_kg_per_s, 1e-9));
    CHECK_THAT(again.power_W[index(Consumer::outdoor_fans)], WithinRel(s.result.power_W[index(Consumer::outdoor_fans)], 1e-9));
}

TEST_CASE("pads keep their state inside the hysteresis", "[unit][cooling]")
{
    Plant const plant = cases::plant();
    auto const loads = cases::loads(0.7);
    std::array<PodState, 6> pods{};
    PlantInputs inputs{.outdoors = cases::air(27.5, 0.3), .loads = loads, .coolers_up = 20.0, .before = {}};
    CHECK_FALSE(solve_plant(plant, inputs, pods).modes.pads_on);
    inputs.before.pads_on = true;
    auto const wet = solve_plant(plant, inputs, pods);
    CHECK(wet.modes.pads_on);
    CHECK(wet.evaporated_kg_per_s > 0.0);
}

TEST_CASE("a plant without a steady state is a solver error", "[unit][cooling]")
{
    Plant const plant = cases::plant();
    auto loads = cases::loads(0.7);
    CHECK_THROWS_WITH(solve(plant, cases::air(20.0, 0.3), loads, 0.0), ContainsSubstring("nothing in service that could take it"));
    loads[2].tcs_flow_m3_per_s = 0.0;
    CHECK_THROWS_WITH(solve(plant, cases::air(20.0, 0.3), loads, 10.0), ContainsSubstring("without secondary flow"));
    Air broken = cases::air(20.0, 0.3);
    broken.dry_bulb_C = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(solve(plant, broken, cases::loads(0.7), 10.0), SolverError);
    CHECK_THROWS_AS(solve(plant, cases::air(20.0, 0.3), cases::loads(0.7), std::numeric_limits<double>::infinity()), SolverError);
}

TEST_CASE("warm-water cooling in a mild climate needs a few percent of power", "[reference][cooling]")
{
    // LRZ and LBNL-2001637: liquid loop at 40 deg C supply without chiller, cooling pPUE - 1 < 0.07. Fans hold at 20 deg C.
    Plant const plant = cases::plant();
    auto const r = solve(plant, cases::air(20.0, 0.5), cases::loads(1.0), 25.0).result;
    double const liquid_W = 10.0 * 1200e3 * (1.0 + 0.9 + 0.8 + 0.7 + 0.6 + 0.5);
    CHECK((r.power_W[index(Consumer::cdu_pumps)] + r.power_W[index(Consumer::fws_pumps)] + r.power_W[index(Consumer::outdoor_fans)])
              / liquid_W
          < 0.07);
    CHECK((r.power_W[index(Consumer::cdu_pumps)] + r.power_W[index(Consumer::fws_pumps)] + r.power_W[index(Consumer::outdoor_fans)])
              / liquid_W
          > 0.005);
}
