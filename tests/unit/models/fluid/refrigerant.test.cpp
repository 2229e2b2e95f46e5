#include "models/fluid/refrigerant.hpp"

#include "tests/catch.hpp"

#include <array>

using namespace aidc;

TEST_CASE("saturation returns its table", "[unit][fluid]")
{
    struct Row {
        Refrigerant refrigerant;
        double t_C, pressure_kPa, liquid, vapour, latent_kJ_per_kg;
    };
    // Equations of state with CoolProp's coefficients, Maxwell construction.
    constexpr std::array rows{
        Row{Refrigerant::r134a, 0, 292.803, 1294.78, 14.4282, 198.604},
        Row{Refrigerant::r134a, 20, 571.707, 1225.33, 27.7803, 182.281},
        Row{Refrigerant::r134a, 50, 1317.91, 1102.31, 66.2716, 151.814},
        Row{Refrigerant::r134a, 70, 2116.83, 996.248, 115.572, 124.367},
        Row{Refrigerant::r1233zd_e, 0, 48.5135, 1321.31, 2.85664, 202.824},
        Row{Refrigerant::r1233zd_e, 20, 108.66, 1274.92, 6.08235, 193.385},
        Row{Refrigerant::r1233zd_e, 50, 293.884, 1199.94, 15.6632, 177.544},
        Row{Refrigerant::r1233zd_e, 70, 511.957, 1144.78, 26.9622, 165.259},
        Row{Refrigerant::r1234ze_e, 0, 216.55, 1240.12, 11.7144, 184.18},
        Row{Refrigerant::r1234ze_e, 20, 427.343, 1179.26, 22.607, 170.626},
        Row{Refrigerant::r1234ze_e, 50, 997.223, 1073.82, 53.5377, 145.686},
        Row{Refrigerant::r1234ze_e, 70, 1610.97, 986.223, 91.5632, 123.843},
        Row{Refrigerant::r245fa, 0, 53.2734, 1403.9, 3.23134, 204.719},
        Row{Refrigerant::r245fa, 20, 123.06, 1351.92, 7.11206, 194.044},
        Row{Refrigerant::r245fa, 50, 344.209, 1267.49, 19.0455, 175.931},
        Row{Refrigerant::r245fa, 70, 609.332, 1204.71, 33.5162, 161.801},
        Row{Refrigerant::novec_649, 0, 12.4632, 1675.28, 1.75933, 101.582},
        Row{Refrigerant::novec_649, 20, 32.5868, 1617.21, 4.35022, 96.2127},
        Row{Refrigerant::novec_649, 50, 104.704, 1523.87, 13.1866, 87.6634},
        Row{Refrigerant::novec_649, 70, 198.744, 1455.59, 24.5606, 81.3727},
        Row{Refrigerant::ammonia, 0, 429.248, 638.638, 3.45601, 1261.77},
        Row{Refrigerant::ammonia, 20, 857.04, 610.387, 6.69795, 1186.3},
        Row{Refrigerant::ammonia, 50, 2032.97, 562.988, 15.7746, 1050.95},
        Row{Refrigerant::ammonia, 70, 3312.49, 526.343, 26.4042, 939.294},
    };
    for (auto const& row : rows) {
        CurveSet outside;
        auto const at = saturation(row.refrigerant, row.t_C, outside);
        CAPTURE(static_cast<int>(row.refrigerant), row.t_C);
        CHECK_THAT(at.pressure_Pa, WithinRel(1e3 * row.pressure_kPa, 1e-12));
        CHECK_THAT(at.liquid_kg_per_m3, WithinRel(row.liquid, 1e-12));
        CHECK_THAT(at.vapour_kg_per_m3, WithinRel(row.vapour, 1e-12));
        CHECK_THAT(at.latent_J_per_kg, WithinRel(1e3 * row.latent_kJ_per_kg, 1e-12));
        CHECK_THAT(saturation_temperature_C(row.refrigerant, at.pressure_Pa, outside), WithinAbs(row.t_C, 1e-9));
        CHECK(outside.empty());
    }
}

TEST_CASE("half-way between the rows saturation stays near the equations of state", "[unit][fluid]")
{
    struct Row {
        Refrigerant refrigerant;
        double t_C, pressure_kPa, liquid, vapour, latent_kJ_per_kg;
    };
    // The same equations of state (Tillner-Roth and Baehr 1994; Thol and Lemmon 2016; Akasaka et al. 2015; McLinden et al. 2015), solved
    // at these temperatures by a Maxwell construction of another program.
    constexpr std::array rows{
        Row{Refrigerant::r134a, 25, 665.381, 1206.71, 32.3500, 177.788},
        Row{Refrigerant::r134a, 45, 1159.924, 1125.05, 57.6572, 157.576},
        Row{Refrigerant::r134a, 65, 1889.822, 1025.64, 100.3980, 132.056},
        Row{Refrigerant::r1234ze_e, 25, 498.448, 1163.11, 26.3164, 166.927},
        Row{Refrigerant::r1234ze_e, 45, 876.029, 1093.08, 46.6853, 150.371},
        Row{Refrigerant::r1234ze_e, 65, 1436.274, 1010.13, 80.0801, 129.879},
        Row{Refrigerant::r245fa, 25, 148.581, 1338.46, 8.5033, 191.225},
        Row{Refrigerant::r245fa, 45, 294.578, 1282.25, 16.3743, 179.172},
        Row{Refrigerant::r245fa, 65, 532.062, 1221.04, 29.2504, 165.529},
        Row{Refrigerant::novec_649, 25, 40.404, 1602.24, 5.3298, 94.840},
        Row{Refrigerant::novec_649, 45, 87.837, 1540.08, 11.1443, 89.149},
        Row{Refrigerant::novec_649, 65, 170.775, 1473.23, 21.1687, 83.005},
    };
    for (auto const& row : rows) {
        CurveSet outside;
        auto const at = saturation(row.refrigerant, row.t_C, outside);
        CAPTURE(static_cast<int>(row.refrigerant), row.t_C);
        CHECK_THAT(at.pressure_Pa, WithinRel(1e3 * row.pressure_kPa, 1.2e-3));
        CHECK_THAT(at.liquid_kg_per_m3, WithinRel(row.liquid, 2e-4));
        CHECK_THAT(at.vapour_kg_per_m3, WithinRel(row.vapour, 6e-4));
        CHECK_THAT(at.latent_J_per_kg, WithinRel(1e3 * row.latent_kJ_per_kg, 4e-4));
        CHECK_THAT(saturation_temperature_C(row.refrigerant, 1e3 * row.pressure_kPa, outside), WithinAbs(row.t_C, 0.04));
    }
}

TEST_CASE("saturation obeys Clausius and Clapeyron", "[unit][fluid]")
{
    auto const refrigerant = refrigerant_names[GENERATE(range(std::size_t{0}, refrigerant_names.size()))].second;
    // dp/dT = h/(T (1/rho'' - 1/rho')): within 0.3 % in the middle of a step, 1 % where two of them meet.
    for (int tenths = 1; tenths < 700; tenths += 7) {
        CurveSet outside;
        double const t_C = 0.1 * tenths;
        auto const at = saturation(refrigerant, t_C, outside);
        double const rise_Pa =
            saturation(refrigerant, t_C + 0.01, outside).pressure_Pa - saturation(refrigerant, t_C - 0.01, outside).pressure_Pa;
        double const volume_m3_per_kg = 1.0 / at.vapour_kg_per_m3 - 1.0 / at.liquid_kg_per_m3;
        bool const inside = tenths % 100 >= 40 && tenths % 100 <= 60;
        CAPTURE(static_cast<int>(refrigerant), t_C);
        CHECK_THAT(rise_Pa / 0.02, WithinRel(at.latent_J_per_kg / ((t_C + 273.15) * volume_m3_per_kg), inside ? 3e-3 : 0.01));
    }
}

TEST_CASE("the boiling temperature is the inverse of the pressure", "[unit][fluid]")
{
    auto const refrigerant = refrigerant_names[GENERATE(range(std::size_t{0}, refrigerant_names.size()))].second;
    auto const t_C = GENERATE(0.0, 0.4, 9.99, 10.0, 33.3, 47.0, 69.9, 70.0);
    CurveSet outside;
    CHECK_THAT(saturation_temperature_C(refrigerant, saturation(refrigerant, t_C, outside).pressure_Pa, outside), WithinAbs(t_C, 1e-9));
    CHECK(outside.empty());
}

TEST_CASE("outside the saturation table its end is used and reported", "[unit][fluid]")
{
    CurveSet none;
    auto const end = saturation(Refrigerant::r1233zd_e, 70.0, none);
    CHECK(none.empty());
    CurveSet outside;
    CHECK(saturation(Refrigerant::r1233zd_e, 75.0, outside).pressure_Pa == end.pressure_Pa);
    CHECK(outside.contains(Curve::refrigerant));
    CurveSet low;
    CHECK_THAT(saturation_temperature_C(Refrigerant::r1233zd_e, 20e3, low), WithinAbs(0.0, 1e-9));
    CHECK(low.contains(Curve::refrigerant));
}

TEST_CASE("Novec 649 boils at 49 degrees at sea level", "[unit][fluid]")
{
    // 3M data sheet: 49 deg C; vapour pressure 40.4 kPa at 25 deg C.
    CurveSet outside;
    CHECK_THAT(saturation_temperature_C(Refrigerant::novec_649, 101325.0, outside), WithinAbs(49.0, 0.3));
    CHECK_THAT(saturation(Refrigerant::novec_649, 25.0, outside).pressure_Pa, WithinRel(40.4e3, 2e-3));
}

TEST_CASE("the specific heat of liquid R134a is that of the tables", "[unit][fluid]")
{
    // Mechanical Engineers' Handbook, vol. 4, table 14: 1.4948 kJ/(kg K) at 10 bar (39.41 deg C).
    CHECK_THAT(liquid_cp_J_per_kgK(Refrigerant::r134a), WithinRel(1494.8, 3e-3));
}
