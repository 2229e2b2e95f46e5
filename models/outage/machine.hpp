#pragma once
/// \file
/// A machine that loses power and gets it back: spin-down, restart delay or lockout, ramp.

#include <limits>

namespace aidc {

/// How a machine stops and starts.
struct MachineLaw {
    double spin_down_s{}; ///< Time constant without power [s]; 0: it stops at once
    double delay_s{};     ///< Power back until it starts; of a chiller its lockout [s], >= 0
    double ramp_s{};      ///< From then to full, in a straight line [s]; 0: at once
};

/// State of a machine.
struct MachineState {
    double share{1.0};                                         ///< Of its full speed or capacity [-], 0...1
    double powered_s{std::numeric_limits<double>::infinity()}; ///< How long it has had power [s]

    bool steady(bool powered) const { return powered ? share == 1.0 : share == 0.0; }
};

/// State after dt_s:
///
///     without power   share e^(-dt / spin_down)          below 1 % it stands
///     with power      the same until the delay has passed, then share + dt / ramp
///
/// Not modelled: ride-through of drives over dips, starting current.
MachineState machine_after(MachineLaw const& law, MachineState state, bool powered, double dt_s);

} // namespace aidc
