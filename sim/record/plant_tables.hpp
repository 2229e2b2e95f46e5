#pragma once
/// \file
/// What the plants were sized for, and which curves operation left.

#include "sim/record/h5.hpp"
#include "sim/world/world.hpp"

namespace aidc {

/// /plant: one row a building, as sized at design weather.
void write_plants(h5::File& file, Buildout const& buildout);

/// /curves: hours in which a curve had to be bounded.
void write_curves(h5::File& file, Flows const& total);

} // namespace aidc
