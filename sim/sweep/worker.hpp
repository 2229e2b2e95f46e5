#pragma once
/// \file
/// One worker of a sweep: does the blocks of its task that do not exist yet.

#include "sim/run/pool.hpp"
#include "sim/sweep/manifest.hpp"
#include "sim/sweep/task.hpp"

#include <string>

namespace aidc {

/// How a worker works.
struct WorkerOptions {
    std::size_t jobs = 1; ///< Simulations at once
    Task task;
    bool retry_failed = false; ///< Runs that failed are run again
    ChildLimits limits;        ///< Of each simulation
    bool quiet = false;        ///< No progress
};

/// What a worker did.
struct WorkerOutcome {
    bool stopped = false; ///< By a signal; what is left is done by running again
    std::size_t blocks{}; ///< Written
    std::size_t runs{};   ///< In them
    std::size_t failed{}; ///< Of these
    std::size_t left{};   ///< Blocks of the task that are still missing
    double wall_s{};
    double cpu_s{};                      ///< Of the simulations
    std::vector<std::string> complaints; ///< Damaged blocks that were done again
};

/// Works until the task is done or a signal has come. Each simulation is a process of its own; a run that fails is recorded with its
/// error, and the others go on.
/// \throws InputErrors  when the folder cannot be written or does not belong to this program
/// \throws h5::Error  when a block cannot be written: the blocks before it stay
WorkerOutcome work_on(Sweep const& sweep, WorkerOptions const& options);

} // namespace aidc
