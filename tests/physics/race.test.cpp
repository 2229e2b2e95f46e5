#include "models/cooling/ride_through.hpp"
#include "models/outage/window.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_race.hpp"
#include "tests/physics/technique_cases.hpp"

#include <cmath>

using namespace aidc;
using aidc::testing::all_down;
using aidc::testing::down;
using aidc::testing::SmallCampus;
using aidc::testing::SmallRows;
using aidc::testing::that_start;

namespace {

constexpr double it_W = 8.0 * 3.0 * 10625.0 * 0.85; // eight racks of three servers at their draw share
constexpr double never_s = std::numeric_limits<double>::infinity();

struct Watched {
    double at_s{};
    RaceState race;
};

/// A window with every state that it went through.
struct Run {
    Moment moment;
    WindowResult result;
    std::vector<Watched> steps;

    Run(SmallCampus const& campus, Loss const& loss, double most_s = 4.0 * 3600.0) : moment(campus.moment())
    {
        result = run_window(moment, loss, most_s, [this](double at_s, RaceState const& race) { steps.push_back({at_s, race}); });
    }

    /// State of the step that ended at or behind a time.
    RaceState const& at(double at_s) const
    {
        for (auto const& step : steps) {
            if (step.at_s >= at_s - 1e-9) {
                return step.race;
            }
        }
        return steps.back().race;
    }

    /// End of the first step in which something holds [s]; infinity: never.
    template <class Holds> double first(Holds const& holds, double from_s = 0.0) const
    {
        for (auto const& step : steps) {
            if (step.at_s > from_s && holds(step.race)) {
                return step.at_s;
            }
        }
        return never_s;
    }

    double share(Machine machine, double at_s) const { return at(at_s).buildings[0].machines[index(machine)].share; }
    double lost_s() const { return lost_until(result, result.ends_s).sum(); }
};

/// What the machines outside the hall draw, and the hall with its CDU pumps [W].
double machines_W(RaceState const& race)
{
    double sum_W = race.buildings[0].house_W;
    for (auto const m : {Machine::fws_pumps, Machine::hall_air, Machine::outdoor, Machine::chillers}) {
        sum_W += race.buildings[0].nominal_W[index(m)];
    }
    return sum_W;
}
double hall_W(RaceState const& race) { return it_W + race.buildings[0].nominal_W[index(Machine::cdu_pumps)]; }

} // namespace

TEST_CASE("ten minutes without grid cost nothing when UPS carries racks and CDU pumps until the gensets run", "[reference][outage]")
{
    SmallCampus const campus;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 600.0});
    CHECK(run.result.first_throttle_s == never_s);
    CHECK(run.result.most_racks_lost == 0.0);
    CHECK(run.result.least_power == 1.0);
    CHECK(run.lost_s() == 0.0);
    // Sensed for 3 s, ready 10 s later: until then all is on the battery, and d(charge)/dt = -x^1.3/300.
    double const x = hall_W(run.at(12.0)) / 300e3;
    CHECK_THAT(run.at(12.0).power.nodes[SmallRows::ups].charge, WithinAbs(1.0 - 12.0 * std::pow(x, 1.3) / 300.0, 1e-5));
    CHECK(run.first([](RaceState const& race) { return race.power.flows.own_W[SmallRows::gensets] > 0.0; }) == 13.0);
    CHECK_THAT(run.at(13.0).power.flows.own_W[SmallRows::gensets], WithinRel(0.5 * 300e3, 1e-9)); // first load step: half of one set
    // Five seconds later the next load step takes the rest. FWS pumps: 10 s delay, 5 s ramp; fans 15 and 20 s; hall air 10 and 10 s.
    CHECK(run.at(17.0).power.loads[1].served);
    CHECK(run.at(17.0).power.loads[1].on_battery);
    CHECK_FALSE(run.at(18.0).power.loads[1].on_battery);
    CHECK(run.share(Machine::cdu_pumps, 12.0) == 1.0);
    CHECK_THAT(run.share(Machine::fws_pumps, 25.0), WithinAbs(3.0 / 5.0, 0.03)); // power at 12, start at 22, a little speed was left
    CHECK(run.share(Machine::fws_pumps, 27.0) == 1.0);
    CHECK_THAT(run.share(Machine::hall_air, 27.0), WithinAbs(5.0 / 10.0, 1e-9));
    CHECK_THAT(run.share(Machine::outdoor, 37.0), WithinAbs(10.0 / 20.0, 1e-9));
    // Back after 300 s of good mains, and then everything is as before.
    auto const on_feed = [](RaceState const& race) { return race.power.flows.own_W[SmallRows::grid] > 0.0; };
    CHECK_THAT(run.first(on_feed, 0.0), WithinAbs(900.0, 1.0));
    CHECK(is_over(run.moment.site, run.steps.back().race));
}

TEST_CASE("with CDU pumps off the UPS chips throttle within 10 to 20 s of a lost grid", "[reference][outage]")
{
    SmallCampus campus;
    campus.buildings[0].on_ups.on[index(Machine::cdu_pumps)] = false;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 600.0});
    CHECK(run.result.first_throttle_s > 10.0);
    CHECK(run.result.first_throttle_s < 20.0);
    CHECK(run.result.most_racks_lost == 0.0); // the pumps are back at 18 s, before the trip
    // Pumps spin down with 3 s and are back 5 + 3 s after the first set is on the bus in the step to 13 s.
    CHECK_THAT(run.share(Machine::cdu_pumps, 3.0), WithinRel(std::exp(-1.0), 1e-9));
    CHECK(run.share(Machine::cdu_pumps, 19.0) < 1.0);
    CHECK(run.share(Machine::cdu_pumps, 20.0) == 1.0);
    CHECK(run.lost_s() > 0.0);
    CHECK(run.lost_s() < 5.0);
}

TEST_CASE("a hall without gensets goes dark when its battery is empty by Peukert's law", "[analytic][outage]")
{
    SmallCampus campus;
    campus.power.ups[SmallRows::ups]->autonomy_s = GENERATE(60.0, 300.0);
    auto const none = that_start(0);
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .draws = &none}, 900.0);
    auto const& battery = *campus.power.ups[SmallRows::ups];
    double const lasts_s = battery.autonomy_s * std::pow(hall_W(run.steps[0].race) / 300e3, -battery.exponent);
    CHECK_THAT(run.result.first_stop_s, WithinAbs(lasts_s, 2.0));
    CHECK(run.result.racks_lost_at_end == 8.0);
    CHECK_THAT(lost_until(run.result, 900.0).dark, WithinAbs(900.0 - lasts_s, 2.0));
    // Nothing has power any more, so nothing runs and nothing is burnt.
    auto const& last = run.steps.back().race;
    for (auto const m : {Machine::fws_pumps, Machine::hall_air, Machine::outdoor, Machine::chillers}) {
        CHECK(last.buildings[0].machines[index(m)].share == 0.0);
    }
    CHECK(last.pods[0].pump.share == 0.0);
    CHECK(last.buildings[0].flows.cooling_J() == 0.0);
    CHECK(run.result.fuel_m3 == 0.0);
}

TEST_CASE("one genset of two that carries a part: the hall is shed to what lasts", "[analytic][outage]")
{
    SmallCampus campus;
    campus.power.chain.nodes[SmallRows::gensets].rating_W = 150e3;
    auto const one = that_start(1);
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 1200.0, .draws = &one});
    auto const& race = run.at(120.0);
    double const left = (150e3 - machines_W(race)) / hall_W(race); // the machines are served first
    CHECK_THAT(race.power.loads[1].cap, WithinRel(left, 1e-3));
    CHECK(race.power.loads[0].cap == 1.0);
    CHECK(run.result.most_racks_lost == 0.0);
    CHECK_THAT(run.result.least_power, WithinRel(left, 1e-3));
    // Shed when the last load step was taken: 75 kW at 13 s, 150 kW at 18 s.
    CHECK(run.first([](RaceState const& r) { return r.power.loads[1].cap < 1.0; }) == 18.0);
    // Grid back at 1200 s: the gensets keep the bus apart for 300 s; enough for 60 s, then a sixtieth a second.
    double const restored_s = run.first([](RaceState const& r) { return r.power.loads[1].cap == 1.0; }, 18.0);
    CHECK_THAT(restored_s, WithinAbs(1200.0 + 300.0 + 60.0 + (1.0 - left) * 60.0, 3.0));
}

TEST_CASE("a hall that was dark boots after its lockout and is back after its ramp", "[analytic][outage]")
{
    SmallCampus const campus;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::busway)}, .lasts_s = 60.0});
    CHECK(run.result.first_stop_s == 1.0);
    CHECK(run.result.least_power == 0.0);
    // Power at 60 s, CDU pumps full 5 + 3 s later, lockout 600 s, ramp 300 s; waiting is followed in steps of 5 s.
    double const boots_s = run.first([](RaceState const& race) { return !race.pods[0].dark; });
    double const back_s = run.first([](RaceState const& race) { return !race.pods[0].dark && race.pods[0].ramp == 1.0; });
    CHECK_THAT(boots_s, WithinAbs(60.0 + 8.0 + 600.0, 5.0));
    CHECK_THAT(back_s - boots_s, WithinAbs(300.0, 5.0));
    CHECK_THAT(run.lost_s(), WithinAbs(60.0 + 8.0 + 600.0 + 150.0, 8.0));
    CHECK(is_over(run.moment.site, run.steps.back().race));
}

TEST_CASE("a CDU lost without a spare takes its own pod: throttle, trip, and a latch until all is well again", "[reference][outage]")
{
    SmallCampus const campus;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::cdus, 2)}, .lasts_s = 300.0});
    // 700 W x 0.85 on 240 J/K: 2.48 K/s, from 60.6 to 85 C in 9.9 s; the standing coolant takes a little.
    double const rise = adiabatic_rise_K_per_s(700.0 * 0.85, 240.0);
    CHECK_THAT(run.result.first_throttle_s, WithinAbs(ride_through_s(60.6, 85.0, rise), 1.0));
    CHECK(run.result.first_stop_s > run.result.first_throttle_s);
    CHECK(run.result.first_stop_s < 60.0); // "direct liquid cooling failure to shutdown: less than a minute"
    CHECK(run.result.most_racks_lost == 2.0);
    CHECK_THAT(run.result.least_power, WithinAbs(0.75, 1e-9));
    CHECK(run.result.chip_max_C < 105.0 + 1e-9);
    auto const& pods = run.at(200.0).pods;
    REQUIRE(pods.size() == 2); // three well, one not
    CHECK_FALSE(pods[0].tripped);
    CHECK(pods[1].tripped);
    CHECK(pods[1].group.pods == 1);
    // Cool again soon after the CDU is back, but locked out for 600 s.
    CHECK(run.at(400.0).buildings[0].island.loop->pods[1].chip_C < 50.0);
    CHECK(run.at(890.0).pods[1].tripped);
    CHECK_THAT(run.first([](RaceState const& race) { return !race.pods[1].tripped; }, 60.0), WithinAbs(900.0, 30.0));
    CHECK(run.result.racks_lost_at_end == 0.0);
}

TEST_CASE("without facility water the supply rises by the heat over the coolant, chips throttle, then trip", "[analytic][outage]")
{
    SmallCampus campus;
    campus.buildings[0].plant.mass.tcs_supply_m3 = 0.05;
    campus.buildings[0].plant.mass.tcs_return_m3 = 0.05;
    Run const run(campus, {.before = {}, .down = all_down(campus, SmallRows::fws_pumps)}, 1800.0);
    double const heat_W = it_W / 4.0 * 0.8 + run.steps[0].race.buildings[0].nominal_W[index(Machine::cdu_pumps)] / 4.0;
    double const J_per_m3K = volumetric_heat_J_per_m3K(properties(Coolant::pg25, 40.0));
    double const stored_J_per_K = 0.1 * J_per_m3K + 48.0 * 240.0;
    double const rise = adiabatic_rise_K_per_s(heat_W, stored_J_per_K);
    auto const supply_C = [&](double at_s) { return run.at(at_s).buildings[0].island.loop->pods[0].supply_C; };
    CHECK_THAT((supply_C(180.0) - supply_C(60.0)) / 120.0, WithinRel(rise, 0.01));
    // Before, the return is warmer than the supply by all the heat over the flow; while all parts warm alike only by what they do not
    // keep themselves. Half of what is gained reaches the supply. Chips lag by their time constant.
    PodGroup const pod{.kind = {0}, .live_racks = 2, .trace = {}, .condition = 0, .pods = 4};
    auto const draw = draw_pod(campus.buildings[0].plant, pod, {.kinds = campus.kinds, .busy = 1.0, .trace_W = {}}, 1.0, 40.0);
    double const back_J_per_K = 0.05 * J_per_m3K;
    double const nearer_K = (back_J_per_K + draw.chip_J_per_K) * rise / (draw.tcs_flow_m3_per_s * J_per_m3K);
    double const ahead_K = back_J_per_K / stored_J_per_K * nearer_K - rise * draw.chip_J_per_K / draw.chip_W_per_K;
    CHECK_THAT(run.result.first_throttle_s, WithinRel(ride_through_s(60.6 + ahead_K, 85.0, rise), 0.02));
    CHECK(run.result.first_stop_s > run.result.first_throttle_s);
    CHECK(run.result.racks_lost_at_end == 8.0);
    CHECK_THAT(run.result.chip_max_C, WithinAbs(105.0, 0.5));
}

TEST_CASE("a spare FWS pump takes over and nothing is seen of it", "[analytic][outage]")
{
    SmallCampus const campus; // two pumps of which each carries the building
    Run const run(campus, {.before = {}, .down = {down(SmallRows::fws_pumps)}, .lasts_s = 600.0});
    Run const well(campus, {.before = {}, .down = {}, .lasts_s = 600.0});
    CHECK(run.lost_s() == 0.0);
    CHECK(run.result.chip_max_C == well.result.chip_max_C);
}

TEST_CASE("FWS pumps behind the UPS run on while fans wait for the gensets", "[analytic][outage]")
{
    SmallCampus campus;
    campus.buildings[0].on_ups.on[index(Machine::fws_pumps)] = true;
    campus.power.chain.loads.push_back({.name = "machines on UPS", .fed_by = {SmallRows::ups}, .design_W = 5e3, .rank = 0});
    campus.power.parts.push_back({.building = {0}, .on_ups = true});
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 600.0});
    auto const stands = [](RaceState const& race) { return race.buildings[0].machines[index(Machine::fws_pumps)].share < 1.0; };
    CHECK(run.first(stands) == never_s);
    CHECK(run.share(Machine::outdoor, 10.0) == 0.0);
    CHECK(run.lost_s() == 0.0);
    double const pumps_W = run.steps[0].race.buildings[0].nominal_W[index(Machine::fws_pumps)];
    CHECK_THAT(run.at(10.0).power.flows.own_W[SmallRows::ups], WithinAbs(hall_W(run.at(10.0)) + pumps_W, 200.0)); // grain of a dispatch
}

TEST_CASE("chillers wait for their lockout and take load by their ramp", "[analytic][outage]")
{
    SmallCampus campus;
    auto& plant = campus.buildings[0].plant;
    plant.tcs_set_point_C = 24.0;
    plant.fws_set_point_C = 20.0;
    plant.fws_min_C = 10.0;
    plant.source.chiller = size_chiller(cases::wide_chiller(), 60e3);
    plant.chillers = 5.0;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 300.0});
    double const nominal_W = run.steps[0].race.buildings[0].nominal_W[index(Machine::chillers)];
    CHECK(nominal_W > 5e3);
    // Power at 13 s or with the load step at 18 s, lockout 180 s, ramp 300 s.
    double const powered_s = run.first([](RaceState const& race) { return race.power.loads[0].served; });
    CHECK(powered_s >= 13.0);
    CHECK(powered_s <= 18.0);
    double const from_s = powered_s - 1.0;
    for (double const at_s : {20.0, 100.0, from_s + 180.0}) {
        CHECK(run.at(at_s).buildings[0].flows.chilled_J == 0.0);
    }
    CHECK_THAT(run.share(Machine::chillers, from_s + 180.0 + 75.0), WithinAbs(0.25, 1e-9));
    CHECK(run.at(from_s + 181.0).buildings[0].flows.chilled_J > 0.0);
    CHECK(run.share(Machine::chillers, from_s + 479.0) < 1.0);
    CHECK_THAT(run.share(Machine::chillers, from_s + 480.0), WithinAbs(1.0, 1e-9));
    CHECK(run.at(250.0).buildings[0].island.loop->fws_supply_C > run.steps[0].race.buildings[0].island.loop->fws_supply_C);
}

TEST_CASE("mains that return within the sensing time start no genset", "[analytic][outage]")
{
    SmallCampus const campus;
    auto const& row = SmallRows::gensets;
    Run const shorter(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 2.0});
    CHECK(shorter.steps.back().race.power.nodes[row].orders == 0);
    CHECK(shorter.result.fuel_m3 == 0.0);
    CHECK(shorter.lost_s() == 0.0);
    Run const longer(campus, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 4.0}); // sensed in 3 s
    CHECK(longer.steps.back().race.power.nodes[row].orders == 1);
    CHECK(longer.lost_s() == 0.0);
}

TEST_CASE("heat in is heat out and stored over every window, also while things stand", "[conservation][outage]")
{
    auto const losses = std::array{
        std::vector{down(SmallRows::grid)},
        std::vector{down(SmallRows::cdus), down(SmallRows::grid)},
        std::vector{down(SmallRows::fws_pumps, 0), down(SmallRows::fws_pumps, 1)},
        std::vector{down(SmallRows::bus)},
        std::vector{down(SmallRows::ups)},
        std::vector{down(SmallRows::coolers, 0), down(SmallRows::coolers, 1), down(SmallRows::coolers, 2), down(SmallRows::coolers, 3)},
    };
    auto const none = that_start(0);
    for (auto const& loss : losses) {
        for (auto const* draws : {static_cast<GensetDraws const*>(nullptr), &none}) {
            SmallCampus campus;
            campus.buildings[0].on_ups.on[index(Machine::cdu_pumps)] = draws == nullptr;
            Run const run(campus, {.before = {}, .down = loss, .lasts_s = 700.0, .draws = draws});
            double in_J = 0.0;
            double out_J = 0.0;
            for (auto const& step : run.steps) {
                auto const& flows = step.race.buildings[0].flows;
                in_J += flows.heat_in_J;
                out_J += flows.heat_rejected_J + flows.heat_reused_J + flows.heat_stored_J;
                CHECK(std::abs(flows.heat_in_J - flows.heat_rejected_J - flows.heat_reused_J - flows.heat_stored_J)
                      <= 1e-9 * std::max(flows.heat_in_J, it_W)); // it_W x 1 s: a step in which everything stands
            }
            CHECK(std::abs(in_J - out_J) <= 1e-9 * in_J);
        }
    }
}

TEST_CASE("lost shares are the integral of what an observer sees", "[conservation][outage]")
{
    SmallCampus campus;
    campus.buildings[0].on_ups.on[index(Machine::cdu_pumps)] = false;
    Run const run(campus, {.before = {}, .down = {down(SmallRows::grid), down(SmallRows::cdus)}, .lasts_s = 200.0});
    LostShares seen;
    double before_s = 0.0;
    for (auto const& step : run.steps) {
        auto const& loss = step.race.losses[0];
        double const dt_s = step.at_s - before_s;
        seen.dark += loss.dark * dt_s;
        seen.tripped += loss.tripped * dt_s;
        seen.shed += loss.shed * dt_s;
        seen.throttled += loss.throttled * dt_s;
        before_s = step.at_s;
    }
    auto const lost = lost_until(run.result, run.result.ends_s);
    double const rows = 1e-4 * run.result.ends_s; // a row ends when a share has moved by 1e-4
    CHECK_THAT(lost.dark, WithinAbs(seen.dark, rows));
    CHECK_THAT(lost.tripped, WithinAbs(seen.tripped, rows));
    CHECK_THAT(lost.shed, WithinAbs(seen.shed, rows));
    CHECK_THAT(lost.throttled, WithinAbs(seen.throttled, rows));
    CHECK(seen.tripped > 0.0);
    CHECK(seen.throttled > 0.0);
    CHECK(lost_until(run.result, 0.0).sum() == 0.0);
    CHECK(lost_until(run.result, 100.0).sum() < lost.sum());
}

TEST_CASE("a race converges with order one in its step", "[convergence][outage]")
{
    SmallCampus campus;
    campus.buildings[0].on_ups.on[index(Machine::cdu_pumps)] = false;
    auto const moment = campus.moment();
    auto const whole = health_of(moment.site, moment.commissioned, {});
    auto const hurt = health_of(moment.site, moment.commissioned, std::array{down(SmallRows::grid)});
    auto const inputs = [&](Health const& health) {
        return RaceInputs{.outdoors = moment.outdoors,
                          .busy = moment.busy,
                          .trace_W = {},
                          .import_W = moment.import_W,
                          .units_up = health.units_up,
                          .up = health.up,
                          .faults = health.faults};
    };
    auto const run = [&](double dt_s, double until_s) {
        auto race = begin_race(moment.site, inputs(whole), moment.lines);
        for (double k = 0.0; k * dt_s < until_s; k += 1.0) {
            step_race(moment.site, inputs(hurt), race, dt_s);
        }
        return race;
    };
    // Through spin-down, genset start, throttle and restart: what happens, happens on steps, and speeds hold over a step.
    for (double const until_s : {5.0, 10.0, 15.0, 17.0, 25.0, 40.0}) {
        INFO("at " << until_s << " s");
        std::array<RaceState, 3> const at{run(1.0, until_s), run(0.5, until_s), run(0.25, until_s)};
        auto const chip_C = [&](std::size_t i) { return at[i].buildings[0].island.loop->pods[0].chip_C; };
        double const first_K = std::abs(chip_C(0) - chip_C(1));
        CHECK(first_K < 1.5);                                                       // chips warm by 2.5 K/s and cool by as much
        CHECK_THAT(first_K / std::abs(chip_C(1) - chip_C(2)), WithinAbs(2.0, 0.3)); // order one
        CHECK_THAT(at[0].pods[0].share, WithinAbs(at[1].pods[0].share, 0.03));
        CHECK_THAT(at[0].power.nodes[SmallRows::ups].charge, WithinAbs(at[1].power.nodes[SmallRows::ups].charge, 1.5e-3));
        CHECK_THAT(at[0].buildings[0].island.loop->fws_supply_C, WithinAbs(at[1].buildings[0].island.loop->fws_supply_C, 1e-3));
    }
}

TEST_CASE("the same window twice gives the same numbers, bit by bit", "[determinism][outage]")
{
    SmallCampus campus;
    campus.buildings[0].on_ups.on[index(Machine::cdu_pumps)] = false;
    auto const one = that_start(1);
    Loss const loss{.before = {}, .down = {down(SmallRows::grid), down(SmallRows::cdus)}, .lasts_s = 400.0, .draws = &one};
    Run const a(campus, loss);
    Run const b(campus, loss);
    REQUIRE(a.steps.size() == b.steps.size());
    CHECK(a.result.chip_max_C == b.result.chip_max_C);
    CHECK(a.result.fuel_m3 == b.result.fuel_m3);
    CHECK(a.lost_s() == b.lost_s());
    for (std::size_t i = 0; i < a.steps.size(); ++i) {
        auto const& x = a.steps[i].race;
        auto const& y = b.steps[i].race;
        REQUIRE((a.steps[i].at_s == b.steps[i].at_s && x.power.nodes[SmallRows::ups].charge == y.power.nodes[SmallRows::ups].charge
                 && x.buildings[0].island.loop->pods[0].chip_C == y.buildings[0].island.loop->pods[0].chip_C));
    }
}

TEST_CASE("more battery, more gensets and more coolant never lose more", "[metamorphic][outage]")
{
    auto const lost_s = [](SmallCampus const& campus, std::size_t sets, std::vector<DownUnit> const& units) {
        auto const draws = that_start(sets);
        Run const run(campus, {.before = {}, .down = units, .lasts_s = 500.0, .draws = &draws}, 7200.0);
        return lost_until(run.result, 7200.0).sum();
    };
    SECTION("battery")
    {
        double before_s = never_s;
        for (double const autonomy_s : {5.0, 30.0, 120.0, 300.0, 600.0}) {
            SmallCampus campus;
            campus.power.ups[SmallRows::ups]->autonomy_s = autonomy_s;
            double const now_s = lost_s(campus, 0, {down(SmallRows::grid)});
            CHECK(now_s <= before_s + 5.0); // waiting racks are followed in steps of 5 s
            before_s = now_s;
        }
        CHECK(before_s == 0.0); // ten minutes of battery last for 500 s
    }
    SECTION("gensets")
    {
        double before_s = never_s;
        for (std::size_t const sets : {0U, 1U, 2U}) {
            SmallCampus campus;
            campus.power.chain.nodes[SmallRows::gensets].rating_W = 150e3;
            double const now_s = lost_s(campus, sets, {down(SmallRows::grid)});
            CHECK(now_s < before_s);
            before_s = now_s;
        }
        CHECK(before_s == 0.0);
    }
    SECTION("coolant")
    {
        double before_s = never_s;
        for (double const m3 : {0.02, 0.05, 0.1, 0.5}) {
            SmallCampus campus;
            campus.buildings[0].plant.mass.tcs_supply_m3 = m3;
            campus.buildings[0].plant.mass.tcs_return_m3 = m3;
            double const now_s = lost_s(campus, 2, all_down(campus, SmallRows::fws_pumps));
            CHECK(now_s <= before_s);
            before_s = now_s;
        }
    }
}
