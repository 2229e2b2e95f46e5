#include "models/cooling/dry_cooler.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double ice_margin_C = 1.0;

double rated_water_W_per_K(DryCoolerRating const& rating) { return rating.heat_W / (rating.water_inlet_C - rating.water_outlet_C); }

} // namespace

double coil_water_temperature_factor(double temperature_C, double rated_C)
{
    double const slope = 0.014 / (1.0 + 0.014 * rated_C);
    // Far below the range of the fit the line would cross zero.
    return std::max(0.1, 1.0 + slope * (temperature_C - rated_C));
}

double coil_air_temperature_factor(double temperature_C, double rated_C)
{
    return std::max(0.1, 1.0 + 7.8532e-4 * (temperature_C - rated_C));
}

DryCooler size_dry_cooler(DryCoolerRating const& rating, AdiabaticPads const& pads)
{
    AIDC_EXPECT(rating.heat_W > 0.0 && rating.air_kg_per_s > 0.0);
    AIDC_EXPECT(rating.water_inlet_C > rating.water_outlet_C && rating.water_inlet_C > rating.air_inlet_C);
    AIDC_EXPECT(pads.effectiveness >= 0.0 && pads.effectiveness <= 1.0 && pads.cycles_of_concentration > 1.0);
    double const water_W_per_K = rated_water_W_per_K(rating);
    double const air_W_per_K = rating.air_kg_per_s * dry_air_cp_J_per_kgK;
    double const least = std::min(water_W_per_K, air_W_per_K);
    double const effectiveness = rating.heat_W / (least * (rating.water_inlet_C - rating.air_inlet_C));
    if (!(effectiveness < 1.0)) {
        throw SolverError("dry cooler sizing",
                          "the rating needs an effectiveness of " + std::to_string(effectiveness) + "; its air flow is too small");
    }
    double const ua = least * crossflow_ntu(effectiveness, least / std::max(water_W_per_K, air_W_per_K));
    return {.rating = rating, .pads = pads, .films = split_conductance(ua, 1.0 / rating.air_over_water_film)};
}

bool next_pads_on(AdiabaticPads const& pads, Air const& outdoors, bool on_before)
{
    if (pads.effectiveness == 0.0 || outdoors.wet_bulb_C < ice_margin_C) {
        return false;
    }
    double const threshold_C = on_before ? pads.switch_dry_bulb_C - pads.hysteresis_K : pads.switch_dry_bulb_C;
    return outdoors.dry_bulb_C > threshold_C;
}

EnteringAir entering_air(DryCooler const& cooler, Air const& outdoors, bool pads_on)
{
    EnteringAir air{.temperature_C = outdoors.dry_bulb_C,
                    .humidity_ratio = outdoors.humidity_ratio,
                    .full_speed_kg_per_s = cooler.rating.air_kg_per_s * outdoors.pressure_Pa / cooler.rating.pressure_Pa,
                    .outdoor_humidity_ratio = outdoors.humidity_ratio,
                    .outdoor_J_per_kg = enthalpy_J_per_kg(outdoors.dry_bulb_C, outdoors.humidity_ratio),
                    .pad_water_J_per_kg = 0.0};
    if (pads_on) {
        AIDC_EXPECT(outdoors.wet_bulb_C >= 0.0);
        double const depression_K = outdoors.dry_bulb_C - outdoors.wet_bulb_C;
        air.temperature_C = outdoors.dry_bulb_C - cooler.pads.effectiveness * depression_K;
        air.pad_water_J_per_kg = evaporating_water_cp_J_per_kgK * outdoors.wet_bulb_C;
        // The wet-bulb line as a balance of enthalpy: exact whatever the rounding of the wet bulb.
        air.humidity_ratio =
            (air.outdoor_J_per_kg - outdoors.humidity_ratio * air.pad_water_J_per_kg - dry_air_cp_J_per_kgK * air.temperature_C)
            / (vapour_enthalpy_J_per_kg + vapour_cp_J_per_kgK * air.temperature_C - air.pad_water_J_per_kg);
    }
    return air;
}

double air_flow_kg_per_s(DryCooler const& cooler, EnteringAir const& air, double fan_ratio)
{
    return air.full_speed_kg_per_s * std::max(fan_ratio, cooler.free_convection);
}

double fan_power_W(DryCooler const& cooler, EnteringAir const& air, double fan_ratio)
{
    if (fan_ratio < cooler.min_fan_ratio) {
        return 0.0;
    }
    // Thin air loads the fan less: power ~ density at equal speed.
    double const density_ratio = air.full_speed_kg_per_s / cooler.rating.air_kg_per_s;
    return cooler.rating.fan_W * density_ratio * fan_ratio * fan_ratio * fan_ratio;
}

double cooler_heat_W(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio)
{
    double const water_W_per_K = water.flow_kg_per_s * water.cp_J_per_kgK;
    if (water_W_per_K == 0.0) {
        return 0.0;
    }
    double const air_kg_per_s = air_flow_kg_per_s(cooler, air, fan_ratio);
    double const air_W_per_K = air_kg_per_s * moist_cp_J_per_kgK(air.humidity_ratio);
    double const water_film = cooler.films.hot_W_per_K
                              * regularised_power(water_W_per_K / rated_water_W_per_K(cooler.rating), coil_water_exponent)
                              * coil_water_temperature_factor(water.inlet_C, cooler.rating.water_inlet_C);
    double const air_film = cooler.films.cold_W_per_K * regularised_power(air_kg_per_s / cooler.rating.air_kg_per_s, coil_air_exponent)
                            * coil_air_temperature_factor(air.temperature_C, cooler.rating.air_inlet_C);
    double const least = std::min(water_W_per_K, air_W_per_K);
    double const ntu = series_conductance_W_per_K(water_film, air_film) / least;
    return least * crossflow_effectiveness(ntu, least / std::max(water_W_per_K, air_W_per_K)) * (water.inlet_C - air.temperature_C);
}

DryCoolerResult after_cooler(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio, double heat_W)
{
    double const air_kg_per_s = air_flow_kg_per_s(cooler, air, fan_ratio);
    double const water_W_per_K = water.flow_kg_per_s * water.cp_J_per_kgK;
    double const air_out_C = air.temperature_C + heat_W / (air_kg_per_s * moist_cp_J_per_kgK(air.humidity_ratio));
    double const evaporated_kg_per_s = air_kg_per_s * (air.humidity_ratio - air.outdoor_humidity_ratio);
    double const gained_J_per_kg = enthalpy_J_per_kg(air_out_C, air.humidity_ratio) - air.outdoor_J_per_kg;
    return {.heat_W = heat_W,
            .water_outlet_C = water_W_per_K == 0.0 ? water.inlet_C : water.inlet_C - heat_W / water_W_per_K,
            .air_out_C = air_out_C,
            .air_out_humidity_ratio = air.humidity_ratio,
            .fan_W = fan_power_W(cooler, air, fan_ratio),
            .evaporated_kg_per_s = evaporated_kg_per_s,
            .bleed_kg_per_s = evaporated_kg_per_s / (cooler.pads.cycles_of_concentration - 1.0),
            .air_side_W = air_kg_per_s * gained_J_per_kg - evaporated_kg_per_s * air.pad_water_J_per_kg};
}

DryCoolerResult solve_dry_cooler(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio)
{
    AIDC_EXPECT(fan_ratio >= 0.0 && fan_ratio <= 1.0 && water.flow_kg_per_s >= 0.0);
    return after_cooler(cooler, air, water, fan_ratio, cooler_heat_W(cooler, air, water, fan_ratio));
}

} // namespace aidc
