#pragma once
/// \file
/// What moved between two results, and why.

#include "sim/cli/show_facts.hpp"

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

/// Compares the dates of two result files. \throws InputErrors, h5::Error
Difference compare(std::string const& before, std::string const& after);

/// A page of waterfalls.
std::string page(Difference const& difference);

} // namespace aidc::report
