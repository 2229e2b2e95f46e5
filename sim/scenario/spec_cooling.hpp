#pragma once
/// \file
/// Machines of a plant as written in scenarios and catalogues: CDUs, dry coolers, towers, chillers, fan walls.

#include "models/cooling/plant.hpp"
#include "sim/scenario/spec_equipment.hpp"

#include <optional>
#include <vector>

namespace aidc {

/// Pumps of a CDU by the data sheet of one.
struct PumpSheet {
    std::vector<double> flow_m3_per_s, head_Pa, power_W;
    double min_speed = 0.05;
    std::uint32_t units = 2;
    std::uint32_t spare{};
};

template <class V> void describe(V& v, PumpSheet& x)
{
    v.series({"flow", Need::required, "Flows of the sheet at rated speed, rising"}, "m3_per_s", x.flow_m3_per_s, not_negative);
    v.series({"head", Need::required, "Pressure rise at each, nowhere rising"}, "Pa", x.head_Pa, positive);
    v.series({"power", Need::required, "Electric power at each"}, "W", x.power_W, positive);
    v.number({"min_speed", Need::optional, "Lowest speed ratio while it runs"}, x.min_speed, {.low = 0.01, .high = 1.0});
    v.count({"units", Need::optional, "Pumps of one CDU"}, x.units, 1);
    v.count({"spare", Need::optional, "Of them spare"}, x.spare, 0);
}

/// Path of the coolant of one CDU, from which its pump power follows.
struct TcsLoopSpec {
    double rack_flow_m3_per_s{}, rack_drop_Pa{}, rack_exponent = 1.9;
    double uqd_kv_m3_per_h{};
    double header_length_m{}, header_diameter_m = 0.1, header_minor_k{};
    double exchanger_drop_Pa{};
    double pump_efficiency = 0.6;
    std::optional<PumpSheet> pumps;
};

template <class V> void describe(V& v, TcsLoopSpec& x)
{
    v.quantity({"rack_flow", Need::required, "Flow of one rack at which its drop is given"}, "m3_per_s", x.rack_flow_m3_per_s, positive);
    v.quantity({"rack_drop", Need::required, "Pressure drop of one rack there, manifold and plates"}, "Pa", x.rack_drop_Pa, positive);
    v.number({"rack_exponent", Need::optional, "Drop ~ flow^exponent; 1.92 by Lenovo LP2357"}, x.rack_exponent, {.low = 1.0, .high = 2.0});
    v.number({"uqd_kv", Need::optional, "Kv of one quick disconnect [m3/h at 1 bar]; absent: in the rack's drop"}, x.uqd_kv_m3_per_h,
             not_negative);
    v.quantity({"header_length", Need::optional, "Header of the row, both ways"}, "m", x.header_length_m, not_negative);
    v.quantity({"header_diameter", Need::optional, "Inner diameter of the header"}, "m", x.header_diameter_m, positive);
    v.number({"header_minor", Need::optional, "Sum of its loss coefficients"}, x.header_minor_k, not_negative);
    v.quantity({"exchanger_drop", Need::optional, "Secondary side of the CDU at its rated flow"}, "Pa", x.exchanger_drop_Pa, not_negative);
    v.number({"pump_efficiency", Need::optional, "Wire to water, without a sheet"}, x.pump_efficiency, {.low = 0.1, .high = 1.0});
    v.maybe({"pumps", Need::optional, "Data sheet of a pump, instead of the efficiency"}, x.pumps);
}

/// CDUs of one pod, taken as one.
struct CduUnits : Cdu {
    std::uint32_t units = 1;
    std::uint32_t spare = 0;
    std::optional<TcsLoopSpec> loop; ///< Or pump_rated_power_W
    std::uint32_t racks{};           ///< Derived: of the largest pod

    CduUnits() { pump_rated_power_W = -1.0; } // not told
};

template <class V> void describe(V& v, CduUnits& x)
{
    v.quantity({"rated_heat", Need::required, "Heat of one CDU at the approach"}, "W", x.rated_heat_W, positive);
    v.quantity({"approach", Need::required, "TCS supply (or saturation) over FWS supply at rated heat and flows"}, "K", x.approach_K,
               positive);
    v.quantity({"tcs_rated_flow", Need::required, "Secondary flow"}, "m3_per_s", x.tcs_rated_flow_m3_per_s, positive);
    v.quantity({"fws_rated_flow", Need::required, "Primary flow with the valve open"}, "m3_per_s", x.fws_rated_flow_m3_per_s, positive);
    v.quantity({"pump_rated_power", Need::optional, "Electric power of the pumps at the rated secondary flow; -1: by the loop"}, "W",
               x.pump_rated_power_W, {.low = -1.0});
    v.maybe({"loop", Need::optional, "Path of the coolant, from which the pump power follows"}, x.loop);
    v.number({"pump_min_speed", Need::optional, "Lowest speed ratio"}, x.pump_min_speed, share);
    v.flag({"condensing", Need::optional, "The secondary boils on the chips and condenses here"}, x.condensing);
    v.count_or_auto({"units", Need::optional, "CDUs of a pod; \"auto\": what its racks need, and the spares"}, x.units, 1);
    v.count({"spare", Need::optional, "CDUs of a pod that stand by"}, x.spare, 0);
}

template <class V> void describe(V& v, DryCoolerRating& x)
{
    v.quantity({"heat", Need::required, "Heat rejected at the rating point"}, "W", x.heat_W, positive);
    v.quantity({"air_inlet", Need::required, "Air into the coil"}, "C", x.air_inlet_C, any_value);
    v.quantity({"water_inlet", Need::required, "Water into the coil"}, "C", x.water_inlet_C, any_value);
    v.quantity({"water_outlet", Need::required, "Water out of the coil"}, "C", x.water_outlet_C, any_value);
    v.quantity({"fan", Need::required, "Electric power of all fans at full speed"}, "W", x.fan_W, not_negative);
    v.quantity({"air", Need::required, "Dry air at full speed"}, "kg_per_s", x.air_kg_per_s, positive);
}

template <class V> void describe(V& v, AdiabaticPads& x)
{
    v.number({"effectiveness", Need::required, "(dry bulb - leaving air) / (dry bulb - wet bulb); 0: no pads"}, x.effectiveness, share);
    v.quantity({"switch_dry_bulb", Need::required, "Wetted above this outdoor dry bulb"}, "C", x.switch_dry_bulb_C, any_value);
    v.quantity({"hysteresis", Need::optional, "Dry again this much below"}, "K", x.hysteresis_K, not_negative);
    v.number({"cycles_of_concentration", Need::optional, "Make-up over bleed"}, x.cycles_of_concentration,
             {.low = 1.0, .low_excluded = true});
}

/// Dry coolers: unit data, count and failures.
struct CoolerUnits : UnitGroupSpec {
    DryCoolerRating rating;
    AdiabaticPads pads;
};

template <class V> void describe(V& v, CoolerUnits& x)
{
    describe_cooling_units(v, x);
    v.object({"rating", Need::required, "Rating point of one unit"}, x.rating);
    v.object({"pads", Need::required, "Adiabatic pads"}, x.pads);
    describe_failures(v, x);
}

template <class V> void describe(V& v, TowerRating& x)
{
    v.quantity({"heat", Need::required, "Heat rejected by one cell at the rating point"}, "W", x.heat_W, positive);
    v.quantity({"water_inlet", Need::required, "Water into the cell"}, "C", x.water_inlet_C, any_value);
    v.quantity({"water_outlet", Need::required, "Water out of the basin"}, "C", x.water_outlet_C, any_value);
    v.quantity({"wet_bulb", Need::required, "Wet bulb of the air"}, "C", x.wet_bulb_C, any_value);
    v.quantity({"fan", Need::required, "Electric power of the fan at full speed"}, "W", x.fan_W, not_negative);
    v.quantity({"air", Need::required, "Dry air at full speed"}, "kg_per_s", x.air_kg_per_s, positive);
}

/// Cells of cooling towers: data of one, count and failures, and what stands between them and the loop.
struct TowerUnits : UnitGroupSpec {
    TowerRating rating;
    WaterTreatment treatment;
    double exchanger_approach_K = 2.2;
    double flow_ratio = 1.0;
    double pump_head_Pa = 200e3;
    double pump_efficiency = 0.7;
};

template <class V> void describe(V& v, TowerUnits& x)
{
    describe_cooling_units(v, x);
    v.object({"rating", Need::required, "Rating point of one cell"}, x.rating);
    v.number({"cycles_of_concentration", Need::optional, "Make-up over water lost with its salts"}, x.treatment.cycles_of_concentration,
             {.low = 1.0, .low_excluded = true});
    v.number({"drift_share", Need::optional, "Droplets carried off, over the water flow"}, x.treatment.drift_share,
             {.low = 0.0, .high = 0.01});
    v.quantity({"exchanger_approach", Need::optional, "Loop water over tower water behind the plate exchanger"}, "K",
               x.exchanger_approach_K, positive);
    v.number({"flow_ratio", Need::optional, "Tower water over loop water"}, x.flow_ratio, {.low = 0.2, .high = 5.0});
    v.quantity({"pump_head", Need::optional, "Pressure rise of the tower pumps at design flow"}, "Pa", x.pump_head_Pa, positive);
    v.number({"pump_efficiency", Need::optional, "Wire to water, of the tower pumps"}, x.pump_efficiency, {.low = 0.1, .high = 1.0});
    describe_failures(v, x);
}

template <class V> void describe(V& v, ChillerCurves& x)
{
    v.quantity({"reference", Need::required, "Capacity at the reference point"}, "W", x.reference_W, positive);
    v.number({"reference_cop", Need::required, "COP there at full load"}, x.reference_cop, positive);
    v.quantity({"leaving", Need::required, "Chilled water out at the reference point"}, "C", x.leaving_C, any_value);
    v.quantity({"condenser", Need::required, "Condenser water in there, or outdoor dry bulb"}, "C", x.condenser_C, any_value);
    v.coefficients({"capacity_ft", Need::required, "Capacity over temperatures"}, x.capacity_ft);
    v.coefficients({"eir_ft", Need::required, "Power per capacity over temperatures"}, x.eir_ft);
    v.coefficients({"eir_plr", Need::required, "Power over load ratio"}, x.eir_plr);
    v.number({"min_plr", Need::required, "Lowest load ratio without cycling"}, x.min_plr, {.low = 0.0, .high = 1.0, .low_excluded = true});
    v.number({"max_plr", Need::required, "Highest load ratio"}, x.max_plr, {.low = 1.0, .high = 2.0});
    v.number({"min_unloading_plr", Need::required, "Load ratio below which power falls no further"}, x.min_unloading_plr, share);
    v.quantity({"evaporator_min", Need::required, "Lowest chilled water of the curves"}, "C", x.evaporator_min_C, any_value);
    v.quantity({"evaporator_max", Need::required, "Highest"}, "C", x.evaporator_max_C, any_value);
    v.quantity({"condenser_min", Need::required, "Lowest condenser inlet of the curves"}, "C", x.condenser_min_C, any_value);
    v.quantity({"condenser_max", Need::required, "Highest"}, "C", x.condenser_max_C, any_value);
    v.flag({"air_cooled", Need::optional, "The condenser is in the outdoor air"}, x.air_cooled);
    v.number({"condenser_share", Need::optional, "Part of the power that ends in the condenser"}, x.condenser_share, share);
}

/// Chillers of a loop: curves of one, how many and how large.
struct ChillerUnits {
    std::uint32_t units{};
    std::uint32_t spare{};
    double capacity_W{};
    ChillerCurves curves;
};

template <class V> void describe(V& v, ChillerUnits& x)
{
    v.count_or_auto({"units", Need::required, "Chillers; \"auto\": what the design weather needs, and the spares"}, x.units, 1);
    v.count({"spare", Need::required, "Chillers that stand by"}, x.spare, 0);
    v.quantity({"capacity", Need::optional, "Of one chiller at the reference point; absent: as the curves"}, "W", x.capacity_W,
               not_negative);
    v.object({"curves", Need::required, "Data set of one chiller"}, x.curves);
}

template <class V> void describe(V& v, FanWallRating& x)
{
    v.quantity({"heat", Need::required, "Sensible heat at the coil"}, "W", x.heat_W, positive);
    v.quantity({"water_inlet", Need::required, "Chilled water supply"}, "C", x.water_inlet_C, any_value);
    v.quantity({"water_outlet", Need::required, "Chilled water return"}, "C", x.water_outlet_C, any_value);
    v.quantity({"air_return", Need::required, "Hall air into the coil"}, "C", x.air_return_C, any_value);
    v.quantity({"air", Need::required, "Air at full speed"}, "kg_per_s", x.air_kg_per_s, positive);
    v.quantity({"fan", Need::required, "Electric power of the fans at full speed; 0 for a rear door"}, "W", x.fan_W, not_negative);
}

} // namespace aidc
