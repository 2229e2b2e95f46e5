#pragma once
/// \file
/// What ordered goods are for: which activity a lot is needed by, and when.

#include "models/buildout/buildout.hpp"

#include <vector>

namespace aidc {

/// Who uses the first unit of a lot, as planned.
struct LotNeed {
    Id<Activity> activity; ///< None: no activity needs the lot; always so for parts, which go to a maker
    Tick date =
        never; ///< Planned `started` of that activity: later, and the plan cannot be kept; `never`: not before the end, or no activity
};

/// Need of every lot of a buildout, by lot.
///
/// The goods of one item at one campus are one stock: its lots, in the order of their planned dock, serve the activities that use
/// the item, in the order of their planned `ready`. Equal dates keep the order of the scenario. The need of a lot is the activity
/// that its first unit falls to.
/// \param plan  The baseline
/// \pre plan is not empty
std::vector<LotNeed> needs_of(Buildout const& buildout, Plan const& plan);

} // namespace aidc
