#pragma once
/// \file
/// Queues of jobs on the calendar: each has one event, at the date of what it does next.

#include "models/demand/job_pool.hpp"
#include "sim/process/run.hpp"

#include <span>

namespace aidc {

/// A queue of jobs that runs.
struct JobRun {
    Id<JobLoad> load;
    JobPool pool;
    EventId armed{};
    Tick due = never; ///< Of the armed event
    double speed = 1.0;
    Sum held_s;     ///< Integral of what jobs held [accelerator s]
    Sum recorded_s; ///< The same from the records of jobs that have ended

    JobRun(Run& run, Id<JobLoad> load);
};

/// One for each queue of the buildout; none in the median run, which asks for dates only.
void make_jobs(Run& run);

/// Queue of a contract, or null.
JobRun* jobs_of(Run const& run, Id<Contract> contract);

/// Books the queue up to now and takes what it did since the last time.
JobSums take_jobs(Run& run, JobRun& jobs);

/// Accelerators that a queue may use from now on, by hall of the buildout, whole ones; and how fast they are.
void size_jobs(Run& run, JobRun& jobs, std::span<double const> by_hall, double speed);

/// Tells the observer of jobs that run or wait at the end, and closes the books of the queues.
/// \throws AuditError("accelerator-hours of jobs") when held time by dates and by records differ
void close_jobs(Run& run);

} // namespace aidc
