#pragma once
/// \file
/// Which points are best, of those that meet conditions.

#include "sim/sweep/measure.hpp"

#include <cstddef>
#include <vector>

namespace aidc {

/// A point, and how it does.
struct RankedPoint {
    std::size_t point{};
    std::size_t missed{}; ///< Conditions that it does not meet
    double by{};          ///< Sum over these, each in parts of what its measure varies over all points; infinite: no value, or never
};

/// All points, the best first.
struct Ranking {
    std::vector<RankedPoint> points;
    std::size_t meeting{}; ///< Of these the first so many meet every condition
    std::size_t absent{};  ///< Of those so many have no objective: they stand at the end of them
};

/// Points that meet every condition come first, the best objective before: finite ones, then those never reached, then those without
/// any. The others follow, those that miss the fewest conditions first, by the least. Ties stand in the order of the points.
/// \param objective   One a point; empty: the order of the points
/// \param measured    By condition, then point
/// \pre as many conditions as measured; points >= 1 values each
Ranking rank_points(std::size_t points, std::vector<double> const& objective, bool minimize, std::vector<Condition> const& conditions,
                    std::vector<std::vector<double>> const& measured);

} // namespace aidc
