#pragma once
/// \file
/// Solar array and battery of a satellite: who is fed, and what is stored, over a step.

namespace aidc {

/// Solar array behind its regulator, turned to the sun.
struct SolarArray {
    double rated_W{};            ///< New, at the rated sunlight, after regulator and cables [W], >= 0
    double rated_W_per_m2{1361}; ///< Sunlight of the rating [W/m2], > 0
    double loss_per_year{0.02};  ///< Share of its power that an array loses in a year [-], 0...1; radiation and cycles [J]
};

/// Power of an array [W]: rated x sunlight / rated sunlight x (1 - loss)^years.
///
/// Source: J. Wertz, W. Larson, Space Mission Analysis and Design, 3rd ed., section 11.4 (life degradation).
/// Not modelled: temperature of the cells, sunlight from the Earth, angle to the sun.
/// \param sun_W_per_m2  Direct sunlight [W/m2], >= 0     \param age_s  Since launch [s], >= 0
double array_W(SolarArray const& array, double sun_W_per_m2, double age_s);

/// A battery. What lies below its floor is kept for housekeeping.
struct OrbitBattery {
    double capacity_J{};               ///< From empty to full [J], >= 0
    double charge_efficiency{0.95};    ///< Stored / taken in [-], 0...1 [J]
    double discharge_efficiency{0.95}; ///< Given out / taken from the store [-], 0...1 [J]
    double depth_of_discharge{0.40};   ///< Share of the capacity that the rack may use [-]; 0.2...0.4 over years of orbits [J]
};

/// Stored energy at which the rack loses the battery [J].
double floor_J(OrbitBattery const& battery);

/// What asks for power.
struct OrbitLoad {
    double it_W{};           ///< Of the rack, throttled where neither sun nor battery suffice [W], >= 0
    double housekeeping_W{}; ///< Pump and avionics, served first and down to an empty battery [W], >= 0
};

/// Integrals of a step. Two balances hold:
///
///     solar + discharged = it + housekeeping + charged + curtailed;    stored = charged - discharged - loss
struct OrbitPowerStep {
    double solar_J{};        ///< What the array could give
    double it_J{};           ///< Served
    double housekeeping_J{}; ///< Served
    double charged_J{};      ///< Into the battery, at its terminals
    double discharged_J{};   ///< Out of it, at its terminals
    double stored_J{};       ///< Rise of what is stored
    double loss_J{};         ///< Heat of the battery
    double curtailed_J{};    ///< Left in the array: the battery is full
    double throttled_J{};    ///< IT asked for and not served
    double unserved_J{};     ///< Housekeeping asked for and not served
};

/// Constant sun and load over dt_s: cut where the battery becomes full, reaches its floor or is empty, each piece in closed form.
///
/// Housekeeping goes first, then the rack, then the battery. At the floor the rack gets what the sun gives beyond housekeeping.
/// Not modelled: limits of charging and discharging power, voltage, temperature, ageing, self-discharge, foresight.
/// \param stored_J  State of the battery [J], 0...capacity; changed
OrbitPowerStep power_step(OrbitBattery const& battery, double& stored_J, double solar_W, OrbitLoad const& load, double dt_s);

/// Array and battery of an orbit.
struct OrbitPowerSize {
    double array_W{};    ///< At the end of life [W]
    double capacity_J{}; ///< [J]
};

/// Least array and battery that carry a constant load through every eclipse:
///
///     array = load (1 + T_e / (T_s x_c x_d)),    capacity = load T_e / (x_d DoD)
///
/// Source: balance of energy over an orbit; Wertz and Larson, as above, equation 11-5 with X_d = 1 and X_e = x_c x_d,
/// T_e and T_s the times in eclipse and in the sun. \pre both efficiencies and the depth of discharge > 0, sunlit_s > 0
OrbitPowerSize size_orbit_power(OrbitBattery const& battery, double load_W, double eclipse_s, double sunlit_s);

} // namespace aidc
