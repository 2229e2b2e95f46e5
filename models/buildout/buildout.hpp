#pragma once
/// \file
/// Everything a scenario says: resolved, in SI, const during a run.

#include "models/build/activity.hpp"
#include "models/buildout/milestone.hpp"
#include "models/campus/campus.hpp"
#include "models/campus/firm.hpp"
#include "models/campus/trace.hpp"
#include "models/demand/contract.hpp"
#include "models/demand/job_load.hpp"
#include "models/demand/ladder.hpp"
#include "models/demand/service.hpp"
#include "models/ledger/ledger.hpp"
#include "models/supply/shock.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace aidc {

/// Racks of one kind at one campus: what is sold, allocated and counted together.
struct Pool {
    std::string name; ///< "campus/kind"
    Id<Campus> campus;
    Id<RackKind> kind;
};

/// A live power that planners have promised for a date.
struct Target {
    std::string name;
    double it_W{};    ///< Live over all campuses
    Tick due = never; ///< `never`: no promise
};

/// Something that a scenario breaks on a date.
struct Fault {
    enum class Kind : std::uint8_t {
        units_lost, ///< Units of a group
        import_cap, ///< The grid gives no more than this
        heat        ///< Outdoor air is warmer
    } kind{};
    std::string name;
    Id<Campus> campus;
    Id<UnitGroup> group; ///< units_lost
    std::uint32_t units = 1;
    double import_W{}; ///< import_cap
    double warmer_K{}; ///< heat
    Tick from{}, until{};
};

/// A resolved scenario. Rows refer to each other by Id; derived tables are filled when it is read and never edited.
struct Buildout {
    std::string name;
    std::string start;        ///< ISO date of tick 0, 00:00 local standard time
    std::int64_t start_day{}; ///< The same as days since 1970-01-01
    Tick end{};
    Tick step{}; ///< Operations step; whole seconds, divides a day
    std::uint64_t seed{};

    std::vector<Factor> factors;
    std::vector<WorkCalendar> calendars;
    std::vector<Climate> climates;
    std::vector<Item> items;
    std::vector<Maker> makers;
    std::vector<Order> orders;
    std::vector<std::vector<Id<Order>>> parts_of; ///< Derived, by order: the orders for its parts, as Maker::parts
    std::vector<Lot> lots;                        ///< Derived: lots_of(orders)
    std::vector<Shock> shocks;
    std::vector<Crew> crews;
    std::vector<Activity> activities;
    std::vector<RackKind> kinds;
    std::vector<UnitGroup> groups;
    std::vector<Campus> campuses;
    std::vector<Building> buildings;
    std::vector<Hall> halls;
    std::vector<HallCurves> curves; ///< Derived, by hall: design_curves()
    std::vector<Pool> pools;        ///< Derived, by campus, then kind: those that racks are planned for
    std::vector<Contract> contracts;
    std::vector<Id<Contract>> contract_order; ///< Derived: serving_order()
    std::vector<Service> services;
    std::vector<JobLoad> job_loads;
    std::vector<Trace> traces;
    std::vector<Target> targets;
    std::vector<Fault> faults;         ///< In order of date
    std::string currency = "USD";      ///< Of prices
    std::vector<Milestone> milestones; ///< Derived: milestones_of()
};

/// Fills what follows from the rest: orders for parts, lots, milestones, pools, the order of contracts. \pre  everything else is there
void derive(Buildout& buildout);

/// Pool of a kind at a campus; none when no rack of it is planned there.
Id<Pool> pool_of(Buildout const& buildout, Id<Campus> campus, Id<RackKind> kind);

/// How a run departs from the scenario as it is written.
enum class Draws : std::uint8_t {
    seeded, ///< Every duration and failure is drawn
    median  ///< The plan: medians, no failed tests, no shocks, no failures
};

/// Which questions a run answers.
enum class Detail : std::uint8_t {
    build,  ///< Dates, capacity, ledger: events only
    operate ///< And hour by hour: power, heat, water
};

/// Dates of one activity, as planned or as built.
struct ActivityDates {
    Tick ready = never;    ///< All predecessors done
    Tick supplied = never; ///< And all goods on site
    Tick started = never;  ///< And a crew free
    Tick worked = never;   ///< First pass done
    Tick finished = never; ///< Tests passed
    Id<Activity> bound_by; ///< Predecessor that came last; none: the start
    Id<Lot> last_lot;      ///< Lot whose arrival completed the goods, if goods came after `ready`
    std::uint32_t retests{};
};

/// Dates of one lot, as planned or as built.
struct LotDates {
    Tick placed = never;
    Tick supplied = never; ///< All parts for it at the maker
    Tick made = never;
    Tick shipped = never;
    Tick arrived = never; ///< At the border or gate, transit done
    Tick dock = never;    ///< Released and on site (a part: at the maker)
    Id<Lot> last_part;    ///< Lot of a part whose arrival completed the parts, if any came after `placed`
    std::uint32_t decommits{};
    double paid{};   ///< Price [currency]
    double tariff{}; ///< [currency]
};

/// Live capacity of a hall from a date on.
struct LiveStep {
    Tick from{};
    double it_W{};
    double accelerators{};
};

/// One stretch of the chain that led to a milestone: work, a wait, or a lot on its way; the last stretch comes first.
///
/// The slips (actual - planned) of a chain add up to the lateness of its milestone.
struct ChainStep {
    Segment segment;
    Id<Activity> activity; ///< Whose stretch it is, or
    Id<Lot> lot;           ///< the lot that was waited for
};

/// The baseline: dates of the median run of the scenario as written. `--set` and shocks never move it.
struct Plan {
    std::vector<ActivityDates> activities;    ///< By activity
    std::vector<LotDates> lots;               ///< By lot
    std::vector<std::vector<LiveStep>> halls; ///< By hall, sorted by date

    bool empty() const { return halls.empty(); }
};

} // namespace aidc
