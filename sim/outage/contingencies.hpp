#pragma once
/// \file
/// N-1 and N-2 of the campuses of a scenario, at design load and weather.

#include "models/buildout/buildout.hpp"
#include "models/outage/contingency.hpp"

#include <functional>
#include <string>
#include <vector>

namespace aidc {

/// What was looked at, of one campus.
struct CampusContingencies {
    std::string campus;
    Air outdoors;                           ///< Design weather
    double racks{};                         ///< Live
    Tier tier{};                            ///< That the scenario states
    double at_risk_W{};                     ///< Design load of halls that some single loss in the power chain leaves without a path [W]
    std::vector<ContingencyResult> results; ///< Worst first
    std::vector<std::string> broken;        ///< Names of those that break the tier
    bool maintainable{};                    ///< Concurrently, as found
    bool tolerant{};                        ///< To any single fault, as found
};

/// Longest window that is looked at [s]: beyond, repair crews are there.
inline constexpr double contingency_window_s = 4.0 * 3600.0;

/// All contingencies of one campus, finished and at full load in its design weather.
/// \param order     1: every unit; 2: every two of them as well
/// \param progress  Told how many of how many are done; returns true to stop
/// \throws SolverError
CampusContingencies contingencies_of(Buildout const& buildout, Id<Campus> campus, int order,
                                     std::function<bool(std::size_t done, std::size_t all)> const& progress);

} // namespace aidc
