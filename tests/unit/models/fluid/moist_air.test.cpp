#include "models/fluid/moist_air.hpp"

#include "tests/catch.hpp"

using namespace aidc;

TEST_CASE("saturation pressure follows ASHRAE over ice and water", "[unit][moist_air]")
{
    struct Row {
        double t_C, p_Pa;
    };
    // ASHRAE Fundamentals 2017, ch. 1, table 3 (by the psychrolib tests).
    auto const row =
        GENERATE(Row{-20, 103.24}, Row{-5, 401.74}, Row{5, 872.6}, Row{25, 3169.7}, Row{50, 12351.3}, Row{100, 101418}, Row{150, 476101.4});
    CHECK_THAT(saturation_pressure_Pa(row.t_C), WithinRel(row.p_Pa, 3e-4));
}

TEST_CASE("saturated humidity ratio and enthalpy follow ASHRAE", "[unit][moist_air]")
{
    struct Row {
        double t_C, ratio, h_J_per_kg, tolerance, h_tolerance;
    };
    // ASHRAE Fundamentals 2017, ch. 1, table 2; the rest is the enhancement factor, which is not modelled.
    auto const row =
        GENERATE(Row{-20, 0.0006373, -18542, 0.01, 0.01}, Row{-5, 0.0024863, 1164, 0.005, 0.03}, Row{5, 0.005425, 18639, 0.005, 0.01},
                 Row{25, 0.020173, 76504, 0.005, 0.01}, Row{50, 0.086863, 275353, 0.01, 0.01}, Row{85, 0.838105, 2307539, 0.02, 0.02});
    double const ratio = saturation_humidity_ratio(row.t_C, 101325.0);
    CHECK_THAT(ratio, WithinRel(row.ratio, row.tolerance));
    CHECK_THAT(enthalpy_J_per_kg(row.t_C, ratio), WithinRel(row.h_J_per_kg, row.h_tolerance));
}

TEST_CASE("pressure falls with altitude as the standard atmosphere", "[unit][moist_air]")
{
    // ASHRAE Fundamentals 2017, ch. 1, table 1.
    CHECK_THAT(pressure_at_altitude_Pa(-500.0), WithinRel(107478.0, 1e-3));
    CHECK(pressure_at_altitude_Pa(0.0) == 101325.0);
    CHECK_THAT(pressure_at_altitude_Pa(500.0), WithinRel(95461.0, 1e-3));
    CHECK_THAT(pressure_at_altitude_Pa(1000.0), WithinRel(89875.0, 1e-3));
    CHECK_THAT(pressure_at_altitude_Pa(4000.0), WithinRel(61640.0, 1e-3));
}

TEST_CASE("the exact wet bulb agrees with another program", "[unit][moist_air]")
{
    struct Row {
        double rh, wet_C;
    };
    // Modelica Buildings reference result, exact model, dry bulb 29.4 deg C at 101325 Pa.
    auto const row = GENERATE(Row{0.0, 10.26266}, Row{0.05, 11.61193}, Row{0.2, 15.31753}, Row{0.4, 19.59673}, Row{0.6, 23.28762},
                              Row{0.8, 26.52349}, Row{0.95, 28.71038}, Row{1.0, 29.39999});
    CHECK_THAT(air_from_relative_humidity(29.4, row.rh, 101325.0).wet_bulb_C, WithinAbs(row.wet_C, 0.007));
}

TEST_CASE("humidity ratio of a wet bulb agrees above and below freezing", "[unit][moist_air]")
{
    // psychrolib tests (Excel), p = 95461 Pa.
    CHECK_THAT(humidity_ratio_of_wet_bulb(30.0, 25.0, 95461.0), WithinRel(0.01922813, 3e-4));
    CHECK_THAT(humidity_ratio_of_wet_bulb(-1.0, -5.0, 95461.0), WithinRel(0.001203998, 3e-4));
}

TEST_CASE("a published state has the published wet bulb, dew point and enthalpy", "[unit][moist_air]")
{
    // ASHRAE Fundamentals 2017, ch. 1, example 1: 40 deg C, wet bulb 20 deg C, 101325 Pa.
    auto const air = air_from_wet_bulb(40.0, 20.0, 101325.0);
    CHECK_THAT(air.humidity_ratio, WithinAbs(0.0065, 1e-4));
    CHECK_THAT(air.dew_point_C, WithinAbs(7.0, 0.5));
    CHECK_THAT(enthalpy_J_per_kg(40.0, air.humidity_ratio), WithinAbs(56700.0, 200.0));
    // psychrolib tests: 7 deg C, 61 %, 100 kPa.
    CHECK_THAT(air_from_relative_humidity(7.0, 0.61, 100000.0).wet_bulb_C, WithinRel(3.926674, 1e-3));
    // Ananthanarayanan 2013, ex. 17.1, as quoted in Modelica Buildings.
    CHECK_THAT(air_from_relative_humidity(29.4, 0.48, 101325.0).wet_bulb_C, WithinAbs(21.1, 0.1));
}

TEST_CASE("the three ways to a state agree", "[unit][moist_air]")
{
    auto const t_C = GENERATE(-25.0, -3.0, 0.0, 4.0, 7.0, 21.0, 44.0);
    auto const rh = GENERATE(0.02, 0.3, 0.61, 0.95);
    auto const p_Pa = GENERATE(84000.0, 101325.0);
    auto const air = air_from_relative_humidity(t_C, rh, p_Pa);
    CHECK_THAT(air_from_wet_bulb(t_C, air.wet_bulb_C, p_Pa).humidity_ratio, WithinAbs(air.humidity_ratio, 1e-9));
    CHECK(air_from_humidity_ratio(t_C, air.humidity_ratio, p_Pa).wet_bulb_C == air.wet_bulb_C);
    CHECK_THAT(saturation_humidity_ratio(air.dew_point_C, p_Pa), WithinRel(air.humidity_ratio, 1e-6));
    CHECK(air.dew_point_C <= air.wet_bulb_C);
    CHECK(air.wet_bulb_C <= air.dry_bulb_C);
    CHECK_THAT(vapour_pressure_Pa(air.humidity_ratio, p_Pa), WithinRel(rh * saturation_pressure_Pa(t_C), 1e-12));
}

TEST_CASE("saturated air has one temperature, dry air the coldest dew point", "[unit][moist_air]")
{
    auto const wet = air_from_relative_humidity(25.0, 1.0, 101325.0);
    CHECK_THAT(wet.wet_bulb_C, WithinAbs(25.0, 1e-9));
    CHECK_THAT(wet.dew_point_C, WithinAbs(25.0, 1e-6));
    CHECK(air_from_relative_humidity(25.0, 0.0, 101325.0).dew_point_C == -100.0);
}

TEST_CASE("moist heat capacity counts the vapour", "[unit][moist_air]")
{
    CHECK(moist_cp_J_per_kgK(0.0) == 1006.0);
    CHECK_THAT(moist_cp_J_per_kgK(0.01), WithinAbs(1006.0 + 18.6, 1e-9)); // hand calculation
}
