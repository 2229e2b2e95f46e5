#include "models/cooling/cdu.hpp"

#include "models/base/error.hpp"
#include "models/cooling/heat_exchanger.hpp"

#include "tests/catch.hpp"

#include <limits>

using namespace aidc;

namespace {

/// Vertiv XDU1350 data sheet: 1368 kW at 4 K, 1200 L/min, 13.7 kW. The primary flow is not on it: taken equal.
constexpr Cdu xdu1350{.rated_heat_W = 1368e3,
                      .approach_K = 4.0,
                      .tcs_rated_flow_m3_per_s = 0.02,
                      .fws_rated_flow_m3_per_s = 0.02,
                      .pump_rated_power_W = 13.7e3};

SizedCdu sized(Cdu const& rating) { return size_cdu(rating, properties(Coolant::pg25, 40.0), properties(Coolant::water, 36.0)); }

/// The exchanger of a CDU as an ordinary counterflow exchanger between the states of a result.
HeatExchange exchanger_of(SizedCdu const& cdu, CduInputs const& in, CduResult const& r)
{
    double const tcs_kg_per_s = in.tcs_flow_m3_per_s * cdu.tcs.density_kg_per_m3;
    double const fws_rated_kg_per_s = cdu.rating.fws_rated_flow_m3_per_s * cdu.fws.density_kg_per_m3;
    double const ua = series_conductance_W_per_K(cdu.films.hot_W_per_K
                                                     * regularised_power(in.tcs_flow_m3_per_s / cdu.rating.tcs_rated_flow_m3_per_s, 0.8),
                                                 cdu.films.cold_W_per_K * regularised_power(r.fws_flow_kg_per_s / fws_rated_kg_per_s, 0.8));
    double const inlet_C = r.tcs_return_C + r.pump_W / (tcs_kg_per_s * cdu.tcs.cp_J_per_kgK);
    return counterflow_exchange(ua, {.inlet_C = inlet_C, .flow_kg_per_s = tcs_kg_per_s, .cp_J_per_kgK = cdu.tcs.cp_J_per_kgK},
                                {.inlet_C = in.fws_supply_C, .flow_kg_per_s = r.fws_flow_kg_per_s, .cp_J_per_kgK = cdu.fws.cp_J_per_kgK});
}

} // namespace

TEST_CASE("published units show their approach at their rating", "[unit][cooling]")
{
    struct Row {
        double heat_kW, approach_K, flow_L_per_min;
    };
    // Data sheets: Vertiv XDU1350 and CoolChip 121, CoolIT CHx2000, Motivair MCDU-70, Envicool in-row 300...2500.
    auto const row = GENERATE(Row{1368, 4, 1200}, Row{121, 4, 120}, Row{2000, 5, 2125}, Row{2500, 4, 3751}, Row{300, 4, 450},
                              Row{600, 4, 900}, Row{800, 4, 1000}, Row{1400, 4, 1200}, Row{2500, 4, 3700});
    double const flow = row.flow_L_per_min / 60e3;
    auto const cdu = sized({.rated_heat_W = row.heat_kW * 1e3,
                            .approach_K = row.approach_K,
                            .tcs_rated_flow_m3_per_s = flow,
                            .fws_rated_flow_m3_per_s = flow,
                            .pump_rated_power_W = 0.0});
    // With the set point out of reach the valve is fully open.
    auto const r = solve_cdu(cdu, {.heat_W = row.heat_kW * 1e3, .tcs_flow_m3_per_s = flow, .fws_supply_C = 32.0, .tcs_set_point_C = 20.0});
    CHECK_THAT(r.tcs_supply_C, WithinAbs(32.0 + row.approach_K, 1e-9));
    // NTU at about equal flows = (Q/C) / approach: 2.5...4.4 for these nine.
    double const ntu = (r.tcs_return_C - r.tcs_supply_C) / row.approach_K;
    CHECK(ntu > 2.4);
    CHECK(ntu < 4.5);
}

TEST_CASE("UA per heat is that of the data sheets", "[unit][cooling]")
{
    // Q/approach = 250 W/K per kW at 4 K for balanced flows; films in series give it back.
    auto const cdu = sized(xdu1350);
    double const ua = series_conductance_W_per_K(cdu.films.hot_W_per_K, cdu.films.cold_W_per_K);
    CHECK_THAT(ua / xdu1350.rated_heat_W, WithinRel(250.0 / 1e3, 0.08)); // the two capacity flows differ by 3 %
}

TEST_CASE("a published unit reaches its warmer ratings with the valve throttled", "[unit][cooling]")
{
    // Motivair MCDU-70: 2500 kW at 41.0 -> 45.0 deg C, 3751 L/min secondary, 1025 gpm primary. The same sheet lists
    // 5040 kW at 32.2 -> 45.0 and 1400 kW at 32.2 -> 44.4 deg C.
    auto const cdu = sized({.rated_heat_W = 2500e3,
                            .approach_K = 4.0,
                            .tcs_rated_flow_m3_per_s = 3751 / 60e3,
                            .fws_rated_flow_m3_per_s = 1025 * 3.785412 / 60e3,
                            .pump_rated_power_W = 0.0});
    double const rated_kg_per_s = 1025 * 3.785412 / 60e3 * cdu.fws.density_kg_per_m3;
    auto const big = solve_cdu(cdu, {.heat_W = 5040e3, .tcs_flow_m3_per_s = 3751 / 60e3, .fws_supply_C = 32.2, .tcs_set_point_C = 45.0});
    CHECK_THAT(big.tcs_supply_C, WithinAbs(45.0, 1e-9));
    CHECK_THAT(big.tcs_return_C, WithinAbs(65.0, 0.5)); // 149 F on the sheet
    CHECK(big.fws_flow_kg_per_s < rated_kg_per_s);
    auto const small = solve_cdu(cdu, {.heat_W = 1400e3, .tcs_flow_m3_per_s = 3751 / 60e3, .fws_supply_C = 32.2, .tcs_set_point_C = 44.4});
    CHECK_THAT(small.tcs_supply_C, WithinAbs(44.4, 1e-9));
    CHECK_THAT(small.tcs_return_C, WithinAbs(50.0, 0.5)); // 122 F on the sheet
    CHECK(small.fws_flow_kg_per_s < big.fws_flow_kg_per_s);
}

TEST_CASE("the solution is an ordinary counterflow exchanger", "[unit][cooling]")
{
    auto const cdu = sized(xdu1350);
    auto const heat_W = GENERATE(2e3, 100e3, 900e3, 1368e3, 1800e3);
    auto const flow = GENERATE(1e-3, 0.01, 0.02, 0.03);
    auto const fws_C = GENERATE(2.0, 30.0, 36.0, 39.9, 45.0);
    auto const guess = GENERATE(0.0, 0.3, 15.0);
    CduInputs const in{.heat_W = heat_W,
                       .tcs_flow_m3_per_s = flow,
                       .fws_supply_C = fws_C,
                       .tcs_set_point_C = 40.0,
                       .fws_flow_guess_kg_per_s = guess,
                       .fws_supply_guess_C = 33.0};
    auto const r = solve_cdu(cdu, in);
    auto const hx = exchanger_of(cdu, in, r);
    CHECK_THAT(hx.heat_W, WithinRel(heat_W + r.pump_W, 1e-10));
    CHECK_THAT(hx.hot_outlet_C, WithinAbs(r.tcs_supply_C, 1e-8));
    CHECK_THAT(hx.cold_outlet_C, WithinAbs(r.fws_return_C, 1e-8));
    CHECK(r.tcs_supply_C >= 40.0 - 1e-9);
    double const rated_kg_per_s = 0.02 * cdu.fws.density_kg_per_m3;
    CHECK(r.fws_flow_kg_per_s <= rated_kg_per_s * (1.0 + 1e-12));
    if (r.tcs_supply_C > 40.0 + 1e-6) {
        CHECK_THAT(r.fws_flow_kg_per_s, WithinRel(rated_kg_per_s, 1e-12)); // floats only when fully open
    }
}

TEST_CASE("pump heat goes into the secondary", "[unit][cooling]")
{
    auto const cdu = sized(xdu1350);
    auto const r = solve_cdu(cdu, {.heat_W = 0.0, .tcs_flow_m3_per_s = 0.02, .fws_supply_C = 30.0, .tcs_set_point_C = 40.0});
    CHECK(r.pump_W == 13.7e3);
    CHECK_THAT(r.exchanged_W, WithinRel(13.7e3, 1e-9));
    CHECK(r.tcs_return_C <= r.tcs_supply_C + 1e-9); // the racks add nothing
}

TEST_CASE("a standing CDU has no flow and no heat", "[unit][cooling]")
{
    auto const r = solve_cdu(sized(xdu1350), {.fws_supply_C = 36.0, .tcs_set_point_C = 40.0});
    CHECK(r.fws_flow_kg_per_s == 0.0);
    CHECK(r.pump_W == 0.0);
    CHECK(r.exchanged_W == 0.0);
    CHECK(r.tcs_supply_C == 40.0);
}

TEST_CASE("inputs without a steady state are solver errors", "[unit][cooling]")
{
    auto const cdu = sized(xdu1350);
    CHECK_THROWS_AS(solve_cdu(cdu, {.heat_W = 1e3, .fws_supply_C = 30.0, .tcs_set_point_C = 40.0}), SolverError);
    CHECK_THROWS_AS(solve_cdu(cdu, {.heat_W = std::numeric_limits<double>::quiet_NaN(), .tcs_flow_m3_per_s = 0.01}), SolverError);
    Cdu impossible = xdu1350;
    impossible.fws_rated_flow_m3_per_s = 0.005;
    CHECK_THROWS_WITH(sized(impossible), ContainsSubstring("primary flow is too small"));
}
