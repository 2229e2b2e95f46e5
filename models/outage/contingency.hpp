#pragma once
/// \file
/// Takes out every unit of a campus in turn (N-1), or every two (N-2), at design load and weather: what falls, and when.

#include "models/outage/window.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// One thing that is taken out.
struct Contingency {
    std::string name;   ///< "one of 11 langfang/A/A1/ups"
    std::string family; ///< Kind of unit, for tables and pictures
    std::vector<DownUnit> down;
    bool grid_lost{};           ///< All feeds are lost as well: backup is looked at when it is wanted
    bool can_be_planned = true; ///< Units, not events
    std::uint32_t alike = 1;    ///< Units that stand for the same
};

/// Every unit of a campus once; units that stand in equal places (of one group, on one node) are one contingency. And the loss of all
/// feeds together.
std::vector<Contingency> single_contingencies(RaceSite const& site, std::span<double const> commissioned);

/// Every two of them; two units of one place are two different units.
std::vector<Contingency> double_contingencies(std::span<Contingency const> singles, std::span<double const> commissioned);

/// What came of a contingency.
struct ContingencyResult {
    Contingency contingency;
    WindowResult failed;                 ///< The unit fails at the moment 0
    std::optional<WindowResult> planned; ///< It is taken out with care
};

/// A window in which anything stops or is throttled by more than a thousandth.
bool loses(WindowResult const& window);

/// Runs both windows of a contingency, each for at most most_s. \throws SolverError
/// \param with_planned  Pairs are not taken out on purpose
ContingencyResult run_contingency(Moment const& moment, Contingency const& contingency, double most_s, bool with_planned);

/// Does a campus hold what its tier says? By single contingencies. \returns names of those that break it
std::vector<std::string> breaks_tier(Tier tier, std::span<ContingencyResult const> results);

} // namespace aidc
