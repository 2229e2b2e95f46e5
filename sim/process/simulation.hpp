#pragma once
/// \file
/// The loop of aidcsim. START HERE.
///
/// Laws of time
///   T1  A date is an int64 tick of 2^-10 s. Order inside one instant: (tick, phase, sequence).
///   T2  Phases only move forward. Asking for an earlier phase at `now` gives the same phase one tick (1 ms) later.
///   T3  An activity of SimGrid that ends at d is an event at round(d) + 1 tick: never after the row of its own instant.
///   T4  The past is closed before anything changes: open_for_change(x), then change x. So inputs are constant between two
///       touches, a tick is only one more touch, and no booked hour or joule depends on where ticks fall.
///   T5  Row k covers [k step, (k+1) step): rates are means over it, states are values at its end. k is an integer.
///
/// simulate(buildout, plan, ...)                                                             sim/run/simulate.cpp
///     world = empty tables
///     start one story per lot, activity, unit, contract, ..., in the order of the buildout
///     SimGrid runs; the calendar pops until `end`, a stop signal or an error; then touch everything, attribute, audit
///
/// one instant t, by phase
///   environment  weather of [t, t + step) becomes current, a plan date passes         -> touch the campus
///   failure      a unit goes down, a shock begins                                     -> open_for_change(campus)
///   repair       a unit returns, a shock ends                                         -> same
///   completion   work ends: what an activity grants counts from now on                -> same
///   arrival      lots reach the dock, contracts step                                  -> same
///   settle       each changed campus once: count units, firm terms, go live, carry now, sell, regroup, place loads
///   record       at a tick: row k to the observer, audits
///
/// touch(campus, t)       books [booked_to, t) with the inputs that held during it
///     use:      contracts, services and queues of jobs say what they did with the accelerators they had
///     halls:    positions in (live, planned] are cut at every term; each piece has ONE set of unmet terms
///               positions up to live: failed, not carried, throttled, unsold, unallocated, idle, overhead, useful
///     islands:  advance() -> Flows; then transformer losses and import of the campus
///
/// A story is a free coroutine that holds ids and control flow. After every co_await the world is read again.

#include "sim/process/run.hpp"

namespace aidc {

/// The stories of what is built, used and broken.
Story perform(Run& run, Id<Activity> activity);                       ///< Wait for predecessors, goods, crew; work; test; grant
Story fulfil(Run& run, Id<Lot> lot);                                  ///< Placed, made, shipped, held, on the dock
Story live_unit(Run& run, Id<UnitGroup> group, std::uint32_t number); ///< Commissioned, down, up, ...
Story serve(Run& run, Id<Contract> contract);                         ///< Step after step of what is committed
Story expire(Run& run, Id<Contract> contract);                        ///< Its end
Story strike(Run& run, Id<Fault> fault);                              ///< What the scenario breaks on a date

/// Two stories of the outer world, for as long as it goes on.
Story compete(Run& run, Id<Maker> maker, std::size_t customers); ///< Other customers order again and again
Story curtail(Run& run, Id<Campus> campus);                      ///< Non-firm import goes, and comes back

/// Weather, rows, plan dates, shocks and lines: what comes by the calendar alone. Call once, before running.
void schedule_environment(Run& run);

/// The only place where racks go live. In order: count units, firm terms, go live, carry now, sell, regroup, place loads.
void settle(Run& run, Id<Campus> campus);

/// Books everything of the campus up to now (T4). Nothing happens when it is booked already.
void touch(Run& run, Id<Campus> campus);

/// Looks at what is out of service: opens a fault window of the campus when that has changed, or wakes the one that is open.
void watch(Run& run, Id<Campus> campus);

/// Steps the open window of a campus to now; called by touch. \pre a window is open
void step_window(Run& run, Id<Campus> campus, Busy const& busy, double dt_s);

/// Gives contracts the accelerators that work now, services those they need for the coming step, and queues of jobs theirs. Call behind
/// touch, whenever something of it has changed.
void place_loads(Run& run, Id<Campus> campus);

/// Tokens per second of a service over an interval: what is asked, and what each site serves with the accelerators it has now.
struct Served {
    double asked_tokens_per_s{};
    std::vector<double> by_site;
};
Served served_by_site(Run const& run, Id<Service> service, Tick from, Tick to);

/// What the grid gives a campus now, caps of the scenario included [W].
double import_now_W(Run const& run, Id<Campus> campus);

/// Starts a new row in the books of flows, after one was recorded.
void begin_rows(Run& run);

/// Splits each hall's waited hours down the chain of what it waited for, and keeps the chain of each milestone; fills
/// World::by_cause and World::chains. Call at the end.
void attribute(Run& run);

/// What happened, beside what was planned, up to a date.
struct AsBuilt {
    Buildout const& buildout;
    Plan const& plan;
    World const& world;
    Tick now{};
};

/// Segments of the chain that led to the end of an activity, or to now if it is open: as built, as planned.
///
/// The slips (actual - planned) of all segments add up to the lateness of the activity.
std::vector<ChainStep> chain_of(AsBuilt const& built, Id<Activity> activity);

/// \throws AuditError naming heat, energy or water when a balance is off by more than 1e-9
void audit_flows(World const& world);

/// Ledger against dates: the sum of all rows of a hall against its plan steps and go-live dates, up to `now`.
/// \throws AuditError("accelerator-hours")
void audit_accelerator_hours(World const& world, Plan const& plan, Tick now);

} // namespace aidc
