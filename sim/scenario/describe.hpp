#pragma once
/// \file
/// The keys of a scenario: one describe() per struct, from the parts up to the whole.

#include "sim/scenario/spec.hpp"

namespace aidc {

inline constexpr std::array<std::pair<std::string_view, Stage>, stage_count> stage_names = [] {
    std::array<std::pair<std::string_view, Stage>, stage_count> names;
    for (std::size_t i = 0; i < stage_count; ++i) {
        names[i] = {stages[i].name, stages[i].stage};
    }
    return names;
}();

template <class V> void describe(V& v, Factor& x)
{
    v.text({"name", Need::required, "Name that distributions refer to"}, x.name);
    v.number({"rho", Need::required, "Share of variance in common"}, x.rho, {.low = 0.0, .high = 0.999});
}

template <class V> void describe(V& v, HolidaySpec& x)
{
    v.date({"from", Need::required, "First day off"}, x.from);
    v.date({"until", Need::required, "First day of work again"}, x.until);
}

template <class V> void describe(V& v, CalendarSpec& x)
{
    v.text({"name", Need::required, "Name that activities refer to"}, x.name);
    v.texts({"days_off", Need::required, "Weekly days off: sunday ... saturday"}, x.days_off);
    v.list({"holidays", Need::optional, "Stretches without work"}, x.holidays);
}

template <class V> void describe(V& v, DesignWeather& x)
{
    v.quantity({"dry_bulb", Need::required, "Design dry bulb, 0.4 % of the hours"}, "C", x.dry_bulb_C, {.low = -40.0, .high = 60.0});
    v.quantity({"wet_bulb", Need::required, "Wet bulb that goes with it"}, "C", x.wet_bulb_C, {.low = -40.0, .high = 40.0});
}

template <class V> void describe(V& v, NormalsSpec& x)
{
    v.numbers({"dry_bulb_mean", Need::required, "Monthly mean dry bulb, January first"}, "C", x.dry_bulb_mean_C,
              {.low = -60.0, .high = 50.0});
    v.numbers({"daily_range", Need::required, "Monthly mean of daily maximum less minimum"}, "K", x.daily_range_K,
              {.low = 0.0, .high = 40.0});
    v.numbers({"relative_humidity", Need::required, "Monthly mean relative humidity"}, "share", x.relative_humidity, share);
}

template <class V> void describe(V& v, ClimateSpec& x)
{
    v.text({"name", Need::required, "Name that campuses refer to"}, x.name);
    v.text({"source", Need::required, "Where the numbers come from; a proxy names its station"}, x.source);
    v.quantity({"altitude", Need::required, "Above sea level"}, "m", x.altitude_m, {.low = -450.0, .high = 6000.0});
    v.object({"design", Need::required, "Listed design weather, for firm capacity"}, x.design);
    v.maybe({"normals", Need::optional, "Monthly normals, from which an hourly year is made"}, x.normals);
    v.text({"epw", Need::optional, "Hourly weather file (EnergyPlus), instead of normals"}, x.epw);
}

template <class V> void describe(V& v, CrewSpec& x)
{
    v.text({"name", Need::required, "Name that activities refer to"}, x.name);
    v.number({"teams", Need::required, "Teams that work at the same time"}, x.teams, positive);
}

template <class V> void describe(V& v, CapacitySpec& x)
{
    v.date({"from", Need::required, "First day of this rate"}, x.from);
    v.quantity({"units", Need::required, "Output of the line"}, "per_s", x.units_per_s, positive);
}

template <class V> void describe(V& v, MakerSpec& x)
{
    v.text({"name", Need::required, "Name that orders refer to"}, x.name);
    v.text({"item", Need::required, "What it makes"}, x.item);
    v.list({"capacity", Need::optional, "Output over time; with it no quoted lead time"}, x.capacity);
    v.number({"backlog_units", Need::optional, "Other customers' units queued ahead of ours"}, x.backlog_units, not_negative);
    v.number({"our_quota", Need::optional, "Weight of our class against the other customers' class"}, x.our_quota,
             {.low = 0.0, .high = 1.0, .low_excluded = true});
    v.number({"others_units", Need::optional, "Units queued in the other customers' class"}, x.others_units, not_negative);
    v.maybe_duration({"quoted_lead", Need::optional, "Order to first lot, queue included; with it no capacity"}, x.quoted_lead);
    v.maybe_duration({"touch", Need::optional, "Making of a lot, queue apart; with capacity"}, x.touch);
    v.duration({"transit", Need::required, "Ship day to dock, customs included"}, x.transit);
    v.number({"lot_units", Need::optional, "Units that leave together"}, x.lot_units, positive);
    v.quantity({"ship_every", Need::optional, "Days between ship days; with a quoted lead time, between lots"}, "s", x.ship_every_s,
               not_negative);
}

template <class V> void describe(V& v, OrderSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"maker", Need::required, "Who makes it"}, x.maker);
    v.text({"campus", Need::required, "Where it goes"}, x.campus);
    v.number({"units", Need::required, "How many"}, x.units, positive);
    v.date({"placed", Need::required, "Date of the order, not before the start"}, x.placed);
}

template <class V> void describe(V& v, ShockSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"item", Need::required, "What it hits"}, x.item);
    v.date({"from", Need::required, "First day"}, x.from);
    v.maybe_date({"until", Need::optional, "First day after; absent: to the end"}, x.until);
    v.number({"capacity_factor", Need::optional, "Multiplies the output of the item's makers"}, x.capacity_factor, share);
    v.flag({"holds_transit", Need::optional, "Lots that would arrive meanwhile wait for its end"}, x.holds_transit);
    v.duration({"release", Need::optional, "From its end to the dock, for a held lot"}, x.release);
}

template <class V> void describe(V& v, LinkSpec& x)
{
    v.text({"activity", Need::required, "Predecessor"}, x.activity);
    v.flag({"start_to_start", Need::optional, "Counts from its start instead of its end"}, x.start_to_start);
    v.quantity({"lag", Need::optional, "From that date to the earliest start"}, "s", x.lag_s, not_negative);
}

template <class V> void describe(V& v, GoodsSpec& x)
{
    v.text({"item", Need::required, "What is used up"}, x.item);
    v.number({"units", Need::required, "How many"}, x.units, positive);
}

template <class V> void describe(V& v, GrantSpec& x)
{
    v.text({"term", Need::optional, "Term of the hall: handover, space, network, cooling, distribution, ..."}, x.term);
    v.text({"group", Need::optional, "Units put into service: ups, coolers, transformers or gensets"}, x.group);
    v.number({"share", Need::optional, "Of the hall's design power, or of the group's units"}, x.share, share);
    v.number({"units", Need::optional, "Units of the group"}, x.units, not_negative);
    v.quantity({"it", Need::optional, "IT power of the term, at rack input"}, "W", x.it_W, not_negative);
    v.quantity({"import", Need::optional, "Grid import at the fence of the campus"}, "W", x.import_W, not_negative);
}

template <class V> void describe(V& v, ActivitySpec& x)
{
    v.text({"name", Need::required, "Name; successors of the same hall, building or campus refer to it"}, x.name);
    v.choice({"stage", Need::required, "Kind of work; lateness is booked to its cause"}, x.stage, stage_names);
    v.texts({"after", Need::optional, "Predecessors that must be finished"}, x.after);
    v.list({"links", Need::optional, "Predecessors with a lag or from their start"}, x.links);
    v.list({"goods", Need::optional, "Used up; all must be on site"}, x.goods);
    v.text({"crew", Need::optional, "Who does it; absent: nobody has to be free"}, x.crew);
    v.number({"teams", Need::optional, "Teams of the crew it takes"}, x.teams, positive);
    v.text({"calendar", Need::optional, "Work calendar; absent: every day counts"}, x.calendar);
    v.duration({"work", Need::required, "Time it takes once started"}, x.work);
    v.number({"retest_probability", Need::optional, "Each test fails with this probability"}, x.retest_probability,
             {.low = 0.0, .high = 0.95});
    v.duration({"rework", Need::optional, "Repair and repeat after a failed test"}, x.rework);
    v.maybe_date({"not_before", Need::optional, "Earliest start set by somebody else"}, x.not_before);
    v.list({"grants", Need::optional, "What finishing it adds"}, x.grants);
}

template <class V> void describe(V& v, InstallSpec& x)
{
    v.texts({"after", Need::required, "Activities that must be finished before racks come in"}, x.after);
    v.text({"crew", Need::required, "Who installs; one team a pod"}, x.crew);
    v.text({"calendar", Need::optional, "Work calendar; absent: every day counts"}, x.calendar);
    v.duration({"work_per_rack", Need::required, "Installing one rack by one team"}, x.work_per_rack);
    v.duration({"burn_in", Need::required, "Burn-in and acceptance of a pod"}, x.burn_in);
    v.number({"retest_probability", Need::optional, "Acceptance of a pod fails with this probability"}, x.retest_probability,
             {.low = 0.0, .high = 0.95});
    v.duration({"rework", Need::optional, "Repair and repeat after a failed acceptance"}, x.rework);
}

template <class V> void describe(V& v, RackLineSpec& x)
{
    v.text({"rack", Need::required, "Kind of rack"}, x.rack);
    v.count({"racks", Need::required, "How many the hall is planned for"}, x.racks, 1);
    v.count({"racks_per_pod", Need::required, "On one CDU"}, x.racks_per_pod, 1);
}

template <class V> void describe(V& v, HallSpec& x)
{
    v.text({"name", Need::required, "Name in its building"}, x.name);
    v.flag({"built", Need::optional, "Stands with racks, at the start"}, x.built);
    v.count({"pods", Need::required, "Pods, each with its CDU"}, x.pods, 1);
    v.count({"positions_per_pod", Need::required, "Rack positions of a pod"}, x.positions_per_pod, 1);
    v.quantity({"position_max", Need::required, "Largest rack a position takes"}, "W", x.position_max_W, positive);
    v.quantity({"design", Need::required, "IT power the hall is built for, at rack input"}, "W", x.design_W, positive);
    v.quantity({"house", Need::required, "Lights, controls, security from handover on"}, "W", x.house_W, not_negative);
    v.number({"backup_share", Need::optional, "Share of the IT load that gensets must carry; 0: no limit"}, x.backup_share, share);
    v.count({"handover_order", Need::required, "Who is served first by shared supplies, as planned"}, x.handover_order, 1);
    v.object({"ups", Need::required, "UPS of the hall"}, x.ups);
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

template <class V> void describe(V& v, CampusSpec& x)
{
    v.text({"name", Need::required, "Name"}, x.name);
    v.text({"region", Need::required, "Country or state"}, x.region);
    v.text({"climate", Need::required, "Its weather"}, x.climate);
    v.flag({"built", Need::optional, "Grid, transformers, gensets and coolers stand at the start"}, x.built);
    v.quantity({"import_at_start", Need::optional, "Grid import at the fence when built"}, "W", x.import_W, not_negative);
    v.object({"transformers", Need::required, "Site transformers, fence side"}, x.transformers);
    v.maybe({"gensets", Need::optional, "Gensets; absent: backup limits nothing"}, x.gensets);
    v.list({"activities", Need::optional, "Work for the whole campus"}, x.activities);
    v.list({"buildings", Need::required, "Buildings, each one facility-water loop"}, x.buildings);
}

template <class V> void describe(V& v, ContractStepSpec& x)
{
    v.date({"from", Need::required, "First day"}, x.from);
    v.quantity({"it", Need::required, "Committed IT power from then on"}, "W", x.it_W, not_negative);
}

template <class V> void describe(V& v, ContractSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"campus", Need::required, "Where"}, x.campus);
    v.list({"committed", Need::required, "Steps of what is committed, dates rising"}, x.committed);
    v.number({"busy_mean", Need::required, "Busy share of the sold accelerators, daily mean"}, x.shape.busy_mean, share);
    v.number({"busy_swing", Need::optional, "Daily swing around the mean"}, x.shape.busy_swing, share);
    v.quantity({"peak", Need::optional, "Local time of day of the maximum"}, "s", x.shape.peak_s, {.low = 0.0, .high = day_s});
}

template <class V> void describe(V& v, DemandSpec& x) { v.list({"contracts", Need::optional, "Who has reserved what"}, x.contracts); }

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
    v.object({"demand", Need::optional, "Who uses the capacity"}, x.demand);
}

} // namespace aidc
