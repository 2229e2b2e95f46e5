#include "sim/process/simulation.hpp"

#include <algorithm>

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

void add_lot(AsBuilt const& built, Id<Lot> id, std::vector<Segment>& chain)
{
    auto const& a = built.world.lots[id];
    auto const& p = built.plan.lots[id.row];
    Tick const now = built.now;
    chain.push_back(stretch(Cause::customs_or_ban, a.arrived, a.dock, p.arrived, p.dock, now));
    chain.push_back(stretch(Cause::transit, a.made, a.arrived, p.made, p.arrived, now));
    chain.push_back(stretch(Cause::maker, a.placed, a.made, p.placed, p.made, now));
    chain.push_back(stretch(Cause::order_late, 0, a.placed, 0, p.placed, now));
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
    for (auto const& goods : activity.goods) {
        for (std::size_t l = 0; l < built.buildout.lots.size(); ++l) {
            auto const& order = built.buildout.orders[built.buildout.lots[l].order.row];
            bool const ours = order.campus == activity.campus && built.buildout.makers[order.maker.row].item == goods.item;
            if (ours && built.world.lots[aidc::id<Lot>(l)].dock == never) {
                return aidc::id<Lot>(l);
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

/// Own stretches of an activity, from the date its binding predecessor or lot was there.
void add_own(AsBuilt const& built, Id<Activity> id, Tick bound, Tick planned_bound, std::vector<Segment>& chain)
{
    auto const& a = built.world.activities[id];
    auto const& p = built.plan.activities[id.row];
    Tick const now = built.now;
    auto const cause = info(built.buildout.activities[id.row].stage).cause;
    chain.push_back(stretch(Cause::retest, a.worked, a.finished, p.worked, p.finished, now));
    chain.push_back(stretch(cause, a.started, a.worked, p.started, p.worked, now));
    chain.push_back(stretch(Cause::crew, a.supplied, a.started, p.supplied, p.started, now));
    // Lags, and the float the plan had between this predecessor and the start.
    chain.push_back(stretch(Cause::plan, bound, a.supplied, planned_bound, p.supplied, now));
}

} // namespace

std::vector<Segment> chain_of(AsBuilt const& built, Id<Activity> id)
{
    std::vector<Segment> chain;
    while (id) {
        if (auto const lot = awaited_lot(built, id)) {
            add_own(built, id, built.world.lots[lot].dock, built.plan.lots[lot.row].dock, chain);
            add_lot(built, lot, chain);
            return chain;
        }
        auto const before = awaited_predecessor(built, id);
        bool const from_start = [&] {
            auto const& links = built.buildout.activities[id.row].after;
            auto const link = std::ranges::find(links, before, &Activity::Link::from);
            return link != links.end() && link->start_to_start;
        }();
        auto const date = [from_start](ActivityDates const& dates) { return from_start ? dates.started : dates.finished; };
        add_own(built, id, before ? date(built.world.activities[before]) : 0, before ? date(built.plan.activities[before.row]) : 0, chain);
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
            auto const chain = row.head && !run.plan.empty() ? chain_of(built, row.head) : std::vector<Segment>{};
            split_by_slip(row.accelerator_s, chain, by_cause);
        }
        for (auto const& row : books.not_live) {
            if (row.unmet == 0) {
                by_cause[index(Cause::plan)] += row.accelerator_s;
            }
        }
    }
}

} // namespace aidc
