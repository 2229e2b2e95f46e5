#pragma once
/// \file
/// What is kept of many replicates of one scenario: enough for every quantile, little enough for thousands of them.

#include "models/buildout/buildout.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <vector>

namespace aidc {

/// The numbers of one replicate.
struct Replicate {
    std::vector<Tick> reached;  ///< By milestone; `never`: not before the end
    std::vector<double> live_W; ///< By month end, then campus [W]
    Tick first_live = never;
    double planned_or_live_s{};    ///< [accelerator s], as all below
    double live_s{};               ///< Live hours of any cause
    double ahead_s{};              ///< Live before planned
    PerTerm<double> share_s{};     ///< Not live, by term: equal split
    PerTerm<double> solo_s{};      ///< Not live, gained if this term alone is cured
    PerCause<double> by_cause_s{}; ///< All planned or live hours
    std::uint64_t world_hash{};    ///< Digest::world_hash

    double not_live_s() const { return planned_or_live_s - live_s; }
};

/// A link of the chain to a milestone: an activity, or the order of the lot that was waited for.
struct ChainItem {
    Id<Activity> activity;
    Id<Order> order;

    auto operator<=>(ChainItem const&) const = default;
};

/// What the replicates say of one item on the chain to one milestone.
struct OnChain {
    std::vector<double> slip_s; ///< Actual less planned, all stretches of the item in one chain, float of the plan left out; one a
                                ///< replicate that has it there
    double cost_s{};            ///< Of these, what is above 0 and not above the lateness of the milestone, over all replicates
    PerCause<double> late_s{};  ///< Stretches that took longer than planned, by cause, over all replicates
};

/// Replicates 0, 1, ... in order.
struct ReplicateSet {
    std::size_t asked{}; ///< How many were wanted
    std::vector<Replicate> replicates;
    std::vector<std::map<ChainItem, OnChain>> chains; ///< By milestone
    std::vector<std::vector<float>> lead_s;        ///< By replicate, then lot: placed to dock; +infinity: not on the dock; NaN: not placed
    std::vector<std::vector<float>> retests_s;     ///< By replicate, then activity: first pass to finish; +infinity: not finished
    std::vector<PerTerm<double>> share_s_by_month; ///< By month end: not live, summed over the replicates [accelerator s]
};

} // namespace aidc
