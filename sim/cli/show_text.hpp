#pragma once
/// \file
/// The two ways to print the facts of a result file.

#include "sim/cli/show_facts.hpp"

#include <string>

namespace aidc::report {

/// A planner's page, at most 100 columns wide, without colours.
/// \param all  Every hall, order and item; else what matters most on about 70 lines
std::string page(Facts const& facts, bool all);

/// One JSON object with the same facts: SI units in the names, dates as "2026-05-31", null for what was not reached.
std::string json(Facts const& facts);

} // namespace aidc::report
