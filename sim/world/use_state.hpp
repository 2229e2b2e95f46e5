#pragma once
/// \file
/// Rows of the world that say who uses the capacity: contracts, services, queues of jobs, the ladder of pools.

#include "models/base/sum.hpp"
#include "models/base/tick.hpp"
#include "models/demand/ladder.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace aidc {

/// What a contract may claim now.
struct ContractState {
    double due_W{};     ///< Committed now [IT W]
    bool ended = false; ///< Nothing is due any more
};

/// What a contract is served with now.
struct SoldState {
    double due_W{};                ///< Committed, less what other contracts have taken over [IT W]
    double it_W{};                 ///< min(due, live racks that are left for it)
    std::vector<double> by_kind_W; ///< By kind of rack
    Tick first_full = never;       ///< When it was first served in full
};

/// Accelerators that a contract's load may use now; where racks fail, those of its halls.
struct LoadState {
    std::vector<double> working_by_hall; ///< Fed, cooled, whole [accelerators]
    double working{};                    ///< Sum of them
    std::vector<double> by_kind;         ///< The same by kind of rack; of a kind without accelerators its racks
    double withheld{};                   ///< Of them, not given to jobs because the grid is capped
    double needed{};                     ///< Of an inference service, for the load of the coming step
};

/// Working units of a pool now.
struct PoolState {
    double units{}; ///< Accelerators; of a kind without any its racks
};

/// What a contract was owed, got and did.
struct ContractBook {
    double due_J{}, sold_J{};
    double allocated_s{}, busy_s{}, productive_s{}; ///< [accelerator s]
    double revenue{}, damages{};                    ///< In the currency of the scenario; damages capped in the total only

    ContractBook& operator+=(ContractBook const& other);
};

/// What a contract has done.
struct ContractBooks {
    double used_W{};          ///< By the customer's racks so far (racking up)
    Tick short_since = never; ///< Since when less is served than is due
    ContractBook row, total;
};

/// What was asked of a service, and what it gave.
struct ServiceBook {
    double asked_tokens{}, served_tokens{};
    double within_s{}; ///< Time in which it held its latency target [s]

    ServiceBook& operator+=(ServiceBook const& other);
};

/// Row and total of a service.
struct ServiceBooks {
    ServiceBook row, total;
};

/// A queue of jobs now.
struct QueueState {
    double capacity{};     ///< Accelerators that it may use, borrowed ones included
    std::uint32_t used{};  ///< Of them, held by jobs
    std::uint64_t asked{}; ///< By jobs that wait [accelerators]
    std::size_t running{}, queued{};
    std::uint64_t ended{}, interrupted{}, evicted{}; ///< So far
};

/// Accelerators of a pool, rung by rung [accelerator s].
struct PoolBooks {
    PerRung<double> row{};
    PerRung<Sum> total{};
    double rolled_back_s{}; ///< Useful hours that jobs have lost since and that no hall's book has given back yet
    Sum all_rolled_back_s;  ///< By jobs, since the start [accelerator s]
};

} // namespace aidc
