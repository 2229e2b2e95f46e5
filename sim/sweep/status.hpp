#pragma once
/// \file
/// How far a sweep is.

#include "sim/sweep/manifest.hpp"

#include <string>
#include <vector>

namespace aidc {

/// A run that failed.
struct FailedRun {
    std::size_t run{};
    std::string error;
};

/// What is there of a sweep.
struct SweepStatus {
    std::size_t blocks{}, blocks_there{}, blocks_damaged{};
    std::size_t runs{}, runs_there{}, runs_failed{};
    std::vector<FailedRun> failed;       ///< In order
    std::vector<std::string> complaints; ///< Of damaged blocks
    std::size_t logged_runs{};           ///< That the logs tell of
    double cpu_s{};                      ///< Of their simulations
    double wall_s{};                     ///< Of their workers, summed

    bool complete() const { return blocks_there == blocks && runs_failed == 0; }
};

/// Looks at every block. Throws nothing for damaged ones.
SweepStatus status_of(Sweep const& sweep);

} // namespace aidc
