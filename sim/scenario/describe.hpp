#pragma once
/// \file
/// The keys of a scenario: one describe() per struct, from the parts up to the whole.

#include "sim/scenario/spec.hpp"

namespace aidc {

template <class V> void describe(V& v, Factor& x)
{
    v.text({"name", Need::required, "Name that distributions refer to"}, x.name);
    v.number({"rho", Need::required, "Share of variance in common"}, x.rho, {.low = 0.0, .high = 0.999});
}

template <class V> void describe(V& v, RackLineSpec& x)
{
    v.text({"rack", Need::required, "Kind of rack"}, x.rack);
    v.count({"racks", Need::required, "How many the hall is planned for"}, x.racks, 1);
    v.count({"racks_per_pod", Need::required, "On one CDU"}, x.racks_per_pod, 1);
    v.count({"cluster_accelerators", Need::optional, "So many in one fabric go live together"}, x.cluster_accelerators, 0);
    v.texts({"after", Need::optional, "Activities that these racks wait for, beside those of \"install\""}, x.after);
    v.text({"replaces", Need::optional, "Kind of rack whose positions these take over (retrofit)"}, x.replaces);
}

template <class V> void describe(V& v, HallSpec& x)
{
    v.text({"name", Need::required, "Name in its building"}, x.name);
    v.flag({"built", Need::optional, "Stands with racks, at the start"}, x.built);
    v.count({"pods", Need::required, "Pods, each with its CDU"}, x.pods, 1);
    v.count({"positions_per_pod", Need::required, "Rack positions of a pod"}, x.positions_per_pod, 1);
    v.quantity({"position_max", Need::required, "Largest rack a position takes"}, "W", x.position_max_W, positive);
    v.quantity({"bus", Need::optional, "Voltage that positions offer, DC"}, "V", x.bus_V, positive);
    v.quantity({"floor_max", Need::optional, "Heaviest rack that the floor carries; absent: no limit"}, "kg", x.floor_max_kg, not_negative);
    v.quantity({"design", Need::required, "IT power the hall is built for, at rack input"}, "W", x.design_W, positive);
    v.quantity({"house", Need::required, "Lights, controls, security from handover on"}, "W", x.house_W, not_negative);
    v.number({"backup_share", Need::optional, "Share of the IT load that gensets must carry; 0: no limit"}, x.backup_share, share);
    v.count({"handover_order", Need::required, "Who is served first by shared supplies, as planned"}, x.handover_order, 1);
    v.object({"ups", Need::required, "UPS of the hall"}, x.ups);
    v.maybe({"busway", Need::optional, "Busway behind each block of UPS; absent: it limits nothing"}, x.busway);
    v.texts(
        {"fed_by", Need::optional, "Nodes of the power chain that feed the UPS, block b by entry b; absent: halls_fed_by of the campus"},
        x.fed_by);
    v.list({"racks", Need::required, "Planned racks"}, x.racks);
    v.list({"activities", Need::optional, "Work in this hall"}, x.activities);
    v.maybe({"install", Need::optional, "How racks come in; required unless built"}, x.install);
}

template <class V> void describe(V& v, BuildingSpec& x)
{
    v.text({"name", Need::required, "Name in its campus"}, x.name);
    v.object({"plant", Need::required, "Cooling of the building"}, x.plant);
    v.list({"activities", Need::optional, "Work for all halls of the building"}, x.activities);
    v.list({"halls", Need::required, "Halls"}, x.halls);
}

template <class V> void describe(V& v, NonFirmSpec& x)
{
    v.flag({"counts", Need::optional, "Racks go live on it, and stand still while it is curtailed"}, x.counts);
    v.maybe_duration({"to_curtail", Need::optional, "From the start, and from one end, to the next curtailment"}, x.to_curtail);
    v.duration({"curtailed", Need::optional, "Length of a curtailment"}, x.curtailed);
}

template <class V> void describe(V& v, CampusSpec& x)
{
    v.text({"name", Need::required, "Name"}, x.name);
    v.text({"region", Need::required, "Country or state"}, x.region);
    v.text({"climate", Need::required, "Its weather"}, x.climate);
    v.flag({"built", Need::optional, "Grid, transformers, gensets and coolers stand at the start"}, x.built);
    v.quantity({"import_at_start", Need::optional, "Grid import at the fence when built"}, "W", x.import_W, not_negative);
    v.maybe({"non_firm", Need::optional, "What non-firm import is worth here"}, x.non_firm);
    v.object({"transformers", Need::required, "Site transformers, fence side"}, x.transformers);
    v.maybe({"gensets", Need::optional, "Gensets; absent: backup limits nothing"}, x.gensets);
    v.object({"power", Need::optional, "Power chain, and what happens when a part of the site fails"}, x.power);
    v.list({"activities", Need::optional, "Work for the whole campus"}, x.activities);
    v.list({"buildings", Need::required, "Buildings, each one facility-water loop"}, x.buildings);
}

template <class V> void describe(V& v, TraceSpec& x)
{
    v.text({"hall", Need::required, "campus/building/hall whose first pods replay it"}, x.hall);
    v.text({"csv", Need::required, "Table with a column \"time\" in seconds from the start, at equal steps"}, x.csv);
    v.text({"columns", Need::required, "Columns whose names begin with this are the liquid heat of pod after pod [W]"}, x.columns);
    v.text({"wet_bulb", Need::optional, "Column of the outdoor wet bulb [C], instead of the climate's"}, x.wet_bulb);
}

template <class V> void describe(V& v, TargetSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.quantity({"it", Need::required, "Live IT power over all campuses"}, "W", x.it_W, positive);
    v.maybe_date({"due", Need::optional, "Promised for this day"}, x.due);
}

template <class V> void describe(V& v, ScenarioSpec& x)
{
    v.text({"format", Need::required, "\"aidcsim-scenario\""}, x.format);
    v.count({"version", Need::required, "Version of the format: 1"}, x.version, 1);
    v.text({"name", Need::required, "Name of the scenario"}, x.name);
    v.text({"description", Need::optional, "What it stands for"}, x.description);
    v.date({"start", Need::required, "First day"}, x.start);
    v.date({"end", Need::required, "First day after the end"}, x.end);
    v.quantity({"step", Need::optional, "Operations step; whole seconds that divide a day"}, "s", x.step_s, {.low = 1.0, .high = day_s});
    v.count({"seed", Need::optional, "Seed of all draws"}, x.seed, 0);
    v.list({"factors", Need::optional, "Common factors of distributions"}, x.factors);
    v.list({"calendars", Need::optional, "Work calendars"}, x.calendars);
    v.list({"climates", Need::required, "Weather by place"}, x.climates);
    v.list({"crews", Need::optional, "Who works"}, x.crews);
    v.list({"racks", Need::required, "Kinds of racks"}, x.racks);
    v.list({"makers", Need::optional, "Where goods come from"}, x.makers);
    v.list({"orders", Need::optional, "What is ordered"}, x.orders);
    v.list({"shocks", Need::optional, "Events of the outer world"}, x.shocks);
    v.list({"campuses", Need::required, "Sites"}, x.campuses);
    v.list({"targets", Need::optional, "Live power that was promised"}, x.targets);
    v.text({"currency", Need::optional, "Of all prices"}, x.currency);
    v.text({"baseline", Need::optional, "File of a frozen plan; absent: the median run of the scenario as written"}, x.baseline);
    v.object({"demand", Need::optional, "Who uses the capacity"}, x.demand);
    v.list({"traces", Need::optional, "Measured heat that pods replay; with steps of a minute or less heat is stored"}, x.traces);
    v.list({"faults", Need::optional, "What is broken on a date, to see what comes of it"}, x.faults);
}

} // namespace aidc
