#pragma once
/// \file
/// Fan wall (or CRAH) that carries the heat which stays in the air of a hall to chilled water.

#include "models/cooling/heat_exchanger.hpp"

namespace aidc {

/// Rating of a fan wall, or of the equal units of a pod taken as one. Defaults: Vertiv FA069HC.
struct FanWallRating {
    double heat_W{252.4e3};          ///< Sensible heat at the coil [W], > 0
    double water_inlet_C{18.0};      ///< Chilled water supply [deg C]
    double water_outlet_C{25.0};     ///< Chilled water return [deg C]
    double air_return_C{36.0};       ///< Hall air into the coil [deg C], above the water; not on the sheet [J]
    double air_kg_per_s{23.0};       ///< Air at full speed [kg/s]; 40,600 CFM at 1.2 kg/m3
    double fan_W{15.0e3};            ///< Electric power of the fans at full speed [W], >= 0
    double air_over_water_film{0.5}; ///< hA_air / hA_water [-]; 0.5...0.67, Modelica Buildings dry coil
};

/// A fan wall, sized.
struct FanWall {
    FanWallRating rating;
    double min_fan_ratio{0.3};       ///< Lowest speed ratio while there is heat [-] [J]
    double supply_air_set_point_C{}; ///< Air to the racks [deg C]; size_fan_wall sets what the rating delivers
    Films films;                     ///< hA at the rating; hot = air [W/K]; made by size_fan_wall
};

/// Unit with the conductances that reproduce its rating point.
/// \throws SolverError  when the rating needs more than NTU = 1000
FanWall size_fan_wall(FanWallRating const& rating);

/// Steady state of a fan wall.
struct FanWallResult {
    double fan_ratio{};       ///< Speed over full speed [-]
    double fan_W{};           ///< Electric power of the fans, all of it heat of the hall [W]
    double air_supply_C{};    ///< To the racks [deg C]
    double air_return_C{};    ///< From the racks [deg C]
    double heat_to_water_W{}; ///< Sensible heat at the coil [W] = racks + fans, from the air temperatures
};

/// Steady fan wall for a heat of the hall air.
///
///     fan ratio = heat / rated heat, between the minimum and 1;   P = P_rated ratio^3
///
/// The water valve holds the supply air at its set point; fully open and still short, the air floats above.
/// Cross-flow coil, both streams unmixed, hA_air ~ m^0.8 (Modelica Buildings, dry coil).
/// Not modelled: condensation (water is above the dew point of a hall), altitude, air that by-passes the racks.
/// A rear door is the same coil behind a rack, blown by the servers' own fans: rated fan power 0.
/// \param heat_W         Heat that the racks give to the air [W], >= 0
/// \param water_inlet_C  Chilled water [deg C]
FanWallResult solve_fan_wall(FanWall const& wall, double heat_W, double water_inlet_C);

/// The same with water as in the rating.
inline FanWallResult solve_fan_wall(FanWall const& wall, double heat_W) { return solve_fan_wall(wall, heat_W, wall.rating.water_inlet_C); }

} // namespace aidc
