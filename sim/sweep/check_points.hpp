#pragma once
/// \file
/// Every point of a sweep as a scenario: is it valid, what does it read, what can be kept of its runs?

#include "sim/sweep/layout.hpp"
#include "sim/sweep/plan.hpp"
#include "sim/sweep/prepare.hpp"

#include <vector>

namespace aidc {

/// What the points of a sweep have in common.
struct CheckedPoints {
    Layout layout;                 ///< Of all valid points together
    std::vector<InputFile> inputs; ///< Of all valid points together; the scenario is the first
    std::size_t invalid{};
    std::size_t first_valid{};
};

/// Reads and resolves the scenario of every point, a few processes at once.
/// \throws InputErrors  when a point is invalid and such points are not kept, or when none is valid
CheckedPoints check_points(PointMaker& maker, SweepSpec const& spec, Points const& points, PlanOptions const& options);

} // namespace aidc
