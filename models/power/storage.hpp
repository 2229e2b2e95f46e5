#pragma once
/// \file
/// Battery storage of a campus: state of charge, limits of power, losses; and how it is used.

namespace aidc {

/// A battery storage at the bus of a campus. Whether it is there at all (availability) is drawn by the caller.
struct Storage {
    double capacity_J{};               ///< From empty to full [J], > 0
    double power_W{};                  ///< Limit of charging and of discharging, at its terminals [W], > 0
    double charge_efficiency{0.95};    ///< Stored / taken in [-], 0...1 [J]
    double discharge_efficiency{0.95}; ///< Given out / taken from the store [-], 0...1 [J]
    double least_share{0.1};           ///< Of the capacity, kept [-], 0...1 [J]
    double reserve_share{0.5};         ///< Of the capacity, kept for outages: price and caps do not touch it [-] [J]
    double availability{0.97};         ///< There when it is wanted [-]; REopt default
};

/// Power that it can give for a whole step [W]: min(power, (charge - keep) capacity eta_d/dt); never below least_share.
/// \param charge  0...1   \param keep_share  Not below this charge
double can_give_W(Storage const& storage, double charge, double keep_share, double dt_s);

/// Power that it can take for a whole step [W]: min(power, (1 - charge) capacity/(eta_c dt)).
double can_take_W(Storage const& storage, double charge, double dt_s);

/// Charge after dt_s at a power given out (> 0) or taken in (< 0): d(charge)/dt = -P/(eta_d capacity) or -P eta_c/capacity.
/// Not modelled: standing losses, age, power that falls near full or empty.
/// \pre the power is within can_give_W, can_take_W
double charge_after(Storage const& storage, double charge, double given_W, double dt_s);

} // namespace aidc
