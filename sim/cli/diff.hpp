#pragma once
/// \file
/// What moved between two results, and why.

#include "sim/cli/show_facts.hpp"

#include <map>
#include <string>
#include <vector>

namespace aidc::report {

/// A part of a change: a cause, or an activity or lot.
struct Part {
    std::string name;
    double days{};
};

/// One milestone in two results.
struct Moved {
    std::string milestone;
    double before_s{}; ///< NaN: after the end
    double after_s{};
    double days{};               ///< After less before; 0 when one of them was not reached
    std::vector<Part> by_cause;  ///< Adds up to `days`, with "baseline" for a plan that moved; largest first
    std::vector<Part> by_item;   ///< The same by activity and lot
    bool only_one_known = false; ///< The other result has no such milestone
};

/// Two results of single runs.
struct Difference {
    std::string before, after;
    Dates dates; ///< Of the first one; those of the second are moved to its zero
    std::vector<Moved> moved;
    std::size_t same{}; ///< Milestones on the same date
    double not_live_before_h{}, not_live_after_h{};
    double live_before_W{}, live_after_W{}; ///< At the end
    std::vector<Part> hours_by_cause;       ///< Change of the not-live hours [accelerator h], in `days`' place
};

struct Odds;

/// One milestone in two replicated results: P10, P50 and P90.
struct MovedOdds {
    std::string milestone;
    std::vector<double> before_s, after_s;    ///< NaN: after the end
    double in_time_before{}, in_time_after{}; ///< NaN: no due date
};

/// Two results of replicated runs.
struct OddsDifference {
    std::string before, after;
    Dates dates; ///< Of the first one; those of the second are moved to its zero
    std::size_t replicates_before{}, replicates_after{};
    std::vector<MovedOdds> moved;
    std::vector<std::string> only_one; ///< Milestones that the other result does not have
    std::size_t same{};
    double not_live_before_h{}, not_live_after_h{}; ///< Mean
    std::vector<Part> hours_by_cause;               ///< Change of the mean hours of every cause [accelerator h], in `days`' place
};

/// Compares the dates of two result files of single runs. \throws InputErrors, h5::Error
Difference compare(std::string const& before, std::string const& after);

/// Compares the quantiles of two replicated runs.
OddsDifference compare(Odds const& before, Odds const& after);

/// A page of waterfalls.
std::string page(Difference const& difference);

/// A page of quantiles.
std::string page(OddsDifference const& difference);

/// Differences of two sums by name, in a unit, the largest first; what differs by less than `least` is left out.
std::vector<Part> parts(std::map<std::string, double> const& before, std::map<std::string, double> const& after, double unit, double least);

} // namespace aidc::report
