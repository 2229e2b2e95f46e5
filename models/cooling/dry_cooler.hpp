#pragma once
/// \file
/// Dry cooler with variable-speed fans and optional adiabatic pads before the coil.

#include "models/cooling/heat_exchanger.hpp"
#include "models/fluid/moist_air.hpp"

namespace aidc {

/// Exponent of hA ~ m^n on the water side of a finned coil: 0.85 (Modelica Buildings, dry coil).
inline constexpr double coil_water_exponent = 0.85;
/// The same on the air side: 0.8 (Modelica Buildings, dry coil).
inline constexpr double coil_air_exponent = 0.8;

/// Factor on the water-side hA at another temperature: 1 + s (T - T0), s = 0.014/(1 + 0.014 T0) [-].
/// Source: Modelica Buildings, dry coil. Valid for: liquid water, 10...100 deg C; taken for glycol too [J].
double coil_water_temperature_factor(double temperature_C, double rated_C);

/// Factor on the air-side hA at another temperature: 1 + 7.8532e-4 (T - T0) [-]. Source: as above.
double coil_air_temperature_factor(double temperature_C, double rated_C);

/// Rating point of one unit, from its data sheet. Defaults: BAC TrilliumSeries TDFS1238N (35 deg C air,
/// 46.11 -> 40.55 deg C water, 2931 kW, fans 117.7 kW).
struct DryCoolerRating {
    double heat_W{2931e3};                    ///< Heat rejected [W], > 0
    double air_inlet_C{35.0};                 ///< Air into the coil [deg C]
    double water_inlet_C{46.11};              ///< Water into the coil [deg C], above the air
    double water_outlet_C{40.55};             ///< Water out of the coil [deg C]
    double fan_W{117.7e3};                    ///< Electric power of all fans at full speed [W], >= 0
    double air_kg_per_s{360.0};               ///< Dry air at full speed [kg/s]; not on the sheet: 330 W of fan per m3/s [J]
    double pressure_Pa{standard_pressure_Pa}; ///< Pressure of the rating [Pa]
    double air_over_water_film{0.5};          ///< hA_air / hA_water at the rating [-]; Modelica Buildings default
};

/// Wetted pads in front of the coil. effectiveness = 0: a plain dry cooler.
struct AdiabaticPads {
    double effectiveness{0.75};          ///< (T_db - T_out)/(T_db - T_wb) [-], 0...1; 0.6...0.85 usual, 0.75 [J]
    double switch_dry_bulb_C{28.0};      ///< Wetted above this outdoor dry bulb [deg C] [J]
    double hysteresis_K{1.0};            ///< Dry again this much below [K] [J]
    double cycles_of_concentration{3.0}; ///< Make-up over bleed [-], > 1; 3...8 usual, 3 [J]
};

/// One unit, sized.
struct DryCooler {
    DryCoolerRating rating;
    AdiabaticPads pads;
    double min_fan_ratio{0.2};     ///< Lowest speed ratio while the fans run [-] [J]
    double free_convection{0.125}; ///< Share of the rated air that moves with fans off [-] (EnergyPlus, tower default)
    Films films;                   ///< hA at the rating; hot = water [W/K]; made by size_dry_cooler
};

/// Unit with the conductances that reproduce its rating point.
/// \throws SolverError  when the rating needs more than NTU = 1000
DryCooler size_dry_cooler(DryCoolerRating const& rating, AdiabaticPads const& pads = {});

/// Whether pads are wetted now: on above the switch temperature, off a hysteresis below, else as before.
/// Never without effectiveness nor with a wet bulb below 1 deg C (ice).
bool next_pads_on(AdiabaticPads const& pads, Air const& outdoors, bool on_before);

/// Air between pads and coil.
struct EnteringAir {
    double temperature_C{};          ///< At the coil [deg C]
    double humidity_ratio{};         ///< At the coil [-]
    double full_speed_kg_per_s{};    ///< Dry air of one unit at full speed: rated, times pressure over rated pressure [kg/s]
    double outdoor_humidity_ratio{}; ///< Before the pads [-]
    double outdoor_J_per_kg{};       ///< Enthalpy before the pads [J per kg of dry air]
    double pad_water_J_per_kg{};     ///< Enthalpy of the water that evaporates [J/kg]
};

/// Air entering the coils: along the wet-bulb line by the effectiveness of the pads, or as outdoors.
///
///     T = T_db - eta (T_db - T_wb),   h(T, W) - h_outdoor = 4186 T_wb (W - W_outdoor)
///
/// Water that evaporates is taken to arrive at the wet-bulb temperature, so that the process is exactly adiabatic.
EnteringAir entering_air(DryCooler const& cooler, Air const& outdoors, bool pads_on);

/// Dry air through one unit [kg/s]: rated x max(fan ratio, free convection).
double air_flow_kg_per_s(DryCooler const& cooler, EnteringAir const& air, double fan_ratio);

/// Electric power of the fans of one unit [W]: rated x ratio^3 x density ratio; 0 below the minimum ratio.
double fan_power_W(DryCooler const& cooler, EnteringAir const& air, double fan_ratio);

/// Heat that one unit takes from the water [W], negative if the air is warmer.
///
///     eps = cross-flow, both unmixed;  hA_water ~ m^0.85 x(T),  hA_air ~ m^0.8 x(T)
///
/// Source: Modelica Buildings (LBNL), dry cooler and dry coil.
/// \param fan_ratio  Speed over full speed [-], 0...1
double cooler_heat_W(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio);

/// One steady state of one unit.
struct DryCoolerResult {
    double heat_W{};                 ///< Taken from the water [W]
    double water_outlet_C{};         ///< [deg C]
    double air_out_C{};              ///< [deg C]
    double air_out_humidity_ratio{}; ///< [-]
    double fan_W{};                  ///< Electric power of the fans [W]; their heat leaves with the air and is not in air_side_W
    double evaporated_kg_per_s{};    ///< From the pads [kg/s]
    double bleed_kg_per_s{};         ///< evaporated/(cycles - 1) [kg/s]
    double air_side_W{};             ///< Enthalpy that the outdoor air gained, less that of the pad water [W]
};

/// State of the air and water after a unit that takes `heat_W` from the water.
/// Not modelled: fan heat, recirculation of warm air, drift, fouling, humidity at the rating.
DryCoolerResult after_cooler(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio, double heat_W);

/// cooler_heat_W and after_cooler in one. \pre 0 <= fan_ratio <= 1
DryCoolerResult solve_dry_cooler(DryCooler const& cooler, EnteringAir const& air, Stream const& water, double fan_ratio);

} // namespace aidc
