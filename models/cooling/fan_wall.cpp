#include "models/cooling/fan_wall.hpp"

#include "models/base/error.hpp"
#include "models/cooling/dry_cooler.hpp"
#include "models/fluid/moist_air.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace aidc {
namespace {

double water_W_per_K(FanWallRating const& rating) { return rating.heat_W / (rating.water_outlet_C - rating.water_inlet_C); }

} // namespace

FanWall size_fan_wall(FanWallRating const& rating)
{
    AIDC_EXPECT(rating.heat_W > 0.0 && rating.air_kg_per_s > 0.0);
    AIDC_EXPECT(rating.water_outlet_C > rating.water_inlet_C && rating.air_return_C > rating.water_inlet_C);
    double const water = water_W_per_K(rating);
    double const air = rating.air_kg_per_s * dry_air_cp_J_per_kgK;
    double const least = std::min(water, air);
    double const effectiveness = rating.heat_W / (least * (rating.air_return_C - rating.water_inlet_C));
    if (!(effectiveness < 1.0)) {
        throw SolverError("fan wall sizing",
                          "the rating needs an effectiveness of " + std::to_string(effectiveness) + "; its return air is too cold");
    }
    double const ua = least * crossflow_ntu(effectiveness, least / std::max(water, air));
    // The supply set point defaults to what the rating delivers.
    double const supply_C = rating.air_return_C - (rating.heat_W - rating.fan_W) / air;
    return {.rating = rating, .supply_air_set_point_C = supply_C, .films = split_conductance(ua, rating.air_over_water_film)};
}

FanWallResult solve_fan_wall(FanWall const& wall, double heat_W, double water_inlet_C)
{
    AIDC_EXPECT(heat_W >= 0.0);
    FanWallRating const& rating = wall.rating;
    if (heat_W == 0.0) {
        return {.air_supply_C = wall.supply_air_set_point_C, .air_return_C = wall.supply_air_set_point_C};
    }
    double const ratio = std::clamp(heat_W / rating.heat_W, wall.min_fan_ratio, 1.0);
    double const fan_W = rating.fan_W * ratio * ratio * ratio;
    double const air = ratio * rating.air_kg_per_s * dry_air_cp_J_per_kgK;
    double const water = water_W_per_K(rating);
    double const ua =
        series_conductance_W_per_K(wall.films.hot_W_per_K * regularised_power(ratio, coil_air_exponent), wall.films.cold_W_per_K);
    double const least = std::min(water, air);
    double const open_W_per_K = least * crossflow_effectiveness(ua / least, least / std::max(water, air));
    double const coldest_return_C = water_inlet_C + (heat_W + fan_W) / open_W_per_K;
    double const return_C = std::max(coldest_return_C, wall.supply_air_set_point_C + heat_W / air);
    // Draw-through: the fans sit behind the coil and warm the supply.
    double const off_coil_C = return_C - (heat_W + fan_W) / air;
    return {.fan_ratio = ratio,
            .fan_W = fan_W,
            .air_supply_C = off_coil_C + fan_W / air,
            .air_return_C = return_C,
            .heat_to_water_W = air * (return_C - off_coil_C)};
}

} // namespace aidc
