#pragma once
/// \file
/// Makers, orders and shocks: when ordered goods reach the dock.

#include "models/base/duration.hpp"
#include "models/base/tick.hpp"

#include <span>
#include <string>
#include <vector>

namespace aidc {

struct Campus;

/// Something that is ordered, shipped and used up by activities.
struct Item {
    std::string name;
};

/// Output of a line from a date on.
struct CapacityStep {
    Tick from{};
    double units_per_s{}; ///< [1/s], >= 0
};

/// Where goods come from: EITHER a line with a capacity path and a queue, OR a quoted lead time that contains the queue.
struct Maker {
    std::string name;
    Id<Item> item;
    std::vector<CapacityStep> capacity; ///< Sorted by date; empty: `lead` is quoted
    double backlog_units{};             ///< Other customers' units queued ahead of ours at the start, in our class
    double our_quota = 1.0;             ///< Weight of our class against the other customers' (0, 1]; unused share reflows
    double others_units{};              ///< What the other class has queued at the start
    Duration lead;                      ///< Quoted: order to first lot, queue included. With capacity: touch time of a lot
    Duration transit;                   ///< Lot finished and shipped to dock, customs included
    double lot_units = 1.0;             ///< Units that leave together
    double ship_every_s{};              ///< Finished lots leave on these days, counted from the start; 0: at once

    bool quoted() const { return capacity.empty(); }
};

/// What we ask of a maker for one campus.
struct Order {
    std::string name;
    Id<Maker> maker;
    Id<Campus> campus;
    double units{};
    Tick placed{};
};

/// A part of an order that moves as one.
struct Lot {
    Id<Order> order;
    std::uint32_t number{}; ///< 0, 1, ... within the order
    double units{};
};

/// An event of the outer world: less output, or goods held at a border.
struct Shock {
    std::string name;
    Id<Item> item;
    Tick from{};
    Tick until{};                 ///< `never`: to the end
    double capacity_factor = 1.0; ///< Multiplies the output of the item's makers [0, 1]
    bool holds_transit = false;   ///< Lots that would arrive while it lasts wait for its end
    Duration release;             ///< From the end of the shock to the dock, for a held lot
};

/// Lots of every order, in the order of the orders; the last lot of an order may be smaller.
std::vector<Lot> lots_of(std::span<Order const> orders, std::span<Maker const> makers);

/// Output [1/s] of a maker at t, shocks applied.
double capacity_per_s(Maker const& maker, std::span<Shock const> shocks, Tick t);

/// All dates at which capacity_per_s may change, sorted, without repeats.
std::vector<Tick> capacity_dates(Maker const& maker, std::span<Shock const> shocks);

/// First ship day at or after t.
Tick ship_day(Maker const& maker, Tick t);

/// The shock that holds goods of the item arriving at t, or none.
Shock const* holding_shock(std::span<Shock const> shocks, Id<Item> item, Tick t);

} // namespace aidc
