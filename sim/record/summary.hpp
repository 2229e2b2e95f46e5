#pragma once
/// \file
/// A run in numbers: what /summary of its file holds, and what a sweep keeps of it.

#include "sim/record/h5.hpp"
#include "sim/world/world.hpp"

#include <vector>

namespace aidc {

/// One number of a run.
struct Figure {
    h5::Quantity what;
    double value{}; ///< NaN: there is none
};

/// The numbers of a run, all campuses together, in the order of the file; those of power, heat and water only with Detail::operate.
/// Which there are does not depend on what happened.
std::vector<Figure> summary_of(Buildout const& buildout, World const& world, Detail detail);

/// What all campuses have done since the start.
Flows total_flows(World const& world);

/// Energy that a facility used, wherever it came from: grid, gensets, batteries; less what went into batteries [J].
inline double facility_J(Flows const& f) { return f.import_J + f.genset_J + f.battery_J - f.charging_J; }

} // namespace aidc
