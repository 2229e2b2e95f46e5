#include "models/fluid/coolant.hpp"

#include "tests/catch.hpp"

#include <array>

using namespace aidc;

TEST_CASE("water properties follow IAPWS-IF97 from 5 to 100 degrees", "[unit][fluid]")
{
    struct Row {
        double t_C, density, cp, conductivity, viscosity;
    };
    // IAPWS-IF97 at 300 kPa (python3-iapws 1.5.2).
    auto const row = GENERATE(Row{5, 1000.065, 4204.094, 0.5679334, 0.001517888}, Row{20, 998.297, 4184.176, 0.5981278, 0.001001536},
                              Row{35, 994.126, 4178.436, 0.6218135, 0.0007191392}, Row{40, 992.3112, 4178.063, 0.6286005, 0.0006527559},
                              Row{60, 983.2972, 4182.321, 0.6511215, 0.0004660908}, Row{80, 971.8917, 4195.08, 0.6671161, 0.0003541114},
                              Row{100, 958.4473, 4216.187, 0.6773296, 0.0002816387});
    auto const fluid = properties(Coolant::water, row.t_C);
    CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 2e-5));
    CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 2e-4));
    CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 7e-4));
    CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 2.1e-4));
}

TEST_CASE("PG25 follows the product data sheet, not the glycol-water tables", "[unit][fluid]")
{
    // Dow DOWFROST LC 25 data sheet.
    auto const at_40 = properties(Coolant::pg25, 40.0);
    CHECK_THAT(at_40.density_kg_per_m3, WithinRel(1022.5, 1e-6));
    CHECK_THAT(at_40.cp_J_per_kgK, WithinRel(3920.0, 1e-3));
    CHECK_THAT(at_40.conductivity_W_per_mK, WithinRel(0.476, 1e-3));
    CHECK_THAT(density_kg_per_m3(Coolant::pg25, 25.0), WithinRel(1030.3, 1e-6));
    CHECK_THAT(cp_J_per_kgK(Coolant::pg25, 25.0), WithinRel(3880.0, 1e-3));
    CHECK_THAT(cp_J_per_kgK(Coolant::pg25, 50.0), WithinRel(3940.0, 1e-3));
    CHECK_THAT(viscosity_Pa_s(Coolant::pg25, 20.0), WithinRel(2.80e-3, 0.016));
    CHECK_THAT(viscosity_Pa_s(Coolant::pg25, 25.0), WithinRel(2.39e-3, 0.016));
    CHECK_THAT(viscosity_Pa_s(Coolant::pg25, 40.0), WithinRel(1.58e-3, 0.016));
    CHECK_THAT(viscosity_Pa_s(Coolant::pg25, 50.0), WithinRel(1.30e-3, 0.016));
    // Melinder's table for 25 wt% gives 1.35 mPa s: the product is thicker.
    CHECK(at_40.viscosity_Pa_s > 1.35e-3);
}

TEST_CASE("a single property equals the one of the whole set", "[unit][fluid]")
{
    auto const coolant = GENERATE(Coolant::water, Coolant::pg25);
    auto const t_C = GENERATE(10.0, 37.0, 55.0);
    auto const fluid = properties(coolant, t_C);
    CHECK(fluid.density_kg_per_m3 == density_kg_per_m3(coolant, t_C));
    CHECK(fluid.cp_J_per_kgK == cp_J_per_kgK(coolant, t_C));
    CHECK(fluid.conductivity_W_per_mK == conductivity_W_per_mK(coolant, t_C));
    CHECK(fluid.viscosity_Pa_s == viscosity_Pa_s(coolant, t_C));
    CHECK(volumetric_heat_J_per_m3K(fluid) == fluid.density_kg_per_m3 * fluid.cp_J_per_kgK);
}

TEST_CASE("the Prandtl number of water at 20 degrees is 7.0", "[unit][fluid]")
{
    // From the IAPWS row above: 0.001001536 x 4184.176 / 0.5981278 = 7.006.
    CHECK_THAT(prandtl(properties(Coolant::water, 20.0)), WithinRel(7.006, 1e-3));
}

TEST_CASE("a published rack flow is a constant return temperature", "[unit][fluid]")
{
    struct Row {
        double supply_C, flow_L_per_min;
    };
    // Lenovo LP2357, table 27: GB300 NVL72, 0.9 x 135 kW in the liquid, PG25.
    auto const row = GENERATE(Row{25, 59}, Row{30, 71}, Row{35, 89}, Row{40, 119}, Row{45, 177});
    auto const fluid = properties(Coolant::pg25, 40.0);
    double const flow_m3_per_s = row.flow_L_per_min / 60e3;
    double const return_C = row.supply_C + 0.9 * 135e3 / (volumetric_heat_J_per_m3K(fluid) * flow_m3_per_s);
    CHECK_THAT(return_C, WithinAbs(55.5, 0.4));
    CHECK_THAT(flow_for_heat_m3_per_s(fluid, 0.9 * 135e3, 55.5 - row.supply_C), WithinRel(flow_m3_per_s, 0.03));
}
