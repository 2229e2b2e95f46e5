#pragma once
/// \file
/// Contracts: who has reserved how many megawatts of a campus, and how busy they keep them.

#include "models/base/id.hpp"
#include "models/base/tick.hpp"

#include <string>
#include <vector>

namespace aidc {

struct Campus;

/// Reserved IT power from a date on.
struct CommittedStep {
    Tick from{};
    double it_W{}; ///< IT watts at rack input [W], >= 0
};

/// Busy share of the sold accelerators over a day: mean (1 + swing cos(2 pi (t - peak) / 24 h)).
struct DailyShape {
    double busy_mean{};  ///< [-], 0..1
    double busy_swing{}; ///< [-], 0..1, with mean (1 + swing) <= 1
    double peak_s{};     ///< Local time of day of the maximum [s], 0..86400
};

/// Reserved IT power of a campus over time, and the daily course of its use.
struct Contract {
    std::string name;
    Id<Campus> campus;
    std::vector<CommittedStep> committed; ///< Sorted by date; each step is the new total
    DailyShape shape;
};

/// Mean busy share [-] over [from, to), in closed form, so that it adds up over any cut of the interval.
/// \pre from < to. Dates count from a midnight of local time.
double mean_busy(DailyShape const& shape, Tick from, Tick to);

} // namespace aidc
