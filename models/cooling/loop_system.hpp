#pragma once
/// \file
/// The linear system of one internal step of the loops: coefficients frozen, solved in closed form.
///
/// Pods meet the building only in the facility-water supply T_fs and in the heat that they give. So every pod is eliminated by
/// hand into a + b dT_fs, and two (with towers three) equations of the building are left.

namespace aidc {

/// Share of the step that is implicit in ROS2: 1 - 1/sqrt(2), the L-stable choice with the small error.
inline constexpr double ros2_gamma = 1.0 - 0.70710678118654752440;

/// Coefficients of one of equal pods, frozen over an internal step.
struct LoopPod {
    double pods{};             ///< Number of equal pods [-]
    double chip_J_per_K{};     ///< Chips with their plates [J/K], > 0
    double return_J_per_K{};   ///< Coolant on its way back [J/K], > 0
    double supply_J_per_K{};   ///< Coolant on its way to the racks [J/K], > 0
    double chip_W_per_K{};     ///< Chips to coolant supply [W/K]
    double tcs_W_per_K{};      ///< Capacity flow of the coolant [W/K]
    double exchange_W_per_K{}; ///< eps C_min of the CDU [W/K]
    double fws_W_per_K{};      ///< Capacity flow of its facility water [W/K]
    double chip_W{};           ///< Heat of the chips [W]
    double direct_W{};         ///< Other heat into the coolant [W]
    double pump_W{};           ///< Heat of the secondary pump [W]
};

/// The building's side, frozen over an internal step.
struct LoopSite {
    double fr_J_per_K{};       ///< Facility water, return [J/K], > 0
    double fs_J_per_K{};       ///< Facility water, supply [J/K], > 0
    double tw_J_per_K{};       ///< Basin of the tower water [J/K], > 0
    double fws_W_per_K{};      ///< Capacity flow of the facility water [W/K]
    double added_W{};          ///< FWS pumps less reuse [W]
    double exchange_W_per_K{}; ///< To the tower water [W/K]; 0 without a tower loop or with the exchanger by-passed
    double tower_W_per_K{};    ///< Capacity flow of the tower water [W/K]; 0 without a tower loop
    double tower_added_W{};    ///< Pumps and condensers into the tower water [W]
    double chilled_W{};        ///< Taken from the facility water by chillers [W]
    double slope_W_per_K{};    ///< Slope of the outdoor heat over the inlet of the outdoor units [W/K]
};

/// Temperatures of a pod, or their changes, or the heat that makes them.
struct PodTriple {
    double chip{}, back{}, supply{};
};

/// The same of the building: facility water return and supply, tower water.
struct SiteTriple {
    double fr{}, fs{}, tw{};
};

/// What a pod gains, and what it gives to the facility water [W].
struct PodGain {
    PodTriple W;
    double given_W{};
};

/// Right-hand side of a pod at its temperatures and T_fs [W].
PodGain gain(LoopPod const& pod, PodTriple const& at, double fs_C);

/// Right-hand side of the building [W]; given_W: by all pods; out_W: taken by the outdoor units.
SiteTriple gain(LoopSite const& site, SiteTriple const& at, double given_W, double out_W);

/// Water into the outdoor units [deg C].
double outdoor_inlet_C(LoopSite const& site, SiteTriple const& at);

/// Its change when the building's temperatures change by k [K].
double inlet_change_K(LoopSite const& site, SiteTriple const& k);

/// Changes of a pod as a + b dT_fs.
struct PodChange {
    PodTriple a, b;
};

/// Eliminates a pod from (C - g J) k = r. \param g  gamma times the step [s]      \param r  Right-hand side [J]
PodChange eliminate(LoopPod const& pod, double g, PodTriple const& r);

/// Change of the heat that all pods give, as a + b dT_fs [W, W/K].
struct GivenChange {
    double a_W{}, b_W_per_K{};
};

/// Solves the building's rows of (C - g J) k = r.
SiteTriple solve_site(LoopSite const& site, double g, SiteTriple const& r, GivenChange const& given);

} // namespace aidc
