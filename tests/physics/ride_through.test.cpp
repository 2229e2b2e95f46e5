#include "models/cooling/ride_through.hpp"
#include "models/cooling/loop.hpp"

#include "tests/catch.hpp"
#include "tests/physics/technique_cases.hpp"

#include <cmath>

using namespace aidc;

// Three cases that are told by their closed forms, and the coupled loop that must tend to them when it loses everything else that
// takes or keeps heat.

namespace {

Air const outdoors = cases::air(20.0, 0.5);

/// One pod of 1,000 chips of 1200 W on 240 J/K each, whose pumps stand; `left` of the conductance of its plates remains.
/// \returns chips' rate over the first dt_s [K/s]
double chip_rate_K_per_s(double left, double dt_s)
{
    auto t = cases::techniques()[0];
    t.pod.pods = 1.0;
    t.pod.chip_W = 1200e3;
    LoopInputs const inputs{.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers};
    LoopState state = steady_loop(t.plant, inputs, {});
    double const before_C = state.pods[0].chip_C;
    t.pod.tcs_flow_m3_per_s = 0.0;
    t.pod.chip_W_per_K *= left;
    static_cast<void>(step_loop(t.plant, inputs, state, dt_s));
    return (state.pods[0].chip_C - before_C) / dt_s;
}

/// One pod of 1 MW on 0.8 m3 of PG25 whose FWS pumps stand; its chips weigh `mass` of 1,000 of 240 J/K.
/// \returns rate of the supply once all parts warm alike [K/s]
double coolant_rate_K_per_s(double mass)
{
    auto t = cases::techniques()[0];
    t.plant.mass.tcs_supply_m3 = 0.4;
    t.plant.mass.tcs_return_m3 = 0.4;
    t.plant.cdu.pump_rated_power_W = 0.0;
    t.pod.pods = 1.0;
    t.pod.chip_W = 700e3;
    t.pod.direct_W = 300e3;
    t.pod.chip_J_per_K = mass * 1000.0 * 240.0;
    LoopInputs inputs{.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers};
    LoopState state = steady_loop(t.plant, inputs, {});
    inputs.drive.fws_flow = 0.0;
    static_cast<void>(step_loop(t.plant, inputs, state, 120.0));
    double const before_C = state.pods[0].supply_C;
    static_cast<void>(step_loop(t.plant, inputs, state, 48.0));
    return (state.pods[0].supply_C - before_C) / 48.0;
}

/// 12.8 MW on two tanks of 30,000 US gal; fans stand, pumps run; pods hold `mass` of what they do, and pumps draw `mass` of theirs.
/// \returns rate of the facility water once all parts warm alike [K/s]
double water_rate_K_per_s(double mass)
{
    auto t = cases::techniques()[0];
    t.plant.mass.fws_supply_m3 = 30e3 * 3.785411784e-3;
    t.plant.mass.fws_return_m3 = t.plant.mass.fws_supply_m3;
    t.plant.mass.tcs_supply_m3 *= mass;
    t.plant.mass.tcs_return_m3 *= mass;
    t.plant.mass.fan_s = 1e-3; // they stand at once
    t.plant.fws_pump.rated_power_W *= mass;
    t.plant.cdu.pump_rated_power_W *= mass;
    t.pod.chip_W = 980e3;
    t.pod.chip_J_per_K *= mass;
    LoopInputs inputs{.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers};
    LoopState state = steady_loop(t.plant, inputs, {});
    inputs.drive.fans = 0.0;
    static_cast<void>(step_loop(t.plant, inputs, state, 1800.0));
    double const before_C = state.fws_supply_C;
    static_cast<void>(step_loop(t.plant, inputs, state, 720.0));
    return (state.fws_supply_C - before_C) / 720.0;
}

double off(double rate, double closed) { return std::abs(rate / closed - 1.0); }

} // namespace

TEST_CASE("pumps of the secondary lost: 5 K/s, and the coupled chips tend to it with what conductance is left", "[analytic][cooling]")
{
    double const closed = adiabatic_rise_K_per_s(1200.0, 240.0);
    CHECK(closed == 5.0);
    CHECK(ride_through_s(60.0, 85.0, closed) == 5.0);
    CHECK(ride_through_s(60.0, 90.0, closed) == 6.0);

    CHECK(off(chip_rate_K_per_s(0.01, 5.0), closed) <= 0.05); // what standing coolant is taken to leave: a hundredth and less
    CHECK(off(chip_rate_K_per_s(1e-4, 5.0), closed) <= 1e-3);
    // To first order in what is left: C dT/dt = P - left G (T - T_sup) with T - T_sup = P/G + P t/C, mean over t = 5 s.
    double const tau_s = 240.0 / 36.0; // 36 W/K a chip
    for (double const left : {1e-2, 1e-3, 1e-4, 1e-5}) {
        INFO("left " << left);
        CHECK_THAT(off(chip_rate_K_per_s(left, 5.0), closed), WithinRel(left * (1.0 + 5.0 / (2.0 * tau_s)), 0.02));
    }
}

TEST_CASE("primary of a CDU lost: 0.31 K/s, and the coupled coolant tends to it with the mass of the chips", "[analytic][cooling]")
{
    double const coolant_J_per_K = 0.8 * volumetric_heat_J_per_m3K(properties(Coolant::pg25, 40.0));
    double const closed = adiabatic_rise_K_per_s(1e6, coolant_J_per_K);
    CHECK_THAT(closed, WithinAbs(0.31, 0.005));
    CHECK_THAT(ride_through_s(40.0, 55.0, closed), WithinAbs(48.0, 0.5));

    for (double const mass : {1.0, 0.1, 0.01, 1e-3}) {
        INFO("mass " << mass);
        double const rate = coolant_rate_K_per_s(mass);
        CHECK_THAT(rate, WithinRel(adiabatic_rise_K_per_s(1e6, coolant_J_per_K + mass * 240e3), 1e-3)); // the chips keep some as well
        CHECK(off(rate, closed) <= mass * 240e3 / coolant_J_per_K + 1e-3);                              // 7.5 % for all of them
    }
    CHECK(off(coolant_rate_K_per_s(0.5), closed) <= 0.05);
    CHECK(off(coolant_rate_K_per_s(1e-3), closed) <= 1e-3);
}

TEST_CASE("fans lost with the FWS pumps running: 0.0135 K/s, and the coupled water tends to it", "[analytic][cooling]")
{
    double const water_J_per_K = 2.0 * 30e3 * 3.785411784e-3 * volumetric_heat_J_per_m3K(properties(Coolant::water, 36.0));
    double const closed = adiabatic_rise_K_per_s(12.8e6, water_J_per_K);
    CHECK_THAT(closed, WithinRel(0.0135, 0.01));
    CHECK_THAT(ride_through_s(20.0, 30.0, closed) / 60.0, WithinAbs(12.0, 0.5));

    CHECK(off(water_rate_K_per_s(1.0), closed) <= 0.05);
    CHECK(off(water_rate_K_per_s(1e-3), closed) <= 1e-3);
    double before = 1.0;
    for (double const mass : {1.0, 0.1, 0.01}) {
        double const now = off(water_rate_K_per_s(mass), closed);
        INFO("mass " << mass << ", off by " << now);
        CHECK(now < 0.2 * before); // first order in the mass
        before = now;
    }
}
