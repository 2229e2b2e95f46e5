#include "sim/process/granted.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Date at which a line had `racks` accepted; `never` while it has not.
Tick accepted_date(Run const& run, Id<Hall> hall, std::size_t line, std::uint32_t racks)
{
    std::int64_t sum = 0;
    for (auto const& batch : run.world.hall_grants[hall].lines[line]) {
        sum += batch.racks;
        if (sum >= racks) {
            return batch.at;
        }
    }
    return never;
}

} // namespace

bool is_finished(Run const& run, Id<Activity> activity) { return run.world.activities[activity].finished != never; }

Accepted accepted(Run const& run, Id<Hall> hall, std::size_t line)
{
    std::int64_t sum = 0;
    std::int64_t retired = 0;
    auto const& lines = run.world.hall_grants[hall].lines;
    if (line < lines.size()) {
        for (auto const& batch : lines[line]) {
            sum += batch.racks;
            retired -= std::min(batch.racks, 0);
        }
    }
    return {.racks = static_cast<std::uint32_t>(std::max<std::int64_t>(0, sum)), .retired = static_cast<std::uint32_t>(retired)};
}

std::uint32_t next_racks(Run const& run, Id<Hall> hall_id, std::size_t l)
{
    auto const& line = run.buildout.halls[hall_id.row].lines[l];
    auto const& state = run.world.halls[hall_id].lines[l];
    std::uint32_t const planned = line.racks - std::min(line.racks, state.retired);
    return std::min(line.unit_racks, planned - std::min(planned, state.live));
}

std::uint32_t whole_units(RackLine const& line, LineState const& state)
{
    bool const all = state.accepted + state.retired >= line.racks;
    return all ? state.accepted : state.accepted / line.unit_racks * line.unit_racks;
}

std::size_t next_ready_line(Run const& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    auto const& state = run.world.halls[hall_id];
    std::size_t best = hall.lines.size();
    Tick best_date = never;
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const racks = next_racks(run, hall_id, l);
        if (racks == 0 || state.lines[l].live + racks > state.lines[l].accepted) {
            continue;
        }
        Tick const date = accepted_date(run, hall_id, l, state.lines[l].live + racks);
        if (date < best_date) {
            best_date = date;
            best = l;
        }
    }
    return best;
}

double next_unit_W(Run const& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        if (auto const racks = next_racks(run, hall_id, l); racks > 0) {
            return racks * budget_W(run.buildout.kinds[hall.lines[l].kind.row]);
        }
    }
    return 0.0;
}

Trace const* trace_of(Run const& run, Id<Hall> hall)
{
    auto const trace = std::ranges::find(run.buildout.traces, hall, &Trace::hall);
    return trace == run.buildout.traces.end() ? nullptr : &*trace;
}

std::uint32_t replayed_pods(Run const& run, Id<Hall> hall)
{
    auto const* const trace = trace_of(run, hall);
    auto const& lines = run.world.halls[hall].lines;
    return trace == nullptr || lines.empty()
               ? 0
               : std::min(trace->columns, lines[0].live / run.buildout.halls[hall.row].lines[0].racks_per_pod);
}

} // namespace aidc
