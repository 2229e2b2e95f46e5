#include "sim/process/simulation.hpp"

#include <algorithm>
#include <iterator>

namespace aidc {
namespace {

/// Date if it was reached, else now: an open stretch has lasted until now.
Tick so_far(Tick date, Tick now) { return std::min(date, now); }

/// One stretch between two dates, as built and as planned. Both plans are finite: baseline dates that were not reached count
/// as the present, so an infeasible plan shows no slip.
Segment stretch(Cause cause, Tick from, Tick to, Tick planned_from, Tick planned_to, Tick now)
{
    return {.cause = cause,
            .actual_s = seconds(so_far(to, now) - so_far(from, now)),
            .planned_s = seconds(so_far(planned_to, now) - so_far(planned_from, now))};
}

/// First lot of an order that is not on the dock.
Id<Lot> open_lot(AsBuilt const& built, Id<Order> order)
{
    auto const& lots = built.buildout.lots;
    for (auto l = static_cast<std::size_t>(std::ranges::lower_bound(lots, order, {}, &Lot::order) - lots.begin());
         l < lots.size() && lots[l].order == order; ++l) {
        if (built.world.lots[id<Lot>(l)].dock == never) {
            return id<Lot>(l);
        }
    }
    return {};
}

/// Lot of a part that a lot waits for, or waited for last.
Id<Lot> awaited_part(AsBuilt const& built, Id<Lot> id)
{
    auto const& dates = built.world.lots[id];
    if (dates.placed == never || dates.supplied != never) {
        return dates.last_part;
    }
    for (auto const parts : built.buildout.parts_of[built.buildout.lots[id.row].order.row]) {
        if (auto const lot = open_lot(built, parts)) {
            return lot;
        }
    }
    return {};
}

/// Stretches of a lot, and of the parts it waited for, all the way up; those of parts are the parts' fault.
void add_lot(AsBuilt const& built, Id<Lot> id, bool is_part, std::vector<ChainStep>& chain)
{
    auto const& a = built.world.lots[id];
    auto const& p = built.plan.lots[id.row];
    auto const add = [&](Cause cause, Tick from, Tick to, Tick planned_from, Tick planned_to) {
        bool const fault = is_part && cause != Cause::order_late;
        chain.push_back({.segment = stretch(fault ? Cause::upstream_part : cause, from, to, planned_from, planned_to, built.now),
                         .activity = {},
                         .lot = id});
    };
    add(Cause::customs_or_ban, a.arrived, a.dock, p.arrived, p.dock);
    add(Cause::transit, a.made, a.arrived, p.made, p.arrived);
    add(Cause::maker, a.supplied, a.made, p.supplied, p.made);
    if (auto const part = awaited_part(built, id)) {
        add(Cause::plan, built.world.lots[part].dock, a.supplied, built.plan.lots[part.row].dock, p.supplied);
        add_lot(built, part, true, chain);
        return;
    }
    add(Cause::maker, a.placed, a.supplied, p.placed, p.supplied); // qualification
    add(Cause::order_late, 0, a.placed, 0, p.placed);
}

/// Lot that an activity waits for, or waited for last: the first one of its goods that is not on the dock.
Id<Lot> awaited_lot(AsBuilt const& built, Id<Activity> id)
{
    auto const& state = built.world.activities[id];
    if (state.last_lot && state.supplied != never) {
        return state.last_lot;
    }
    auto const& activity = built.buildout.activities[id.row];
    if (state.supplied != never || state.ready > built.now) {
        return {};
    }
    auto const& orders = built.buildout.orders;
    for (auto const& goods : activity.goods) {
        for (std::size_t o = 0; o < orders.size(); ++o) {
            bool const ours =
                orders[o].campus == activity.campus && !orders[o].part_of && built.buildout.makers[orders[o].maker.row].item == goods.item;
            if (auto const lot = ours ? open_lot(built, aidc::id<Order>(o)) : Id<Lot>{}) {
                return lot;
            }
        }
    }
    return {};
}

/// Predecessor that holds an activity which is not ready: the one whose chain is open.
Id<Activity> awaited_predecessor(AsBuilt const& built, Id<Activity> id)
{
    auto const& state = built.world.activities[id];
    if (state.ready <= built.now && state.ready != never) {
        return state.bound_by;
    }
    for (auto const& link : built.buildout.activities[id.row].after) {
        auto const& from = built.world.activities[link.from];
        if ((link.start_to_start ? from.started : from.finished) == never) {
            return link.from;
        }
    }
    return state.bound_by;
}

/// Own stretches of an activity from its start to its end.
void add_work(AsBuilt const& built, Id<Activity> id, std::vector<ChainStep>& chain)
{
    auto const& a = built.world.activities[id];
    auto const& p = built.plan.activities[id.row];
    auto const cause = info(built.buildout.activities[id.row].stage).cause;
    chain.push_back({.segment = stretch(Cause::retest, a.worked, a.finished, p.worked, p.finished, built.now), .activity = id, .lot = {}});
    chain.push_back({.segment = stretch(cause, a.started, a.worked, p.started, p.worked, built.now), .activity = id, .lot = {}});
}

/// Own stretches of an activity up to its start, from the date its binding predecessor or lot was there.
void add_waits(AsBuilt const& built, Id<Activity> id, Tick bound, Tick planned_bound, std::vector<ChainStep>& chain)
{
    auto const& a = built.world.activities[id];
    auto const& p = built.plan.activities[id.row];
    auto const add = [&](Cause cause, Tick from, Tick to, Tick planned_from, Tick planned_to) {
        chain.push_back({.segment = stretch(cause, from, to, planned_from, planned_to, built.now), .activity = id, .lot = {}});
    };
    add(Cause::crew, a.supplied, a.started, p.supplied, p.started);
    // Lags, and the float the plan had between this predecessor and the start.
    add(Cause::plan, bound, a.supplied, planned_bound, p.supplied);
}

/// Activities that give something a milestone may have waited for.
std::vector<Id<Activity>> candidates(Run const& run, Milestone const& milestone)
{
    std::vector<Id<Activity>> all;
    if (milestone.hall) {
        auto const& of_hall = run.granters.halls[milestone.hall.row];
        for (auto const* const lists : {&of_hall.own, &of_hall.shared}) {
            for (auto const& list : *lists) {
                all.insert(all.end(), list.begin(), list.end());
            }
        }
        return all;
    }
    for (std::size_t a = 0; a < run.buildout.activities.size(); ++a) {
        auto const& activity = run.buildout.activities[a];
        if (!activity.grants.empty() && (!milestone.campus || activity.campus == milestone.campus)) {
            all.push_back(id<Activity>(a));
        }
    }
    return all;
}

/// The activity whose end brought a milestone: of those, the last one to end by its date; the first of them in the scenario.
Id<Activity> head_of(Run const& run, Milestone const& milestone, Tick date)
{
    Id<Activity> head;
    Tick latest = -1;
    for (auto const activity : candidates(run, milestone)) {
        Tick const finished = run.world.activities[activity].finished;
        if (finished <= date && (finished > latest || (finished == latest && activity < head))) {
            head = activity;
            latest = finished;
        }
    }
    return head;
}

} // namespace

std::vector<ChainStep> chain_of(AsBuilt const& built, Id<Activity> id)
{
    std::vector<ChainStep> chain;
    for (bool to_its_end = true; id;) { // of what a start-to-start link waited for, only the start counts
        if (to_its_end) {
            add_work(built, id, chain);
        }
        if (auto const lot = awaited_lot(built, id)) {
            add_waits(built, id, built.world.lots[lot].dock, built.plan.lots[lot.row].dock, chain);
            add_lot(built, lot, false, chain);
            return chain;
        }
        auto const before = awaited_predecessor(built, id);
        auto const& links = built.buildout.activities[id.row].after;
        auto const link = std::ranges::find(links, before, &Activity::Link::from);
        to_its_end = link == links.end() || !link->start_to_start;
        auto const date = [to_its_end](ActivityDates const& dates) { return to_its_end ? dates.finished : dates.started; };
        add_waits(built, id, before ? date(built.world.activities[before]) : 0, before ? date(built.plan.activities[before.row]) : 0,
                  chain);
        id = before;
    }
    return chain;
}

void attribute(Run& run)
{
    AsBuilt const built{.buildout = run.buildout, .plan = run.plan, .world = run.world, .now = run.now()};
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& books = run.world.ledger[id<Hall>(h)];
        auto& by_cause = run.world.by_cause.edit(id<Hall>(h));
        std::ranges::copy(books.live_accelerator_s, by_cause.begin());
        for (auto const& row : books.waited) {
            std::vector<Segment> segments;
            for (auto const& step : row.head && !run.plan.empty() ? chain_of(built, row.head) : std::vector<ChainStep>{}) {
                segments.push_back(step.segment);
            }
            split_by_slip(row.accelerator_s, segments, by_cause);
        }
        for (auto const& row : books.not_live) {
            if (row.unmet == 0) {
                by_cause[index(Cause::plan)] += row.accelerator_s;
            }
        }
    }
    auto const dates = as_built(run.buildout, run.world);
    for (std::size_t m = 0; m < run.buildout.milestones.size() && !run.plan.empty(); ++m) {
        auto const& milestone = run.buildout.milestones[m];
        Tick const date = date_of(milestone, run.buildout, dates);
        if (auto const head = date == never ? Id<Activity>{} : head_of(run, milestone, date)) {
            auto& chain = run.world.chains.edit(id<Milestone>(m));
            // In the plan another path may have come last: the difference is float of the plan.
            chain = {{.segment = stretch(Cause::plan, run.world.activities[head].finished, date, run.plan.activities[head.row].finished,
                                         date_of(milestone, run.buildout, run.plan), run.now()),
                      .activity = head,
                      .lot = {}}};
            std::ranges::copy(chain_of(built, head), std::back_inserter(chain));
        }
    }
}

} // namespace aidc
