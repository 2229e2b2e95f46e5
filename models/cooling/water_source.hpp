#pragma once
/// \file
/// Where the water of a loop is cooled: outdoor units, a plate exchanger before them, chillers behind them.

#include "models/cooling/chiller.hpp"
#include "models/cooling/economiser.hpp"
#include "models/cooling/outdoor.hpp"
#include "models/hydraulic/pump.hpp"

#include <optional>

namespace aidc {

/// Water of the towers, kept apart from the water of the loop by a plate exchanger.
struct TowerLoop {
    Economiser exchanger;      ///< Loop water is hot, tower water cold
    EconomiserControl control; ///< When the loop's water runs through the exchanger
    Pump pump;                 ///< All pumps of the tower water as one; its power becomes heat of the tower water
    double flow_ratio = 1.0;   ///< Capacity flow of the tower water over that of the loop [-], > 0 [J]
};

inline constexpr double tower_water_cp_J_per_kgK = 4180.0; ///< Water of 20...40 deg C (IAPWS-IF97, 0.1 %)
inline constexpr double tower_water_kg_per_m3 = 995.0;     ///< Water of 30 deg C (IAPWS-IF97, 0.3 % over 20...40 deg C)

/// Tower water as a stream. \param W_per_K  Capacity flow [W/K]
Stream tower_stream(double W_per_K, double inlet_C);

/// Heat of the exchanger per kelvin between its inlets at a flow of the loop [W/K].
double exchange_W_per_K(TowerLoop const& tower, double loop_W_per_K, double loop_cp_J_per_kgK);

/// Power of the tower pumps at a flow of the loop [W].
double tower_pump_W(TowerLoop const& tower, double loop_W_per_K);

/// Equipment that makes water at a set point. Parts that are not there are empty; at least one must be.
struct WaterSource {
    std::optional<Rejection> outdoor; ///< One unit; the loop's water runs through it, or the tower water if there is a tower loop
    std::optional<TowerLoop> tower;   ///< Required before a cooling tower
    Chiller chiller;                  ///< On the tower water if there is a tower loop, else on outdoor air
};

/// Water of a loop at one supply temperature.
struct LoopWater {
    double supply_C{};
    double W_per_K{};      ///< Capacity flow [W/K]
    double heat_W{};       ///< To be taken out: load and pumps, less what is reused [W]
    double cp_J_per_kgK{}; ///< Of the liquid

    double return_C() const { return supply_C + heat_W / W_per_K; } ///< Into the source, behind the pumps
};

/// The loads of a loop as its source sees them.
class LoopDemand {
  public:
    virtual ~LoopDemand() = default;
    /// Water that the loads send back when they are supplied at supply_C [deg C].
    virtual LoopWater at_supply(double supply_C) = 0;
    /// Capacity flow with all valves open [W/K]: a guess for supplies above the set point.
    virtual double open_W_per_K() const = 0;
};

/// What a source works with.
struct SourceConditions {
    Air outdoors;
    double outdoor_up{};                                    ///< Dry coolers or tower cells in service [-]
    double chillers_up{};                                   ///< Chillers in service [-]
    bool pads_on{};                                         ///< Pads are wetted
    EconomiserMode economiser_before{EconomiserMode::full}; ///< Of the tower loop, for its hysteresis
    double set_point_C{};                                   ///< Supply wanted [deg C]
    double min_C{2.0};                                      ///< A by-pass holds the supply above this [deg C]
};

/// Which control of the supply is at work.
enum class SupplyControl {
    idle,           ///< No heat: flows and fans stand
    fans,           ///< Fans between minimum and full speed hold the set point
    fans_at_floor,  ///< Fans at minimum speed, supply below the set point
    bypass,         ///< Fans at minimum speed, a by-pass holds the lowest supply
    chillers,       ///< Outdoor units at full speed, chillers take what is left and hold the set point
    short_of_supply ///< Everything at full, supply above the set point
};

/// State of a source. All powers are electric and of the whole source.
struct SourceResult {
    SupplyControl control{SupplyControl::idle};
    EconomiserMode economiser{EconomiserMode::full}; ///< Meaningful with a tower loop
    double supply_C{};                               ///< To the loop [deg C]
    double W_per_K{};                                ///< Capacity flow of the loop [W/K]
    double heat_W{};                                 ///< Taken from the loop [W]
    double tower_supply_C{};                         ///< Tower water to exchanger and condensers [deg C]; supply_C without a tower loop
    double fan_ratio{};                              ///< Speed over full speed [-]
    double chilled_W{};                              ///< Part of heat_W that chillers took [W]
    double outdoor_fan_W{};                          ///< Fans of dry coolers or towers [W]
    double tower_pump_W{};                           ///< [W]
    double chiller_W{};                              ///< [W]
    double evaporated_kg_per_s{};                    ///< From pads or towers [kg/s]
    double drift_kg_per_s{};                         ///< [kg/s]
    double blowdown_kg_per_s{};                      ///< [kg/s]
    double heat_to_air_W{};                          ///< From the enthalpy of the outdoor air, condensers in air and machines' heat [W]
    CurveSet outside;                                ///< Curves that had to be bounded
};

/// Do dry coolers before chillers take enough heat for the power of their fans? From about the COP of a chiller on.
bool coolers_worth_running(OutdoorUnits const& units, Stream const& water, double heat_W);

/// Mode of the exchanger while chillers run: next_mode with the towers at their rated approach; full without a tower loop.
EconomiserMode next_economiser(WaterSource const& source, SourceConditions const& conditions, double return_C);

/// Steady state of a source and the loads on it. Control laws, in this order:
///
/// 1. fans hold the set point between their minimum and full speed, all units alike;
/// 2. fans at minimum and still too cold: the supply floats down, not below min_C, where a by-pass holds it;
/// 3. fans full and still short: chillers, if there are any, take what is left; dry coolers stand if they would take less than five
///    times the power of their fans and chillers alone suffice;
/// 4. chillers full and still short: the supply rises until the heat balance closes.
///
/// With a tower loop the loop gives heat to the tower water (economiser) before its chillers; their condensers are behind the
/// exchanger in the same tower water. One bracketed root in fan speed, tower water or
/// supply temperature; only law 4 with a chiller on tower water nests two.
/// \throws SolverError  heat and nothing that could take it, or no root
SourceResult solve_source(WaterSource const& source, SourceConditions const& conditions, LoopDemand& demand);

} // namespace aidc
