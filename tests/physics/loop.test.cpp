#include "models/cooling/loop.hpp"

#include "tests/catch.hpp"
#include "tests/physics/technique_cases.hpp"

#include <array>
#include <cmath>

using namespace aidc;

namespace {

PlantResult steady(cases::Technique const& t, Air const& outdoors, PodState& pod)
{
    PodLoad const load{
        .pods = t.pod.pods, .liquid_W = t.pod.chip_W + t.pod.direct_W, .air_W = t.pod.air_W, .tcs_flow_m3_per_s = t.pod.tcs_flow_m3_per_s};
    pod = {};
    return solve_plant(t.plant, {.outdoors = outdoors, .loads = {&load, 1}, .coolers_up = t.coolers, .before = {}}, {&pod, 1});
}

/// A building that has run for two hours at half load and cold air, then gets the inputs of `t` for `hours`.
struct Run {
    LoopState state;
    LoopResult last;
    double residual{}; // worst, of any step

    Run(cases::Technique const& t, Air const& outdoors, double hours, double step_s)
    {
        cases::Technique half = t;
        half.pod.chip_W *= 0.5;
        half.pod.direct_W *= 0.5;
        Air const cool = cases::air(outdoors.dry_bulb_C - 6.0, 0.5);
        state = steady_loop(half.plant, {.outdoors = cool, .pods = {&half.pod, 1}, .coolers_up = half.coolers}, {});
        LoopInputs const inputs{.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers};
        for (double time_s = 0.0; time_s < hours * 3600.0; time_s += step_s) {
            last = step_loop(t.plant, inputs, state, step_s);
            double const in_J = last.heat_in_J + sum(last.energy_J) - outdoors_only(last.energy_J);
            double const out_J = last.heat_to_air_J + last.reused_J + last.stored_J;
            residual = std::max(residual, std::abs(in_J - out_J) / in_J);
        }
    }
};

} // namespace

TEST_CASE("after two hours of constant inputs the loop is where the steady solve is", "[reference][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{7}));
    auto const t_C = GENERATE(-8.0, 12.0, 24.0, 33.0);
    REQUIRE(all.size() == 7);
    auto const& t = all[i];
    auto const outdoors = cases::air(t_C, 0.5);
    PodState pod;
    auto const s = steady(t, outdoors, pod);
    Run const run(t, outdoors, 2.0, 15.0);
    INFO(t.name << " at " << t_C << " C, control " << static_cast<int>(s.water.control));
    CHECK_THAT(run.state.pods[0].supply_C, WithinAbs(pod.tcs_supply_C, 0.01));
    CHECK_THAT(run.state.pods[0].return_C, WithinAbs(pod.tcs_return_C, 0.01));
    CHECK_THAT(run.state.pods[0].chip_C, WithinAbs(pod.tcs_supply_C + t.pod.chip_W / t.pod.chip_W_per_K, 0.01));
    CHECK_THAT(run.state.fws_supply_C, WithinAbs(s.water.supply_C, 0.01));
    CHECK_THAT(run.last.heat_to_air_J / 15.0, WithinRel(s.heat_to_air_W, 1e-3));
    CHECK_THAT(run.last.evaporated_kg / 15.0, WithinAbs(s.evaporated_kg_per_s, 1e-3 * std::abs(s.evaporated_kg_per_s) + 1e-9));
    CHECK_THAT(run.last.reused_J / 15.0, WithinAbs(s.reused_W, 1e-3 * s.reused_W));
    double const power_W = cooling_power_W(s);
    for (auto const& row : consumers) {
        INFO(row.name);
        CHECK_THAT(run.last.energy_J[index(row.consumer)] / 15.0, WithinAbs(s.power_W[index(row.consumer)], 1e-3 * power_W));
    }
    CHECK(run.residual <= 1e-9);
}

TEST_CASE("with chillers at their limit the loop floats to where the steady solve floats", "[reference][cooling]")
{
    auto t = cases::techniques()[GENERATE(std::size_t{2}, std::size_t{3})];
    t.plant.chillers = 1.2;
    auto const outdoors = cases::air(34.0, 0.4);
    PodState pod;
    auto const s = steady(t, outdoors, pod);
    INFO(t.name);
    REQUIRE(s.water.control == SupplyControl::short_of_supply);
    REQUIRE(s.water.chilled_W > 0.0);
    Run const run(t, outdoors, 3.0, 15.0);
    CHECK_THAT(run.state.fws_supply_C, WithinAbs(s.water.supply_C, 0.01));
    CHECK_THAT(run.state.pods[0].supply_C, WithinAbs(pod.tcs_supply_C, 0.01));
    CHECK_THAT(run.last.chilled_J / 15.0, WithinRel(s.water.chilled_W, 1e-3));
}

TEST_CASE("every technique closes its heat balance in steady operation", "[conservation][cooling]")
{
    auto const all = cases::techniques();
    for (auto const& t : all) {
        for (double t_C = -20.0; t_C <= 44.0; t_C += 4.0) {
            PodState pod;
            auto const s = steady(t, cases::air(t_C, t_C > 35.0 ? 0.2 : 0.6), pod);
            INFO(t.name << " at " << t_C << " C");
            CHECK(std::abs(heat_residual(s)) <= 1e-9);
            CHECK(s.make_up_kg_per_s == s.evaporated_kg_per_s + s.drift_kg_per_s + s.blowdown_kg_per_s);
        }
    }
}
