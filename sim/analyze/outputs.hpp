#pragma once
/// \file
/// Outputs of a sweep: what was asked for, read from the blocks that are there.

#include "sim/sweep/manifest.hpp"
#include "sim/sweep/measure.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace aidc {

/// What expressions about a sweep may name: its figures, then its parameters; one of these that bears the name of a figure is
/// NAME_parameter.
MeasureNames measure_names(Layout const& layout, std::vector<Parameter> const& parameters);

/// Values of measures over a sweep.
struct SweepOutputs {
    std::vector<std::vector<double>> by_run;   ///< By measure, then run: the expression; NaN: none, infinite: not reached
    std::vector<std::vector<double>> by_point; ///< By measure, then point: the statistic over the runs that are there
    std::vector<std::size_t> runs_there;       ///< By point
    std::size_t missing{}, failed{};           ///< Runs
    std::vector<std::string> complaints;       ///< Of damaged blocks, taken as missing

    bool complete() const { return missing == 0 && failed == 0; }
};

/// Reads block after block; memory goes with the measures, not with all that was kept. Runs that are missing or failed are NaN.
SweepOutputs read_outputs(Sweep const& sweep, std::vector<Measure> const& measures, bool quiet);

/// What people want to see first: live power, first rack, hours not live, PUE, and the dates of targets and of complete campuses if
/// they are few.
std::vector<std::string> usual_outputs(Layout const& layout);

} // namespace aidc
