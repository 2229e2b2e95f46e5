#pragma once
/// \file
/// Cooling on the page of a run: how plants were sized, what they drew, and what left its curve.

#include "sim/cli/show_facts.hpp"
#include "sim/cli/show_page.hpp"
#include "sim/record/h5_reader.hpp"

namespace aidc::report {

/// Sums of an operated run; nothing with --detail build.
std::optional<Operation> read_operation(h5::Reader const& file);

/// One row a building.
std::vector<PlantFacts> read_plants(h5::Reader const& file);

/// Sizing by building: equal ones on one line unless `all`.
void print_plants(Page& page, Facts const& f, bool all);

/// Energy, water, temperatures, and curves that were left.
void print_operation(Page& page, Facts const& f);

/// Lines to warn with after a run: curves that operation left, with hours.
std::vector<std::string> curve_warnings(h5::Reader const& file);

} // namespace aidc::report
