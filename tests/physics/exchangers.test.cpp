#include "models/cooling/cdu.hpp"
#include "models/cooling/dry_cooler.hpp"
#include "models/cooling/heat_exchanger.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;

TEST_CASE("first and second law hold in every exchanger", "[conservation][cooling]")
{
    auto const hot_flow = GENERATE(1e-4, 0.5, 1.0, 1.0 + 1e-12, 40.0);
    auto const cold_flow = GENERATE(1e-4, 0.5, 1.0, 40.0);
    auto const ua = GENERATE(0.0, 10.0, 1e4, 1e7);
    auto const law = GENERATE(counterflow_exchange, crossflow_exchange);
    Stream const hot{.inlet_C = 45.0, .flow_kg_per_s = hot_flow, .cp_J_per_kgK = 4180.0};
    Stream const cold{.inlet_C = 30.0, .flow_kg_per_s = cold_flow, .cp_J_per_kgK = 3920.0};
    auto const r = law(ua, hot, cold);
    double const given_W = hot_flow * hot.cp_J_per_kgK * (hot.inlet_C - r.hot_outlet_C);
    double const taken_W = cold_flow * cold.cp_J_per_kgK * (r.cold_outlet_C - cold.inlet_C);
    CHECK(given_W == Approx(r.heat_W).margin(1e-6));
    CHECK(taken_W == Approx(r.heat_W).margin(1e-6));
    CHECK(r.effectiveness >= 0.0);
    CHECK(r.effectiveness <= 1.0);
    CHECK(r.hot_outlet_C >= cold.inlet_C - 1e-9);
    CHECK(r.cold_outlet_C <= hot.inlet_C + 1e-9);
}

TEST_CASE("more surface transfers more, and counterflow more than cross-flow", "[property][cooling]")
{
    auto const ratio = GENERATE(0.0, 0.2, 0.7, 0.99, 1.0);
    double counter = 0.0;
    double cross = 0.0;
    for (double ntu = 0.05; ntu < 8.0; ntu *= 1.3) {
        CHECK(counterflow_effectiveness(ntu, ratio) > counter);
        CHECK(crossflow_effectiveness(ntu, ratio) > cross);
        counter = counterflow_effectiveness(ntu, ratio);
        cross = crossflow_effectiveness(ntu, ratio);
        CHECK(cross <= counter + 0.006); // the cross-flow law is an approximation: it may exceed slightly at small NTU
    }
}

TEST_CASE("a dry cooler gives the air what it takes from the water", "[conservation][cooling]")
{
    auto const cooler = size_dry_cooler({});
    auto const outdoors =
        air_from_relative_humidity(GENERATE(-20.0, 10.0, 31.0, 43.0), GENERATE(0.05, 0.5, 0.95), GENERATE(84000.0, 101325.0));
    auto const pads_on = GENERATE(false, true);
    auto const fan_ratio = GENERATE(0.0, 0.3, 1.0);
    auto const flow = GENERATE(1.0, 60.0, 200.0);
    if (pads_on && outdoors.dry_bulb_C < 28.0) {
        return;
    }
    Stream const water{.inlet_C = 50.0, .flow_kg_per_s = flow, .cp_J_per_kgK = 4180.0};
    auto const r = solve_dry_cooler(cooler, entering_air(cooler, outdoors, pads_on), water, fan_ratio);
    CHECK_THAT(flow * 4180.0 * (50.0 - r.water_outlet_C), WithinRel(r.heat_W, 1e-10));
    // Air side, written out: enthalpy out less enthalpy in less the enthalpy of the pad water.
    double const air_kg_per_s = 360.0 * outdoors.pressure_Pa / 101325.0 * std::max(fan_ratio, 0.125);
    double const gained_W =
        air_kg_per_s
        * (enthalpy_J_per_kg(r.air_out_C, r.air_out_humidity_ratio) - enthalpy_J_per_kg(outdoors.dry_bulb_C, outdoors.humidity_ratio));
    CHECK_THAT(gained_W - r.evaporated_kg_per_s * 4186.0 * outdoors.wet_bulb_C, WithinRel(r.heat_W, 1e-10));
    CHECK_THAT(r.air_side_W, WithinRel(r.heat_W, 1e-10));
    CHECK_THAT(r.evaporated_kg_per_s, WithinAbs(air_kg_per_s * (r.air_out_humidity_ratio - outdoors.humidity_ratio), 1e-12));
    CHECK(r.air_out_C < 50.0 + 1e-9);
}

TEST_CASE("more fan, more water or colder air takes more heat", "[property][cooling]")
{
    auto const cooler = size_dry_cooler({});
    auto const t_C = GENERATE(-10.0, 20.0, 35.0);
    auto const flow = GENERATE(20.0, 120.0);
    auto const heat_W = [&cooler](double air_C, double water_kg_per_s, double fan_ratio) {
        auto const outdoors = air_from_relative_humidity(air_C, 0.3, 101325.0);
        return cooler_heat_W(cooler, entering_air(cooler, outdoors, false),
                             {.inlet_C = 46.0, .flow_kg_per_s = water_kg_per_s, .cp_J_per_kgK = 4180.0}, fan_ratio);
    };
    for (double fan_ratio = 0.2; fan_ratio < 0.95; fan_ratio += 0.1) {
        CHECK(heat_W(t_C, flow, fan_ratio + 0.1) > heat_W(t_C, flow, fan_ratio));
        CHECK(heat_W(t_C, 1.1 * flow, fan_ratio) > heat_W(t_C, flow, fan_ratio));
        CHECK(heat_W(t_C - 1.0, flow, fan_ratio) > heat_W(t_C, flow, fan_ratio));
    }
}

TEST_CASE("a colder facility water never warms the racks and needs less flow", "[property][cooling]")
{
    auto const cdu = size_cdu({.rated_heat_W = 1368e3, .approach_K = 4.0, .tcs_rated_flow_m3_per_s = 0.02, .fws_rated_flow_m3_per_s = 0.02},
                              properties(Coolant::pg25, 40.0), properties(Coolant::water, 36.0));
    auto const heat_W = GENERATE(20e3, 500e3, 1300e3);
    double supply_C = -100.0;
    double flow_kg_per_s = 0.0;
    for (double fws_C = 2.0; fws_C < 50.0; fws_C += 0.25) {
        auto const r = solve_cdu(cdu, {.heat_W = heat_W, .tcs_flow_m3_per_s = 0.018, .fws_supply_C = fws_C, .tcs_set_point_C = 40.0});
        CHECK(r.tcs_supply_C >= supply_C - 1e-9);
        CHECK(r.fws_flow_kg_per_s >= flow_kg_per_s - 1e-9);
        CHECK(r.fws_return_C >= fws_C);
        supply_C = r.tcs_supply_C;
        flow_kg_per_s = r.fws_flow_kg_per_s;
    }
}

TEST_CASE("the valve closes continuously as the set point comes into reach", "[property][cooling]")
{
    auto const cdu = size_cdu({.rated_heat_W = 1368e3, .approach_K = 4.0, .tcs_rated_flow_m3_per_s = 0.02, .fws_rated_flow_m3_per_s = 0.02},
                              properties(Coolant::pg25, 40.0), properties(Coolant::water, 36.0));
    CduInputs in{.heat_W = 1368e3, .tcs_flow_m3_per_s = 0.02, .fws_supply_C = 36.0, .tcs_set_point_C = 40.0};
    in.fws_supply_C = 36.0 - 1e-7;
    double const below = solve_cdu(cdu, in).fws_flow_kg_per_s;
    in.fws_supply_C = 36.0 + 1e-7;
    double const above = solve_cdu(cdu, in).fws_flow_kg_per_s;
    CHECK_THAT(below, WithinRel(above, 1e-5));
}
