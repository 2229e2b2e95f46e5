#include "models/fluid/coolant.hpp"

#include "models/fluid/glycol.hpp"

#include "tests/catch.hpp"

#include <array>

using namespace aidc;

TEST_CASE("water properties follow IAPWS-IF97 from 5 to 100 degrees", "[unit][fluid]")
{
    struct Row {
        double t_C, density, cp, conductivity, viscosity;
    };
    // IAPWS-IF97 at 300 kPa (python3-iapws 1.5.2).
    auto const row = GENERATE(Row{5, 1000.065, 4204.094, 0.5679334, 0.001517888}, Row{10, 999.7964, 4194.694, 0.5789059, 0.001305722},
                              Row{15, 999.1938, 4188.418, 0.5889222, 0.00113746}, Row{20, 998.297, 4184.176, 0.5981278, 0.001001536},
                              Row{25, 997.1375, 4181.323, 0.6066291, 0.0008899948}, Row{30, 995.7404, 4179.482, 0.6145047, 0.0007972177},
                              Row{35, 994.126, 4178.436, 0.6218135, 0.0007191392}, Row{40, 992.3112, 4178.063, 0.6286005, 0.0006527559},
                              Row{45, 990.3098, 4178.295, 0.6349001, 0.0005958069}, Row{50, 988.1339, 4179.094, 0.6407395, 0.0005465618},
                              Row{55, 985.7934, 4180.44, 0.6461407, 0.0005036761}, Row{60, 983.2972, 4182.321, 0.6511215, 0.0004660908},
                              Row{65, 980.6528, 4184.729, 0.6556971, 0.0004329617}, Row{70, 977.8667, 4187.66, 0.6598805, 0.0004036083},
                              Row{75, 974.9447, 4191.11, 0.6636834, 0.0003774766}, Row{80, 971.8917, 4195.08, 0.6671161, 0.0003541114},
                              Row{85, 968.712, 4199.568, 0.6701883, 0.0003331356}, Row{90, 965.4094, 4204.578, 0.6729091, 0.0003142345},
                              Row{95, 961.9869, 4210.115, 0.6752868, 0.0002971434}, Row{100, 958.4473, 4216.187, 0.6773296, 0.0002816387});
    auto const fluid = properties(Coolant::water, row.t_C);
    CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 2e-5));
    CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 2e-4));
    CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 7e-4));
    CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 2.1e-4));
}

TEST_CASE("the density of water is within 0.3 % of that at a higher pressure", "[unit][fluid]")
{
    struct Row {
        double t_C, density;
    };
    // CoolProp, data of its incompressible water (at several bar).
    auto const row = GENERATE(Row{5.1282, 1002.4}, Row{20.513, 1000.3}, Row{41.026, 993.96}, Row{61.538, 984.53}, Row{82.051, 973.43});
    CHECK_THAT(density_kg_per_m3(Coolant::water, row.t_C), WithinRel(row.density, 3e-3));
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
    auto const coolant = coolant_names[GENERATE(range(std::size_t{0}, coolant_names.size()))].second;
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

TEST_CASE("glycol coolants are the share by mass of their name", "[unit][fluid]")
{
    struct Row {
        Coolant coolant;
        double share;
    };
    auto const row = GENERATE(Row{Coolant::pg20, 0.2}, Row{Coolant::pg30, 0.3}, Row{Coolant::pg40, 0.4}, Row{Coolant::pg50, 0.5});
    CHECK(viscosity_Pa_s(row.coolant, 30.0) == glycol_properties(row.share, 30.0).viscosity_Pa_s);
    CHECK(density_kg_per_m3(row.coolant, 30.0) == glycol_properties(row.share, 30.0).density_kg_per_m3);
    CHECK(freezing_C(row.coolant) == glycol_freezing_C(row.share));
}

TEST_CASE("every coolant is a liquid over its range", "[unit][fluid]")
{
    auto const coolant = coolant_names[GENERATE(range(std::size_t{0}, coolant_names.size()))].second;
    auto const [low_C, high_C] = range(coolant);
    CHECK(low_C < high_C);
    CHECK(freezing_C(coolant) <= low_C);
    for (double t_C = low_C; t_C <= high_C; t_C += 1.0) {
        auto const fluid = properties(coolant, t_C);
        CHECK(fluid.density_kg_per_m3 > 600.0);
        CHECK(fluid.density_kg_per_m3 < 1700.0);
        CHECK(fluid.cp_J_per_kgK > 1000.0);
        CHECK(fluid.cp_J_per_kgK < 4300.0);
        CHECK(fluid.conductivity_W_per_mK > 0.05);
        CHECK(fluid.conductivity_W_per_mK < 0.7);
        CHECK(properties(coolant, t_C + 1.0).viscosity_Pa_s < fluid.viscosity_Pa_s);
    }
}

TEST_CASE("beyond the sheet PG25 keeps its distance from Melinder's 25 %", "[unit][fluid]")
{
    auto const away = [](double t_C) {
        auto const product = properties(Coolant::pg25, t_C);
        auto const mixture = glycol_properties(0.25, t_C);
        return FluidProperties{.density_kg_per_m3 = product.density_kg_per_m3 / mixture.density_kg_per_m3,
                               .cp_J_per_kgK = product.cp_J_per_kgK / mixture.cp_J_per_kgK,
                               .conductivity_W_per_mK = product.conductivity_W_per_mK / mixture.conductivity_W_per_mK,
                               .viscosity_Pa_s = product.viscosity_Pa_s / mixture.viscosity_Pa_s};
    };
    auto const at_40 = away(40.0);
    auto const at = away(GENERATE(0.0, 10.0, 20.0, 50.0, 60.0, 70.0, 80.0));
    CHECK_THAT(at.density_kg_per_m3, WithinAbs(at_40.density_kg_per_m3, 0.005));
    CHECK_THAT(at.cp_J_per_kgK, WithinAbs(at_40.cp_J_per_kgK, 0.002));
    CHECK_THAT(at.conductivity_W_per_mK, WithinAbs(at_40.conductivity_W_per_mK, 0.008));
    CHECK_THAT(at.viscosity_Pa_s, WithinAbs(at_40.viscosity_Pa_s, 0.10));
}

TEST_CASE("a temperature outside the range is bounded and reported", "[unit][fluid]")
{
    auto const coolant = coolant_names[GENERATE(range(std::size_t{0}, coolant_names.size()))].second;
    auto const [low_C, high_C] = range(coolant);
    CurveSet none;
    CHECK(bounded_properties(coolant, 0.5 * (low_C + high_C), none).viscosity_Pa_s == viscosity_Pa_s(coolant, 0.5 * (low_C + high_C)));
    CHECK(none.empty());
    CurveSet hot;
    CHECK(bounded_properties(coolant, high_C + 5.0, hot).density_kg_per_m3 == density_kg_per_m3(coolant, high_C));
    CHECK(hot.contains(Curve::coolant));
    CurveSet cold;
    CHECK(bounded_properties(coolant, low_C - 5.0, cold).viscosity_Pa_s == viscosity_Pa_s(coolant, low_C));
    CHECK(cold.contains(Curve::coolant));
}
