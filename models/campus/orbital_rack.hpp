#pragma once
/// \file
/// An island in orbit: a rack, its coolant loop and radiator, its solar array and battery.

#include "models/cooling/radiator.hpp"
#include "models/power/orbit_power.hpp"
#include "models/weather/orbit.hpp"

namespace aidc {

/// A satellite with one rack. All its electric power ends as heat of the coolant.
struct OrbitalRack {
    CircularOrbit orbit;
    RadiatorLoop loop;
    SolarArray array;
    OrbitBattery battery;
    OrbitLoad load{.it_W = 120e3};
};

/// State of a satellite.
struct OrbitalState {
    RadiatorState thermal;
    double stored_J{}; ///< In the battery
};

/// What a satellite did in a step: integrals, never end values. Two balances hold:
///
///     solar = it + housekeeping + battery + battery loss + curtailed;    heat in = heat rejected + stored
struct OrbitalStep {
    double it_J{};            ///< At the rack
    double housekeeping_J{};  ///< Pump and avionics
    double battery_loss_J{};  ///< Heat of charging and discharging
    double heat_in_J{};       ///< Into the coolant: the three above
    double heat_rejected_J{}; ///< To space, less the light that the radiator absorbs
    double stored_J{};        ///< Rise of the heat in coolant and radiator
    double solar_J{};         ///< What the array could give
    double battery_J{};       ///< Rise of what the battery holds
    double curtailed_J{};     ///< Left in the array: the battery is full
    double throttled_J{};     ///< IT asked for and not served: the battery is at its floor
    double unserved_J{};      ///< Housekeeping asked for and not served: the battery is empty
    double sunlit_s{};        ///< Time in the sun
    double supply_min_C{};    ///< Coldest coolant from the radiator at the end of a sub-step
    double supply_max_C{};    ///< Warmest coolant from the radiator at the end of a sub-step

    OrbitalStep& operator+=(OrbitalStep const& other);
};

/// A satellite with an array and a battery that just carry its load through the longest eclipse of its beta angle.
/// The array is sized new: margin for its ageing is the caller's. \pre the orbit has sunlight
OrbitalRack sized_power(OrbitalRack rack);

/// State to start from: battery full, heat settled at full load in the mean light of a revolution. \throws SolverError
OrbitalState initial_state(OrbitalRack const& rack);

/// Longest sub-step of operation in orbit [s].
inline constexpr double orbital_substep_s = 15.0;

/// Operation over [t, t + dt], t since launch: any length, cut into sub-steps of at most 15 s and at the edges of the shadow.
///
/// In a sub-step: mean light in closed form, power in closed form, then heat by ROS2 with the mean power. Order 2 in the sub-step.
/// Not modelled: throttling for temperature (the caller reads supply_max_C), freezing (supply_min_C), failures, manoeuvres;
/// the pump runs without power too.
/// \throws SolverError
OrbitalStep orbital_step(OrbitalRack const& rack, OrbitalState& state, double t_s, double dt_s);

} // namespace aidc
