#include "models/fluid/glycol.hpp"

#include "tests/catch.hpp"

#include <array>

using namespace aidc;

TEST_CASE("propylene glycol and water follow Melinder's polynomials", "[unit][fluid]")
{
    struct Row {
        double share, density, cp, conductivity, viscosity, freezing_C;
    };
    // Modelica Buildings, reference result of Media.Antifreeze at 20 deg C (Dymola).
    constexpr std::array rows{
        Row{0.15, 1010.392, 4027.701, 0.5175332, 0.001699443, -4.871191}, Row{0.18, 1013.004, 3997.644, 0.5022257, 0.001888858, -6.216375},
        Row{0.21, 1015.671, 3966.013, 0.487265, 0.002105683, -7.667548},  Row{0.24, 1018.373, 3932.26, 0.4726487, 0.002354449, -9.233923},
        Row{0.27, 1021.087, 3896.003, 0.4583721, 0.002639526, -10.93262}, Row{0.3, 1023.785, 3857.004, 0.4444288, 0.002964975, -12.78843},
        Row{0.33, 1026.438, 3815.159, 0.4308115, 0.003334411, -14.83326}, Row{0.36, 1029.014, 3770.481, 0.4175122, 0.003750905, -17.10578},
        Row{0.39, 1031.48, 3723.09, 0.4045236, 0.004217002, -19.65092},   Row{0.42, 1033.805, 3673.19, 0.3918387, 0.004734957, -22.51951},
        Row{0.45, 1035.954, 3621.065, 0.3794523, 0.00530729, -25.76783},  Row{0.48, 1037.896, 3567.057, 0.367361, 0.005937808, -29.45716},
        Row{0.51, 1039.601, 3511.553, 0.3555642, 0.006633228, -33.6534},  Row{0.54, 1041.04, 3454.973, 0.3440645, 0.007405596, -38.42661},
        Row{0.57, 1042.189, 3397.754, 0.3328685, 0.008275789, -43.85056},
    };
    for (auto const& row : rows) {
        auto const fluid = glycol_properties(row.share, 20.0);
        CAPTURE(row.share);
        CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 4.4e-7));
        CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 4e-7));
        CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 4e-7));
        CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 4e-7));
        // Its polynomial of the freezing point also has terms in the temperature of the liquid: 0.004 K.
        CHECK_THAT(glycol_freezing_C(row.share), WithinAbs(row.freezing_C, 0.004));
    }
}

TEST_CASE("Melinder's own tables are met over share and temperature", "[unit][fluid]")
{
    struct Row {
        double t_C, percent, density, cp, conductivity, viscosity;
    };
    // SecCool tables "Melinder, Propylene Glycol", as in CoolProp.
    constexpr std::array rows{
        Row{-5, 22, 1023.087, 4015.485, 0.4592295, 0.005984955}, Row{-5, 27, 1029.509, 3950.969, 0.4374251, 0.007797905},
        Row{-5, 32, 1035.651, 3872.384, 0.4161473, 0.01021975},  Row{-5, 42, 1046.072, 3679.971, 0.3774228, 0.01731057},
        Row{10, 22, 1019.983, 4002.546, 0.4738676, 0.003141756}, Row{10, 27, 1025.362, 3945.694, 0.4501846, 0.003875121},
        Row{10, 32, 1030.446, 3875.549, 0.4273902, 0.004810679}, Row{10, 42, 1039.069, 3701.026, 0.3862576, 0.007421232},
        Row{20, 22, 1016.644, 4002.558, 0.4832761, 0.002234155}, Row{20, 27, 1021.487, 3949.976, 0.4585563, 0.002687463},
        Row{20, 32, 1026.015, 3884.166, 0.4348273, 0.003249023}, Row{20, 42, 1033.68, 3718.598, 0.3920508, 0.004770004},
        Row{40, 22, 1008.111, 4016.892, 0.5028982, 0.001263714}, Row{40, 27, 1011.728, 3973.052, 0.475916, 0.00144785},
        Row{40, 32, 1015.118, 3914.607, 0.4499673, 0.001674246}, Row{40, 42, 1021.154, 3762.126, 0.4032562, 0.002308482},
    };
    for (auto const& row : rows) {
        auto const fluid = glycol_properties(0.01 * row.percent, row.t_C);
        CAPTURE(row.percent, row.t_C);
        CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 5e-4));
        CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 0.03));
        CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 4.1e-3));
        CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 0.0355));
    }
}

TEST_CASE("above the measured 40 degrees the polynomials stay near ASHRAE's tables", "[unit][fluid]")
{
    struct Row {
        double t_C, volume_percent, density, cp, conductivity, viscosity;
    };
    // SecCool tables "ASHRAE, Propylene Glycol", as in CoolProp; shares by volume.
    constexpr std::array rows{
        Row{10, 20, 1022.68, 3951, 0.479, 0.00279}, Row{10, 30, 1032.55, 3820, 0.434, 0.00452}, Row{10, 40, 1040.94, 3669, 0.394, 0.00722},
        Row{10, 50, 1048.04, 3493, 0.356, 0.01065}, Row{40, 20, 1010.16, 4016, 0.513, 0.00118}, Row{40, 30, 1018.42, 3903, 0.462, 0.00163},
        Row{40, 40, 1025.3, 3768, 0.415, 0.00221},  Row{40, 50, 1030.98, 3609, 0.372, 0.00311}, Row{60, 20, 999.31, 4060, 0.529, 0.00078},
        Row{60, 30, 1006.44, 3958, 0.475, 0.00101}, Row{60, 40, 1012.3, 3834, 0.425, 0.0013},   Row{60, 50, 1017.04, 3686, 0.378, 0.00175},
        Row{80, 20, 986.44, 4104, 0.54, 0.00056},   Row{80, 30, 992.42, 4013, 0.482, 0.0007},   Row{80, 40, 997.25, 3900, 0.43, 0.00088},
        Row{80, 50, 1001.05, 3763, 0.382, 0.00112},
    };
    for (auto const& row : rows) {
        // Glycol of 1039.7 and water of 999.0 kg/m3 at 15.6 deg C.
        double const glycol_kg = row.volume_percent * 1039.7;
        auto const fluid = glycol_properties(glycol_kg / (glycol_kg + (100.0 - row.volume_percent) * 999.0), row.t_C);
        CAPTURE(row.volume_percent, row.t_C);
        CHECK_THAT(fluid.density_kg_per_m3, WithinRel(row.density, 0.0065));
        CHECK_THAT(fluid.cp_J_per_kgK, WithinRel(row.cp, 0.007));
        CHECK_THAT(fluid.conductivity_W_per_mK, WithinRel(row.conductivity, 0.02));
        CHECK_THAT(fluid.viscosity_Pa_s, WithinRel(row.viscosity, 0.06));
    }
}

TEST_CASE("a product of 25 % is thicker than glycol and water alone", "[unit][fluid]")
{
    struct Row {
        double t_C, viscosity;
    };
    // Dow DOWFROST LC 25 data sheet. The general tables are 12 to 17.5 % lower.
    auto const row = GENERATE(Row{20, 2.80e-3}, Row{25, 2.39e-3}, Row{40, 1.58e-3}, Row{50, 1.30e-3});
    double const ratio = glycol_properties(0.25, row.t_C).viscosity_Pa_s / row.viscosity;
    CHECK(ratio > 0.825);
    CHECK(ratio < 0.88);
    // Density, heat and conductivity of the sheet at 40 deg C: -1.2, +1.3 and +2 %.
    auto const at_40 = glycol_properties(0.25, 40.0);
    CHECK_THAT(at_40.density_kg_per_m3 / 1022.5, WithinAbs(0.988, 1e-3));
    CHECK_THAT(at_40.cp_J_per_kgK / 3920.0, WithinAbs(1.013, 1e-3));
    CHECK_THAT(at_40.conductivity_W_per_mK / 0.476, WithinAbs(1.02, 2e-3));
}
