#include "models/cooling/cooling_tower.hpp"

#include "models/base/error.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace aidc {
namespace {

constexpr char const* who = "cooling tower";
constexpr double widen_below_K = 2e-4; // narrower differences of enthalpy are mostly rounding
constexpr double air_curve_low = 0.2;  // lower end of the EnergyPlus air curve
constexpr double ratio_high = 1.05;

// Power over rated power at speed ratio 0, 0.1, ... 1.
constexpr std::array fan_table{0.0,         0.020982275, 0.027843038, 0.046465108, 0.082729139, 0.142515786,
                               0.231705701, 0.356179538, 0.521817952, 0.734501596, 1.0};

double rated_water_W_per_K(TowerRating const& rating) { return rating.heat_W / (rating.water_inlet_C - rating.water_outlet_C); }

double pressure_ratio(CoolingTower const& tower, Air const& outdoors) { return outdoors.pressure_Pa / tower.rating.pressure_Pa; }

double saturated_humidity_ratio_below_boiling(double temperature_C, double pressure_Pa)
{
    double const vapour_Pa = saturation_pressure_Pa(temperature_C);
    if (!(vapour_Pa < pressure_Pa)) {
        throw SolverError(who, "water boils at " + std::to_string(temperature_C) + " deg C and " + std::to_string(pressure_Pa) + " Pa");
    }
    return humidity_ratio_of_vapour(vapour_Pa, pressure_Pa);
}

double saturated_J_per_kg(double temperature_C, double pressure_Pa)
{
    return enthalpy_J_per_kg(temperature_C, saturated_humidity_ratio_below_boiling(temperature_C, pressure_Pa));
}

double air_factor(double x) { return x * (1.3 - 0.3 * x); }

double water_factor(double w) { return 0.1082 + w * (1.667 - 0.7713 * w); }

double fan_factor(TowerFanLaw law, double ratio)
{
    if (law == TowerFanLaw::cubic) {
        return ratio * ratio * ratio;
    }
    double const place = ratio * (fan_table.size() - 1);
    auto const below = std::min(static_cast<std::size_t>(place), fan_table.size() - 2);
    return std::lerp(fan_table[below], fan_table[below + 1], place - static_cast<double>(below));
}

/// d W_sat / dT [1/K] by Clausius-Clapeyron, within 0.5 %: good enough as the slope of Newton's method.
double saturation_slope_per_K(double temperature_C, double humidity_ratio)
{
    constexpr double vapour_J_per_kgK = 461.52;
    constexpr double molar_mass_ratio = 0.621945;
    double const kelvin = temperature_C + 273.15;
    double const latent_J_per_kg = temperature_C < 0.01 ? 2834e3 : vapour_enthalpy_J_per_kg - 2360.0 * temperature_C;
    return humidity_ratio * (1.0 + humidity_ratio / molar_mass_ratio) * latent_J_per_kg / (vapour_J_per_kgK * kelvin * kelvin);
}

/// Temperature of saturated air with h(T) - W_sat(T) h_water = sought. The left side rises and is convex, so that
/// Newton's method converges from any start; from above without overshoot.
double saturated_exit_C(double sought_J_per_kg, double water_J_per_kg, double pressure_Pa, double start_C)
{
    double exit_C = start_C;
    for (int step = 0; step < 60; ++step) {
        double const humidity = saturated_humidity_ratio_below_boiling(exit_C, pressure_Pa);
        double const vapour_J_per_kg = vapour_enthalpy_J_per_kg + vapour_cp_J_per_kgK * exit_C - water_J_per_kg;
        double const excess_J_per_kg = dry_air_cp_J_per_kgK * exit_C + humidity * vapour_J_per_kg - sought_J_per_kg;
        double const correction_K =
            excess_J_per_kg / (moist_cp_J_per_kgK(humidity) + saturation_slope_per_K(exit_C, humidity) * vapour_J_per_kg);
        exit_C -= correction_K;
        if (std::abs(correction_K) <= 1e-10) { // the slope is so near that the next would be below 1e-12 K
            return exit_C;
        }
    }
    throw SolverError(who, "no temperature of saturated air carries the heat; last " + std::to_string(exit_C) + " deg C");
}

} // namespace

TowerRating energyplus_rating(double heat_W)
{
    AIDC_EXPECT(heat_W > 0.0);
    double const nominal_W = heat_W / 1.25;
    TowerRating rating;
    rating.heat_W = heat_W;
    rating.air_kg_per_s = 2.76316e-5 * 1.2 * nominal_W;
    rating.fan_W = 0.0105 * nominal_W;
    return rating;
}

CoolingTower size_tower(TowerRating const& rating, WaterTreatment const& treatment)
{
    AIDC_EXPECT(rating.heat_W > 0.0 && rating.air_kg_per_s > 0.0 && rating.pressure_Pa > 0.0);
    AIDC_EXPECT(rating.water_inlet_C > rating.water_outlet_C && rating.water_outlet_C > rating.wet_bulb_C);
    AIDC_EXPECT(treatment.cycles_of_concentration > 1.0 && treatment.drift_share >= 0.0);
    double const carried_J_per_kg = rating.heat_W / rating.air_kg_per_s;
    double const most_J_per_kg =
        saturated_J_per_kg(rating.water_inlet_C, rating.pressure_Pa) - saturated_J_per_kg(rating.wet_bulb_C, rating.pressure_Pa);
    if (!(carried_J_per_kg < most_J_per_kg)) {
        throw SolverError("cooling tower sizing", "air that leaves at the water inlet carries " + std::to_string(most_J_per_kg)
                                                      + " J/kg, the rating needs " + std::to_string(carried_J_per_kg)
                                                      + "; its air flow is too small");
    }
    double const out_C = saturated_exit_C(saturated_J_per_kg(rating.wet_bulb_C, rating.pressure_Pa) + carried_J_per_kg, 0.0,
                                          rating.pressure_Pa, rating.water_inlet_C);
    double const cp_J_per_kgK = saturated_cp_J_per_kgK(rating.wet_bulb_C, out_C, rating.pressure_Pa);
    double const air_W_per_K = rating.air_kg_per_s * cp_J_per_kgK;
    double const water_W_per_K = rated_water_W_per_K(rating);
    double const least = std::min(air_W_per_K, water_W_per_K);
    double const effectiveness = rating.heat_W / (least * (rating.water_inlet_C - rating.wet_bulb_C));
    double const ua = least * counterflow_ntu(effectiveness, least / std::max(air_W_per_K, water_W_per_K));
    return {.rating = rating, .treatment = treatment, .ua_W_per_K = ua * dry_air_cp_J_per_kgK / cp_J_per_kgK};
}

double saturated_cp_J_per_kgK(double a_C, double b_C, double pressure_Pa)
{
    double const middle_C = 0.5 * (a_C + b_C);
    double const half_K = 0.5 * std::max(std::abs(b_C - a_C), widen_below_K);
    return (saturated_J_per_kg(middle_C + half_K, pressure_Pa) - saturated_J_per_kg(middle_C - half_K, pressure_Pa)) / (2.0 * half_K);
}

double tower_ua_factor(TowerRatios const& ratios, CurveSet& outside)
{
    double const x = bounded(ratios.air, 0.0, ratio_high, Curve::tower_air, outside);
    double const w = bounded(ratios.water, 0.3, ratio_high, Curve::tower_water, outside);
    double const deficit_K = bounded(ratios.wet_bulb_deficit_K, -10.0, 25.0, Curve::tower_air, outside);
    double const air = x < air_curve_low ? air_factor(air_curve_low) * x / air_curve_low : air_factor(x);
    return air * water_factor(w) / water_factor(1.0) * (1.0 + 0.0081 * deficit_K);
}

double tower_air_kg_per_s(CoolingTower const& tower, Air const& outdoors, double fan_ratio)
{
    return tower.rating.air_kg_per_s * std::max(fan_ratio, tower.free_convection) * pressure_ratio(tower, outdoors);
}

double tower_fan_W(CoolingTower const& tower, Air const& outdoors, double fan_ratio)
{
    if (fan_ratio < tower.min_fan_ratio) {
        return 0.0;
    }
    // Thin air loads the fan less: power ~ density at equal speed.
    return tower.rating.fan_W * fan_factor(tower.fan_law, fan_ratio) * pressure_ratio(tower, outdoors);
}

double tower_heat_W(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio, CurveSet& outside)
{
    double const water_W_per_K = water.flow_kg_per_s * water.cp_J_per_kgK;
    double const air_kg_per_s = tower_air_kg_per_s(tower, outdoors, fan_ratio);
    if (water_W_per_K == 0.0 || air_kg_per_s == 0.0) {
        return 0.0;
    }
    double const in_C = outdoors.wet_bulb_C;
    double const in_J_per_kg = saturated_J_per_kg(in_C, outdoors.pressure_Pa);
    double const driving_K = water.inlet_C - in_C;
    TowerRatios const ratios{.air = air_kg_per_s / tower.rating.air_kg_per_s,
                             .water = water_W_per_K / rated_water_W_per_K(tower.rating),
                             .wet_bulb_deficit_K = tower.rating.wet_bulb_C - in_C};
    double const ua_kg_per_s = tower.ua_W_per_K * tower_ua_factor(ratios, outside) / dry_air_cp_J_per_kgK;

    double heat_W = 0.0; // at the outlet tried last; the search ends on its root
    auto const excess_K = [&](double out_C) {
        double const cp_J_per_kgK = std::abs(out_C - in_C) < widen_below_K
                                        ? saturated_cp_J_per_kgK(in_C, out_C, outdoors.pressure_Pa)
                                        : (saturated_J_per_kg(out_C, outdoors.pressure_Pa) - in_J_per_kg) / (out_C - in_C);
        double const air_W_per_K = air_kg_per_s * cp_J_per_kgK;
        double const least = std::min(water_W_per_K, air_W_per_K);
        double const ntu = ua_kg_per_s * cp_J_per_kgK / least;
        heat_W = least * counterflow_effectiveness(ntu, least / std::max(water_W_per_K, air_W_per_K)) * driving_K;
        return heat_W / air_W_per_K - (out_C - in_C);
    };
    // Air leaves between its own wet bulb and the water inlet.
    RootBracket const bracket{.a = in_C, .at_a = excess_K(in_C), .b = water.inlet_C, .at_b = excess_K(water.inlet_C)};
    secant_root(excess_K, bracket, 1e-12, who);
    return heat_W;
}

TowerResult after_tower(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio, double heat_W)
{
    double const water_W_per_K = water.flow_kg_per_s * water.cp_J_per_kgK;
    double const air_kg_per_s = tower_air_kg_per_s(tower, outdoors, fan_ratio);
    TowerResult result{.heat_W = heat_W,
                       .water_outlet_C = water.inlet_C,
                       .air_out_C = outdoors.dry_bulb_C,
                       .air_out_humidity_ratio = outdoors.humidity_ratio,
                       .fan_W = tower_fan_W(tower, outdoors, fan_ratio)};
    if (water_W_per_K == 0.0 || air_kg_per_s == 0.0) {
        return result;
    }
    result.water_outlet_C = water.inlet_C - heat_W / water_W_per_K;
    double const water_J_per_kg = evaporating_water_cp_J_per_kgK * result.water_outlet_C;
    double const in_J_per_kg = enthalpy_J_per_kg(outdoors.dry_bulb_C, outdoors.humidity_ratio);
    double const sought_J_per_kg = heat_W / air_kg_per_s + in_J_per_kg - outdoors.humidity_ratio * water_J_per_kg;
    result.air_out_C =
        saturated_exit_C(sought_J_per_kg, water_J_per_kg, outdoors.pressure_Pa, std::max(water.inlet_C, outdoors.wet_bulb_C));
    // Saturated, written as the balance of enthalpy: it closes whatever the rounding of the temperature.
    result.air_out_humidity_ratio = (sought_J_per_kg - dry_air_cp_J_per_kgK * result.air_out_C)
                                    / (vapour_enthalpy_J_per_kg + vapour_cp_J_per_kgK * result.air_out_C - water_J_per_kg);

    result.evaporated_kg_per_s = air_kg_per_s * (result.air_out_humidity_ratio - outdoors.humidity_ratio);
    result.drift_kg_per_s = tower.treatment.drift_share * water.flow_kg_per_s;
    double const wanted_kg_per_s = result.evaporated_kg_per_s / (tower.treatment.cycles_of_concentration - 1.0) - result.drift_kg_per_s;
    result.blowdown_kg_per_s = std::max({0.0, wanted_kg_per_s, -(result.evaporated_kg_per_s + result.drift_kg_per_s)});
    result.make_up_kg_per_s = result.evaporated_kg_per_s + result.drift_kg_per_s + result.blowdown_kg_per_s;
    result.air_side_W = air_kg_per_s * (enthalpy_J_per_kg(result.air_out_C, result.air_out_humidity_ratio) - in_J_per_kg)
                        - result.evaporated_kg_per_s * water_J_per_kg;
    return result;
}

TowerResult solve_tower(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio)
{
    AIDC_EXPECT(fan_ratio >= 0.0 && fan_ratio <= 1.0 && water.flow_kg_per_s >= 0.0);
    CurveSet outside;
    double const heat_W = tower_heat_W(tower, outdoors, water, fan_ratio, outside);
    TowerResult result = after_tower(tower, outdoors, water, fan_ratio, heat_W);
    result.outside = outside;
    return result;
}

} // namespace aidc
