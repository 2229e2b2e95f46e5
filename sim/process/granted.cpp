#include "sim/process/granted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace aidc {
namespace {

/// Date at which a line had `racks` accepted; `never` while it has not.
Tick accepted_date(Run const& run, Id<Hall> hall, std::size_t line, std::uint32_t racks)
{
    std::vector<std::pair<Tick, std::uint32_t>> batches;
    for (auto const activity : run.granters.halls[hall.row].own[index(Term::racks)]) {
        for (auto const& grant : run.buildout.activities[activity.row].grants) {
            if (grant.line == line && is_finished(run, activity)) {
                batches.emplace_back(run.world.activities[activity].finished, grant.racks);
            }
        }
    }
    std::ranges::sort(batches);
    std::uint32_t sum = 0;
    for (auto const& [date, batch] : batches) {
        sum += batch;
        if (sum >= racks) {
            return date;
        }
    }
    return never;
}

} // namespace

bool is_finished(Run const& run, Id<Activity> activity) { return run.world.activities[activity].finished != never; }

Granted add_grants(Run const& run, Id<Campus> campus)
{
    auto const& b = run.buildout;
    Granted granted;
    granted.hall_W.resize(b.halls.size());
    for (auto const& hall : b.halls) {
        granted.accepted.emplace_back(hall.lines.size(), 0u);
    }
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        if (b.activities[a].campus != campus || !is_finished(run, id<Activity>(a))) {
            continue;
        }
        for (auto const& grant : b.activities[a].grants) {
            if (grant.campus) {
                granted.import_W += grant.amount;
            }
            else if (grant.group) {
                granted.units[grant.group] += grant.amount;
            }
            else if (grant.term == Term::racks) {
                granted.accepted[grant.hall.row][grant.line] += grant.racks;
            }
            else {
                granted.hall_W[grant.hall.row][index(grant.term)] += grant.amount;
            }
        }
    }
    return granted;
}

std::size_t next_ready_line(Run const& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    auto const& state = run.world.halls[hall_id];
    std::size_t best = hall.lines.size();
    Tick best_date = never;
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const unit = run.buildout.kinds[hall.lines[l].kind.row].go_live_unit_racks;
        if (state.lines[l].live + unit > state.lines[l].accepted) {
            continue;
        }
        Tick const date = accepted_date(run, hall_id, l, state.lines[l].live + unit);
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
    auto const& state = run.world.halls[hall_id];
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        if (state.lines[l].live + kind.go_live_unit_racks <= hall.lines[l].racks) {
            return kind.go_live_unit_racks * budget_W(kind);
        }
    }
    return 0.0;
}

} // namespace aidc
