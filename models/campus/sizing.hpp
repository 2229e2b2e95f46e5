#pragma once
/// \file
/// How many units a plant needs at the listed design weather, and what it cannot carry there.

#include "models/campus/campus.hpp"

#include <span>
#include <vector>

namespace aidc {

/// All pods of lines of racks, the share x of them live, at full power: what a plant must carry.
std::vector<PodLoad> planned_loads(Plant const& plant, std::span<RackLine const> lines, std::span<RackKind const> kinds, double x = 1.0);

/// Heat into the coolant [W] of all pods.
double liquid_W(std::span<PodLoad const> loads);

/// The two listed conditions that size a plant: hot and dry, and close.
std::vector<Air> sizing_weather(Climate const& climate);

/// Facility water that the CDUs draw at the set points [m3/s].
double design_fws_flow_m3_per_s(Plant const& plant, std::span<PodLoad const> loads);

/// Outdoor units (a fraction) that hold the facility water at fws_max in every one of the weathers; infinity where no number does.
/// For plants without chillers.      \throws SolverError
double outdoor_units_needed(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather);

/// Tower cells (a fraction) that a loop's tower water needs so that none gets more than its rated flow; 0 without towers.
double cells_for_water(WaterSource const& source, double loop_W_per_K);

/// Units that a source with towers or coolers before chillers is given [-]: all heat and the compressors' at the rating point.
double outdoor_units_with_chillers(WaterSource const& source, double heat_W);

/// Chillers (a fraction) that hold both set points beside `outdoor` units of the facility water and those of the air source.
struct ChillersNeeded {
    double water{}; ///< Of the facility water [-]
    double air{};   ///< Of the residual air [-]
};
ChillersNeeded chillers_needed(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather, double outdoor);

/// Largest share of the loads, 0...1, at which the facility water stays at or below fws_max in every one of the weathers.
double carried_at_design(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather, double outdoor);

} // namespace aidc
