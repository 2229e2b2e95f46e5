#pragma once
/// \file
/// All mutable state of a simulation: plain tables of plain structs, one writer each (named behind the table).

#include "models/buildout/buildout.hpp"
#include "models/campus/firm.hpp"
#include "models/campus/island.hpp"
#include "models/ledger/ledger.hpp"
#include "models/outage/health.hpp"
#include "sim/world/table.hpp"
#include "sim/world/use_state.hpp"

#include <cstdint>
#include <vector>

namespace aidc {

/// Goods of one item that reached one campus.
struct Received {
    double units{};
    Id<Lot> last_lot; ///< The lot that came last
};

/// What of an order has arrived: on site, or as a part at its maker.
struct DeliveredOrder {
    double units{};
    Id<Lot> last_lot;
};

/// Units that a quota has let pass.
struct QuotaState {
    std::int64_t period = -1; ///< Number since the shock began
    double units{};           ///< Passed in this period
};

/// A place in a queue for goods or a crew.
struct Place {
    std::uint32_t priority{};
    Tick since{};
    Id<Activity> activity;

    auto operator<=>(Place const&) const = default;
};

/// Goods of one item that activities of one campus have taken, and who is next.
struct Taken {
    double units{};
    std::vector<Place> waiting; ///< Sorted: the first is next
};

/// Subject of the stock tables: row = campus * items + item.
struct Stock;

/// Teams of a crew that are at work, and who is next.
struct CrewState {
    double busy_teams{};
    std::vector<Place> waiting; ///< Sorted: the first is next
};

/// What finished activities have given a hall.
struct HallGrants {
    /// Racks accepted on a date; below 0: taken out.
    struct Accepted {
        Tick at{};
        std::int32_t racks{};
    };
    PerTerm<double> term_W{};
    std::vector<std::vector<Accepted>> lines; ///< By line, in order of date
};

/// What finished activities have given a campus at its fence.
struct CampusGrants {
    double firm_W{};     ///< Grid import, always there
    double non_firm_W{}; ///< Grid import, may be curtailed
    double on_site_W{};  ///< Own generation
};

/// Units of a group that finished activities have put into service.
struct GroupGrants {
    double units{};
};

/// What the grid does to a campus now.
struct GridState {
    bool curtailed = false; ///< Non-firm import is off
};

/// Units of a campus that are out of service.
struct DownUnits {
    std::vector<DownUnit> reasons; ///< Sorted; a unit stands here once for each reason
    std::vector<DownUnit> units;   ///< Sorted, each once
};

/// Something that the scenario breaks.
struct FaultState {
    bool active = false;
};

/// A fault window of a campus: its islands go in steps of seconds while something moves.
struct CampusWindow {
    std::optional<RaceState> race;
    std::uint32_t number{}; ///< Of this window, over all campuses
    std::uint32_t steps{};  ///< So far, in all windows of this campus
    Tick began{};
    Tick next{};                 ///< When it looks at itself again
    std::vector<DownUnit> seen;  ///< Down when it last looked
    double seen_import_W{};      ///< Given by the grid when it last looked
    std::vector<double> stopped; ///< By hall: accelerators whose racks stopped in the last step
};

/// How many units of a group count now.
struct GroupState {
    double commissioned{}; ///< [units]
    double up{};           ///< Commissioned and not under repair [units]
};

/// Weather that holds now.
struct ClimateState {
    Air now; ///< Mean over the current step
};

/// Live racks of one line of a hall.
struct LineState {
    std::uint32_t accepted{}; ///< Racks installed, burnt in, accepted; less what was taken out
    std::uint32_t retired{};  ///< Taken out
    std::uint32_t live{};
};

/// Capacity of one hall: terms, gate, what is live and what was planned.
struct HallState {
    PerTerm<double> term_W{}; ///< Firm IT watts by term
    /// How many of the activities that add to a term, in planned order, have ended before the first open one.
    PerTerm<std::uint32_t> own_done{}, shared_done{};
    PerTerm<Id<Activity>> waits_on{}; ///< Head of the chain that holds each term; none: nothing more will come
    TermSet gate{};                   ///< Terms below live_W + next go-live unit; empty when the hall is complete
    double next_unit_W{};             ///< Next go-live unit; 0 when complete
    double live_W{};
    double live_accelerators{};
    double planned_W{}; ///< Baseline now
    double planned_accelerators{};
    double fed_share = 1.0;     ///< Of live_W by the grid and own generation now [-]
    double carried_share = 1.0; ///< Of live_W by what is up now, feed included [-]
    bool handed_over = false;
    std::vector<LineState> lines;
    std::vector<LiveStep> history; ///< Every go-live date; the second route of the accelerator-hour audit
};

/// What a campus may count on, carries and has sold.
struct CampusState {
    double counted_W{}; ///< Power at the fence that racks go live on
    double live_W{};
    double sold_W{};                         ///< By all contracts
    double carried_share = 1.0;              ///< Of the live load by the transformers that are up [-]
    std::vector<double> filled;              ///< What the shared supplies were last filled with; equal inputs, equal terms
    std::vector<PerShared<double>> shared_W; ///< What came of it, by hall in serving order
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
    double throttled{}; ///< Share of the IT power cut to keep chips cool, over the last interval [-]
    Flows row;
    Flows total;
};

/// The tables; the comment behind each names its writer.
struct World {
    Table<ActivityDates, Activity> activities;       ///< perform.cpp
    Table<CrewState, Crew> crews;                    ///< perform.cpp
    Table<Taken, Stock> taken;                       ///< perform.cpp
    Table<HallGrants, Hall> hall_grants;             ///< perform.cpp
    Table<CampusGrants, Campus> campus_grants;       ///< perform.cpp
    Table<GroupGrants, UnitGroup> group_grants;      ///< perform.cpp
    Table<LotDates, Lot> lots;                       ///< fulfil.cpp
    Table<Received, Stock> received;                 ///< fulfil.cpp
    Table<DeliveredOrder, Order> delivered;          ///< fulfil.cpp
    Table<QuotaState, Shock> quotas;                 ///< fulfil.cpp; by shock of the run
    Table<GridState, Campus> grids;                  ///< curtail.cpp
    Table<DownUnits, Campus> down;                   ///< live_unit.cpp
    Table<FaultState, Fault> faults;                 ///< live_unit.cpp
    Table<ContractState, Contract> contracts;        ///< serve.cpp
    Table<LoadState, Contract> loads;                ///< loads.cpp
    Table<PoolState, Pool> pools;                    ///< loads.cpp
    Table<QueueState, JobLoad> queues;               ///< jobs.cpp
    Table<ClimateState, Climate> climates;           ///< environment.cpp
    Table<double, TraceColumn> traces;               ///< environment.cpp; mean liquid heat of a pod over the current step [W]
    Table<HallState, Hall> halls;                    ///< settle.cpp
    Table<CampusState, Campus> campuses;             ///< settle.cpp
    Table<SoldState, Contract> sold;                 ///< settle.cpp
    Table<GroupState, UnitGroup> groups;             ///< settle.cpp
    Table<IslandGroups, Building> islands;           ///< settle.cpp
    Table<CampusWindow, Campus> windows;             ///< window.cpp
    Table<ContractBooks, Contract> contract_books;   ///< use.cpp
    Table<ServiceBooks, Service> service_books;      ///< use.cpp
    Table<HallBooks, Hall> ledger;                   ///< book_hall.cpp
    Table<PoolBooks, Pool> pool_books;               ///< book_hall.cpp
    Table<IslandBook, Building> island_books;        ///< touch.cpp
    Table<CampusBook, Campus> campus_books;          ///< touch.cpp
    Table<PerCause<double>, Hall> by_cause;          ///< attribute.cpp; [accelerator s], filled when the run ends
    Table<std::vector<ChainStep>, Milestone> chains; ///< attribute.cpp; as built, filled when the run ends
};

/// Empty tables of the right size.
/// \param shocks  Of this run, drawn ones included
World make_world(Buildout const& buildout, std::size_t shocks);

/// IT watts of a hall on its way to being live: on the permanent grid; ready for service.
double energised_W(HallState const& hall);
double ready_W(HallState const& hall);

/// Dates of everything that has happened so far.
Plan as_built(Buildout const& buildout, World const& world);

/// Row of the stock tables.
inline Id<Stock> stock_of(Buildout const& buildout, Id<Campus> campus, Id<Item> item)
{
    return {static_cast<std::uint32_t>(campus.row * buildout.items.size() + item.row)};
}

} // namespace aidc
