#include "sim/record/recorder.hpp"

#include "sim/record/job_table.hpp"
#include "sim/record/plant_tables.hpp"
#include "sim/record/pod_rows.hpp"
#include "sim/record/rows.hpp"
#include "sim/record/summary.hpp"
#include "sim/record/tables.hpp"
#include "sim/record/use_rows.hpp"
#include "sim/record/window_tables.hpp"

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
    use_ = std::make_unique<UseRows>(file_, buildout);
    if (!buildout.job_loads.empty()) {
        jobs_ = std::make_unique<JobTable>(file_, buildout);
    }
    write_plants(file_, buildout);
    events_ = std::make_unique<h5::Table>(open_events(file_, buildout));
    windows_ = std::make_unique<WindowTables>(file_, buildout);
}

Recorder::~Recorder() = default;

void Recorder::row(World const& world, Tick from, Tick to)
{
    campus_->append(world, from, to);
    use_->append(world, from, to);
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

void Recorder::window(WindowRow const& row) { windows_->append(row); }

void Recorder::window_event(WindowEvent const& event) { windows_->append(event); }

void Recorder::job(JobEntry const& entry)
{
    if (jobs_) {
        jobs_->append(entry);
    }
}

void Recorder::finish(World const& world, Tick at, Ending ending)
{
    windows_->finish();
    write_dates(file_, buildout_, plan_, world);
    write_chains(file_, buildout_, world);
    write_milestones(file_, buildout_, plan_, world);
    write_shipments(file_, buildout_, plan_, world);
    write_ledger(file_, buildout_, world);
    write_use(file_, buildout_, world);
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
    auto group = file_.group("summary", "The run in numbers; all campuses");
    group.scalar({"status", "", "complete, incomplete or failed"}, word_of(ending));
    group.scalar({"simulated_until", time_units(buildout_), "date reached"}, seconds(at));
    for (auto const& figure : summary_of(buildout_, world, provenance_.detail)) {
        group.scalar(figure.what, figure.value);
    }
    if (provenance_.detail == Detail::operate) {
        write_curves(file_, total_flows(world));
    }
}

} // namespace aidc
