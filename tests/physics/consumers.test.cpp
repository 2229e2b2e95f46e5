// No file holds a PUE: cooling power is the sum of machines, and each machine's power can be taken away alone.
#include "tests/physics/technique_cases.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <initializer_list>

using namespace aidc;

namespace {

struct Solved {
    PlantResult result;
    std::array<PodState, 1> pods{};

    double power_W(Consumer consumer) const { return result.power_W[index(consumer)]; }
};

constexpr double dry_units = 7.0;
constexpr double air_cop = 4.0;

PodLoad load()
{
    auto const pod = cases::warm_pod();
    return {.pods = pod.pods, .liquid_W = pod.chip_W + pod.direct_W, .air_W = pod.air_W, .tcs_flow_m3_per_s = pod.tcs_flow_m3_per_s};
}

Solved solve(Plant const& plant, Air const& outdoors)
{
    std::array const loads{load()};
    Solved s;
    s.result = solve_plant(plant, {.outdoors = outdoors, .loads = loads, .coolers_up = dry_units, .before = {}}, s.pods);
    return s;
}

/// A plant on dry coolers or on towers; residual air on a chiller of constant COP either way.
Plant plant_on(bool towers)
{
    Plant p = cases::warm_plant();
    p.air_source.chiller = ConstantCop{air_cop};
    if (towers) {
        cases::put_towers(p, 0.2);
    }
    return p;
}

/// Heat that the consumers add to water and hall air [W].
double indoors_W(PlantResult const& r) { return sum(r.power_W) - outdoors_only(r.power_W); }

void check_same(Solved const& a, Solved const& b, std::initializer_list<Consumer> consumers)
{
    for (auto const consumer : consumers) {
        INFO(aidc::consumers[index(consumer)].name);
        CHECK_THAT(a.power_W(consumer), WithinRel(b.power_W(consumer), 1e-9));
    }
}

/// Heat to the outdoor air fell by exactly what the consumers no longer add.
void check_heat(Solved const& before, Solved const& after)
{
    CHECK_THAT(before.result.heat_to_air_W - after.result.heat_to_air_W,
               WithinAbs(indoors_W(before.result) - indoors_W(after.result), 1e-9 * before.result.heat_to_air_W));
    CHECK_THAT(after.result.heat_from_it_W, WithinRel(before.result.heat_from_it_W, 1e-9));
}

} // namespace

TEST_CASE("outdoor fans without power take exactly their power away, and no heat", "[property][cooling]")
{
    bool const towers = GENERATE(false, true);
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 34.0), 0.4);
    auto plant = plant_on(towers);
    auto const before = solve(plant, outdoors);
    std::visit([](auto& unit) { unit.rating.fan_W = 0.0; }, *plant.source.outdoor);
    auto const after = solve(plant, outdoors);
    CHECK(before.power_W(Consumer::outdoor_fans) > 0.0);
    CHECK(after.power_W(Consumer::outdoor_fans) == 0.0);
    CHECK(after.result.heat_to_air_W == before.result.heat_to_air_W); // they warm the air behind the coils
    CHECK(after.result.water.supply_C == before.result.water.supply_C);
    CHECK_THAT(cooling_power_W(before.result) - cooling_power_W(after.result), WithinRel(before.power_W(Consumer::outdoor_fans), 1e-9));
}

TEST_CASE("facility-water pumps without power take their power away, and its heat from the outdoor units", "[property][cooling]")
{
    bool const towers = GENERATE(false, true);
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 34.0), 0.4);
    auto plant = plant_on(towers);
    auto const before = solve(plant, outdoors);
    plant.fws_pump.rated_power_W = 0.0;
    auto const after = solve(plant, outdoors);
    CHECK(before.power_W(Consumer::fws_pumps) > 0.0);
    CHECK(after.power_W(Consumer::fws_pumps) == 0.0);
    check_heat(before, after);
    check_same(before, after, {Consumer::cdu_pumps, Consumer::hall_fans, Consumer::air_chillers});
    CHECK(after.power_W(Consumer::outdoor_fans) <= before.power_W(Consumer::outdoor_fans)); // less heat to reject
    if (after.result.water.supply_C == before.result.water.supply_C) {                      // the pods see the same water
        CHECK_THAT(
            before.result.heat_to_air_W - after.result.heat_to_air_W,
            WithinRel(before.power_W(Consumer::fws_pumps) + before.power_W(Consumer::tower_pumps) - after.power_W(Consumer::tower_pumps),
                      1e-6));
    }
}

TEST_CASE("tower pumps without power take their power away, and its heat from the towers alone", "[property][cooling]")
{
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 30.0), 0.4);
    auto plant = plant_on(true);
    auto const before = solve(plant, outdoors);
    plant.source.tower->pump.rated_power_W = 0.0;
    auto const after = solve(plant, outdoors);
    CHECK(before.power_W(Consumer::tower_pumps) > 0.0);
    CHECK(after.power_W(Consumer::tower_pumps) == 0.0);
    check_heat(before, after);
    check_same(before, after, {Consumer::cdu_pumps, Consumer::hall_fans, Consumer::air_chillers});
    CHECK(after.power_W(Consumer::outdoor_fans) <= before.power_W(Consumer::outdoor_fans));
}

TEST_CASE("CDU pumps without power take their power away, and its heat from the water", "[property][cooling]")
{
    bool const towers = GENERATE(false, true);
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 34.0), 0.4);
    auto plant = plant_on(towers);
    auto const before = solve(plant, outdoors);
    plant.cdu.pump_rated_power_W = 0.0;
    auto const after = solve(plant, outdoors);
    CHECK_THAT(before.power_W(Consumer::cdu_pumps), WithinRel(10.0 * 13.7e3, 1e-12)); // ten at their rated flow
    CHECK(after.power_W(Consumer::cdu_pumps) == 0.0);
    check_heat(before, after);
    check_same(before, after, {Consumer::hall_fans, Consumer::air_chillers});
}

TEST_CASE("hall fans without power take their power away, and a COP's part of it from the chiller", "[analytic][cooling]")
{
    bool const towers = GENERATE(false, true);
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 34.0), 0.4);
    auto plant = plant_on(towers);
    auto const before = solve(plant, outdoors);
    plant.fan_wall.rating.fan_W = 0.0;
    auto const after = solve(plant, outdoors);
    double const fans_W = before.power_W(Consumer::hall_fans);
    CHECK(fans_W > 0.0);
    CHECK(after.power_W(Consumer::hall_fans) == 0.0);
    CHECK_THAT(cooling_power_W(before.result) - cooling_power_W(after.result), WithinRel(fans_W * (1.0 + 1.0 / air_cop), 1e-6));
    CHECK_THAT(before.power_W(Consumer::air_chillers) - after.power_W(Consumer::air_chillers), WithinRel(fans_W / air_cop, 1e-6));
    check_heat(before, after);
    check_same(before, after, {Consumer::cdu_pumps, Consumer::fws_pumps, Consumer::outdoor_fans});
}

TEST_CASE("behind a chiller of constant COP each pump costs its power and a COP's part of it", "[analytic][cooling]")
{
    auto plant = plant_on(false);
    plant.source = {.outdoor = {}, .tower = {}, .chiller = ConstantCop{5.0}};
    plant.chillers = 1.0;
    auto const outdoors = cases::air(30.0, 0.4);
    auto const all = solve(plant, outdoors);
    plant.fws_pump.rated_power_W = 0.0;
    auto const no_fws = solve(plant, outdoors);
    CHECK_THAT(cooling_power_W(all.result) - cooling_power_W(no_fws.result),
               WithinRel(all.power_W(Consumer::fws_pumps) * (1.0 + 1.0 / 5.0), 1e-9));
    plant.cdu.pump_rated_power_W = 0.0;
    auto const no_pumps = solve(plant, outdoors);
    CHECK_THAT(cooling_power_W(no_fws.result) - cooling_power_W(no_pumps.result),
               WithinRel(all.power_W(Consumer::cdu_pumps) * (1.0 + 1.0 / 5.0), 1e-9));
    // What is left: the chiller on the heat of the racks alone, and the air side.
    CHECK_THAT(no_pumps.power_W(Consumer::chillers), WithinRel(12e6 / 5.0, 1e-9));
}

TEST_CASE("the sum of the machines' own laws is the cooling power", "[property][cooling]")
{
    bool const towers = GENERATE(false, true);
    auto const outdoors = cases::air(GENERATE(5.0, 22.0, 34.0), 0.4);
    auto const plant = plant_on(towers);
    auto const s = solve(plant, outdoors);
    auto const& water = s.result.water;
    double const cdu_W = 10.0 * cdu_pump_W(plant.cdu, load().tcs_flow_m3_per_s);
    double const fws_W = station_power_W(plant.fws_pump, s.result.fws_flow_kg_per_s / properties(plant.fws, 36.0).density_kg_per_m3);
    double const wall_W = 10.0 * solve_fan_wall(plant.fan_wall, load().air_W).fan_W;
    double const chiller_W = (10.0 * load().air_W + wall_W) / air_cop;
    double const tower_W =
        towers ? station_power_W(plant.source.tower->pump, water.W_per_K / (tower_water_cp_J_per_kgK * tower_water_kg_per_m3)) : 0.0;
    double fans_W = s.power_W(Consumer::outdoor_fans); // of towers: cells are staged
    if (!towers) {
        auto const& cooler = std::get<DryCooler>(*plant.source.outdoor);
        fans_W = dry_units * fan_power_W(cooler, entering_air(cooler, outdoors, s.result.modes.pads_on), water.fan_ratio);
    }
    CHECK_THAT(cooling_power_W(s.result), WithinRel(cdu_W + fws_W + wall_W + chiller_W + tower_W + fans_W, 1e-9));
}

TEST_CASE("machines without power cool for nothing", "[unit][cooling]")
{
    auto plant = plant_on(GENERATE(false, true));
    std::visit([](auto& unit) { unit.rating.fan_W = 0.0; }, *plant.source.outdoor);
    plant.fws_pump.rated_power_W = 0.0;
    plant.cdu.pump_rated_power_W = 0.0;
    plant.fan_wall.rating.fan_W = 0.0;
    plant.air_source.chiller = ConstantCop{1e12};
    if (plant.source.tower) {
        plant.source.tower->pump.rated_power_W = 0.0;
    }
    auto const s = solve(plant, cases::air(20.0, 0.4));
    CHECK(cooling_power_W(s.result) < 1e-5); // 1.2 MW of residual air over the COP
    CHECK_THAT(s.result.heat_to_air_W, WithinRel(s.result.heat_from_it_W, 1e-9));
}
