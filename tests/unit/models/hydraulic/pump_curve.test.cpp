#include "models/hydraulic/pump_curve.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>

using namespace aidc;

namespace {

/// Wilo Stratos 80/1-12, data sheet as digitised in Modelica Buildings (LBNL, BSD-3): m3/s, Pa, electric W; all nine points.
constexpr std::array<PumpPoint, 9> stratos{{{8.790436e-06, 78355.9, 437.4251},
                                            {0.002777778, 78243.61, 588.9544},
                                            {0.005568741, 78054.51, 792.6034},
                                            {0.00776635, 75596.1, 931.7054},
                                            {0.00978815, 70490.17, 1048.156},
                                            {0.01134845, 63682.27, 1115.772},
                                            {0.01273295, 55361.49, 1154.922},
                                            {0.01398558, 45527.86, 1171.516},
                                            {0.01543601, 30966.51, 1166.475}}};

struct AtSpeed {
    double speed, flow_kg_per_s, head_Pa, power_W;
};

/// The same pump at five speeds: Modelica Buildings, reference result of Pump_y_stratos, water of 995.586 kg/m3; all 44 rows.
// clang-format off
constexpr std::array<AtSpeed, 44> stratos_speeds{{
    {1.1341, 0.4160417, 100760.1, 666.2241}, {1.1341, 1.666042, 100693.5, 750.274}, {1.1341, 2.916042, 100641.4, 841.2634},
    {1.1341, 4.166042, 100616.8, 952.0605}, {1.1341, 5.416042, 100538.9, 1074.771}, {1.1341, 6.666042, 100234.5, 1188.959},
    {1.1341, 7.916042, 98813.91, 1291.851}, {1.1341, 9.166041, 96366.09, 1390.112}, {1.1341, 10.41604, 92942.19, 1485.12},
    {1.1341, 11.11111, 90429.52, 1532.756}, {1, 0.4160417, 78338.2, 459.3425}, {1, 1.666042, 78279.77, 524.8796},
    {1, 2.916042, 78241, 598.7902}, {1, 4.166042, 78211.83, 690.1439}, {1, 5.416042, 78079.03, 783.728},
    {1, 6.666042, 77237.61, 866.0256}, {1, 7.916042, 75250.83, 942.8929}, {1, 9.166041, 72313.6, 1017.109},
    {1, 10.41604, 67885.08, 1080.163}, {1, 11.66604, 61692.68, 1128.253}, {1, 12.91604, 53659.82, 1159.598},
    {1, 14.16604, 43270.18, 1172.079}, {1, 15.27778, 31881.04, 1166.834}, {0.739464, 0.4160417, 42832, 188.8506},
    {0.739464, 1.666042, 42791.03, 225.4917}, {0.739464, 2.916042, 42770.9, 272.1643}, {0.739464, 4.166042, 42667.41, 322.9562},
    {0.739464, 5.416042, 41720.95, 366.6798}, {0.739464, 6.666042, 39770.38, 407.787}, {0.739464, 7.916042, 36414.51, 441.8126},
    {0.739464, 9.166041, 31308.44, 464.4391}, {0.739464, 10.41604, 24075.1, 473.8998}, {0.739464, 11.11111, 18852.68, 472.349},
    {1.264368, 0.4160417, 125239.9, 919.1226}, {1.264368, 1.666042, 125165.7, 1023.525}, {1.264368, 2.916042, 125101.9, 1133.501},
    {1.264368, 4.166042, 125070.4, 1263.233}, {1.264368, 5.416042, 125023.2, 1413.219}, {1.264368, 6.111111, 124953.4, 1498.107},
    {0.344828, 0.4160417, 9310.141, 20.52424}, {0.344828, 1.666042, 9292.793, 30.38426}, {0.344828, 2.916042, 8811.546, 40.00419},
    {0.344828, 4.166042, 7042.642, 46.76579}, {0.344828, 4.444445, 6400.79, 47.5255},
}};
// clang-format on

PumpCurve stratos_curve()
{
    PumpCurve curve = pump_curve(stratos);
    curve.max_speed = 1.3;
    return curve;
}

/// A sheet that is a straight line, so that answers have closed forms: H = 100 kPa - 2e6 V, P = 500 W + 50 kW s/m3 V, to 40 L/s.
PumpCurve line_curve()
{
    std::array<PumpPoint, 3> const sheet{{{0.0, 100e3, 500.0}, {0.02, 60e3, 1500.0}, {0.04, 20e3, 2500.0}}};
    return pump_curve(sheet);
}

constexpr SystemCurve quadratic{.element = {.k = 5e7, .exponent = 2.0}};

/// Positive root of a V^2 + b V = c.
double root(double a, double b, double c) { return (-b + std::sqrt(b * b + 4.0 * a * c)) / (2.0 * a); }

} // namespace

TEST_CASE("the affinity laws carry the sheet of a pump to other speeds", "[unit][hydraulic]")
{
    auto const curve = stratos_curve();
    for (AtSpeed const& row : stratos_speeds) {
        auto const state = running_at(curve, row.speed, row.flow_kg_per_s / 995.586);
        CAPTURE(row.speed, row.flow_kg_per_s);
        CHECK_THAT(state.point.head_Pa, WithinAbs(row.head_Pa, 0.002 * 78355.9));   // 0.2 % of shut-off
        CHECK_THAT(state.point.power_W, WithinAbs(row.power_W, 0.0055 * 1171.516)); // 0.55 % of the maximum
        CHECK(state.outside.empty());
    }
}

TEST_CASE("the speed for a flow and a head gives that head", "[unit][hydraulic]")
{
    auto const curve = stratos_curve();
    auto const speed = GENERATE(0.3, 0.7, 1.0, 1.2);
    auto const share = GENERATE(0.2, 0.6, 0.9);
    auto const there = running_at(curve, speed, share * 0.0154 * speed);
    auto const state = speed_for(curve, there.point.flow_m3_per_s, there.point.head_Pa);
    CHECK_THAT(state.speed, WithinRel(speed, 1e-11));
    CHECK_THAT(state.point.power_W, WithinRel(there.point.power_W, 1e-10));
    CHECK(state.outside.empty());
}

TEST_CASE("the speed of a straight sheet has a closed form", "[unit][hydraulic]")
{
    // r^2 1e5 - 2e6 V r = head.
    auto const state = speed_for(line_curve(), 0.01, 50e3);
    CHECK_THAT(state.speed, WithinRel(root(1e5, -2e6 * 0.01, 50e3), 1e-12));
}

TEST_CASE("outside the sheet and the drive the limit is used and reported", "[unit][hydraulic]")
{
    auto const curve = line_curve();
    auto const check = [](PumpState const& state, double speed, double flow, double head_Pa) {
        CHECK_THAT(state.speed, WithinRel(speed, 1e-12));
        CHECK_THAT(state.point.flow_m3_per_s, WithinRel(flow, 1e-12));
        CHECK_THAT(state.point.head_Pa, WithinRel(head_Pa, 1e-12));
        CHECK(state.outside.contains(Curve::pump_speed));
    };
    check(speed_for(curve, 0.03, 90e3), 1.0, 0.03, 40e3);           // too high a head: what full speed gives
    check(speed_for(curve, 0.05, 10e3), 1.0, 0.04, 20e3);           // too much flow: the end of the sheet
    check(speed_for(curve, 0.02, 1e3), 0.5, 0.02, 0.25 * 20e3);     // right of the sheet: turned up, a valve takes 4 kPa
    check(speed_for(curve, 0.001, 10.0), 0.05, 0.001, 250. - 100.); // below the slowest speed: 0.0025 x 100 kPa - 0.05 x 2 kPa
    check(running_at(curve, 2.0, 0.03), 1.0, 0.03, 40e3);
    auto const off = running_at(curve, 0.0, 0.01);
    CHECK(off.point.power_W == 0.0);
    CHECK(off.outside.empty());
}

TEST_CASE("a converter adds its loss to the power", "[unit][hydraulic]")
{
    auto curve = line_curve();
    curve.drive_efficiency = 0.96;
    CHECK_THAT(running_at(curve, 1.0, 0.02).point.power_W, WithinRel(1500.0 / 0.96, 1e-12));
}

TEST_CASE("pumps in parallel meet the system curve where the closed form says", "[unit][hydraulic]")
{
    // n pumps at speed r: r^2 1e5 - r 2e6 V/n = static + 5e7 V^2.
    PumpStation const station{.pump = line_curve(), .units = 3};
    auto const running = GENERATE(1, 2, 3);
    auto const speed = GENERATE(0.8, 1.0);
    SystemCurve const system{.element = quadratic.element, .static_head_Pa = GENERATE(0.0, 20e3)};
    double const flow = root(5e7, 2e6 * speed / running, speed * speed * 1e5 - system.static_head_Pa);
    auto const state = operating_point(station, system, running, speed);
    CHECK_THAT(state.point.flow_m3_per_s, WithinRel(flow, 1e-12));
    CHECK_THAT(state.point.head_Pa, WithinRel(system.static_head_Pa + 5e7 * flow * flow, 1e-10));
    CHECK_THAT(state.point.power_W, WithinRel(running * (500.0 * std::pow(speed, 3) + 50e3 * flow / running * speed * speed), 1e-10));
    CHECK(state.outside.empty());
}

TEST_CASE("without static head flow is as speed and power as its cube", "[unit][hydraulic]")
{
    PumpStation const station{.pump = stratos_curve(), .units = 2};
    SystemCurve const system{.element = {.k = 1.2e8, .exponent = 2.0}};
    auto const full = operating_point(station, system, 2, 1.0);
    auto const slow = operating_point(station, system, 2, 0.5);
    CHECK_THAT(slow.point.flow_m3_per_s, WithinRel(0.5 * full.point.flow_m3_per_s, 1e-11));
    CHECK_THAT(slow.point.head_Pa, WithinRel(0.25 * full.point.head_Pa, 1e-11));
    CHECK_THAT(slow.point.power_W, WithinRel(0.125 * full.point.power_W, 1e-11));
}

TEST_CASE("when one of three pumps fails the others turn faster and hold the flow", "[unit][hydraulic]")
{
    PumpStation const station{.pump = line_curve(), .units = 3};
    double const flow = 0.035;
    auto const all = deliver(station, quadratic, 3, flow);
    auto const two = deliver(station, quadratic, 2, flow);
    // r^2 1e5 - r 2e6 V/n = 5e7 V^2.
    CHECK_THAT(all.speed, WithinRel(root(1e5, -2e6 * flow / 3.0, 5e7 * flow * flow), 1e-11));
    CHECK_THAT(two.speed, WithinRel(root(1e5, -2e6 * flow / 2.0, 5e7 * flow * flow), 1e-11));
    CHECK_THAT(two.point.flow_m3_per_s, WithinRel(flow, 1e-12));
    CHECK(two.speed > all.speed);
    CHECK(all.outside.empty());
    CHECK(two.outside.empty());
}

TEST_CASE("survivors that cannot hold the flow give what full speed gives, and it is reported", "[unit][hydraulic]")
{
    PumpStation const station{.pump = line_curve(), .units = 3};
    auto const one = deliver(station, quadratic, 1, 0.035);
    CHECK_THAT(one.point.flow_m3_per_s, WithinRel(root(5e7, 2e6, 1e5), 1e-12)); // the closed form above with n = r = 1
    CHECK(one.speed == 1.0);
    CHECK(one.outside.contains(Curve::pump_speed));
    auto const none = deliver(station, quadratic, 0, 0.035);
    CHECK(none.point.flow_m3_per_s == 0.0);
    CHECK(none.point.power_W == 0.0);
    CHECK(deliver(station, quadratic, 3, 0.0).point.power_W == 0.0);
}

TEST_CASE("a loop without resistance runs the pumps to the end of their sheet", "[unit][hydraulic]")
{
    PumpStation const station{.pump = line_curve(), .units = 2};
    auto const state = operating_point(station, {.element = {.k = 1.0, .exponent = 2.0}}, 2, 1.0);
    CHECK_THAT(state.point.flow_m3_per_s, WithinRel(0.08, 1e-12));
    CHECK(state.outside.contains(Curve::pump_speed));
}

TEST_CASE("below the static head the check valves stay shut", "[unit][hydraulic]")
{
    PumpStation const station{.pump = line_curve(), .units = 2};
    SystemCurve const high{.element = quadratic.element, .static_head_Pa = 120e3};
    auto const state = operating_point(station, high, 2, 1.0);
    CHECK(state.point.flow_m3_per_s == 0.0);
    CHECK_THAT(state.point.power_W, WithinRel(2 * 500.0, 1e-12)); // turning against shut valves
}
