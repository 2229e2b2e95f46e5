#pragma once
/// \file
/// Steady solve of one building's cooling: CDUs of the pods and the facility water (FWS) with its source; and beside it the
/// residual air of the halls on chilled water with a source of its own.

#include "models/cooling/cdu.hpp"
#include "models/cooling/consumer.hpp"
#include "models/cooling/fan_wall.hpp"
#include "models/cooling/heat_reuse.hpp"
#include "models/cooling/water_source.hpp"
#include "models/fluid/refrigerant.hpp"
#include "models/hydraulic/pump.hpp"

#include <optional>
#include <span>

namespace aidc {

/// Heat of a group of equal pods. Each pod has one CDU and one fan wall (or a group of them taken as one).
struct PodLoad {
    double pods{};              ///< Number of equal pods [-], >= 0
    double liquid_W{};          ///< Heat into the TCS, per pod [W], >= 0
    double air_W{};             ///< Heat into the hall air, per pod [W], >= 0
    double tcs_flow_m3_per_s{}; ///< Secondary flow, per pod [m3/s], >= 0; > 0 where liquid_W > 0
    double cdus = 1.0;          ///< Share of the CDUs of each pod in service [-], > 0
};

/// What a pod sees.
struct PodState {
    double tcs_supply_C{};      ///< To the racks [deg C]
    double tcs_return_C{};      ///< From the racks [deg C]
    double fws_flow_kg_per_s{}; ///< Primary flow of the CDU [kg/s]; a value from a solve nearby saves time
    double air_supply_C{};      ///< Air to the racks [deg C]
};

/// A network that takes heat from the facility water before it is rejected.
struct ReuseSite {
    HeatReuse exchanger;
    double network_return_C{}; ///< [deg C]
    double demand_W{};         ///< At and below full_C outdoors [W]
    double full_C{-10.0};      ///< Outdoor dry bulb of full demand [deg C]
    double none_C{15.0};       ///< Outdoor dry bulb from which nothing is heated [deg C]
};

/// Heat that the network can use: falls linearly with the outdoor dry bulb, 1 at full_C and 0 at none_C, times demand_W [W].
double reuse_demand_W(ReuseSite const& site, double dry_bulb_C);

/// Liquid that stores heat, and actuators; only the transient of loop.hpp looks at them.
struct PlantMass {
    double tcs_supply_m3{0.5};  ///< Of one pod, exchanger to racks [m3], > 0; 50...150 L per 100 kW in all [J]
    double tcs_return_m3{0.5};  ///< Of one pod, racks to exchanger [m3], > 0
    double fws_supply_m3{50.0}; ///< Of the building, source to CDUs [m3], > 0; some minutes of flow [J]
    double fws_return_m3{50.0}; ///< Of the building, CDUs to source [m3], > 0
    double tower_m3{50.0};      ///< Basin and pipes of the tower water [m3], > 0 [J]
    double valve_s{10.0};       ///< Time constant of a CDU valve [s] [J]
    double fan_s{20.0};         ///< Time constant of fans [s] [J]
};

/// Heat that the network takes from facility water on its way to the source [W]: what it can use, as far as its exchanger goes.
/// \param water  Inlet: behind the FWS pumps
double reused_W(ReuseSite const& site, Stream const& water, double dry_bulb_C);

/// Design of the cooling of one building.
struct Plant {
    Coolant tcs{Coolant::pg25};                      ///< Secondary liquid; not looked at where the CDU condenses
    Refrigerant refrigerant{Refrigerant::r1233zd_e}; ///< Of a condensing secondary
    Coolant fws{Coolant::water};                     ///< Primary liquid; pg25 where it freezes
    Cdu cdu;                                         ///< Of one pod
    double tcs_set_point_C{40.0};                    ///< TCS supply wanted [deg C]; OCP 40...45
    double hall_dew_max_C{15.0};  ///< Halls are kept at or below this dew point [deg C]; upper recommended limit of ASHRAE TC 9.9
    double dew_margin_K{2.0};     ///< TCS supply stays this much above the dew point of the hall [K] [J]
    double fws_set_point_C{36.0}; ///< FWS supply that the source holds [deg C]; TCS set point - 4 K approach
    double fws_min_C{2.0};        ///< A by-pass holds the supply above this [deg C]; ASHRAE TC 9.9, all W classes
    double fws_max_C{45.0};       ///< Design limit of firm cooling; does not bound the solve [deg C]; W45
    WaterSource source;           ///< Of the facility water
    double chillers{};            ///< Chillers of the facility water in service [-]
    Pump fws_pump;                ///< All FWS pumps of the loop as one; electric power becomes heat of the water
    std::optional<ReuseSite> reuse;
    FanWall fan_wall; ///< Of one pod, from size_fan_wall; a rear door has no fan power of its own
    WaterSource air_source{.outdoor = {}, .tower = {}, .chiller = ConstantCop{}}; ///< Of the chilled water of the fan walls
    double air_outdoor{};                                                         ///< Its dry coolers or tower cells in service [-]
    double air_chillers{1.0};                                                     ///< Its chillers in service [-]
    PlantMass mass;
    Pump air_pump; ///< All its pumps as one; rated power 0: counted in the chiller's COP
};

/// Modes inside a hysteresis band, kept from solve to solve.
struct PlantModes {
    bool pads_on{};
    bool air_pads_on{};
    EconomiserMode economiser{EconomiserMode::full};
    EconomiserMode air_economiser{EconomiserMode::full};
};

/// What varies from solve to solve.
struct PlantInputs {
    Air outdoors;                   ///< Outdoor air
    std::span<PodLoad const> loads; ///< Groups of equal pods
    double coolers_up{};            ///< Dry coolers or tower cells of the FWS in service [-], >= 0; fractions are allowed
    PlantModes before;              ///< Modes of the solve before
};

/// Steady state of a plant. All powers are electric and of the whole plant.
struct PlantResult {
    SourceResult water;            ///< Source of the facility water
    SourceResult chilled;          ///< Source of the chilled water for the residual air
    PlantModes modes;              ///< Now
    PerConsumer<double> power_W{}; ///< Electric power by consumer [W]
    double fws_return_C{};         ///< From the CDUs, mixed, before the pumps [deg C]
    double fws_flow_kg_per_s{};    ///< Sum over the CDUs [kg/s]
    double reused_W{};             ///< Heat to the network [W]
    double evaporated_kg_per_s{};  ///< From pads and towers [kg/s]
    double drift_kg_per_s{};       ///< [kg/s]
    double blowdown_kg_per_s{};    ///< [kg/s]
    double make_up_kg_per_s{};     ///< evaporated + drift + blowdown [kg/s]
    double heat_from_it_W{};       ///< From the temperature differences of TCS and hall air [W]
    double heat_to_air_W{};        ///< From the enthalpy gain of the outdoor air, and condensers in air [W]
    CurveSet outside;              ///< Curves that had to be bounded
};

/// Electric power of a plant that is not cooling IT inside racks: pumps, fans and chillers [W].
double cooling_power_W(PlantResult const& result);

/// (heat from IT + pumps + hall fans + chillers - heat to air - heat reused) / the larger side [-]; 0 when idle. Fans of outdoor
/// units warm the outdoor air behind the coils and are in neither side.
double heat_residual(PlantResult const& result);

/// TCS supply to hold [deg C]: the set point, but never nearer to the dew point of the hall than the margin. Halls are dehumidified
/// to hall_dew_max_C and never humidified above outdoors.
double tcs_target_C(Plant const& plant, Air const& outdoors);

/// Liquid of the secondary loops at their set point: the coolant, or the saturated refrigerant.
FluidProperties tcs_liquid(Plant const& plant);

/// The CDU of a pod, sized for the liquids of the plant at their set points.
SizedCdu sized_cdu(Plant const& plant);

/// Power of all FWS pumps while the CDUs draw a capacity flow [W].
double fws_pump_W(Plant const& plant, double W_per_K);

/// The residual air alone, steady: fan walls, chilled water and its source; everything else of the result is 0.
PlantResult solve_hall_air(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out);

/// Steady state of the building's cooling. Control laws, in this order:
///
/// 1. pads: on above the switch dry bulb, off a hysteresis below (next_pads_on);
/// 2. every CDU valve holds the TCS target, or is fully open (solve_cdu);
/// 3. a heat network takes what it can use from the return (solve_heat_reuse);
/// 4. the source holds the FWS set point by fans, then chillers, or floats (solve_source);
/// 5. fan walls hold their air, the chilled-water valves keep the design rise, its source holds the water inlet of the rating.
///
/// Liquid properties are constant in one solve, taken at the set points. |heat_residual| <= 1e-9.
/// Valid for: steady state; water and air mixed in each loop. Not modelled: thermal mass (see loop.hpp), pipe losses, FWS head
/// that changes with valve positions (the pump law is a fixed system curve), freezing.
/// \param out  One state per load, written; fws_flow_kg_per_s is read as a first guess (0: none)
/// \pre out.size() == inputs.loads.size()
/// \throws SolverError  an input is not finite, heat without flow or without anything to reject it, or no root
PlantResult solve_plant(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out);

} // namespace aidc
