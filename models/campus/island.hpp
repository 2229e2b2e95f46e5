#pragma once
/// \file
/// One building in operation: from weather and load to heat, watts and water.

#include "models/campus/campus.hpp"

#include <span>
#include <vector>

namespace aidc {

/// Equal pods of a building, solved once: derived from what is live, never edited by hand.
struct PodGroup {
    Id<RackKind> kind;
    std::uint32_t live_racks{}; ///< In each pod
    std::uint32_t pods{};       ///< How many pods are alike

    auto operator<=>(PodGroup const&) const = default;
};

/// Electrical side of one hall.
struct HallLoad {
    double it_W{}; ///< Mean IT power before any cut [W at rack input]
    Hall const* hall{};
    double ups_units{}; ///< Commissioned
    bool handed_over{}; ///< House load runs
};

/// Everything an island is driven by; constant between two touches.
struct IslandInputs {
    Air outdoors;
    double coolers_up{};
    double busy{};              ///< Share of live accelerators at work [-]
    double carried_share = 1.0; ///< Share of the live load that the power chain carries now [-]
    std::span<PodGroup const> groups;
    std::span<HallLoad const> halls;
    std::span<RackKind const> kinds;
};

/// State of an island that outlives a step (modes inside a hysteresis band), and buffers kept to save allocations.
struct IslandState {
    bool pads_on = false;
    std::vector<PodLoad> loads; ///< Buffer
    std::vector<PodState> pods; ///< Buffer
};

/// What an island or a campus did between two dates: integrals, never end values.
struct Flows {
    double seconds{};
    double it_J{}; ///< At rack input [J]
    double ups_loss_J{};
    double transformer_loss_J{};
    double cooling_J{};    ///< Pumps, fans, chillers [J]
    double cooler_fan_J{}; ///< Part of cooling_J that warms the outdoor air behind the coils [J]
    double house_J{};
    double import_J{};        ///< At the fence, from the top of the power chain [J]
    double heat_in_J{};       ///< Coolant side: into cold plates and hall air, and the plant's own power [J]
    double heat_rejected_J{}; ///< Outdoor-air side, by its enthalpy [J]
    double evaporated_kg{};
    double blowdown_kg{};
    double make_up_kg{};
    double throttled_J{};   ///< IT energy cut for chip temperature [J]
    double not_carried_J{}; ///< IT energy cut because the power chain carries less [J]
    double supply_C_s{};    ///< Integral of the facility-water supply temperature while heat flows [C s]
    double running_s{};     ///< Time with heat [s], summed over islands
    double dry_bulb_C_s{};  ///< Integral of the outdoor dry bulb [C s]; of a campus only
    double wet_bulb_C_s{};  ///< Integral of the outdoor wet bulb [C s]; of a campus only
    double tcs_supply_max_C = -273.15;
    double case_max_C = -273.15;

    Flows& operator+=(Flows const& other);
};

/// Steady operation over dt_s [s] at constant inputs; heat that is stored is not followed.
///
/// Power is cut, alike in all pods, when a case would pass its limit: the largest share of the load that keeps the hottest
/// case at its limit, not below a tenth.
/// \throws SolverError
Flows advance(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s);

} // namespace aidc
