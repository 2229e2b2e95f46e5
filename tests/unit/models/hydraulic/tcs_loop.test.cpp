#include "models/hydraulic/tcs_loop.hpp"

#include "models/hydraulic/valve.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

/// Rack of Lenovo LP2357 (GB300 NVL72): 59 L/min and 177 L/min are its published ends; here a quadratic one for closed forms.
TcsLoop quadratic() { return {.rack = {.k = 1e11, .exponent = 2.0}, .uqd_kv_m3_per_h = 0.0, .header = {}, .exchanger = {}}; }

} // namespace

TEST_CASE("racks in parallel take the drop of one at its share of the flow", "[analytic][hydraulic]")
{
    auto const coolant = properties(Coolant::pg25, 40.0);
    double const flow = 0.02;
    auto const system = tcs_system(quadratic(), coolant, 10, flow);
    CHECK_THAT(system_head_Pa(system, flow), WithinRel(1e11 * 0.002 * 0.002, 1e-9)); // dp = k (V/10)^2, by hand
    CHECK_THAT(system_head_Pa(system, 0.5 * flow), WithinRel(1e11 * 0.001 * 0.001, 1e-9));
}

TEST_CASE("couplings, header and exchanger add to the racks", "[analytic][hydraulic]")
{
    auto const coolant = properties(Coolant::pg25, 40.0);
    double const flow = 0.02;
    TcsLoop loop = quadratic();
    loop.uqd_kv_m3_per_h = 3.0;
    loop.header = {.length_m = 40.0, .diameter_m = 0.1, .minor_k = 6.0};
    loop.exchanger = {.k = 5e4 / (flow * flow), .exponent = 2.0}; // 50 kPa at the design flow
    double const by_hand_Pa =
        1e11 * 0.002 * 0.002 + 2.0 * valve_drop_Pa(3.0, 0.002, coolant.density_kg_per_m3) + pipe_drop_Pa(loop.header, coolant, flow) + 5e4;
    CHECK_THAT(system_head_Pa(tcs_system(loop, coolant, 10, flow), flow), WithinRel(by_hand_Pa, 1e-9));
}

TEST_CASE("a pump that is lost leaves the flow that the survivors reach", "[property][hydraulic]")
{
    auto const coolant = properties(Coolant::pg25, 40.0);
    std::vector<PumpPoint> const sheet{{.flow_m3_per_s = 0.0, .head_Pa = 300e3, .power_W = 2e3},
                                       {.flow_m3_per_s = 0.01, .head_Pa = 260e3, .power_W = 4e3},
                                       {.flow_m3_per_s = 0.02, .head_Pa = 120e3, .power_W = 5e3}};
    PumpStation const station{.pump = pump_curve(sheet), .units = 3};
    TcsLoop loop = quadratic();
    loop.rack.k = 3e10;
    auto const system = tcs_system(loop, coolant, 10, 0.02);
    double const three = operating_point(station, system, 3, 1.0).point.flow_m3_per_s;
    double const two = operating_point(station, system, 2, 1.0).point.flow_m3_per_s;
    CHECK(two < three);
    CHECK(two > 2.0 / 3.0 * three); // less head is lost at less flow
    CHECK_THAT(deliver(station, system, 2, 0.9 * two).point.flow_m3_per_s, WithinRel(0.9 * two, 1e-9));
}
