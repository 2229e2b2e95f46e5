#include "models/cooling/two_phase.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

/// Saturated refrigerants at 50 deg C (CoolProp equations of state: Akasaka 2022, Tillner-Roth 1994).
constexpr double r1233zd_latent_J_per_kg = 177.544e3;
constexpr double r1233zd_liquid_kg_per_m3 = 1199.94;
constexpr double r1233zd_vapour_kg_per_m3 = 15.6632;
constexpr double r134a_latent_J_per_kg = 151.814e3;
constexpr double r134a_liquid_kg_per_m3 = 1102.31;

constexpr double liquid_cp_J_per_kgK = 1300.0; // for balances only, where any value will do
constexpr Evaporator evaporator{.resistance_K_per_W = 0.02};

double L_per_min_per_kW(double latent_J_per_kg, double liquid_kg_per_m3)
{
    Evaporator saturated = evaporator;
    saturated.subcooling_K = 0.0;
    return evaporator_flow_kg_per_s(saturated, 1e3, latent_J_per_kg, liquid_cp_J_per_kgK) / liquid_kg_per_m3 * 60e3;
}

} // namespace

TEST_CASE("half boiled refrigerant needs a third of the flow of glycol", "[unit][cooling]")
{
    // 0.56 L/min per kW for R1233zd(E) at x = 0.5: 1000/(0.5 x 177544)/1199.94 x 60000 = 0.5633.
    CHECK_THAT(L_per_min_per_kW(r1233zd_latent_J_per_kg, r1233zd_liquid_kg_per_m3), WithinAbs(0.56, 0.005));
    // R134a: 1000/(0.5 x 151814)/1102.31 x 60000 = 0.7171.
    CHECK_THAT(L_per_min_per_kW(r134a_latent_J_per_kg, r134a_liquid_kg_per_m3), WithinRel(0.7171, 1e-4));
    // 1.5 L/min per kW of PG25 (OCP guidance).
    CHECK_THAT(L_per_min_per_kW(r1233zd_latent_J_per_kg, r1233zd_liquid_kg_per_m3) / 1.5, WithinAbs(1.0 / 3.0, 0.05));
}

TEST_CASE("flow and quality are inverse, and the enthalpy carries the heat", "[unit][cooling]")
{
    double const heat_W = GENERATE(500.0, 1200.0, 80e3);
    double const flow = evaporator_flow_kg_per_s(evaporator, heat_W, r1233zd_latent_J_per_kg, liquid_cp_J_per_kgK);
    double const x = exit_quality(evaporator, heat_W, flow, r1233zd_latent_J_per_kg, liquid_cp_J_per_kgK);
    CHECK_THAT(x, WithinRel(0.5, 1e-12));
    CHECK_THAT(flow * (x * r1233zd_latent_J_per_kg + liquid_cp_J_per_kgK * 5.0), WithinRel(heat_W, 1e-12));
    // Less heat at the same flow, less vapour; below boiling a negative quality.
    CHECK(exit_quality(evaporator, 0.5 * heat_W, flow, r1233zd_latent_J_per_kg, liquid_cp_J_per_kgK) < x);
    CHECK_THAT(exit_quality(evaporator, 0.0, flow, r1233zd_latent_J_per_kg, liquid_cp_J_per_kgK),
               WithinRel(-liquid_cp_J_per_kgK * 5.0 / r1233zd_latent_J_per_kg, 1e-12));
}

TEST_CASE("a dry wall resists five times as much, by a smooth ramp", "[unit][cooling]")
{
    CHECK(two_phase_rise_K_per_W(evaporator, -0.1) == 0.02);
    CHECK(two_phase_rise_K_per_W(evaporator, 0.5) == 0.02);
    CHECK(two_phase_rise_K_per_W(evaporator, 0.75) == 0.02);
    CHECK_THAT(two_phase_rise_K_per_W(evaporator, 0.775), WithinRel(0.02 * 3.0, 1e-9)); // half way: 1 + 4/2
    CHECK_THAT(two_phase_rise_K_per_W(evaporator, 0.8), WithinRel(0.10, 1e-9));
    CHECK_THAT(two_phase_rise_K_per_W(evaporator, 1.3), WithinRel(0.10, 1e-9));
    double before = 0.0;
    for (int i = 0; i <= 200; ++i) {
        double const now = two_phase_rise_K_per_W(evaporator, 0.7 + 0.001 * i);
        CHECK(now >= before);
        before = now;
    }
    // No kink: the slope vanishes at both ends of the ramp.
    CHECK_THAT((two_phase_rise_K_per_W(evaporator, 0.75 + 1e-6) - 0.02) / 1e-6, WithinAbs(0.0, 1e-3));
    CHECK_THAT((0.10 - two_phase_rise_K_per_W(evaporator, 0.8 - 1e-6)) / 1e-6, WithinAbs(0.0, 1e-3));
}

TEST_CASE("the condenser sets the saturation temperature", "[unit][cooling]")
{
    // Hand calculation: C = 2 x 4180 = 8360 W/K, NTU = 1: eps = 0.632121, rise 10 K, T_sat = 30 + 10/0.632121.
    Stream const water{.inlet_C = 30.0, .flow_kg_per_s = 2.0, .cp_J_per_kgK = 4180.0};
    auto const c = condensing(8360.0, 83.6e3, water);
    CHECK_THAT(c.effectiveness, WithinRel(0.6321206, 1e-6));
    CHECK_THAT(c.saturation_C, WithinAbs(45.81977, 1e-4));
    CHECK_THAT(c.coolant_outlet_C, WithinRel(40.0, 1e-12));
    // The water takes what the chips gave; the refrigerant stays above it.
    CHECK_THAT(2.0 * 4180.0 * (c.coolant_outlet_C - 30.0), WithinRel(83.6e3, 1e-12));
    CHECK(c.saturation_C > c.coolant_outlet_C);
    CHECK(condensing(8360.0, 0.0, water).saturation_C == 30.0);
}

TEST_CASE("a large condenser meets the water outlet, and the law is that of any exchanger at C_r = 0", "[unit][cooling]")
{
    Stream const water{.inlet_C = 30.0, .flow_kg_per_s = 1.0, .cp_J_per_kgK = 4180.0};
    auto const large = condensing(1e6, 50e3, water);
    CHECK_THAT(large.saturation_C, WithinAbs(large.coolant_outlet_C, 1e-9));
    double const ua = GENERATE(500.0, 3000.0, 9000.0);
    CHECK_THAT(condensing(ua, 50e3, water).effectiveness, WithinRel(counterflow_effectiveness(ua / 4180.0, 0.0), 1e-12));
    CHECK_THAT(condensing(ua, 50e3, water).effectiveness, WithinRel(crossflow_effectiveness(ua / 4180.0, 0.0), 1e-12));
}

TEST_CASE("the mean multiplier is the integral of the local one", "[unit][cooling]")
{
    double const ratio = r1233zd_liquid_kg_per_m3 / r1233zd_vapour_kg_per_m3;
    double const x = GENERATE(0.1, 0.5, 0.75);
    double sum = 0.0;
    constexpr int n = 1000;
    for (int i = 0; i < n; ++i) { // midpoint rule over rho_l / rho(x), rho the homogeneous density
        double const local = x * (i + 0.5) / n;
        double const density = 1.0 / (local / r1233zd_vapour_kg_per_m3 + (1.0 - local) / r1233zd_liquid_kg_per_m3);
        sum += r1233zd_liquid_kg_per_m3 / density / n;
    }
    CHECK_THAT(homogeneous_multiplier(x, ratio), WithinRel(sum, 1e-9));
    CHECK(homogeneous_multiplier(0.0, ratio) == 1.0);
}

TEST_CASE("the drop of an evaporator is friction and acceleration", "[unit][cooling]")
{
    auto const drop = [](double x, double liquid_Pa, double flux) {
        return evaporator_drop_Pa(x, liquid_Pa, flux, r1233zd_liquid_kg_per_m3, r1233zd_vapour_kg_per_m3);
    };
    CHECK(drop(0.0, 500.0, 200.0) == 500.0); // all liquid
    // Hand calculation at x = 0.5: rho_l/rho_v = 76.6089, phi^2 = 1 + 0.25 x 75.6089 = 19.9022.
    CHECK_THAT(drop(0.5, 500.0, 0.0), WithinRel(9951.1, 1e-4));
    // G^2 x (v_v - v_l) = 40000 x 0.5 x (0.0638439 - 0.0008334) = 1260.2 Pa.
    CHECK_THAT(drop(0.5, 0.0, 200.0), WithinRel(1260.2, 1e-4));
    CHECK_THAT(drop(0.5, 500.0, 200.0), WithinRel(9951.1 + 1260.2, 1e-4));
}
