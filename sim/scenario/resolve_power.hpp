#pragma once
/// \file
/// From the power of a campus as written to its chain, and to groups of everything that can fail.

#include "sim/scenario/resolve.hpp"

#include <string>
#include <vector>

namespace aidc {

/// How long units of a group last, where it is written; complains about one half.
void set_life(Resolver& r, LifeSpec const& spec, std::string const& pointer, UnitGroup& group);

/// Arrangement of a hall's UPS into its group; complains about blocks that do not fit it.
void set_arrangement(Resolver& r, UpsUnits const& spec, std::string const& pointer, UnitGroup& group);

/// Machines by their names; complains about unknown ones.
MachinesOnUps machines_on_ups(Resolver& r, std::vector<std::string> const& words, std::string const& pointer);

/// A node, and where it is written.
struct NodePlace {
    PowerNodeSpec spec;
    std::string pointer;
};

/// Nodes of a campus as written, or as its transformers and gensets make them, each behind what feeds it. Links to what is unknown are
/// taken out; complains about them, circles, and what would be ignored. \param pointer  Of the campus
std::vector<NodePlace> ordered_nodes(Resolver& r, CampusSpec const& spec, std::string const& pointer);

/// Adds groups of the pumps, chillers and CDUs of each building, and of the racks that may leak.
void add_machine_groups(Resolver& r, Id<Campus> campus);

/// Gives a life to the units of a campus that have none of their own, by kind.
void give_lives(Resolver& r, PowerSpec const& spec, Id<Campus> campus);

/// Fills Campus::power and adds the groups of units that activities do not put into service. \pre  halls and plants are resolved
void resolve_power(Resolver& r, CampusSpec const& spec, Id<Campus> campus);

} // namespace aidc
