#pragma once
/// \file
/// From live racks to what their pod draws, gives to coolant and air, and how its chips sit above the coolant.

#include "models/campus/campus.hpp"

namespace aidc {

/// Column of a trace; none: the pod follows its contracts.
struct TraceColumn;

/// Equal pods of a building, solved once: derived from what is live, never edited by hand.
struct PodGroup {
    Id<RackKind> kind;
    std::uint32_t live_racks{}; ///< In each pod
    Id<TraceColumn> trace;      ///< Measured heat that it replays
    std::uint32_t condition{};  ///< Row of the conditions of the moment; 0: all is well
    std::uint32_t pods{};       ///< How many pods are alike

    auto operator<=>(PodGroup const&) const = default;
};

/// What holds pods back that are alike. The default: nothing.
struct PodCondition {
    double power = 1.0; ///< Share of their load that reaches them, or that they are let draw [-], 0...1
    double pumps = 1.0; ///< Coolant that the CDU pumps move, over what the flow law asks [-], 0...1
    double cdus = 1.0;  ///< Share of their CDUs in service [-], > 0; none: pumps is 0

    bool operator==(PodCondition const&) const = default;
};

/// What drives the power of the pods.
struct Driver {
    std::span<RackKind const> kinds;
    Busy busy;                       ///< Share of live accelerators at work
    std::span<double const> trace_W; ///< Liquid heat of a pod now, by trace column [W]
};

/// Power of one pod before any cut [W at rack input].
double pod_W(PodGroup const& group, Driver const& driver);

/// One pod at a share of its power.
struct PodDraw {
    double power_W{};           ///< At rack input, leakage included [W]
    double liquid_W{};          ///< Into the coolant [W]
    double air_W{};             ///< Into the hall air [W]
    double chip_W{};            ///< Part of liquid_W that passes through the accelerators' plates [W]
    double tcs_flow_m3_per_s{}; ///< By the flow law of its racks, at most the rated flow of the CDU [m3/s]
    double chip_W_per_K{};      ///< All accelerators to coolant supply [W/K], > 0
    double chip_J_per_K{};      ///< All accelerators with their plates [J/K], > 0
    CurveSet outside;

    double rise_K() const { return chip_W / chip_W_per_K; } ///< Case over coolant supply
};

/// Draw of one pod of a group.
/// \param share      Of its power that is not cut [-]      \param supply_C  TCS supply: leakage and flow laws look at it [C]
/// \param condition  Its CDUs and their pumps; `power` is not looked at, it is a part of share
/// \throws SolverError  thermal run-away
PodDraw draw_pod(Plant const& plant, PodGroup const& group, Driver const& driver, double share, double supply_C,
                 PodCondition const& condition = {});

/// Does what a pod draws depend on its coolant supply?
bool follows_supply(RackKind const& kind);

/// Share of its power that a pod may keep at a coolant supply, by the throttle of its accelerators [-]; steady.
/// \param full  Its draw at share 1
double allowed_share(RackKind const& kind, PodDraw const& full, double supply_C);

/// The same over a step of dt_s from the chips' temperature now: the share at which the law is met at the end of the step,
///
///     s = allowed(T_end),   T_end = e T_chip + (1 - e)(T_supply + s rise),   e = exp(-dt G / C)
///
/// For dt -> 0 the law at the temperature of the moment, for long steps the steady share.
double allowed_share_after(RackKind const& kind, PodDraw const& full, double supply_C, double chip_C, double dt_s);

} // namespace aidc
