#pragma once
/// \file
/// The two ways to print what a sweep says.

#include "sim/analyze/analyze.hpp"

#include <cstddef>
#include <string>

namespace aidc::report {

/// A planner's page, at most 100 columns wide but for commands, without colours.
/// \param best  Points to show
std::string page(Sweep const& sweep, Analysis const& analysis, std::size_t best);

/// One JSON object with the same facts: SI units, dates as "2026-05-31", null for what was not reached.
std::string json(Sweep const& sweep, Analysis const& analysis, std::size_t best);

} // namespace aidc::report
