#include "models/fluid/dielectric.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>

using namespace aidc;

TEST_CASE("rows of the Therminol table that are not carried are met between its neighbours", "[unit][fluid]")
{
    struct Row {
        double t_C, density, cp, conductivity, viscosity;
    };
    // Solutia Therminol D12 (2014), as in CoolProp: the rows between those of the model.
    constexpr std::array rows{
        Row{-15, 787, 1957, 0.1152, 0.00278},  Row{-5, 780, 1996, 0.1137, 0.00212},   Row{5, 773, 2035, 0.1122, 0.00169},
        Row{15, 766, 2073, 0.1107, 0.00138},   Row{25, 759, 2113, 0.1092, 0.00116},   Row{35, 752, 2152, 0.1076, 0.000988},
        Row{45, 744, 2191, 0.106, 0.000856},   Row{55, 737, 2231, 0.1044, 0.00075},   Row{65, 729, 2271, 0.1027, 0.000664},
        Row{75, 722, 2312, 0.101, 0.000592},   Row{85, 714, 2352, 0.0993, 0.000531},  Row{95, 706, 2393, 0.0975, 0.000479},
        Row{105, 699, 2434, 0.0957, 0.000435}, Row{115, 691, 2476, 0.0939, 0.000395}, Row{125, 682, 2517, 0.092, 0.000361},
    };
    for (auto const& row : rows) {
        auto const fluid = dielectric_properties(Dielectric::therminol_d12, row.t_C);
        CAPTURE(row.t_C);
        CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 1e-3));
        CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 5e-4));
        CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 1e-3));
        CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 6e-3));
    }
}

TEST_CASE("HFE-7100 returns the maker's table", "[unit][fluid]")
{
    struct Row {
        double t_C, density, cp, conductivity, viscosity;
    };
    // 3M HFE-7100 by SecCool, as in CoolProp.
    auto const row = GENERATE(Row{-10.78, 1562.76, 1111.44, 0.07582127, 0.00093766}, Row{17.83, 1497.844, 1168.66, 0.07022859, 0.00059914},
                              Row{30.07, 1470.071, 1193.14, 0.06783592, 0.00051452}, Row{64.27, 1392.471, 1261.54, 0.0611505, 0.00036204});
    auto const fluid = dielectric_properties(Dielectric::hfe_7100, row.t_C);
    CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 1e-12));
    CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 1e-12));
    CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 1e-12));
    CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 1e-12));
}

TEST_CASE("HFE-7100 agrees with another data sheet at 25 degrees", "[unit][fluid]")
{
    // 3M, properties of Novec engineered fluids: 1.51 g/cm3, 1183 J/(kg K), 0.58 mPa s at 25 deg C.
    auto const fluid = dielectric_properties(Dielectric::hfe_7100, 25.0);
    CHECK_THAT(fluid.density_kg_per_m3, WithinRel(1510.0, 0.02));
    CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(1183.0, 1e-3));
    CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(0.58e-3, 0.06));
}

TEST_CASE("Texatherm 22 returns the maker's table and thins as mineral oil does", "[unit][fluid]")
{
    struct Row {
        double t_C, density, cp, conductivity;
    };
    // Texaco Texatherm 22, as in CoolProp.
    auto const row =
        GENERATE(Row{0, 874.5, 1810, 0.135}, Row{40, 847.3, 1950, 0.132}, Row{50, 842.5, 1990, 0.132}, Row{100, 810.5, 2180, 0.128});
    auto const fluid = dielectric_properties(Dielectric::texatherm_22, row.t_C);
    CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 1e-12));
    CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 1e-12));
    CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 1e-12));
    // CoolProp's curve worked by hand at 40 deg C: exp(882.9595/140.5398 - 9.646606) = 0.03460 Pa s.
    CHECK_THAT(dielectric_properties(Dielectric::texatherm_22, 40.0).viscosity_Pa_s, WithinRel(0.03460, 1e-3));
    // An oil of ISO grade 22 has 22 mm2/s at 40 deg C by definition (ISO 3448): the estimate is within its factor of 2.
    double const grade_22_Pa_s = 22e-6 * 847.3;
    CHECK(dielectric_properties(Dielectric::texatherm_22, 40.0).viscosity_Pa_s < 2.0 * grade_22_Pa_s);
}

TEST_CASE("dielectrics thin, expand and keep their order with temperature", "[unit][fluid]")
{
    auto const liquid = GENERATE(Dielectric::hfe_7100, Dielectric::therminol_d12, Dielectric::texatherm_22);
    auto const [low_C, high_C] = dielectric_range(liquid);
    double const step_K = (high_C - low_C) / 200.0;
    for (int i = 0; i < 200; ++i) {
        auto const cooler = dielectric_properties(liquid, low_C + i * step_K);
        auto const warmer = dielectric_properties(liquid, low_C + (i + 1) * step_K);
        CHECK(warmer.density_kg_per_m3 < cooler.density_kg_per_m3);
        CHECK(warmer.cp_J_per_kgK > cooler.cp_J_per_kgK);
        CHECK(warmer.conductivity_W_per_mK <= cooler.conductivity_W_per_mK);
        CHECK(warmer.viscosity_Pa_s < cooler.viscosity_Pa_s);
    }
}
