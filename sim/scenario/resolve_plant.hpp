#pragma once
/// \file
/// From the cooling of a building as written to a plant of known size.

#include "sim/scenario/resolve.hpp"

namespace aidc {

/// The CDUs of a pod taken as one, as many as its largest pod needs.
PlantSpec with_cdus_as_one(Resolver const& r, BuildingSpec const& spec);

/// Whole units that cover a fraction; rounding of a root does not ask for one more.
std::uint32_t whole_units(double needed);

/// Pumps by head and efficiency [W = m3/s Pa / -].
Pump pump_for(double flow_m3_per_s, double head_Pa, double efficiency);

/// Does the plant's data make sense at all? What the sizing functions expect of it.
bool plant_is_sound(Resolver& r, PlantSpec const& spec, std::string const& pointer);

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
