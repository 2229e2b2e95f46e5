#include "models/hydraulic/pump.hpp"

#include "models/hydraulic/element.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

using namespace aidc;

namespace {

constexpr Pump pump{.rated_flow_m3_per_s = 0.02, .rated_head_Pa = 250e3, .rated_power_W = 13.7e3, .min_speed = 0.3};

/// Wilo Stratos 80/1-12 at rated speed: kg/s, Pa, W (Modelica Buildings reference result, speed ratio 1).
constexpr std::array<PumpPoint, 12> stratos{{{0.4160417, 78338.2, 459.3425},
                                             {1.666042, 78279.77, 524.8796},
                                             {2.916042, 78241, 598.7902},
                                             {4.166042, 78211.83, 690.1439},
                                             {5.416042, 78079.03, 783.728},
                                             {6.666042, 77237.61, 866.0256},
                                             {7.916042, 75250.83, 942.8929},
                                             {9.166041, 72313.6, 1017.109},
                                             {10.41604, 67885.08, 1080.163},
                                             {11.66604, 61692.68, 1128.253},
                                             {12.91604, 53659.82, 1159.598},
                                             {14.16604, 43270.18, 1172.079}}};

/// The curve at rated speed, straight between its points.
PumpPoint at_flow(double flow)
{
    std::size_t i = 1;
    while (i + 1 < stratos.size() && stratos[i].flow_m3_per_s < flow) {
        ++i;
    }
    PumpPoint const& a = stratos[i - 1];
    PumpPoint const& b = stratos[i];
    double const u = (flow - a.flow_m3_per_s) / (b.flow_m3_per_s - a.flow_m3_per_s);
    return {.flow_m3_per_s = flow, .head_Pa = a.head_Pa + u * (b.head_Pa - a.head_Pa), .power_W = a.power_W + u * (b.power_W - a.power_W)};
}

} // namespace

TEST_CASE("affinity laws carry a pump curve to other speeds", "[unit][hydraulic]")
{
    struct Row {
        double speed, flow, head_Pa, power_W;
    };
    // Modelica Buildings reference result, Wilo Stratos 80/1-12.
    auto const row = GENERATE(Row{1.1341, 2.916042, 100641.4, 841.2634}, Row{1.1341, 9.166041, 96366.09, 1390.112},
                              Row{1.1341, 11.11111, 90429.52, 1532.756}, Row{0.739464, 2.916042, 42770.9, 272.1643},
                              Row{0.739464, 7.916042, 36414.51, 441.8126}, Row{0.739464, 10.41604, 24075.1, 473.8998},
                              Row{1.264368, 4.166042, 125070.4, 1263.233}, Row{0.344828, 2.916042, 8811.546, 40.00419});
    auto const moved = at_speed(at_flow(row.flow / row.speed), row.speed);
    CHECK_THAT(moved.flow_m3_per_s, WithinRel(row.flow, 1e-12));
    CHECK_THAT(moved.head_Pa, WithinAbs(row.head_Pa, 0.011 * 78338.2));   // 1.1 % of shut-off
    CHECK_THAT(moved.power_W, WithinAbs(row.power_W, 0.0055 * 1172.079)); // 0.55 % of the maximum
}

TEST_CASE("pump power is the cube of the flow above the speed floor", "[unit][hydraulic]")
{
    CHECK(pump_power_W(pump, 0.02) == 13.7e3);
    CHECK_THAT(pump_power_W(pump, 0.01), WithinRel(13.7e3 / 8.0, 1e-12));
    CHECK_THAT(pump_power_W(pump, 0.001), WithinRel(13.7e3 * 0.027, 1e-12));
    CHECK_THAT(pump_power_W(pump, 0.022), WithinRel(13.7e3 * 1.331, 1e-12));
}

TEST_CASE("a pump without flow is off", "[unit][hydraulic]") { CHECK(pump_power_W(pump, 0.0) == 0.0); }

TEST_CASE("the published CDU pump turns a third of its power into external head", "[unit][hydraulic]")
{
    // Vertiv XDU1350: 1200 L/min at 250 kPa external, 13.7 kW: 5000/13700.
    CHECK_THAT(wire_to_water_efficiency(pump), WithinRel(0.36496, 1e-4));
    // Public sizing fixture: 150 L/min, 100 kPa, efficiency 0.65 needs 384.615 W.
    Pump const fixture{.rated_flow_m3_per_s = 2.5e-3, .rated_head_Pa = 100e3, .rated_power_W = 384.615};
    CHECK_THAT(wire_to_water_efficiency(fixture), WithinRel(0.65, 1e-5));
}

TEST_CASE("the rack law goes through all published points", "[unit][hydraulic]")
{
    struct Row {
        double flow_L_per_min, drop_kPa;
    };
    // Lenovo LP2357, table 27: GB300 NVL72, PG25.
    auto const rack = element_through({.flow_m3_per_s = 59 / 60e3, .drop_Pa = 15.86e3}, {.flow_m3_per_s = 177 / 60e3, .drop_Pa = 126.86e3});
    CHECK_THAT(rack.exponent, WithinAbs(1.92, 0.03));
    auto const row = GENERATE(Row{59, 15.86}, Row{71, 22.06}, Row{89, 33.78}, Row{119, 58.61}, Row{177, 126.86});
    CHECK_THAT(pressure_drop_Pa(rack, row.flow_L_per_min / 60e3), WithinRel(row.drop_kPa * 1e3, 0.03));
}

TEST_CASE("flow at a pressure drop inverts the drop at a flow", "[unit][hydraulic]")
{
    HydraulicElement const element{.k = 1.3e10, .exponent = 1.92};
    auto const flow = GENERATE(1e-5, 1e-3, 0.05);
    CHECK_THAT(flow_at_drop_m3_per_s(element, pressure_drop_Pa(element, flow)), WithinRel(flow, 1e-12));
    CHECK(pressure_drop_Pa(element, 0.0) == 0.0);
    CHECK(flow_at_drop_m3_per_s(element, 0.0) == 0.0);
}
