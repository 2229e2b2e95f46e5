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
    double working{}; ///< Of its contract, and of the one it borrows from, when it was last sized
    Sum held_s;       ///< Integral of what jobs held [accelerator s]
    Sum recorded_s;   ///< The same from the records of jobs that have ended

    JobRun(Run& run, Id<JobLoad> load);
};

/// One for each queue of the buildout; none in the median run, which asks for dates only.
void make_jobs(Run& run);

/// Queue of a contract, or null.
JobRun* jobs_of(Run const& run, Id<Contract> contract);

/// Books the queue up to now and takes what it did since the last time.
JobSums take_jobs(Run& run, JobRun& jobs);

/// How the accelerators of a queue are now.
struct Fitness {
    double working{}; ///< Of its contract, and of the one it borrows from
    double speed = 1.0;
};

/// Accelerators that a queue may use from now on, by hall of the buildout, whole ones. What goes back to a service or is put off for want
/// of power is announced to its jobs; what stops working is not.
void size_jobs(Run& run, JobRun& jobs, std::span<double const> by_hall, Fitness const& now);

/// Tells the observer of jobs that run or wait at the end, and closes the books of the queues.
/// \throws AuditError("accelerator-hours of jobs") when held time by dates and by records differ
void close_jobs(Run& run);

} // namespace aidc
