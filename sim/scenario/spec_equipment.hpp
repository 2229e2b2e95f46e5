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

template <class V> void describe(V& v, Leakage& x)
{
    v.number({"per_K", Need::optional, "Share of the rated power per kelvin; 0: off"}, x.per_K, {.low = 0.0, .high = 0.05});
    v.quantity({"reference", Need::optional, "Temperature at which the power is rated"}, "C", x.reference_C, {.low = 0.0, .high = 120.0});
}

template <class V> void describe(V& v, Accelerator& x)
{
    v.quantity({"tdp", Need::required, "Thermal design power of the package"}, "W", x.tdp_W, positive);
    v.number({"h200_equivalents", Need::optional, "Dense BF16 work relative to an H200"}, x.h200_equivalents, positive);
    v.quantity({"throttle_case", Need::optional, "Case temperature at which power is cut"}, "C", x.throttle_case_C,
               {.low = 40.0, .high = 120.0});
    v.quantity({"trip_case", Need::optional, "Case temperature at which it switches off"}, "C", x.trip_case_C,
               {.low = 41.0, .high = 150.0});
    v.quantity({"capacity", Need::optional, "Heat capacity of the package with its plate"}, "J_per_K", x.capacity_J_per_K, positive);
    v.object({"leakage", Need::optional, "Power that grows with junction temperature"}, x.leakage);
}

template <class V> void describe(V& v, Server& x)
{
    v.count({"accelerators", Need::required, "Accelerators of one server or tray"}, x.accelerators, 0);
    v.quantity({"power", Need::required, "Power at the server's input, all accelerators busy"}, "W", x.power_W, positive);
}

template <class V> void describe(V& v, ColdPlate& x)
{
    v.quantity({"conduction", Need::required, "Case to plate, independent of flow"}, "K_per_W", x.conduction_K_per_W, not_negative);
    v.quantity({"convection", Need::required, "Plate to coolant at the rated flow"}, "K_per_W", x.convection_K_per_W, not_negative);
    v.quantity({"rated_flow", Need::optional, "Flow of that film; absent: the design flow"}, "m3_per_s", x.rated_flow_m3_per_s,
               not_negative);
    v.number({"exponent", Need::optional, "Film ~ flow^exponent; 0.8 turbulent, 0.5 to 0.6 microchannels"}, x.exponent, share);
}

template <class V> void describe(V& v, JetArray& x)
{
    v.quantity({"nozzle_diameter", Need::required, "Diameter of a nozzle"}, "m", x.nozzle_diameter_m, positive);
    v.number({"open_share", Need::required, "Area of the nozzles over the cooled area"}, x.open_share,
             {.low = 0.0, .high = 1.0, .low_excluded = true});
    v.number({"height_over_diameter", Need::required, "Nozzle to surface over diameter"}, x.height_over_diameter, positive);
    v.quantity({"area", Need::required, "Cooled area without fins"}, "m2", x.area_m2, positive);
    v.quantity({"conduction", Need::required, "Lid and interface"}, "K_per_W", x.conduction_K_per_W, not_negative);
    v.number({"area_enhancement", Need::optional, "Wetted area times fin efficiency over the cooled area"}, x.area_enhancement,
             {.low = 1.0});
}

template <class V> void describe(V& v, ImmersedSink& x)
{
    v.quantity({"conduction", Need::required, "Lid, interface, spreading"}, "K_per_W", x.conduction_K_per_W, not_negative);
    v.quantity({"forced", Need::required, "Film of the heat sink at the rated flow"}, "K_per_W", x.forced_K_per_W, positive);
    v.quantity({"rated_flow", Need::optional, "Oil past one sink; absent: the design flow"}, "m3_per_s", x.rated_flow_m3_per_s,
               not_negative);
    v.number({"exponent", Need::optional, "Film ~ flow^exponent"}, x.exponent, share);
    v.quantity({"area", Need::optional, "Wetted area times fin efficiency, for still oil; absent: none"}, "m2", x.area_m2, not_negative);
}

template <class V> void describe(V& v, Evaporator& x)
{
    v.quantity({"resistance", Need::required, "Case over saturation before dry-out"}, "K_per_W", x.resistance_K_per_W, positive);
    v.number({"dry_out_quality", Need::optional, "Vapour share above which the wall dries"}, x.dry_out_quality, share);
    v.number({"dry_out_factor", Need::optional, "Resistance when dry over resistance before"}, x.dry_out_factor, {.low = 1.0});
    v.quantity({"subcooling", Need::optional, "Liquid below saturation at the inlet"}, "K", x.subcooling_K, not_negative);
}

inline constexpr std::array<std::pair<std::string_view, FlowRule::Law>, 2> flow_laws{
    {{"constant", FlowRule::Law::constant_flow}, {"constant_return", FlowRule::Law::constant_return}}};

/// A kind of rack, as written: exactly one technique at the chip.
struct RackSpec : RackKind {
    std::optional<ColdPlate> cold_plate;
    std::optional<JetArray> jets;
    std::optional<ImmersedSink> immersed_sink;
    std::optional<Evaporator> evaporator;
};

template <class V> void describe(V& v, RackSpec& x)
{
    v.text({"name", Need::required, "Name; makers deliver it as an item of this name"}, x.name);
    v.object({"accelerator", Need::required, "Accelerator package"}, x.accelerator);
    v.object({"server", Need::required, "Server or tray"}, x.server);
    v.count({"servers", Need::required, "Servers of one rack; for a supernode the mean over its cabinets"}, x.servers, 1);
    v.quantity({"overhead", Need::optional, "Switches, fans and conversion of one rack"}, "W", x.overhead_W, not_negative);
    v.number({"liquid_share", Need::required, "Heat that leaves by the liquid"}, x.liquid_share,
             {.low = 0.0, .high = 1.0, .low_excluded = true});
    v.maybe({"cold_plate", Need::optional, "Cold plate of one accelerator; or one of the next three"}, x.cold_plate);
    v.maybe({"jets", Need::optional, "Jets on one accelerator"}, x.jets);
    v.maybe({"immersed_sink", Need::optional, "Heat sink of one accelerator in a bath of oil"}, x.immersed_sink);
    v.maybe({"evaporator", Need::optional, "Boiling plate of one accelerator, before a condensing CDU"}, x.evaporator);
    v.quantity({"tcs_flow", Need::required, "Coolant flow per liquid heat at full power"}, "m3_per_J", x.tcs_flow_m3_per_J, positive);
    v.quantity({"tcs_flow_min", Need::optional, "Least coolant flow per liquid heat it may get"}, "m3_per_J", x.tcs_flow_min_m3_per_J,
               positive);
    v.choice({"flow_law", Need::optional, "How the flow follows the load"}, x.flow_law, flow_laws);
    v.quantity({"return", Need::optional, "Coolant return to keep by the law constant_return"}, "C", x.return_C,
               {.low = 20.0, .high = 90.0});
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

/// How long a unit lasts, and is out; what units share. A count or time of 0 is none.
struct LifeSpec {
    std::optional<DurationText> to_failure;
    std::optional<DurationText> to_repair;
    std::uint32_t spares{}, crews{};
    std::optional<DurationText> to_replace;
    double common_share{}, maintenance_every_s{}, maintenance_s{};
};

/// Equal units with spares, as written: loss curve and derating belong to the electrical kinds.
struct UnitGroupSpec : LifeSpec {
    std::uint32_t units{};
    std::uint32_t spare{};
    double rating_W{};
    double no_load_loss{};
    double proportional_loss{};
    double square_loss{};
};

inline constexpr std::array<std::pair<std::string_view, Arrangement>, 4> arrangement_names{
    {{"shared", Arrangement::shared},
     {"2N", Arrangement::two_n},
     {"block_redundant", Arrangement::block_redundant},
     {"distributed", Arrangement::distributed}}};

/// UPS of a hall: units with losses and a battery, in blocks that stand in for each other.
struct UpsUnits : UnitGroupSpec {
    Arrangement arrangement{};
    std::uint32_t blocks{}; ///< 0: as the arrangement has them
    UpsBattery battery;
};
/// Transformers: units with losses that fail.
struct FailingElectricUnits : UnitGroupSpec {};
/// Gensets: a rating, no losses while they stand by.
struct GensetUnits : UnitGroupSpec {};

template <class V> void describe_units(V& v, UnitGroupSpec& x)
{
    v.count({"units", Need::required, "Units when all are commissioned"}, x.units, 1);
    v.count({"spare", Need::required, "Units that may be lost without shedding (r of n - r)"}, x.spare, 0);
}

/// Cooling units: the program may find how many the design weather needs, and adds the spares.
template <class V> void describe_cooling_units(V& v, UnitGroupSpec& x)
{
    v.count_or_auto({"units", Need::required, "Units when all are commissioned; \"auto\": what the design weather needs, and the spares"},
                    x.units, 1);
    v.count({"spare", Need::required, "Units that may be lost without shedding (r of n - r)"}, x.spare, 0);
}

template <class V> void describe_failures(V& v, LifeSpec& x)
{
    v.maybe_duration({"to_failure", Need::optional, "Time in service of one unit until it fails; absent: never"}, x.to_failure);
    v.maybe_duration({"to_repair", Need::optional, "Time from failure until the unit is back"}, x.to_repair);
    v.count({"spares", Need::optional, "In stock for exchange; availability only, a run draws each unit by itself"}, x.spares, 0);
    v.maybe_duration({"replace", Need::optional, "Exchange of a failed unit for a spare, which is then repaired; availability only"},
                     x.to_replace);
    v.count({"crews", Need::optional, "Repairs of the group at a time; 0: as many as fail; availability only"}, x.crews, 0);
    v.number({"common_share", Need::optional, "Share of failures that take the whole group down (beta factor); availability only"},
             x.common_share, {.low = 0.0, .high = 0.999});
    v.quantity({"maintenance_every", Need::optional, "Each unit is maintained once in this time; 0: never; availability only"}, "s",
               x.maintenance_every_s, not_negative);
    v.quantity({"maintenance", Need::optional, "How long a unit is out for it; availability only"}, "s", x.maintenance_s, not_negative);
}

template <class V> void describe_losses(V& v, UnitGroupSpec& x)
{
    v.quantity({"rating", Need::required, "Rated output of one unit"}, "W", x.rating_W, positive);
    v.number({"no_load_loss", Need::required, "Loss of an energised unit without load, over its rating"}, x.no_load_loss, share);
    v.number({"proportional_loss", Need::required, "Loss proportional to load, over the rating at full load"}, x.proportional_loss, share);
    v.number({"square_loss", Need::required, "Resistive loss, over the rating at full load"}, x.square_loss, share);
}

template <class V> void describe(V& v, LifeSpec& x) { describe_failures(v, x); }

template <class V> void describe(V& v, UpsBattery& x)
{
    v.quantity({"autonomy", Need::optional, "From full to empty at the full load of the group; 0: no battery"}, "s", x.autonomy_s,
               not_negative);
    v.number({"exponent", Need::optional, "Autonomy ~ load^-exponent (Peukert)"}, x.exponent, {.low = 1.0, .high = 2.0});
    v.number({"charger_share", Need::optional, "Charging power over the rating of the group"}, x.charger_share, share);
    v.number({"charge_efficiency", Need::optional, "Stored over taken in"}, x.charge_efficiency,
             {.low = 0.0, .high = 1.0, .low_excluded = true});
}

template <class V> void describe(V& v, UpsUnits& x)
{
    describe_units(v, x);
    describe_losses(v, x);
    describe_failures(v, x);
    v.choice({"arrangement", Need::optional, "How blocks of UPS stand in for each other"}, x.arrangement, arrangement_names);
    v.count({"blocks", Need::optional, "Equal blocks that share the units; 0: as the arrangement has them, shared 1, 2N 2"}, x.blocks, 0);
    v.object({"battery", Need::optional, "Battery behind all units"}, x.battery);
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

} // namespace aidc
