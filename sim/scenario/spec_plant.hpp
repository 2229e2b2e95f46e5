#pragma once
/// \file
/// Cooling of a building as written in scenarios and catalogues.

#include "sim/scenario/spec_cooling.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// Pumps of a loop, taken as one: as rated, or found from the flow that the design needs.
struct PumpStationSpec : Pump {
    double efficiency = 0.7;
    double unit_flow_m3_per_s{};
    std::uint32_t spare = 1;
};

template <class V> void describe(V& v, PumpStationSpec& x)
{
    v.quantity({"rated_flow", Need::optional, "Flow of all pumps at rated speed; absent: what the design needs"}, "m3_per_s",
               x.rated_flow_m3_per_s, not_negative);
    v.quantity({"rated_head", Need::required, "Pressure rise at that flow"}, "Pa", x.rated_head_Pa, positive);
    v.quantity({"rated_power", Need::optional, "Electric power at that flow; absent: by the efficiency"}, "W", x.rated_power_W,
               not_negative);
    v.number({"efficiency", Need::optional, "Wire to water, where the power is not given"}, x.efficiency, {.low = 0.1, .high = 1.0});
    v.number({"min_speed", Need::optional, "Lowest speed ratio"}, x.min_speed, share);
    v.quantity({"unit_flow", Need::optional, "Flow of one pump; absent: a third of all"}, "m3_per_s", x.unit_flow_m3_per_s, not_negative);
    v.count({"spare", Need::optional, "Pumps that stand by"}, x.spare, 0);
}

/// Where the chilled water of the residual air comes from.
struct AirSourceSpec {
    std::optional<CoolerUnits> coolers;
    std::optional<TowerUnits> towers;
    std::optional<ChillerUnits> chillers;
    double pump_head_Pa = 150e3;
    double pump_efficiency = 0.7;
};

template <class V> void describe(V& v, AirSourceSpec& x)
{
    v.maybe({"coolers", Need::optional, "Dry coolers in the chilled water, before the chillers"}, x.coolers);
    v.maybe({"towers", Need::optional, "Towers with an economiser, and the condensers on their water"}, x.towers);
    v.maybe({"chillers", Need::optional, "Chillers"}, x.chillers);
    v.quantity({"pump_head", Need::optional, "Pressure rise of the chilled-water pumps at design flow"}, "Pa", x.pump_head_Pa, positive);
    v.number({"pump_efficiency", Need::optional, "Wire to water, of these pumps"}, x.pump_efficiency, {.low = 0.1, .high = 1.0});
}

/// A heat network.
struct ReuseSpec {
    double demand_W{};
    double network_return_C = 35.0;
    double approach_K = 3.0;
    double full_C = -10.0;
    double none_C = 15.0;
};

template <class V> void describe(V& v, ReuseSpec& x)
{
    v.quantity({"demand", Need::required, "Heat that the network can use on a cold day"}, "W", x.demand_W, positive);
    v.quantity({"network_return", Need::optional, "Network water into the exchanger"}, "C", x.network_return_C, {.low = 0.0, .high = 80.0});
    v.quantity({"approach", Need::optional, "Facility water over network water at the demand"}, "K", x.approach_K, positive);
    v.quantity({"full", Need::optional, "Outdoor dry bulb of full demand"}, "C", x.full_C, any_value);
    v.quantity({"none", Need::optional, "Outdoor dry bulb from which nothing is heated"}, "C", x.none_C, any_value);
}

/// Liquid that stores heat, as written; a volume of 0 follows from the sizes of the equipment.
struct MassSpec : PlantMass {
    MassSpec() { tcs_supply_m3 = tcs_return_m3 = fws_supply_m3 = fws_return_m3 = tower_m3 = 0.0; }
};

template <class V> void describe(V& v, MassSpec& x)
{
    v.quantity({"tcs_supply", Need::optional, "Coolant of one pod, exchanger to racks"}, "m3", x.tcs_supply_m3, not_negative);
    v.quantity({"tcs_return", Need::optional, "Coolant of one pod, racks to exchanger"}, "m3", x.tcs_return_m3, not_negative);
    v.quantity({"fws_supply", Need::optional, "Facility water, source to CDUs"}, "m3", x.fws_supply_m3, not_negative);
    v.quantity({"fws_return", Need::optional, "Facility water, CDUs to source"}, "m3", x.fws_return_m3, not_negative);
    v.quantity({"tower", Need::optional, "Tower water in basin and pipes"}, "m3", x.tower_m3, not_negative);
    v.quantity({"valve", Need::optional, "Time constant of a CDU valve"}, "s", x.valve_s, positive);
    v.quantity({"fan", Need::optional, "Time constant of fans"}, "s", x.fan_s, positive);
}

/// Cooling of one building, as written.
struct PlantSpec {
    Coolant tcs = Coolant::pg25;
    Coolant fws = Coolant::water;
    Refrigerant refrigerant = Refrigerant::r1233zd_e;
    double tcs_set_point_C{};
    double hall_dew_max_C = 15.0;
    double fws_set_point_C{};
    double fws_max_C{};
    double fws_min_C = 2.0;
    CduUnits cdu;
    FanWallRating fan_wall;
    PumpStationSpec fws_pump;
    std::optional<CoolerUnits> coolers;
    std::optional<TowerUnits> towers;
    std::optional<ChillerUnits> chillers;
    double chiller_cop{};
    std::optional<AirSourceSpec> air_source;
    std::optional<ReuseSpec> reuse;
    std::optional<MassSpec> mass;
    std::vector<std::string> on_ups{"cdu_pumps"};
    bool allow_undersized = false;
};

template <class V> void describe(V& v, PlantSpec& x)
{
    v.choice({"tcs_coolant", Need::optional, "Liquid of the secondary loops"}, x.tcs, coolant_names);
    v.choice({"fws_coolant", Need::optional, "Liquid of the facility-water loop"}, x.fws, coolant_names);
    v.choice({"refrigerant", Need::optional, "What boils before a condensing CDU"}, x.refrigerant, refrigerant_names);
    v.quantity({"tcs_set_point", Need::required, "TCS supply wanted; of a boiling loop, its saturation"}, "C", x.tcs_set_point_C,
               {.low = 10.0, .high = 70.0});
    v.quantity({"hall_dew_max", Need::optional, "Halls are dehumidified to this dew point; TCS stays 2 K above it"}, "C", x.hall_dew_max_C,
               {.low = 0.0, .high = 30.0});
    v.quantity({"fws_set_point", Need::required, "FWS supply that fans and chillers hold"}, "C", x.fws_set_point_C,
               {.low = 5.0, .high = 65.0});
    v.quantity({"fws_max", Need::required, "FWS supply at design weather that counts as cooled"}, "C", x.fws_max_C,
               {.low = 5.0, .high = 70.0});
    v.quantity({"fws_min", Need::optional, "FWS supply does not go below"}, "C", x.fws_min_C, {.low = 0.0, .high = 40.0});
    v.object({"cdu", Need::required, "CDUs of one pod"}, x.cdu);
    v.object({"fan_wall", Need::required, "Fan wall or rear doors of one pod, for the heat that stays in the air"}, x.fan_wall);
    v.object({"fws_pump", Need::required, "All facility-water pumps of the building"}, x.fws_pump);
    v.maybe({"coolers", Need::optional, "Dry coolers of the building; or towers"}, x.coolers);
    v.maybe({"towers", Need::optional, "Cooling towers of the building, behind a plate exchanger; or coolers"}, x.towers);
    v.maybe({"chillers", Need::optional, "Chillers of the facility water, where coolers or towers do not suffice"}, x.chillers);
    v.number({"chiller_cop", Need::optional, "Whole chiller of the residual air, constant; or air_source"}, x.chiller_cop, not_negative);
    v.maybe({"air_source", Need::optional, "Source of the chilled water for the residual air"}, x.air_source);
    v.maybe({"reuse", Need::optional, "Network that takes heat from the facility water"}, x.reuse);
    v.maybe({"mass", Need::optional, "Liquid that stores heat, for steps of seconds; absent: from the sizes of the equipment"}, x.mass);
    v.texts({"on_ups", Need::optional,
             "Machines behind the UPS: cdu_pumps, fws_pumps, hall_air, outdoor, chillers; absent: cdu_pumps. The others wait for gensets"},
            x.on_ups);
    v.flag({"allow_undersized", Need::optional,
            "Run although the plant cannot reject its heat at design weather: cooling holds no rack back, and chips throttle when the "
            "coolant is too warm; warm hall air is only warned of"},
           x.allow_undersized);
}

} // namespace aidc
