#pragma once
/// \file
/// Checkpoints of a long job: what they cost, what a failure takes back, and how often to write them.

namespace aidc {

/// How a job protects itself, and what a failure costs it beside lost work.
struct CheckpointRule {
    double every_s{};   ///< Work between two checkpoints [s]; 0: none are written
    double write_s{};   ///< The job stands while one is written [s]
    double restart_s{}; ///< From a failure until it works again: found, replaced, loaded [s]
};

/// Time that `work_s` takes without a failure [s]: a checkpoint after every full interval but the one that ends with the job.
double span_s(CheckpointRule const& rule, double work_s);

/// How far a job has come.
struct Progress {
    double worked_s{};  ///< Work done [s]
    double saved_s{};   ///< Of it, behind a finished checkpoint [s]
    double writing_s{}; ///< Spent on checkpoints [s]
};

/// Where a job stands `elapsed_s` after it began to work on `work_s`, not interrupted.
Progress progress_after(CheckpointRule const& rule, double work_s, double elapsed_s);

/// Work between checkpoints of the least expected time, first order [s]: sqrt(2 write mtbf).
/// Source: J. W. Young, A first order approximation to the optimum checkpoint interval, CACM 17 (1974).
/// \param mtbf_s  Mean time between failures of the whole job [s]
double young_interval_s(double write_s, double mtbf_s);

/// The same to higher order [s]. Source: J. T. Daly, A higher order estimate of the optimum checkpoint interval for restart dumps, Future
/// Generation Computer Systems 22 (2006), equation 37.
double daly_interval_s(double write_s, double mtbf_s);

/// Expected wall time over work [-], for exponential failures that may also strike while a checkpoint is written and while it restarts:
///
///     T / W = (M / every) e^(restart / M) (e^((every + write) / M) - 1)         for W much longer than `every`
///
/// Source: Daly (2006), equation 20.
double expected_stretch(CheckpointRule const& rule, double mtbf_s);

} // namespace aidc
