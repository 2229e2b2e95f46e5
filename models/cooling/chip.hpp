#pragma once
/// \file
/// How one chip gives its heat to the coolant: the techniques behind one interface.

#include "models/base/curve_range.hpp"
#include "models/cooling/cold_plate.hpp"
#include "models/cooling/immersed_sink.hpp"
#include "models/cooling/jet.hpp"
#include "models/cooling/two_phase.hpp"

#include <variant>

namespace aidc {

/// Technique at the chip. Rated flows of 0 mean: the design flow of the rack is the rated flow.
using ChipCooling = std::variant<ColdPlate, JetArray, ImmersedSink, Evaporator>;

/// What the chip sees.
struct ChipConditions {
    FluidProperties coolant;      ///< Of the liquid
    double flow_m3_per_s{};       ///< Liquid through this chip's plate [m3/s], > 0
    double rated_flow_m3_per_s{}; ///< Design flow [m3/s], > 0
    double heat_W{};              ///< Heat of the chip [W], >= 0
    double quality{};             ///< Vapour share where the coolant leaves, two-phase only [-]
};

/// Resistance from the coolant supply (the bulk of a tank, the saturation of a boiling loop) to the case [K/W].
/// \param outside  Curves that had to be bounded
double chip_K_per_W(ChipCooling const& cooling, ChipConditions const& now, CurveSet& outside);

} // namespace aidc
