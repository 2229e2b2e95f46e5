#pragma once
/// \file
/// All mutable state of a simulation: plain tables of plain structs, one writer each (named behind the table).

#include "models/buildout/buildout.hpp"
#include "models/campus/island.hpp"
#include "models/ledger/ledger.hpp"
#include "sim/world/table.hpp"

#include <cstdint>
#include <vector>

namespace aidc {

/// Goods of one item that reached one campus.
struct Received {
    double units{};
    Id<Lot> last_lot; ///< The lot that came last
};

/// Goods of one item that activities of one campus have taken.
struct Taken {
    double units{};
};

/// Subject of the stock tables: row = campus * items + item.
struct Stock;

/// Teams of a crew that are at work.
struct CrewState {
    double busy_teams{};
};

/// One unit of a group, counted through the groups in order.
struct Unit;

/// Health of one unit.
struct UnitState {
    bool up = true; ///< Meaningful once commissioned
};

/// How many units of a group count now.
struct GroupState {
    double commissioned{}; ///< [units]
    double up{};           ///< Commissioned and not under repair [units]
};

/// What a contract may claim now.
struct ContractState {
    double due_W{}; ///< Committed now [IT W]
};

/// Weather that holds now.
struct ClimateState {
    Air now; ///< Mean over the current step
};

/// Live racks of one line of a hall.
struct LineState {
    std::uint32_t accepted{}; ///< Racks installed, burnt in, accepted
    std::uint32_t live{};
};

/// Capacity of one hall: terms, gate, what is live and what was planned.
struct HallState {
    PerTerm<double> term_W{};         ///< Firm IT watts by term
    PerTerm<Id<Activity>> waits_on{}; ///< Head of the chain that holds each term; none: nothing more will come
    TermSet gate{};                   ///< Terms below live_W + next go-live unit; empty when the hall is complete
    double next_unit_W{};             ///< Next go-live unit; 0 when complete
    double live_W{};
    double live_accelerators{};
    double planned_W{}; ///< Baseline now
    double planned_accelerators{};
    double carried_share = 1.0; ///< Of live_W by what is up now [-]
    bool handed_over = false;
    std::vector<LineState> lines;
    std::vector<LiveStep> history; ///< Every go-live date; the second route of the accelerator-hour audit
};

/// What a campus imports, carries and has sold.
struct CampusState {
    double import_W{}; ///< Firm import at the fence
    double live_W{};
    double sold_W{};                        ///< min(due, live), by contract in order
    std::vector<double> sold_by_contract_W; ///< By contract of the buildout; 0 for other campuses
    double carried_share = 1.0;             ///< Of the live load by the transformers that are up [-]
};

/// Pods of a building as the plant sees them.
struct IslandGroups {
    std::vector<PodGroup> groups; ///< Equal pods, sorted by key
};

/// What an island has done.
struct IslandBook {
    IslandState state;
    Flows row;   ///< Since the last recorded row
    Flows total; ///< Since the start
};

/// What a campus has done; transformer losses and import are known only here.
struct CampusBook {
    Tick booked_to{};
    Flows row;
    Flows total;
};

/// The tables; the comment behind each names its writer.
struct World {
    Table<ActivityDates, Activity> activities; ///< perform.cpp
    Table<CrewState, Crew> crews;              ///< perform.cpp
    Table<Taken, Stock> taken;                 ///< perform.cpp
    Table<LotDates, Lot> lots;                 ///< fulfil.cpp
    Table<Received, Stock> received;           ///< fulfil.cpp
    Table<UnitState, Unit> units;              ///< live_unit.cpp
    Table<ContractState, Contract> contracts;  ///< serve.cpp
    Table<ClimateState, Climate> climates;     ///< environment.cpp
    Table<HallState, Hall> halls;              ///< settle.cpp
    Table<CampusState, Campus> campuses;       ///< settle.cpp
    Table<GroupState, UnitGroup> groups;       ///< settle.cpp
    Table<IslandGroups, Building> islands;     ///< settle.cpp
    Table<HallBooks, Hall> ledger;             ///< touch.cpp
    Table<IslandBook, Building> island_books;  ///< touch.cpp
    Table<CampusBook, Campus> campus_books;    ///< touch.cpp
    Table<PerCause<double>, Hall> by_cause;    ///< attribute.cpp; [accelerator s], filled when the run ends
};

/// Empty tables of the right size.
World make_world(Buildout const& buildout);

/// Row of the stock tables.
inline Id<Stock> stock_of(Buildout const& buildout, Id<Campus> campus, Id<Item> item)
{
    return {static_cast<std::uint32_t>(campus.row * buildout.items.size() + item.row)};
}

} // namespace aidc
