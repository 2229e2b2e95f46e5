#pragma once
/// \file
/// From units that are down to what a race is driven by: units by node of the power chain, machines by building, pods with faults.

#include "models/outage/race.hpp"

#include <vector>

namespace aidc {

/// One unit that is out of service.
struct DownUnit {
    Id<UnitGroup> group;
    std::uint32_t unit{}; ///< 0 ... units - 1

    auto operator<=>(DownUnit const&) const = default;
};

/// Health of a campus as a race takes it.
struct Health {
    std::vector<double> units_up; ///< By node of the chain
    std::vector<MachinesUp> up;   ///< By building of the buildout
    std::vector<PodFault> faults;
};

/// Health with some units down.
/// \param commissioned  By group of the buildout: units in service when none is down
Health health_of(RaceSite const& site, std::span<double const> commissioned, std::span<DownUnit const> down);

/// Is no more down than the spares of every group (of CDUs: of every pod)? Then by design nothing is lost: operation stays steady.
bool within_spares(RaceSite const& site, std::span<DownUnit const> down);

/// A line of racks of a hall, and which of its pods.
struct PodPlace {
    Id<Hall> hall;
    std::uint32_t line{};
    std::uint32_t pod{}; ///< Of the line
};

/// Where a CDU or a leaking rack of a building stands: units are counted pod after pod, hall by hall, line by line.
/// \param per_pod  CDUs of a pod; 0: racks, as many as each pod of the line has
PodPlace place_of(RaceSite const& site, Id<Building> building, std::uint32_t unit, std::uint32_t per_pod);

} // namespace aidc
