#pragma once
/// \file
/// What decides the date of each milestone, over replicates.

#include "sim/record/h5.hpp"
#include "sim/record/replicate_set.hpp"

#include <vector>

namespace aidc {

/// One item on the as-built chain to one milestone.
struct Criticality {
    std::size_t milestone{};
    ChainItem item;
    Cause cause{};        ///< Under which it lost most time; of its own work when it never did
    double index{};       ///< Share of the replicates that reached the milestone in which the item is on the chain (0 to 1]
    double mean_slip_s{}; ///< Over the replicates in which it is there
    double p80_slip_s{};  ///< The same
    double mean_cost_s{}; ///< Mean of max(0, slip) over all replicates, 0 where it is not on the chain
};

/// All items, by milestone, then by falling mean cost, falling index, and the order of the scenario.
///
/// The criticality index of an activity is the share of simulated networks in which it is on the longest path.
/// Source: R. M. Van Slyke, Operations Research 11 (1963) 839-860.
std::vector<Criticality> criticality_of(Buildout const& buildout, ReplicateSet const& set);

/// /criticality.
void write_criticality(h5::File& file, Buildout const& buildout, ReplicateSet const& set);

} // namespace aidc
