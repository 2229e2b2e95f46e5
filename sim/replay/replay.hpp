#pragma once
/// \file
/// A log of jobs replayed on a pool of processors without a campus around it.

#include "models/demand/job_pool.hpp"
#include "sim/replay/use_grid.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// The machine, and what happens to jobs on it.
struct ReplaySpec {
    std::vector<std::uint32_t> cells; ///< Processors of each
    Policy policy = Policy::easy;
    Placement placement = Placement::leftmost;
    JobRules rules;       ///< Of all jobs
    std::uint64_t seed{}; ///< Of their interruptions
};

/// Processors of all cells.
std::uint64_t processors(ReplaySpec const& spec);

/// What a log was on a machine.
struct Replayed {
    ScheduleSums sums; ///< Of the jobs that have ended: all, unless it was stopped
    JobSums pool;      ///< Of the whole time
    UseGrid use{0.0};  ///< From the first submission to the last end
    bool stopped{};    ///< Before all jobs had ended

    /// Work over the processor time that jobs held [-]: the rest is checkpoints, restarts and work that was rolled back.
    double goodput() const { return pool.allocated_s > 0.0 ? sums.work_s / pool.allocated_s : 1.0; }
};

/// Who is told how it goes.
struct ReplayListener {
    std::function<void(JobRecord const&)> done;          ///< Each job when it ends; may be empty
    std::function<bool(std::uint64_t ended)> stop_asked; ///< Now and then, with how many have ended; may be empty
};

/// Replays. Interruptions are a pure function of the seed, the job's id and their number.
/// \pre  jobs by (submit, id), none larger than the machine
Replayed replay(std::span<Job const> jobs, ReplaySpec const& spec, ReplayListener const& listener);

/// \throws InputErrors  when interruptions would strike a job so often between two checkpoints that it would hardly ever end
/// \param log  What the message names
void check_interruptions(std::span<Job const> jobs, JobRules const& rules, std::string const& log);

} // namespace aidc
