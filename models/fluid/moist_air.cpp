#include "models/fluid/moist_air.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double molar_mass_ratio = 0.621945; // water to dry air (ASHRAE Fundamentals 2017, ch. 1)
constexpr double kelvin_at_0_C = 273.15;
constexpr double triple_point_C = 0.01;
constexpr double coldest_C = -100.0; // lower end of the ice branch
constexpr double root_tolerance_K = 1e-9;

} // namespace

double saturation_pressure_Pa(double temperature_C)
{
    double const t = temperature_C + kelvin_at_0_C;
    AIDC_EXPECT(t > 0.0);
    if (temperature_C < triple_point_C) {
        return std::exp(-5.6745359e3 / t + 6.3925247 - 9.677843e-3 * t + 6.2215701e-7 * t * t + 2.0747825e-9 * t * t * t
                        - 9.484024e-13 * t * t * t * t + 4.1635019 * std::log(t));
    }
    return std::exp(-5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t - 1.4452093e-8 * t * t * t
                    + 6.5459673 * std::log(t));
}

double pressure_at_altitude_Pa(double altitude_m)
{
    AIDC_EXPECT(altitude_m < 40000.0);
    return standard_pressure_Pa * std::pow(1.0 - 2.25577e-5 * altitude_m, 5.2559);
}

double humidity_ratio_of_vapour(double vapour_Pa, double pressure_Pa)
{
    AIDC_EXPECT(vapour_Pa >= 0.0 && vapour_Pa < pressure_Pa);
    return molar_mass_ratio * vapour_Pa / (pressure_Pa - vapour_Pa);
}

double saturation_humidity_ratio(double temperature_C, double pressure_Pa)
{
    return humidity_ratio_of_vapour(saturation_pressure_Pa(temperature_C), pressure_Pa);
}

double vapour_pressure_Pa(double humidity_ratio, double pressure_Pa)
{
    return pressure_Pa * humidity_ratio / (molar_mass_ratio + humidity_ratio);
}

double enthalpy_J_per_kg(double dry_bulb_C, double humidity_ratio)
{
    return dry_air_cp_J_per_kgK * dry_bulb_C + humidity_ratio * (vapour_enthalpy_J_per_kg + vapour_cp_J_per_kgK * dry_bulb_C);
}

double moist_cp_J_per_kgK(double humidity_ratio) { return dry_air_cp_J_per_kgK + vapour_cp_J_per_kgK * humidity_ratio; }

double dew_point_C(double humidity_ratio, double pressure_Pa)
{
    double const vapour_Pa = vapour_pressure_Pa(humidity_ratio, pressure_Pa);
    if (vapour_Pa <= saturation_pressure_Pa(coldest_C)) {
        return coldest_C;
    }
    // In the logarithm the law is almost straight, so the root search is short.
    double const sought = std::log(vapour_Pa);
    auto const excess = [sought](double t_C) { return std::log(saturation_pressure_Pa(t_C)) - sought; };
    return bracketed_root(excess, coldest_C, 200.0, root_tolerance_K, "dew point");
}

double humidity_ratio_of_wet_bulb(double dry_bulb_C, double wet_bulb_C, double pressure_Pa)
{
    AIDC_EXPECT(wet_bulb_C <= dry_bulb_C);
    double const saturated = saturation_humidity_ratio(wet_bulb_C, pressure_Pa);
    double const depression_K = dry_bulb_C - wet_bulb_C;
    if (wet_bulb_C < 0.0) {
        return ((2830e3 - 240.0 * wet_bulb_C) * saturated - dry_air_cp_J_per_kgK * depression_K)
               / (2830e3 + vapour_cp_J_per_kgK * dry_bulb_C - 2100.0 * wet_bulb_C);
    }
    double const evaporation_J_per_kg = vapour_enthalpy_J_per_kg - (evaporating_water_cp_J_per_kgK - vapour_cp_J_per_kgK) * wet_bulb_C;
    return (evaporation_J_per_kg * saturated - dry_air_cp_J_per_kgK * depression_K)
           / (vapour_enthalpy_J_per_kg + vapour_cp_J_per_kgK * dry_bulb_C - evaporating_water_cp_J_per_kgK * wet_bulb_C);
}

double wet_bulb_C(double dry_bulb_C, double humidity_ratio, double pressure_Pa)
{
    AIDC_EXPECT(humidity_ratio >= 0.0);
    if (humidity_ratio >= saturation_humidity_ratio(dry_bulb_C, pressure_Pa)) {
        return dry_bulb_C;
    }
    auto const excess = [&](double t_C) { return humidity_ratio_of_wet_bulb(dry_bulb_C, t_C, pressure_Pa) - humidity_ratio; };
    if (dry_bulb_C > 0.0 && excess(0.0) <= 0.0) {
        return bracketed_root(excess, 0.0, dry_bulb_C, root_tolerance_K, "wet bulb");
    }
    double const below_ice_C = std::min(dry_bulb_C, -1e-12);
    return bracketed_root(excess, std::min(coldest_C, dry_bulb_C - 1.0), below_ice_C, root_tolerance_K, "wet bulb");
}

Air air_from_humidity_ratio(double dry_bulb_C, double humidity_ratio, double pressure_Pa)
{
    double const wet_C = wet_bulb_C(dry_bulb_C, humidity_ratio, pressure_Pa);
    return {.dry_bulb_C = dry_bulb_C,
            .wet_bulb_C = wet_C,
            .dew_point_C = std::min(dew_point_C(humidity_ratio, pressure_Pa), wet_C),
            .humidity_ratio = humidity_ratio,
            .pressure_Pa = pressure_Pa};
}

Air air_from_relative_humidity(double dry_bulb_C, double relative_humidity, double pressure_Pa)
{
    AIDC_EXPECT(relative_humidity >= 0.0 && relative_humidity <= 1.0);
    double const vapour_Pa = relative_humidity * saturation_pressure_Pa(dry_bulb_C);
    return air_from_humidity_ratio(dry_bulb_C, humidity_ratio_of_vapour(vapour_Pa, pressure_Pa), pressure_Pa);
}

Air air_from_wet_bulb(double dry_bulb_C, double wet_bulb_C, double pressure_Pa)
{
    double const ratio = humidity_ratio_of_wet_bulb(dry_bulb_C, wet_bulb_C, pressure_Pa);
    AIDC_EXPECT(ratio >= 0.0);
    return {.dry_bulb_C = dry_bulb_C,
            .wet_bulb_C = wet_bulb_C,
            .dew_point_C = std::min(dew_point_C(ratio, pressure_Pa), wet_bulb_C),
            .humidity_ratio = ratio,
            .pressure_Pa = pressure_Pa};
}

} // namespace aidc
