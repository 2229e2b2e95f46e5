#pragma once
/// \file
/// By which date each order has to be placed, so that its goods are likely in time.

#include "sim/record/h5.hpp"
#include "sim/record/replicate_set.hpp"

#include <limits>
#include <vector>

namespace aidc {

/// The lot of an order that asks for the earliest date.
struct OrderBy {
    Id<Order> order;
    Id<Activity> activity;                                        ///< That the lot is for; none: nothing below is known
    Tick need = never;                                            ///< Planned date from which that activity could use the goods
    double lead_q80_s = std::numeric_limits<double>::quiet_NaN(); ///< +infinity: one lot in five or more does not come
    double order_by_s = std::numeric_limits<double>::quiet_NaN(); ///< need - lead_q80_s; may lie before the start
};

/// One row an order for a campus; orders for parts have none.
///
/// The lead of a lot in one replicate is from placing to dock, and the retests of the activity that uses its first unit. Its 80 %
/// quantile is an order statistic over the replicates in which the order was placed; a lot that does not come counts as +infinity.
///     order_by = min over lots (need - q80 of the lead)
/// Valid for: orders about as large and placed about when they were here, because queues move with both.
std::vector<OrderBy> order_by_dates(Buildout const& buildout, Plan const& plan, ReplicateSet const& set);

/// /order_by.
void write_order_by(h5::File& file, Buildout const& buildout, Plan const& plan, ReplicateSet const& set);

} // namespace aidc
