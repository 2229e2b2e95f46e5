#pragma once
/// \file
/// Planning a sweep: every point checked, a run tried, the folder made.

#include "sim/sweep/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// How a sweep is planned.
struct PlanOptions {
    std::size_t jobs = 1; ///< Processes that check points
    bool quiet = false;   ///< No progress
};

/// A sweep that could be written: everything is checked.
struct PlannedSweep {
    Manifest manifest;
    Points points;
    std::vector<std::filesystem::path> inputs; ///< Files to copy, in the order of manifest.inputs
    std::size_t invalid{};                     ///< Points that are no valid scenario and were kept
};

/// Checks every point against the scenario format and tries a run.
/// \throws InputErrors  with the problems of the first invalid points, unless they are kept; std::runtime_error when the tried run fails
PlannedSweep plan_sweep(SweepSpec const& spec, PlanOptions const& options);

/// Makes the folder. One that holds the same sweep already is left as it is.
/// \return whether it was made now
/// \throws InputErrors  when the folder holds anything else, or cannot be written
bool write_sweep(PlannedSweep const& planned, std::filesystem::path const& folder);

} // namespace aidc
