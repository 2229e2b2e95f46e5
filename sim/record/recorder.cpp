#include "sim/record/recorder.hpp"

#include "sim/record/plant_tables.hpp"
#include "sim/record/pod_rows.hpp"
#include "sim/record/rows.hpp"
#include "sim/record/tables.hpp"

namespace aidc {
namespace {

h5::Table open_events(h5::File& file, Buildout const& b)
{
    auto group = file.group("events", "What happened, in order");
    auto table = group.table("event", {{{"at", time_units(b), "date"}},
                                       {{"kind", "1", "kind of event"}, h5::Type::int8},
                                       {{"who", "", "subject"}, h5::Type::text},
                                       {{"amount", "1", "units, IT watts or tests, by kind"}}});
    std::vector<std::pair<int, std::string>> kinds;
    for (std::size_t k = 0; k < event_kind_count; ++k) {
        kinds.emplace_back(static_cast<int>(k), std::string(event_kinds[k]));
    }
    group.flags("kind", false, kinds);
    return table;
}

/// Sums over all campuses and halls that the summary states.
struct Totals {
    Flows flows;
    double live_W{}, accelerators_live{};
    double planned_or_live_s{}, not_live_s{}, useful_s{}, live_s{}, ahead_s{};
    Tick first_live = never;
};

Totals add_up(World const& world)
{
    Totals t;
    for (auto const& book : world.campus_books) {
        t.flows += book.total;
    }
    for (auto const& hall : world.halls) {
        t.live_W += hall.live_W;
        t.accelerators_live += hall.live_accelerators;
        if (!hall.history.empty()) {
            t.first_live = std::min(t.first_live, hall.history.front().from);
        }
    }
    for (auto const& books : world.ledger) {
        t.planned_or_live_s += books.planned_or_live_accelerator_s;
        t.ahead_s += books.ahead_accelerator_s;
        t.useful_s += books.live_accelerator_s[index(Cause::useful)];
        for (double const value : books.live_accelerator_s) {
            t.live_s += value;
        }
        for (auto const& row : books.not_live) {
            t.not_live_s += row.accelerator_s;
        }
    }
    return t;
}

} // namespace

Recorder::Recorder(std::filesystem::path path, Buildout const& buildout, Plan const& plan, Provenance provenance)
    : path_(std::move(path)), buildout_(buildout), plan_(plan), provenance_(std::move(provenance)), file_(path_)
{
    write_title(file_, buildout, provenance_);
    campus_ = std::make_unique<CampusRows>(file_, buildout, provenance_.detail);
    halls_ = std::make_unique<HallRows>(file_, buildout);
    supply_ = std::make_unique<SupplyRows>(file_, buildout);
    bool const stores_heat = provenance_.detail == Detail::operate && buildout.step <= ticks(longest_transient_s);
    if (stores_heat && !buildout.traces.empty()) {
        pods_ = std::make_unique<PodRows>(file_, buildout);
    }
    write_plants(file_, buildout);
    events_ = std::make_unique<h5::Table>(open_events(file_, buildout));
}

Recorder::~Recorder() = default;

void Recorder::row(World const& world, Tick from, Tick to)
{
    campus_->append(world, from, to);
    if (pods_) {
        pods_->append(world, to);
    }
    if (to % day_ticks == 0) {
        halls_->append(world, to);
        supply_->append(world, to);
    }
}

void Recorder::event(Event const& event)
{
    events_->append({seconds(event.at), static_cast<std::int64_t>(event.kind), std::string(event.who), event.amount});
}

void Recorder::finish(World const& world, Tick at, Ending ending)
{
    write_dates(file_, buildout_, plan_, world);
    write_chains(file_, buildout_, world);
    write_milestones(file_, buildout_, plan_, world);
    write_shipments(file_, buildout_, plan_, world);
    write_ledger(file_, buildout_, world);
    write_baseline(file_, buildout_, plan_);
    write_summary(world, at, ending);
    write_provenance(file_, buildout_, provenance_);
    if (ending == Ending::complete) {
        written_ = path_;
        file_.commit();
        return;
    }
    written_ = beside(path_, word_of(ending));
    file_.commit_as(written_);
}

void Recorder::write_summary(World const& world, Tick at, Ending ending)
{
    auto const t = add_up(world);
    auto group = file_.group("summary", "The run in numbers; all campuses");
    group.scalar({"status", "", "complete, incomplete or failed"}, word_of(ending));
    group.scalar({"simulated_until", time_units(buildout_), "date reached"}, seconds(at));
    group.scalar({"live_W", "W", "live IT power at the end"}, t.live_W);
    group.scalar({"accelerators_live", "1", "live accelerators at the end"}, t.accelerators_live);
    group.scalar({"first_live", time_units(buildout_), "first rack live"}, date_s(t.first_live));
    group.scalar({"planned_or_live_accelerator_h", "h", "accelerator-hours planned or live"}, t.planned_or_live_s / hour_s);
    group.scalar({"live_accelerator_h", "h", "accelerator-hours live"}, t.live_s / hour_s);
    group.scalar({"not_live_accelerator_h", "h", "accelerator-hours planned and not live"}, t.not_live_s / hour_s);
    group.scalar({"useful_accelerator_h", "h", "accelerator-hours at work"}, t.useful_s / hour_s);
    group.scalar({"ahead_accelerator_h", "h", "accelerator-hours live before planned"}, t.ahead_s / hour_s);
    if (provenance_.detail == Detail::operate) {
        auto const& f = t.flows;
        double const none = std::numeric_limits<double>::quiet_NaN();
        group.scalar({"it_energy_J", "J", "IT energy"}, f.it_J);
        group.scalar({"facility_energy_J", "J", "energy at the fence"}, f.import_J);
        group.scalar({"cooling_energy_J", "J", "pumps, fans and chillers"}, f.cooling_J());
        for (auto const& row : consumers) {
            group.scalar({"cooling_" + std::string(row.name) + "_J", "J", std::string(row.what)}, f.consumer_J[index(row.consumer)]);
        }
        group.scalar({"water_kg", "kg", "make-up water"}, f.make_up_kg);
        group.scalar({"throttled_energy_J", "J", "IT energy cut to keep chips cool"}, f.throttled_J);
        group.scalar({"pue", "1", "facility energy over IT energy, whole run (interval PUE)"}, f.it_J > 0.0 ? f.import_J / f.it_J : none);
        group.scalar({"wue_kg_per_kWh", "kg kW-1 h-1", "make-up water over IT energy, whole run"},
                     f.it_J > 0.0 ? f.make_up_kg / (f.it_J / 3.6e6) : none);
        double const heat_out_J = f.heat_rejected_J + f.heat_reused_J + f.heat_stored_J;
        group.scalar({"heat_residual", "1", "heat in over heat rejected, reused and stored, less 1"},
                     heat_out_J > 0.0 ? f.heat_in_J / heat_out_J - 1.0 : 0.0);
        group.scalar({"air_supply_max_C", "degC", "warmest air to racks that give heat to the air"},
                     f.air_supply_max_C > -273.0 ? f.air_supply_max_C : none);
        group.scalar({"evaporated_kg", "kg", "water evaporated by pads and towers"}, f.evaporated_kg);
        group.scalar({"drift_kg", "kg", "water carried off towers as droplets"}, f.drift_kg);
        group.scalar({"blowdown_kg", "kg", "water bled to hold the cycles of concentration"}, f.blowdown_kg);
        group.scalar({"chiller_hours", "h", "time with chillers of the facility water on, summed over buildings"}, f.chillers_s / hour_s);
        group.scalar({"heat_reused_J", "J", "heat given to networks"}, f.heat_reused_J);
        group.scalar({"heat_stored_J", "J", "heat gained by chips, coolant and water"}, f.heat_stored_J);
        group.scalar({"erf", "1", "energy reuse factor: heat reused over facility energy"},
                     f.import_J > 0.0 ? f.heat_reused_J / f.import_J : none);
        write_curves(file_, f);
    }
}

} // namespace aidc
