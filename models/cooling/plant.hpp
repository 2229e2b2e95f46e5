#pragma once
/// \file
/// Steady solve of one facility-water (FWS) loop: CDUs of the pods, FWS pumps, dry coolers; and beside it the
/// residual air of the halls on chillers.

#include "models/cooling/cdu.hpp"
#include "models/cooling/dry_cooler.hpp"
#include "models/cooling/fan_wall.hpp"
#include "models/hydraulic/pump.hpp"

#include <span>

namespace aidc {

/// Heat of a group of equal pods. Each pod has one CDU and one fan wall (or a group of them taken as one).
struct PodLoad {
    double pods{};              ///< Number of equal pods [-], >= 0
    double liquid_W{};          ///< Heat into the TCS, per pod [W], >= 0
    double air_W{};             ///< Heat into the hall air, per pod [W], >= 0
    double tcs_flow_m3_per_s{}; ///< Secondary flow, per pod [m3/s], >= 0; > 0 where liquid_W > 0
};

/// What a pod sees.
struct PodState {
    double tcs_supply_C{};      ///< To the racks [deg C]
    double tcs_return_C{};      ///< From the racks [deg C]
    double fws_flow_kg_per_s{}; ///< Primary flow of the CDU [kg/s]; a value from a solve nearby saves time
    double air_supply_C{};      ///< Air to the racks [deg C]
};

/// Design of one FWS loop.
struct Plant {
    Coolant tcs{Coolant::pg25};   ///< Secondary liquid
    Coolant fws{Coolant::water};  ///< Primary liquid; pg25 where it freezes
    Cdu cdu;                      ///< Of one pod
    double tcs_set_point_C{40.0}; ///< TCS supply wanted [deg C]; OCP 40...45
    double fws_set_point_C{36.0}; ///< FWS supply that the fans hold [deg C]; TCS set point - 4 K approach
    double fws_min_C{2.0};        ///< Coolers are by-passed below [deg C]; ASHRAE TC 9.9, all W classes
    double fws_max_C{45.0};       ///< Design limit of firm cooling; does not bound the solve [deg C]; W45
    DryCooler cooler;             ///< One unit, from size_dry_cooler
    Pump fws_pump;                ///< All FWS pumps of the loop as one; electric power becomes heat of the water
    FanWall fan_wall;             ///< Of one pod, from size_fan_wall
    double chiller_cop{4.0};      ///< Chiller of the residual air, whole machine [-] [J]
};

/// What varies from solve to solve.
struct PlantInputs {
    Air outdoors;                   ///< Outdoor air
    std::span<PodLoad const> loads; ///< Groups of equal pods
    double coolers_up{};            ///< Dry coolers in service [-], >= 0; fractions are allowed
    bool pads_on_before{};          ///< State of the pads, for their hysteresis
};

/// Which control of the FWS supply is at work.
enum class FwsControl {
    idle,          ///< No heat: flows and fans stand
    fans,          ///< Fans between minimum and full speed hold the set point
    fans_at_floor, ///< Fans at minimum speed, supply below the set point
    bypass,        ///< Fans at minimum speed, a by-pass holds the lowest supply
    fans_at_full   ///< Fans at full speed, supply above the set point
};

/// Steady state of a plant. All powers are electric and of the whole plant.
struct PlantResult {
    FwsControl control{FwsControl::idle};
    double fws_supply_C{};         ///< To the CDUs [deg C]
    double fws_return_C{};         ///< From the CDUs, mixed, before the pumps [deg C]
    double fws_flow_kg_per_s{};    ///< Sum over the CDUs [kg/s]
    double fan_ratio{};            ///< Dry-cooler fans, speed over full speed [-]
    bool pads_on{};                ///< State of the pads
    double cdu_pump_W{};           ///< Secondary pumps [W]
    double fws_pump_W{};           ///< FWS pumps [W]
    double cooler_fan_W{};         ///< Dry-cooler fans [W]
    double fan_wall_W{};           ///< Fans of the halls [W]
    double chiller_W{};            ///< Chillers of the residual air [W]
    double evaporation_kg_per_s{}; ///< From the pads [kg/s]
    double bleed_kg_per_s{};       ///< [kg/s]
    double make_up_kg_per_s{};     ///< evaporation + bleed [kg/s]
    double heat_from_it_W{};       ///< From the temperature differences of TCS and hall air [W]
    double heat_to_air_W{};        ///< From the enthalpy gain of the outdoor air at the coolers, and the condensers [W]
};

/// Electric power of a plant that is not cooling IT inside racks: pumps, fans and chillers [W].
double cooling_power_W(PlantResult const& result);

/// (heat from IT + pumps + hall fans + chillers - heat to air) / heat to air [-]; 0 when idle. The fans of the dry
/// coolers warm the outdoor air behind the coils and are in neither side.
double heat_residual(PlantResult const& result);

/// Steady state of the loop. Control laws, in this order:
///
/// 1. pads: on above the switch dry bulb, off a hysteresis below (next_pads_on);
/// 2. every CDU valve holds the TCS set point, or is fully open (solve_cdu);
/// 3. fans hold the FWS set point between their minimum and full speed, all units alike;
/// 4. fans full and still short: FWS supply rises until the heat balance closes;
/// 5. fans at minimum and still too cold: FWS supply floats down, not below fws_min_C, where a by-pass holds it.
///
/// Liquid properties are constant in one solve, taken at the set points. |heat_residual| <= 1e-10.
/// Valid for: steady state; water and air mixed in each loop. Not modelled: thermal mass, pipe losses, FWS head
/// that changes with valve positions (the pump law is a fixed system curve), freezing, staging of units.
/// \param out  One state per load, written; fws_flow_kg_per_s is read as a first guess (0: none)
/// \pre out.size() == inputs.loads.size()
/// \throws SolverError  an input is not finite, heat without flow or without coolers, or no root
PlantResult solve_plant(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out);

/// Heat of the IT liquid loops that the coolers reject at a design condition [W]: fans full, pads wetted if the
/// dry bulb is above their switch, FWS supply at fws_max_C, the water flow that follows from the return temperature
/// (at most the rated flow of the FWS pumps; the supply is then below fws_max_C).
///
/// Heat of FWS pumps at that flow and of the CDU pumps in proportion is subtracted. 0 if the air is too warm.
/// \param fws_return_C  Water into the FWS pumps [deg C], above fws_max_C; e.g. fws_max_C + rated heat/capacity flow of the CDU
double max_heat_rejected_W(Plant const& plant, Air const& design, double coolers_up, double fws_return_C);

} // namespace aidc
