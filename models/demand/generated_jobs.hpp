#pragma once
/// \file
/// Jobs without a log: a stream drawn from distributions.

#include "models/base/duration.hpp"
#include "models/base/sum.hpp"
#include "models/demand/inference.hpp"
#include "models/demand/job.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace aidc {

/// A size of jobs and how often it comes.
struct JobSize {
    std::uint32_t processors{}; ///< >= 1
    double weight{};            ///< Relative [-], >= 0
};

/// Laws of a stream of jobs.
struct JobMix {
    Duration between;            ///< From one arrival to the next [s]
    std::vector<JobSize> sizes;  ///< Not all of weight 0
    Duration run;                ///< Run time, independent of the size [s], > 0
    double estimate_factor{1.0}; ///< Estimate over run time [-], >= 1
    std::int32_t priority{};
    std::uint32_t rules{};                                               ///< Row of the pool's rules
    double first_submit_s{};                                             ///< Of job 0 [s], >= 0
    double until_s = std::numeric_limits<double>::infinity();            ///< No job is submitted then or later [s]
    std::uint64_t most_jobs = std::numeric_limits<std::uint64_t>::max(); ///< No more jobs than these
    std::optional<DailyCourse> course{};                                 ///< Course of the arrivals over day and week; without: none
    unsigned start_weekday{};                                            ///< Weekday of 0 s, a midnight; Sunday = 0. For the course
};

/// Processors that the stream keeps busy if there are enough, in the mean [processors]: mean size x mean run / mean between.
double offered_processors(JobMix const& mix);

/// Date at which `worked_s` seconds of a clock have passed since `from_s`, that goes as fast as the relative level of the course [s].
/// On that clock arrivals of any law have their own mean rate over a week; Poisson arrivals become Poisson arrivals of a rate that
/// follows the course (E. Cinlar, Introduction to Stochastic Processes, 1975, section 4.7).
double after_course(DailyCourse const& course, unsigned start_weekday, double from_s, double worked_s);

/// Jobs of a mix in order of their date, one a call: a JobSource. Job n has the identity n and the draws n of its purposes, so two mixes
/// that differ in one law differ in nothing else. Holds no jobs.
class GeneratedJobs {
  public:
    /// Uniform number, 0 < u < 1, a pure function of its purpose ("between", "processors", "run") and number.
    using Uniform = std::function<double(std::string_view purpose, std::uint64_t n)>;

    GeneratedJobs(JobMix mix, Uniform uniform);

    /// The next job; false when there are no more.
    bool operator()(Job& job);

  private:
    std::uint32_t processors(double u) const;

    JobMix mix_;
    Uniform uniform_;
    double weights_{}; ///< Sum over sizes
    std::uint64_t n_{};
    Sum submit_s_; ///< Of job n_
};

} // namespace aidc
