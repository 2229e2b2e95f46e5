#pragma once
/// \file
/// One building in operation: from weather and load to heat, watts and water.

#include "models/campus/flows.hpp"
#include "models/campus/pod_draw.hpp"
#include "models/cooling/loop.hpp"

#include <optional>
#include <span>
#include <vector>

namespace aidc {

/// Electrical side of one hall.
struct HallLoad {
    double it_W{}; ///< Mean IT power before any cut [W at rack input]
    Hall const* hall{};
    double ups_units{}; ///< Commissioned
    bool handed_over{}; ///< House load runs
};

/// Longer operations steps are steady [s].
inline constexpr double longest_transient_s = 60.0;

/// How an island is integrated.
enum class Integration : std::uint8_t {
    steady,   ///< Temperatures follow at once: steps of minutes and more
    transient ///< Chips, coolant and water store heat: steps of seconds
};

/// Everything an island is driven by; constant between two touches.
struct IslandInputs {
    Air outdoors;
    double coolers_up{};
    Busy busy;                  ///< Share of live accelerators at work
    double carried_share = 1.0; ///< Share of the live load that the power chain carries now [-]
    std::span<PodGroup const> groups;
    std::span<HallLoad const> halls;
    std::span<RackKind const> kinds;
    std::span<double const> trace_W; ///< Liquid heat of a pod now, by trace column [W]
    Integration integration{Integration::steady};
    std::span<PodCondition const> conditions{}; ///< By PodGroup::condition; row 0 and an empty table: all is well
    PlantDrive drive{};                         ///< Of transient integration
};

/// State of an island that outlives a step, and buffers kept to save allocations.
struct IslandState {
    PlantModes modes;                  ///< Inside a hysteresis band
    std::optional<LoopState> loop;     ///< Of transient integration
    std::vector<PodGroup> loop_groups; ///< Whose temperatures `loop` holds
    std::vector<PodDraw> draws;        ///< Buffer, by group
    std::vector<PodLoad> loads;        ///< Buffer, by group
    std::vector<double> shares;        ///< By group: of its load, not cut in the last step [-]
    std::vector<double> drawn_at_C;    ///< Buffer: TCS supply that each draw was made with
    std::vector<PodState> pods;        ///< Steady state by group, of the last step
};

/// Operation over dt_s [s] at constant inputs.
///
/// Power is cut to the share at which the accelerators' own throttle law is met: in steady operation alike in all pods, at the
/// supply that this share leads to; in a transient pod by pod, by the temperature of the chips.
/// In a transient, pods that are new start in the steady state of the moment; the others keep their heat, and a pod whose
/// condition changes is the same pod.
/// \throws SolverError
Flows advance(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s);

} // namespace aidc
