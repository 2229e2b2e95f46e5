#pragma once
/// \file
/// Measured heat by pod as a table (CSV).

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// A table of samples at equal steps.
struct TraceTable {
    double step_s{};
    std::size_t columns{};
    std::vector<double> heat_W;     ///< By sample, then column
    std::vector<double> wet_bulb_C; ///< By sample; empty unless asked for
};

/// Reads the column "time" [s], every column whose name begins with `prefix` [W, >= 0] in their order, and `wet_bulb` [C] if that is
/// not empty.
/// \throws InputErrors  with file and line: a column that is not there, a field that is no number or below 0, times at unequal steps
TraceTable read_trace(std::filesystem::path const& path, std::string const& prefix, std::string const& wet_bulb);

} // namespace aidc
