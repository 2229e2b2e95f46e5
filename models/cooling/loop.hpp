#pragma once
/// \file
/// Transient of one building's cooling in steps of seconds: chips, secondary loops, facility water and tower basin store heat.
///
/// The same components and control laws as solve_plant; at constant inputs it settles on the same state. Per group of equal pods
/// three temperatures, per building three more:
///
///     C_chip dT_chip/dt = P_chip - G (T_chip - T_sup)                               chips with their plates
///     C_ret  dT_ret/dt  = C (T_sup - T_ret) + G (T_chip - T_sup) + P_direct          secondary return
///     C_sup  dT_sup/dt  = C (T_ret + P_pump/C - T_sup) - q                           secondary supply
///     q = eps C_min (T_ret + P_pump/C - T_fs)                                        CDU
///     C_fr   dT_fr/dt   = F (T_fs - T_fr) + sum of n q                               facility water, return
///     C_fs   dT_fs/dt   = F (T_fr + P/F - T_fs) - H_out - Q_chillers                 facility water, supply
///
/// With a tower loop H_out = eps C_min (T_fr + P/F - T_tw) goes to the basin: C_tw dT_tw/dt = H_out + Q_condensers + P - H.
/// Flows and hydraulics have no inertia. Hall air and chilled water are steady; without them the halls keep the heat of their air,
/// and give it back within minutes when their air is cooled again.

#include "models/cooling/plant.hpp"

#include <limits>
#include <vector>

namespace aidc {

/// Longest internal step [s].
inline constexpr double loop_substep_s = 5.0;

/// Heat of a group of equal pods, constant over a step.
struct PodHeat {
    double pods{};              ///< Number of equal pods [-], >= 0
    double chip_W{};            ///< Heat that passes through the chips' plates, per pod [W], >= 0
    double direct_W{};          ///< Other heat into the coolant, per pod [W], >= 0
    double air_W{};             ///< Heat into the hall air, per pod [W], >= 0
    double tcs_flow_m3_per_s{}; ///< Secondary flow, per pod [m3/s], >= 0
    double chip_W_per_K{};      ///< Chips to coolant supply at that flow, all chips of a pod [W/K], > 0
    double chip_J_per_K{};      ///< Chips with their plates, all of a pod [J/K], > 0
    double cdus = 1.0;          ///< Share of the CDUs of each pod in service [-], > 0
};

/// State of a group of equal pods.
struct PodTemperatures {
    double chip_C{};            ///< Case of the chips [deg C]
    double return_C{};          ///< From the racks [deg C]
    double supply_C{};          ///< To the racks [deg C]
    double fws_flow_kg_per_s{}; ///< Where the CDU valve stands [kg/s]
};

/// State of the loops of a building between two steps.
struct LoopState {
    std::vector<PodTemperatures> pods; ///< By group
    double fws_supply_C{};
    double fws_return_C{};
    double tower_C{};
    double fan_ratio{};
    double hall_J{}; ///< Heat that the halls keep while nothing cools their air, over what they held before [J]
    PlantModes modes;
    std::vector<PodState> air; ///< Buffer: what the halls see
};

/// What of a plant has power and is in service, beside its outdoor units. The default: everything.
struct PlantDrive {
    /// Most water that the FWS pumps deliver, over their rated flow [-]
    double fws_flow = std::numeric_limits<double>::infinity();
    double tower_pumps = 1.0; ///< Flow of the tower water over what the law asks [-], 0...1
    double fans = 1.0;        ///< Highest speed of the fans of the outdoor units [-], 0...1
    double chillers = 1.0;    ///< Share of the chillers of the facility water that may run [-], 0...1
    bool hall_air = true;     ///< Fan walls and their chilled water run
};

/// What drives the loops over a step.
struct LoopInputs {
    Air outdoors;
    std::span<PodHeat const> pods;
    double coolers_up{};
    PlantDrive drive{};
};

/// What happened in a step: integrals over it, and extremes.
struct LoopResult {
    PerConsumer<double> energy_J{};
    double heat_in_J{};     ///< IT heat into coolant and hall air [J]
    double heat_to_air_J{}; ///< By the enthalpy of the outdoor air [J]
    double reused_J{};      ///< To the heat network [J]
    double stored_J{};      ///< Gained by chips, coolant and water [J], from their temperatures
    double chilled_J{};     ///< Taken from the facility water by chillers [J]
    double chillers_s{};    ///< Time with chillers of the facility water on [s]
    double evaporated_kg{};
    double drift_kg{};
    double blowdown_kg{};
    double fws_supply_C_s{}; ///< Integral of the FWS supply [C s]
    double supply_max_C{-273.15};
    double chip_max_C{-273.15};
    CurveSet outside;
};

/// The state to start from: steady at these inputs. \throws SolverError
LoopState steady_loop(Plant const& plant, LoopInputs const& inputs, PlantModes const& before);

/// One step of dt_s in equal internal steps of at most loop_substep_s [s].
///
/// Order in an internal step: controls (behind their actuators), flows and conductances (then frozen), ROS2 for all temperatures
/// together, energy. ROS2 (J. G. Verwer et al., SIAM J. Sci. Comput. 20 (1999) 1456, gamma = 1 - 1/sqrt(2)) is L-stable and of
/// order 2 whatever the Jacobian: order 2 in time with constant coefficients, order 1 in what flow changes. The pods meet the
/// building only in T_fs and T_fr, so the linear system is solved in closed form, pod by pod.
///
/// heat_in + energy of what is not behind the coils = heat_to_air + reused + stored, to rounding: fluxes are integrated with the
/// weights of the method.
/// Control laws: CDU valves ask for what the steady CDU needs at the heat that arrives, and bring the supply back in a minute; fans for
/// the outdoor heat that brings the supply to its set point; chillers hold it at once.
/// \pre state from steady_loop or a step before, same groups      \throws SolverError
LoopResult step_loop(Plant const& plant, LoopInputs const& inputs, LoopState& state, double dt_s);

} // namespace aidc
