#pragma once
/// \file
/// Values of a scenario that are set from outside: `--set`, and the parameters of a sweep.

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace aidc {

/// Templates are gone once they are used: what changes them comes first, and changes every use.
bool is_of_template(Override const& change);

/// Puts a value at a pointer of the expanded scenario: an existing value, or a new key of an existing object. A row of a list may be
/// given by its name: /makers/h200_oem/backlog_units.
/// \return the pointer by numbers and keys; "" when there was a problem
std::string apply(Override const& change, Document& document, std::vector<Problem>& problems);

} // namespace aidc
