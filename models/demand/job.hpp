#pragma once
/// \file
/// Jobs: gangs of accelerators that start and stop together.

#include <cstdint>
#include <functional>
#include <limits>

namespace aidc {

/// One job as submitted. Times count from the start of the run or of its log.
struct Job {
    std::int64_t id{};          ///< As in its log
    double submit_s{};          ///< [s]
    double run_s{};             ///< At full speed, not interrupted, without checkpoints [s], > 0
    double estimate_s{};        ///< What the scheduler plans with [s], >= run_s
    std::uint32_t processors{}; ///< Accelerators (or CPUs) that it needs all at once, >= 1
    std::int32_t priority{};    ///< Higher goes first, where the policy looks at it
    std::uint32_t rules{};      ///< Row of the pool's rules
};

/// Gives jobs in order of (submit, id), one a call; false when there are no more.
using JobSource = std::function<bool(Job&)>;

/// What became of a job.
struct JobRecord {
    Job job{};
    double start_s{};                                       ///< First start [s]; NaN: never
    double end_s = std::numeric_limits<double>::infinity(); ///< [s]; infinity: not done
    double allocated_s{};                                   ///< Time in which it held its accelerators [s]
    double lost_s{};                                        ///< Work done and rolled back [s]
    double writing_s{};                                     ///< Writing checkpoints [s]
    std::uint32_t interruptions{};                          ///< Failures from which it restarted
    std::uint32_t evictions{};                              ///< Sent back to the queue: preempted, or its accelerators went away
    std::uint32_t first_processor{};                        ///< Of its last placement: cell before cell, lowest
    bool spans{};                                           ///< Its last placement spans cells
};

/// Wait until the first start [s].
inline double wait_s(JobRecord const& record) { return record.start_s - record.job.submit_s; }

/// Slowdown bounded below by `least_s`: max(1, (wait + run) / max(run, least)) [-].
/// Source: D. G. Feitelson et al., Theory and practice in parallel job scheduling, JSSPP 1997.
double bounded_slowdown(double wait_s, double run_s, double least_s = 10.0);

} // namespace aidc
