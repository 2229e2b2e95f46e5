#pragma once
/// \file
/// Chillers of a water loop: a constant coefficient of performance, or measured curves.

#include "models/cooling/eir_chiller.hpp"

#include <variant>

namespace aidc {

/// Chiller at constant COP without a limit of capacity: for a first look, where no machine has been chosen.
struct ConstantCop {
    double cop{4.0}; ///< Cooling over the power of the whole machine [-], > 0 [J]
};

/// Kind of the equal chillers of a loop; none: nothing chills.
using Chiller = std::variant<std::monostate, ConstantCop, EirChiller>;

/// Is there a chiller?
inline bool has_chiller(Chiller const& chiller) { return !std::holds_alternative<std::monostate>(chiller); }

/// What all running chillers of a loop did.
struct Chilling {
    double cooled_W{}; ///< Taken from the chilled water [W]
    double power_W{};  ///< Electric power [W]
    double
        condenser_W{}; ///< Heat into the condenser water, or the outdoor air [W]; what is missing to cooled + power stays in the plant room
    CurveSet outside;  ///< Curves that had to be bounded
};

/// Cooling that `up` chillers have to offer [W]; infinity at constant COP, 0 without chillers.
/// \param leaving_C   Chilled water supply [deg C]
/// \param entering_C  Condenser water in, or outdoor dry bulb [deg C]
double chillers_available_W(Chiller const& chiller, double up, double leaving_C, double entering_C);

/// `up` chillers share a cooling duty; more than they have is left undone (cooled_W < cooling_W).
///
/// As few run as keep each at or below four fifths of its reference capacity; a fraction is allowed (the last one runs part of
/// the time), so that power is continuous in the duty.
Chilling chill(Chiller const& chiller, double up, double cooling_W, double leaving_C, double entering_C);

} // namespace aidc
