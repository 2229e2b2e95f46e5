#pragma once
/// \file
/// Measured heat of the pods of a hall, replayed instead of a contract's load.

#include "models/campus/pod_draw.hpp"

#include <vector>

namespace aidc {

/// A table of samples at equal steps from the start of the run. Between samples the value is a straight line, after the last one
/// it stays.
struct Trace {
    Id<Hall> hall;                  ///< Column j belongs to its pod j
    double step_s{};                ///< Between two samples [s], > 0
    std::uint32_t columns{};        ///< Pods that are replayed
    Id<TraceColumn> first;          ///< Column 0 in the table of all traces
    std::vector<double> heat_W;     ///< Liquid heat by sample, then column [W], >= 0
    std::vector<double> wet_bulb_C; ///< Outdoor wet bulb by sample [deg C]; empty: as the climate says
};

/// Mean heat of a column over [from_s, to_s) since the start [W].
double mean_heat_W(Trace const& trace, std::uint32_t column, double from_s, double to_s);

/// Mean wet bulb over the interval [deg C]. \pre trace.wet_bulb_C is not empty
double mean_wet_bulb_C(Trace const& trace, double from_s, double to_s);

} // namespace aidc
