#pragma once
/// \file
/// Makers and orders: who makes what of which parts, for whom.

#include "models/base/duration.hpp"
#include "models/base/tick.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

struct Campus;
struct Maker;
struct Order;
struct Lot;

/// Something that is ordered, shipped and used up: by activities, or by a maker as a part.
struct Item {
    std::string name;
};

/// Output of a line from a date on.
struct CapacityStep {
    Tick from{};
    double units_per_s{}; ///< [1/s], >= 0
};

/// Other customers of a line who share it with us by quota.
struct CustomerClass {
    std::string name;
    double quota{};         ///< Weight of the class [-], > 0; an unused share reflows to the classes with work
    double backlog_units{}; ///< Queued at the start
    double order_units{};   ///< Of each further order; 0: none
    Duration between;       ///< From one further order to the next; exponential: a Poisson stream
};

/// What one unit of a product is made of.
struct Part {
    Id<Item> item;
    double units{}; ///< Per unit of the product
    Id<Maker> maker;
};

/// Where goods come from: EITHER a line with a capacity path and a queue, OR a quoted lead time that contains the queue.
struct Maker {
    std::string name;
    Id<Item> item;
    std::vector<CapacityStep> capacity; ///< Sorted by date; empty: `lead` is quoted
    double backlog_units{};             ///< Other customers' units queued ahead of ours at the start, in our class
    double our_quota = 1.0;             ///< Weight of our class, as CustomerClass::quota
    std::vector<CustomerClass> others;
    std::vector<Part> parts;            ///< A lot is not begun before the parts for it are there. With capacity only
    Duration lead;                      ///< Quoted: order to first lot, queue included. With capacity: touch time of a lot
    Duration transit;                   ///< Lot finished and shipped to dock, customs included
    Duration qualification;             ///< From `qualified_from` to the first lot that may be made for us
    std::optional<Tick> qualified_from; ///< None: qualified
    double decommit_probability{};      ///< A lot that is due goes to somebody else, once, and queues again [0, 1)
    double lot_units = 1.0;             ///< Units that leave together
    double ship_every_s{};              ///< Finished lots leave on these days, counted from the start; 0: at once
    double unit_price{};                ///< [currency of the scenario]

    bool quoted() const { return capacity.empty(); }
};

/// An order that is placed only if another one is late on the day of decision.
struct Option {
    Tick decided{};
    Id<Order> watched;
    double on_dock_below{}; ///< Exercised when less than this share of the watched order is on the dock [0, 1]
};

/// What we ask of a maker for one campus, or what a maker asks of another for one of our orders.
struct Order {
    std::string name;
    Id<Maker> maker;
    Id<Campus> campus; ///< Where the goods, or what is made of them, will go
    double units{};
    Tick placed{};
    std::uint32_t priority{};     ///< Inside our class at the maker: 0 first, then by date
    Id<Order> part_of;            ///< The order these parts are for; none: the goods go to the campus
    std::optional<Option> option; ///< None: firm
    Tick cancelled = never;       ///< What is not made by then is taken back
};

/// A part of an order that moves as one.
struct Lot {
    Id<Order> order;
    std::uint32_t number{}; ///< 0, 1, ... within the order
    double units{};
};

/// Orders and, behind them, the orders for parts that they imply, all the way up; "racks/hbm" is for "racks".
///
/// Parts are ordered on the day of their order. Names, campus, priority, option and cancellation are those of the order.
/// \pre  no item is a part of itself
std::vector<Order> with_parts(std::vector<Order> orders, std::span<Maker const> makers, std::span<Item const> items);

/// Lots of every order, in the order of the orders; the last lot of an order may be smaller.
std::vector<Lot> lots_of(std::span<Order const> orders, std::span<Maker const> makers);

/// First ship day at or after t.
Tick ship_day(Maker const& maker, Tick t);

} // namespace aidc
