#pragma once
/// \file
/// The visitor that writes: the scenario as it is run, in SI, ready to be read again.

#include "sim/scenario/spec.hpp"

#include <string>

namespace aidc {

/// The resolved scenario as JSON text.
std::string to_json(ScenarioSpec const& spec);

} // namespace aidc
