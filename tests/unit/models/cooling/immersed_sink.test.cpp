#include "models/cooling/immersed_sink.hpp"
#include "models/cooling/ride_through.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

/// Therminol D12 at 20, 40, 60, 100 deg C (CoolProp, SecCool tables).
constexpr FluidProperties oil_20C{762.0, 2093.0, 0.1100, 0.00126};
constexpr FluidProperties oil_40C{748.0, 2172.0, 0.1068, 0.000918};
constexpr FluidProperties oil_60C{733.0, 2251.0, 0.1035, 0.000705};
constexpr FluidProperties oil_100C{703.0, 2414.0, 0.0966, 0.000456};
/// Texatherm 22 at 40 deg C (the same); its viscosity is not given there.
constexpr FluidProperties mineral_40C{847.3, 1950.0, 0.132, 0.01};

constexpr ImmersedSink sink{
    .conduction_K_per_W = 0.02, .forced_K_per_W = 0.06, .rated_flow_m3_per_s = 1e-4, .exponent = 0.5, .area_m2 = 0.1, .height_m = 0.05};

double rayleigh(FluidProperties const& f, double length_m, double rise_K, double expansion_per_K)
{
    return 9.80665 * expansion_per_K * rise_K * std::pow(length_m, 3) * std::pow(f.density_kg_per_m3, 2) * f.cp_J_per_kgK
           / (f.viscosity_Pa_s * f.conductivity_W_per_mK);
}

double natural_nusselt(FluidProperties const& f, double length_m, double rise_K, double expansion_per_K)
{
    return natural_film_W_per_m2K(f, length_m, rise_K, expansion_per_K) * length_m / f.conductivity_W_per_mK;
}

} // namespace

TEST_CASE("the laminar film reproduces a textbook example", "[unit][cooling]")
{
    // Incropera et al., 7th ed., example 9.3 (sides of a duct, 0.3 m high, 45 deg C in air of 15 deg C): 4.23 W/(m2 K)
    // with nu = 16.2e-6, alpha = 22.9e-6 m2/s, k = 0.0265 W/(m K), beta = 0.0033 1/K. Density 1.15: only ratios matter.
    constexpr double rho = 1.15;
    constexpr FluidProperties air{rho, 0.0265 / (rho * 22.9e-6), 0.0265, rho * 16.2e-6};
    CHECK_THAT(natural_film_W_per_m2K(air, 0.3, 30.0, 0.0033), WithinRel(4.23, 0.005));
}

TEST_CASE("in oil the film is somewhat above 0.59 Ra^(1/4)", "[unit][cooling]")
{
    // McAdams, Ra 1e4...1e9, fitted mainly to air; in liquids theory gives 0.67 Ra^(1/4).
    double const length_m = GENERATE(0.01, 0.02, 0.05);
    double const rise_K = GENERATE(5.0, 20.0, 40.0);
    double const ra = rayleigh(oil_40C, length_m, rise_K, 8e-4);
    REQUIRE((ra > 1e4 && ra < 1e9));
    double const ratio = natural_nusselt(oil_40C, length_m, rise_K, 8e-4) / (0.59 * std::pow(ra, 0.25));
    CHECK(ratio > 1.0);
    CHECK(ratio < 1.25);
}

TEST_CASE("a tall surface turns turbulent without a jump", "[unit][cooling]")
{
    double const length_m = 0.5;
    double const ra = rayleigh(oil_40C, length_m, 20.0, 8e-4);
    REQUIRE(ra > 1e11);
    CHECK_THAT(natural_nusselt(oil_40C, length_m, 20.0, 8e-4), WithinRel(0.10 * std::cbrt(ra), 1e-12)); // Incropera, eq. 9.24
    // Churchill and Chu's law for all Ra in another program (python package ht, its own test): 147.162 at Pr 0.69,
    // Gr 2.63e9. The law used here stays below it, on the safe side, by no more than a fifth.
    constexpr FluidProperties gas{.density_kg_per_m3 = 1.0, .cp_J_per_kgK = 0.69, .conductivity_W_per_mK = 1.0, .viscosity_Pa_s = 1.0};
    double const nu = natural_nusselt(gas, 1.0, 2.63e9 / 9.80665, 1.0);
    CHECK(nu < 147.162);
    CHECK(nu > 0.8 * 147.162);
}

TEST_CASE("warm oil is thin and cools better", "[unit][cooling]")
{
    double const cold = natural_film_W_per_m2K(oil_20C, 0.05, 20.0, 8e-4);
    double const hot = natural_film_W_per_m2K(oil_100C, 0.05, 20.0, 8e-4);
    CHECK(hot > cold);
    // Laminar, Pr large: h ~ k^(3/4) (rho^2 cp/mu)^(1/4), by the table from 20 to 100 deg C a factor of 1.164;
    // the Prandtl term and the 0.68 take 2.5 % of it back.
    double const expected =
        std::pow(0.0966 / 0.1100, 0.75) * std::pow(std::pow(703.0 / 762.0, 2) * 2414.0 / 2093.0 * 0.00126 / 0.000456, 0.25);
    CHECK_THAT(hot / cold, WithinRel(expected, 0.03));
}

TEST_CASE("a sink in fast oil is forced, in still oil natural", "[unit][cooling]")
{
    ImmersedSink forced = sink;
    forced.area_m2 = 0.0;
    CHECK_THAT(sink_to_bulk_K_per_W(forced, oil_40C, 1e-4, 20.0), WithinRel(0.02 + 0.06, 1e-12)); // rating point
    CHECK_THAT(sink_to_bulk_K_per_W(forced, oil_40C, 4e-4, 20.0), WithinRel(0.02 + 0.03, 1e-12)); // 4^-0.5
    double const still = 0.02 + 1.0 / (0.1 * natural_film_W_per_m2K(oil_40C, 0.05, 20.0, 8e-4));
    CHECK_THAT(sink_to_bulk_K_per_W(sink, oil_40C, 0.0, 20.0), WithinRel(still, 1e-12));
    double const both = sink_to_bulk_K_per_W(sink, oil_40C, 1e-4, 20.0);
    CHECK(both < 0.08);
    CHECK(both < still);
}

TEST_CASE("the rise of a sink carries its heat", "[unit][cooling]")
{
    double const heat_W = GENERATE(10.0, 300.0, 700.0);
    double const flow = GENERATE(0.0, 2e-5, 1e-4);
    double const rise_K = sink_rise_K(sink, oil_60C, flow, heat_W);
    double const film_rise_K = rise_K - heat_W * sink.conduction_K_per_W;
    CHECK_THAT(rise_K / sink_to_bulk_K_per_W(sink, oil_60C, flow, film_rise_K), WithinRel(heat_W, 1e-7));
    CHECK(sink_rise_K(sink, oil_60C, flow + 1e-5, heat_W) < rise_K);
    CHECK(sink_rise_K(sink, oil_60C, flow, 0.0) == 0.0);
}

TEST_CASE("without natural convection the rise is closed", "[unit][cooling]")
{
    ImmersedSink forced = sink;
    forced.area_m2 = 0.0;
    CHECK_THAT(sink_rise_K(forced, oil_40C, 1e-4, 500.0), WithinAbs(500.0 * 0.08, 1e-7));
}

TEST_CASE("a cubic metre of oil holds 1.7 MJ per kelvin", "[unit][cooling]")
{
    ImmersionTank const tank{.oil_volume_m3 = 1.0, .rated_heat_W = 100e3, .rated_flow_m3_per_s = 5e-3, .exchanger_W_per_K = 1e4};
    // rho cp of the tables, by hand: 748 x 2172 and 847.3 x 1950.
    CHECK_THAT(tank_capacity_J_per_K(tank, oil_40C), WithinRel(1.624656e6, 1e-12));
    CHECK_THAT(tank_capacity_J_per_K(tank, mineral_40C), WithinRel(1.652235e6, 1e-12));
    // 17 s per kelvin at 100 kW: rule of thumb for 1000 L.
    CHECK_THAT(1.0 / tank_rise_K_per_s(tank, mineral_40C, 100e3, 0.0), WithinRel(17.0, 0.05));
    CHECK_THAT(tank_rise_K_per_s(tank, oil_40C, 100e3, 0.0),
               WithinRel(adiabatic_rise_K_per_s(100e3, tank_capacity_J_per_K(tank, oil_40C)), 1e-12));
    CHECK(tank_rise_K_per_s(tank, oil_40C, 50e3, 100e3) < 0.0);
    ImmersionTank heavy = tank;
    heavy.solids_J_per_K = 2e5;
    CHECK_THAT(tank_capacity_J_per_K(heavy, oil_40C), WithinRel(1.824656e6, 1e-12));
}

TEST_CASE("the tank settles where its exchanger takes the heat", "[unit][cooling]")
{
    ImmersionTank const tank{.oil_volume_m3 = 1.0, .rated_heat_W = 100e3, .rated_flow_m3_per_s = 5e-3, .exchanger_W_per_K = 1e4};
    Stream const water{.inlet_C = 30.0, .flow_kg_per_s = GENERATE(1.0, 2.5, 6.0), .cp_J_per_kgK = 4180.0};
    double const bulk_C = tank_bulk_C(tank, oil_40C, water, 100e3);
    auto const exchange = counterflow_exchange(
        1e4, {.inlet_C = bulk_C, .flow_kg_per_s = 5e-3 * oil_40C.density_kg_per_m3, .cp_J_per_kgK = oil_40C.cp_J_per_kgK}, water);
    CHECK_THAT(exchange.heat_W, WithinRel(100e3, 1e-9));
    CHECK_THAT(tank_rise_K_per_s(tank, oil_40C, 100e3, exchange.heat_W), WithinAbs(0.0, 1e-9));
}

TEST_CASE("a 12U module is a small tank", "[unit][cooling]")
{
    // Hand calculation: 12 x 44.45 mm x 0.450 m x 0.9 m x 0.5 = 0.10801 m3. Only the 12U are published.
    double const volume_m3 = module_oil_m3(12.0, 0.9, 0.5);
    CHECK_THAT(volume_m3, WithinRel(0.108014, 1e-4));
    ImmersionTank const module{.oil_volume_m3 = volume_m3, .rated_heat_W = 20e3, .rated_flow_m3_per_s = 1e-3, .exchanger_W_per_K = 2e3};
    // 0.108014 x 1.624656e6 = 175.5 kJ/K: at 20 kW 8.8 s per kelvin.
    CHECK_THAT(1.0 / tank_rise_K_per_s(module, oil_40C, 20e3, 0.0), WithinRel(8.774, 1e-3));
}
