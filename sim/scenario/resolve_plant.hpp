#pragma once
/// \file
/// From the cooling of a building as written to a plant of known size.

#include "sim/scenario/resolve.hpp"

namespace aidc {

/// The CDUs of a pod taken as one, as many as its largest pod needs.
PlantSpec with_cdus_as_one(Resolver const& r, BuildingSpec const& spec);

/// Fills in the plant from its ratings; complains about what no machine can be. Counts come later.
/// \param spec  From with_cdus_as_one
bool put_plant(Resolver& r, PlantSpec const& spec, Plant& plant, std::string const& pointer);

/// Spec of the outdoor units of the facility water. \pre put_plant succeeded
UnitGroupSpec const& outdoor_units(PlantSpec const& spec);
/// "coolers" or "towers".
std::string outdoor_key(PlantSpec const& spec);

/// Counts, pumps and volumes, once the halls of the building are known; an error when the plant cannot reject its heat.
/// \param pointer  Of the plant
void fit_plant(Resolver& r, PlantSpec const& spec, Id<Building> building, std::string const& pointer);

} // namespace aidc
