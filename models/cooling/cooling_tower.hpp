#pragma once
/// \file
/// Wet cooling tower, counterflow, with a variable-speed fan: Merkel's theory as an effectiveness-NTU exchanger.

#include "models/base/curve_range.hpp"
#include "models/cooling/heat_exchanger.hpp"
#include "models/fluid/moist_air.hpp"

#include <cstdint>

namespace aidc {

/// Rating point of one cell. Defaults: energyplus_rating(1e6).
struct TowerRating {
    double heat_W{1e6};                       ///< Heat taken from the water [W], > 0
    double water_inlet_C{35.0};               ///< Water into the tower [deg C]; range 5.56 K
    double water_outlet_C{29.44};             ///< Water out of the basin [deg C]; approach 3.89 K
    double wet_bulb_C{25.55};                 ///< Wet bulb of the air [deg C], below the water
    double air_kg_per_s{26.526336};           ///< Dry air at full speed [kg/s]
    double fan_W{8400.0};                     ///< Electric power of the fan at full speed [W], >= 0
    double pressure_Pa{standard_pressure_Pa}; ///< Pressure of the rating [Pa]
};

/// Rating point that EnergyPlus gives a tower without a data sheet.
///
///     per W of nominal capacity: 2.76316e-5 m3/s of air (1.2 kg/m3), 0.0105 W of fan;  heat = 1.25 nominal capacity
///
/// The ratio 1.25 is the heat of the compressor that EnergyPlus adds to the load of a chiller. Its 5.382e-8 m3/s of
/// water per W is the range of 5.56 K within 0.1 %.
/// Source: EnergyPlus Input Output Reference, CoolingTower:VariableSpeed:Merkel; wet bulb, approach and range as in
/// EnergyPlus' sizing, in deg F 78, 7 and 10.
/// \param heat_W  Heat taken from the water [W], > 0
TowerRating energyplus_rating(double heat_W);

/// How the water is kept clean.
struct WaterTreatment {
    double cycles_of_concentration{4.0}; ///< Make-up over water lost with its salts [-], > 1; 3...8 usual, 4 [J]
    double drift_share{5e-5};            ///< Droplets carried off, over the water flow [-]; 2e-5...8e-5 usual
};

/// Power of the fan over speed.
enum class TowerFanLaw : std::uint8_t {
    energyplus, ///< Table of the EnergyPlus example: losses at low speed
    cubic       ///< Ratio^3
};

/// One cell, sized.
struct CoolingTower {
    TowerRating rating;
    WaterTreatment treatment;
    double ua_W_per_K{};           ///< UA at the rating, referred to dry air [W/K], > 0; made by size_tower
    double min_fan_ratio{0.2};     ///< Lowest speed ratio while the fan runs [-]; EnergyPlus example
    double free_convection{0.125}; ///< Share of the rated air that moves with the fan off [-] (EnergyPlus)
    TowerFanLaw fan_law{TowerFanLaw::energyplus};
};

/// Cell with the UA that reproduces its rating point. \throws SolverError  when the air flow of the rating is too small
CoolingTower size_tower(TowerRating const& rating, WaterTreatment const& treatment = {});

/// Mean specific heat of saturated air between two wet bulbs, c_e = (h_sat(b) - h_sat(a))/(b - a) [J/(kg K), per kg of
/// dry air]; the quotient over 2e-4 K about the mean where they are closer. \pre both below boiling
double saturated_cp_J_per_kgK(double a_C, double b_C, double pressure_Pa);

/// What UA varies with, each 0 or 1 at the rating.
struct TowerRatios {
    double air{};                ///< Dry air over rated dry air [-], >= 0
    double water{};              ///< Heat capacity flow of the water over the rated [-], >= 0
    double wet_bulb_deficit_K{}; ///< Rated wet bulb less wet bulb [K]
};

/// UA over rated UA [-].
///
///     f = (1.3 x - 0.3 x^2) (0.1082 + 1.667 w - 0.7713 w^2)/1.0039 (1 + 0.0081 (T_wb0 - T_wb))
///
/// Below x = 0.2 f is proportional to x: EnergyPlus too gives free convection a UA in proportion to its air.
/// Source: EnergyPlus example, the three UA curves. Valid for (EnergyPlus curve limits): x up to 1, w 0.3...1, deficit
/// -10...25 K. Bounded there, but x and w at 1.05 [J], that barometer and cp(T) do not leave the range at the rating.
double tower_ua_factor(TowerRatios const& ratios, CurveSet& outside);

/// Dry air through one cell [kg/s]: rated x max(fan ratio, free convection) x pressure over rated pressure.
double tower_air_kg_per_s(CoolingTower const& tower, Air const& outdoors, double fan_ratio);

/// Electric power of the fan of one cell [W]: rated x law(ratio) x pressure over rated pressure; 0 below the minimum ratio.
/// Source of the table: EnergyPlus example CoolingTower:VariableSpeed:Merkel, 11 points, straight lines between.
double tower_fan_W(CoolingTower const& tower, Air const& outdoors, double fan_ratio);

/// Heat that one cell takes from the water [W], negative if the wet bulb is above the water.
///
///     Q = eps C_min (T_water - T_wb),  C_air = m_air c_e(T_wb, T_wb,out),  NTU = UA c_e/(c_p,air C_min)
///     counterflow eps;  T_wb,out from Q = C_air (T_wb,out - T_wb), to 1e-12 K
///
/// Source: F. Merkel (1925); effectiveness form as in EnergyPlus, Engineering Reference, "Cooling towers", but c_e per
/// kg of dry air and UA referred to 1006 J/(kg K).
/// \param fan_ratio  Speed over full speed [-], 0...1
/// \param outside    Curves left are added
/// \throws SolverError  when the water would boil
double tower_heat_W(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio, CurveSet& outside);

/// One steady state of one cell.
struct TowerResult {
    double heat_W{};                 ///< Taken from the water [W]
    double water_outlet_C{};         ///< [deg C]
    double air_out_C{};              ///< [deg C]
    double air_out_humidity_ratio{}; ///< Saturated [-]
    double fan_W{};                  ///< Electric power of the fan [W]; its heat leaves with the air and is not in air_side_W
    double evaporated_kg_per_s{};    ///< Gained by the air [kg/s]; negative where cold water dries warm air
    double drift_kg_per_s{};         ///< Carried off as droplets [kg/s]
    double blowdown_kg_per_s{};      ///< max(evaporated/(cycles - 1) - drift, what condenses beyond the drift, 0) [kg/s]
    double make_up_kg_per_s{};       ///< evaporated + drift + blowdown [kg/s], >= 0
    double air_side_W{};             ///< Enthalpy that the outdoor air gained, less that of the evaporated water [W]
    CurveSet outside{};              ///< Curves left
};

/// State of the air and water after a cell that takes `heat_W` from the water. The air leaves saturated, at the
/// temperature that closes the balance of enthalpy:
///
///     heat = m_air (h_out - h_in) - m_evaporated 4186 T_water,out,   m_evaporated = m_air (W_out - W_in)
///
/// All make-up is taken to arrive at the temperature of the basin, T_water,out: so Q is exactly what the loop loses.
/// Not modelled: fan heat, recirculation of warm air, make-up colder than the basin, fouling, freezing, droplets in the
/// air. Merkel neglects the enthalpy of the evaporated water, this balance does not: where hardly any air moves, the
/// air may leave up to 0.8 K above the water inlet. Without flow of water the air passes unchanged.
/// \post result.outside is empty
/// \throws SolverError  when the air cannot carry the heat
TowerResult after_tower(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio, double heat_W);

/// tower_heat_W and after_tower in one. \pre 0 <= fan_ratio <= 1
TowerResult solve_tower(CoolingTower const& tower, Air const& outdoors, Stream const& water, double fan_ratio);

} // namespace aidc
