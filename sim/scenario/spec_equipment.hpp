#pragma once
/// \file
/// Equipment as written in scenarios and catalogues.

#include "models/campus/campus.hpp"
#include "sim/scenario/field.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace aidc {

template <class V> void describe(V& v, Accelerator& x)
{
    v.quantity({"tdp", Need::required, "Thermal design power of the package"}, "W", x.tdp_W, positive);
    v.number({"h200_equivalents", Need::optional, "Dense BF16 work relative to an H200"}, x.h200_equivalents, positive);
    v.quantity({"throttle_case", Need::optional, "Case temperature at which power is cut"}, "C", x.throttle_case_C,
               {.low = 40.0, .high = 120.0});
}

template <class V> void describe(V& v, Server& x)
{
    v.count({"accelerators", Need::required, "Accelerators of one server or tray"}, x.accelerators, 0);
    v.quantity({"power", Need::required, "Power at the server's input, all accelerators busy"}, "W", x.power_W, positive);
}

template <class V> void describe(V& v, PlateData& x)
{
    v.quantity({"conduction", Need::required, "Case to plate, independent of flow"}, "K_per_W", x.conduction_K_per_W, not_negative);
    v.quantity({"convection", Need::required, "Plate to coolant at design flow"}, "K_per_W", x.convection_K_per_W, not_negative);
}

template <class V> void describe(V& v, RackKind& x)
{
    v.text({"name", Need::required, "Name; makers deliver it as an item of this name"}, x.name);
    v.object({"accelerator", Need::required, "Accelerator package"}, x.accelerator);
    v.object({"server", Need::required, "Server or tray"}, x.server);
    v.count({"servers", Need::required, "Servers of one rack; for a supernode the mean over its cabinets"}, x.servers, 1);
    v.quantity({"overhead", Need::optional, "Switches, fans and conversion of one rack"}, "W", x.overhead_W, not_negative);
    v.number({"liquid_share", Need::required, "Heat that leaves by the cold plates"}, x.liquid_share,
             {.low = 0.0, .high = 1.0, .low_excluded = true});
    v.object({"cold_plate", Need::required, "Cold plate of one accelerator"}, x.plate);
    v.quantity({"tcs_flow", Need::required, "Coolant flow per liquid heat at full power"}, "m3_per_J", x.tcs_flow_m3_per_J, positive);
    v.quantity({"tcs_flow_min", Need::optional, "Least coolant flow per liquid heat it may get"}, "m3_per_J", x.tcs_flow_min_m3_per_J,
               positive);
    v.number({"draw_share", Need::optional, "Mean power of a busy rack over its budget; for energy, never for capacity"}, x.draw_share,
             share);
    v.number({"idle_share", Need::optional, "Power of an idle rack over its budget"}, x.idle_share, share);
    v.count({"go_live_unit_racks", Need::optional, "Racks that go live together"}, x.go_live_unit_racks, 1);
    v.quantity({"supply_max", Need::optional, "Warmest coolant supply it takes"}, "C", x.supply_max_C, {.low = 10.0, .high = 90.0});
    v.quantity({"bus", Need::optional, "Voltage of its bus bar, DC"}, "V", x.bus_V, positive);
    v.quantity({"mass", Need::optional, "With coolant; absent: not told"}, "kg", x.mass_kg, not_negative);
    v.texts({"barred_regions", Need::optional, "Regions that export rules keep it out of"}, x.barred_regions);
    v.quantity({"accelerator_failures", Need::optional, "Failures of one accelerator"}, "per_s", x.accelerator_afr_per_s, not_negative);
    v.quantity({"accelerator_repair", Need::optional, "Mean time to repair an accelerator"}, "s", x.accelerator_repair_s, not_negative);
}

/// Equal units with spares, as written: loss curve and derating belong to the electrical kinds.
struct UnitGroupSpec {
    std::uint32_t units{};
    std::uint32_t spare{};
    double rating_W{};
    double no_load_loss{};
    double proportional_loss{};
    double square_loss{};
    std::optional<DurationText> to_failure;
    std::optional<DurationText> to_repair;
};

/// Transformers and UPS: units with losses. Failures only where the model acts on them.
struct ElectricUnits : UnitGroupSpec {};
/// Transformers: units with losses that fail.
struct FailingElectricUnits : UnitGroupSpec {};
/// Gensets: a rating, no losses while they stand by.
struct GensetUnits : UnitGroupSpec {};

template <class V> void describe_units(V& v, UnitGroupSpec& x)
{
    v.count({"units", Need::required, "Units when all are commissioned"}, x.units, 1);
    v.count({"spare", Need::required, "Units that may be lost without shedding (r of n - r)"}, x.spare, 0);
}

template <class V> void describe_failures(V& v, UnitGroupSpec& x)
{
    v.maybe_duration({"to_failure", Need::optional, "Time in service of one unit until it fails; absent: never"}, x.to_failure);
    v.maybe_duration({"to_repair", Need::optional, "Time from failure until the unit is back"}, x.to_repair);
}

template <class V> void describe_losses(V& v, UnitGroupSpec& x)
{
    v.quantity({"rating", Need::required, "Rated output of one unit"}, "W", x.rating_W, positive);
    v.number({"no_load_loss", Need::required, "Loss of an energised unit without load, over its rating"}, x.no_load_loss, share);
    v.number({"proportional_loss", Need::required, "Loss proportional to load, over the rating at full load"}, x.proportional_loss, share);
    v.number({"square_loss", Need::required, "Resistive loss, over the rating at full load"}, x.square_loss, share);
}

template <class V> void describe(V& v, ElectricUnits& x)
{
    describe_units(v, x);
    describe_losses(v, x);
}

template <class V> void describe(V& v, FailingElectricUnits& x)
{
    describe_units(v, x);
    describe_losses(v, x);
    describe_failures(v, x);
}

template <class V> void describe(V& v, GensetUnits& x)
{
    describe_units(v, x);
    v.quantity({"rating", Need::required, "Standby electric output of one genset at sea level"}, "W", x.rating_W, positive);
}

template <class V> void describe(V& v, Cdu& x)
{
    v.quantity({"rated_heat", Need::required, "Heat at the approach"}, "W", x.rated_heat_W, positive);
    v.quantity({"approach", Need::required, "TCS supply over FWS supply at rated heat and flows"}, "K", x.approach_K, positive);
    v.quantity({"tcs_rated_flow", Need::required, "Secondary flow"}, "m3_per_s", x.tcs_rated_flow_m3_per_s, positive);
    v.quantity({"fws_rated_flow", Need::required, "Primary flow with the valve open"}, "m3_per_s", x.fws_rated_flow_m3_per_s, positive);
    v.quantity({"pump_rated_power", Need::required, "Electric power of the pumps at the rated secondary flow"}, "W", x.pump_rated_power_W,
               not_negative);
    v.number({"pump_min_speed", Need::optional, "Lowest speed ratio"}, x.pump_min_speed, share);
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
    v.number({"effectiveness", Need::required, "(dry bulb - leaving air) / (dry bulb - wet bulb)"}, x.effectiveness, share);
    v.quantity({"switch_dry_bulb", Need::required, "Wetted above this outdoor dry bulb"}, "C", x.switch_dry_bulb_C, any_value);
    v.quantity({"hysteresis", Need::optional, "Dry again this much below"}, "K", x.hysteresis_K, not_negative);
    v.number({"cycles_of_concentration", Need::optional, "Make-up over bleed"}, x.cycles_of_concentration,
             {.low = 1.0, .low_excluded = true});
}

/// Dry coolers of a building: unit data, count and failures.
struct CoolerUnits : UnitGroupSpec {
    DryCoolerRating rating;
    AdiabaticPads pads;
};

template <class V> void describe(V& v, CoolerUnits& x)
{
    describe_units(v, x);
    v.object({"rating", Need::required, "Rating point of one unit"}, x.rating);
    v.object({"pads", Need::required, "Adiabatic pads"}, x.pads);
    describe_failures(v, x);
}

template <class V> void describe(V& v, FanWallRating& x)
{
    v.quantity({"heat", Need::required, "Sensible heat at the coil"}, "W", x.heat_W, positive);
    v.quantity({"water_inlet", Need::required, "Chilled water supply"}, "C", x.water_inlet_C, any_value);
    v.quantity({"water_outlet", Need::required, "Chilled water return"}, "C", x.water_outlet_C, any_value);
    v.quantity({"air_return", Need::required, "Hall air into the coil"}, "C", x.air_return_C, any_value);
    v.quantity({"air", Need::required, "Air at full speed"}, "kg_per_s", x.air_kg_per_s, positive);
    v.quantity({"fan", Need::required, "Electric power of the fans at full speed"}, "W", x.fan_W, not_negative);
}

template <class V> void describe(V& v, Pump& x)
{
    v.quantity({"rated_flow", Need::required, "Flow at rated speed"}, "m3_per_s", x.rated_flow_m3_per_s, positive);
    v.quantity({"rated_head", Need::required, "Pressure rise at that flow"}, "Pa", x.rated_head_Pa, positive);
    v.quantity({"rated_power", Need::required, "Electric power at that flow"}, "W", x.rated_power_W, positive);
    v.number({"min_speed", Need::optional, "Lowest speed ratio"}, x.min_speed, share);
}

inline constexpr std::array<std::pair<std::string_view, Coolant>, 2> coolants{{{"water", Coolant::water}, {"pg25", Coolant::pg25}}};

/// Cooling of one building, as written.
struct PlantSpec {
    Coolant tcs = Coolant::pg25;
    Coolant fws = Coolant::water;
    double tcs_set_point_C{};
    double fws_set_point_C{};
    double fws_max_C{};
    double fws_min_C = 2.0;
    Cdu cdu;
    FanWallRating fan_wall;
    Pump fws_pump;
    CoolerUnits coolers;
    double chiller_cop{};
};

template <class V> void describe(V& v, PlantSpec& x)
{
    v.choice({"tcs_coolant", Need::optional, "Liquid of the secondary loops"}, x.tcs, coolants);
    v.choice({"fws_coolant", Need::optional, "Liquid of the facility-water loop"}, x.fws, coolants);
    v.quantity({"tcs_set_point", Need::required, "TCS supply wanted"}, "C", x.tcs_set_point_C, {.low = 10.0, .high = 60.0});
    v.quantity({"fws_set_point", Need::required, "FWS supply that the fans hold"}, "C", x.fws_set_point_C, {.low = 5.0, .high = 55.0});
    v.quantity({"fws_max", Need::required, "FWS supply at design weather that counts as cooled"}, "C", x.fws_max_C,
               {.low = 5.0, .high = 60.0});
    v.quantity({"fws_min", Need::optional, "FWS supply does not go below"}, "C", x.fws_min_C, {.low = 0.0, .high = 40.0});
    v.object({"cdu", Need::required, "CDU of one pod"}, x.cdu);
    v.object({"fan_wall", Need::required, "Fan wall of one pod, for the heat that stays in the air"}, x.fan_wall);
    v.object({"fws_pump", Need::required, "All facility-water pumps of the building as one"}, x.fws_pump);
    v.object({"coolers", Need::required, "Dry coolers of the building"}, x.coolers);
    v.number({"chiller_cop", Need::required, "Whole chiller of the residual air, constant"}, x.chiller_cop, positive);
}

} // namespace aidc
