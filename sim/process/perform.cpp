#include "sim/process/simulation.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Date from which a link lets its successor start; `never` while its predecessor has not come so far.
Tick released(World const& world, Activity::Link const& link)
{
    auto const& from = world.activities[link.from];
    Tick const date = link.start_to_start ? from.started : from.finished;
    return date == never ? never : date + ticks(link.lag_s);
}

/// Notes when all predecessors had released the activity, and which came last.
void note_ready(Run& run, Id<Activity> id)
{
    auto const& activity = run.buildout.activities[id.row];
    auto& dates = run.world.activities.edit(id);
    dates.ready = activity.not_before;
    for (auto const& link : activity.after) {
        Tick const date = released(run.world, link);
        if (date > dates.ready) {
            dates.ready = date;
            dates.bound_by = link.from;
        }
    }
}

/// Stands in a queue: by priority, then by who waited longest.
void join(Run const& run, Id<Activity> id, std::vector<Place>& waiting)
{
    Place const place{.priority = run.buildout.activities[id.row].priority, .since = run.now(), .activity = id};
    waiting.insert(std::ranges::upper_bound(waiting, place), place);
}

/// The first in the queue takes what it needs when all of it is on site; nobody overtakes it.
bool take_goods(Run& run, Id<Activity> id, Id<Stock> stock, double units)
{
    auto& taken = run.world.taken.edit(stock);
    if (taken.waiting.front().activity != id || run.world.received[stock].units - taken.units < units * (1.0 - 1e-9)) {
        return false;
    }
    taken.units += units;
    taken.waiting.erase(taken.waiting.begin());
    wake_first(run, taken.waiting, Phase::arrival);
    return true;
}

/// The first in the queue takes its teams when they are free; nobody overtakes it. It wakes the next, who may find some left.
bool take_crew(Run& run, Id<Activity> id)
{
    auto const& activity = run.buildout.activities[id.row];
    auto& crew = run.world.crews.edit(activity.crew);
    if (crew.waiting.front().activity != id
        || crew.busy_teams + activity.teams > teams_at(run.buildout.crews[activity.crew.row], run.now())) {
        return false;
    }
    crew.busy_teams += activity.teams;
    crew.waiting.erase(crew.waiting.begin());
    wake_first(run, crew.waiting, Phase::completion);
    return true;
}

/// What a grant changes, counted from now on: settle() reads the sums. \param sign  1: given, -1: taken
void count(Run& run, Grant const& grant, double sign)
{
    if (grant.group) {
        run.world.group_grants.edit(grant.group).units += sign * grant.amount;
    }
    else if (grant.campus) {
        auto& at_fence = run.world.campus_grants.edit(grant.campus);
        auto& sum_W = grant.feed == Grant::Feed::on_site    ? at_fence.on_site_W
                      : grant.feed == Grant::Feed::non_firm ? at_fence.non_firm_W
                                                            : at_fence.firm_W;
        sum_W += sign * grant.amount;
    }
    else if (grant.term == Term::racks) {
        auto& lines = run.world.hall_grants.edit(grant.hall).lines;
        lines.resize(run.buildout.halls[grant.hall.row].lines.size());
        lines[grant.line].push_back({.at = run.now(), .racks = static_cast<std::int32_t>(sign) * static_cast<std::int32_t>(grant.racks)});
    }
    else {
        run.world.hall_grants.edit(grant.hall).term_W[index(grant.term)] += sign * grant.amount;
    }
}

/// What it takes out of service is gone from now on.
void begin_work(Run& run, Id<Activity> id)
{
    auto const& takes = run.buildout.activities[id.row].takes;
    if (!takes.empty()) {
        open_for_change(run, run.buildout.activities[id.row].campus);
    }
    for (auto const& grant : takes) {
        count(run, grant, -1.0);
    }
    run.world.activities.edit(id).started = run.now();
    run.signals.activity[id.row].notify(run.sim, Phase::completion);
    note(run, EventKind::activity_started, run.buildout.activities[id.row].name, 1.0);
}

Tick end_of(Run const& run, Id<Activity> id, Duration const& duration, std::string_view purpose, std::uint64_t number)
{
    auto const& activity = run.buildout.activities[id.row];
    auto const* const calendar = activity.calendar ? &run.buildout.calendars[activity.calendar.row] : nullptr;
    return work_done(run.now(), draw_s(run, duration, activity.name, purpose, number), calendar);
}

void note_retest(Run& run, Id<Activity> id)
{
    auto const tests = ++run.world.activities.edit(id).retests;
    note(run, EventKind::test_failed, run.buildout.activities[id.row].name, tests);
}

/// The grants count from now on.
void finish(Run& run, Id<Activity> id)
{
    auto const& activity = run.buildout.activities[id.row];
    if (!activity.grants.empty()) {
        open_for_change(run, activity.campus);
    }
    for (auto const& grant : activity.grants) {
        count(run, grant, 1.0);
    }
    run.world.activities.edit(id).finished = run.now();
    if (activity.crew) {
        auto& crew = run.world.crews.edit(activity.crew);
        crew.busy_teams -= activity.teams;
        wake_first(run, crew.waiting, Phase::completion);
    }
    run.signals.activity[id.row].notify(run.sim, Phase::completion);
    note(run, EventKind::activity_finished, activity.name, 1.0);
}

} // namespace

Story perform(Run& run, Id<Activity> id)
{
    auto const& activity = run.buildout.activities[id.row];
    for (auto const& link : activity.after) {
        while (released(run.world, link) == never) {
            co_await run.signals.activity[link.from.row].wait();
        }
    }
    note_ready(run, id);
    if (run.world.activities[id].ready > run.now()) {
        co_await until(run.sim, run.world.activities[id].ready, Phase::completion);
    }
    for (auto const& goods : activity.goods) {
        auto const stock = stock_of(run.buildout, activity.campus, goods.item);
        join(run, id, run.world.taken.edit(stock).waiting);
        while (!take_goods(run, id, stock, goods.units)) {
            co_await run.signals.turn[id.row].wait();
            run.world.activities.edit(id).last_lot = run.world.received[stock].last_lot;
        }
    }
    run.world.activities.edit(id).supplied = run.now();
    if (activity.crew) {
        join(run, id, run.world.crews.edit(activity.crew).waiting);
        while (!take_crew(run, id)) {
            co_await run.signals.turn[id.row].wait();
        }
    }
    begin_work(run, id);
    co_await until(run.sim, end_of(run, id, activity.work, "work", 0), Phase::completion);
    run.world.activities.edit(id).worked = run.now();
    while (happens(run, activity.retest_probability, activity.name, "retest", run.world.activities[id].retests)) {
        note_retest(run, id);
        co_await until(run.sim, end_of(run, id, activity.rework, "rework", run.world.activities[id].retests), Phase::completion);
    }
    finish(run, id);
}

} // namespace aidc
