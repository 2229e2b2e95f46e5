#include "models/hydraulic/branch.hpp"

#include "models/base/error.hpp"
#include "models/hydraulic/valve.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace aidc;

namespace {

constexpr double litre_per_min = 1.0 / 60e3;

/// A GB300 NVL72 rack by the ends of its published range (Lenovo LP2357, table 27).
HydraulicElement rack()
{
    return element_through({.flow_m3_per_s = 59 * litre_per_min, .drop_Pa = 15.86e3},
                           {.flow_m3_per_s = 177 * litre_per_min, .drop_Pa = 126.86e3});
}

} // namespace

TEST_CASE("racks in parallel meet the published flows at the published drops", "[unit][hydraulic]")
{
    struct Row {
        double flow_L_per_min, drop_kPa;
    };
    // Lenovo LP2357, table 27: all five rows, dp ~ V^1.92.
    auto const row = GENERATE(Row{59, 15.86}, Row{71, 22.06}, Row{89, 33.78}, Row{119, 58.61}, Row{177, 126.86});
    std::array const racks{rack(), rack(), rack(), rack()};
    std::array<double, 4> flow{};
    double const drop_Pa = flows_at_common_drop(racks, 4 * row.flow_L_per_min * litre_per_min, flow);
    CHECK_THAT(drop_Pa, WithinRel(row.drop_kPa * 1e3, 0.03));
    CHECK_THAT(flow[2], WithinRel(row.flow_L_per_min * litre_per_min, 1e-12));
    CHECK_THAT(pressure_drop_Pa(in_parallel(rack(), 4), 4 * row.flow_L_per_min * litre_per_min), WithinRel(drop_Pa, 1e-12));
}

TEST_CASE("unequal branches of one law share by closed form", "[unit][hydraulic]")
{
    // dp = k V^2 with k in the ratio 1 : 4 : 16: flows 4 : 2 : 1; dp = k (4/7 V)^2.
    std::array const branches{HydraulicElement{1e9, 2.0}, HydraulicElement{4e9, 2.0}, HydraulicElement{16e9, 2.0}};
    std::array<double, 3> flow{};
    double const drop_Pa = flows_at_common_drop(branches, 0.007, flow);
    CHECK_THAT(flow[0], WithinRel(0.004, 1e-13));
    CHECK_THAT(flow[1], WithinRel(0.002, 1e-13));
    CHECK_THAT(flow[2], WithinRel(0.001, 1e-13));
    CHECK_THAT(drop_Pa, WithinRel(16e3, 1e-13));
}

TEST_CASE("branches of different laws share by one root", "[unit][hydraulic]")
{
    // dp = a V and dp = b V^2 at V_1 + V_2 = V: a V_1 = b (V - V_1)^2, here b = a/V: (1 - u)^2 = u, u = (3 - sqrt 5)/2.
    double const total = GENERATE(1e-6, 0.01, 3.0);
    std::array const branches{HydraulicElement{1e6, 1.0}, HydraulicElement{1e6 / total, 2.0}};
    std::array<double, 2> flow{};
    double const drop_Pa = flows_at_common_drop(branches, total, flow);
    double const u = 0.3819660112501051;
    CHECK_THAT(flow[0], WithinRel(u * total, 1e-12));
    CHECK_THAT(drop_Pa, WithinRel(u * total * 1e6, 1e-12));
    CHECK_THAT(flow[0] + flow[1], WithinRel(total, 1e-15));
}

TEST_CASE("where equal shares make equal drops the root is found too", "[unit][hydraulic]")
{
    // Three laws that cross at the share, 1e6 Pa s/m3 x share: there the bracket is a point, up to rounding.
    for (double share = 1e-4; share < 0.1; share *= 1.37) {
        auto const crossing = [&](double exponent) { return HydraulicElement{1e6 * std::pow(share, 1.0 - exponent), exponent}; };
        std::array const branches{crossing(1.85), crossing(1.75), crossing(1.0)};
        std::array<double, 3> flow{};
        CHECK_THAT(flows_at_common_drop(branches, 3.0 * share, flow), WithinRel(1e6 * share, 1e-12));
        CHECK_THAT(flow[0], WithinRel(share, 1e-12));
    }
}

TEST_CASE("a shut branch carries nothing and the others take its flow", "[unit][hydraulic]")
{
    double const shut = std::numeric_limits<double>::infinity();
    auto const exponent = GENERATE(2.0, 1.8);
    std::array const branches{HydraulicElement{1e9, 2.0}, HydraulicElement{shut, exponent}, HydraulicElement{1e9, 2.0}};
    std::array<double, 3> flow{};
    flows_at_common_drop(branches, 0.004, flow);
    CHECK(flow[1] == 0.0);
    CHECK_THAT(flow[0], WithinRel(0.002, 1e-12));
    CHECK_THAT(flow[2], WithinRel(0.002, 1e-12));
    std::array const all_shut{HydraulicElement{shut, 2.0}};
    std::array<double, 1> one{};
    CHECK_THROWS_AS(flows_at_common_drop(all_shut, 0.1, one), SolverError);
    CHECK(flows_at_common_drop(all_shut, 0.0, one) == 0.0);
}

TEST_CASE("a rack in series: plates, couplings and hoses add their drops", "[unit][hydraulic]")
{
    // Couplings of Kv 6.3 at either end, plates by the rack's law with 80 % of its drop, a manifold.
    HydraulicElement const uqd = valve_element(6.3, 1022.5);
    HydraulicElement const plates{0.8 * rack().k, rack().exponent};
    HydraulicElement const manifold{1e8, 1.8};
    std::array const parts{manifold, uqd, plates, uqd};
    double const low = 59 * litre_per_min;
    double const high = 177 * litre_per_min;
    auto const whole = in_series(parts, low, high);
    auto const sum_Pa = [&](double flow) {
        return pressure_drop_Pa(manifold, flow) + 2.0 * valve_drop_Pa(6.3, flow, 1022.5) + pressure_drop_Pa(plates, flow);
    };
    CHECK_THAT(series_drop_Pa(parts, 0.002), WithinRel(sum_Pa(0.002), 1e-14));
    CHECK_THAT(pressure_drop_Pa(whole, low), WithinRel(sum_Pa(low), 1e-12));
    CHECK_THAT(pressure_drop_Pa(whole, high), WithinRel(sum_Pa(high), 1e-12));
    CHECK_THAT(pressure_drop_Pa(whole, 110 * litre_per_min), WithinRel(sum_Pa(110 * litre_per_min), 0.002));
}

TEST_CASE("equal exponents in series are exact, unequal ones within four parts of a hundred", "[unit][hydraulic]")
{
    std::array const same{HydraulicElement{1e9, 2.0}, HydraulicElement{3e9, 2.0}};
    CHECK(in_series(same, 1e-3, 3e-3).k == 4e9);
    CHECK(in_series(same, 1e-3, 3e-3).exponent == 2.0);
    // Laminar and turbulent parts of equal drop at 1.7e-3 m3/s, the worst case over a range of 3.
    std::array const worst{HydraulicElement{1.7e6, 1.0}, HydraulicElement{1e9, 2.0}};
    auto const whole = in_series(worst, 1e-3, 3e-3);
    auto const flow = GENERATE(1.2e-3, 1.5e-3, 1.7e-3, 2e-3, 2.6e-3);
    double const ratio = pressure_drop_Pa(whole, flow) / series_drop_Pa(worst, flow);
    CHECK(ratio > 1.0);
    CHECK(ratio < 1.04);
}
