#pragma once
/// \file
/// Air-cooled chiller of the residual-air loop, as a constant coefficient of performance.

namespace aidc {

/// Outcome of one steady state.
struct ChillerResult {
    double power_W{};     ///< Electric power of compressors, condenser fans and pumps [W]
    double condenser_W{}; ///< Heat to outdoors [W] = cooling + power
};

/// Chiller at constant COP: power = cooling / COP, condenser heat = cooling + power.
///
/// A deliberate simplification: it serves only the few percent of heat that stay in air. Not modelled: outdoor
/// temperature, part load, capacity limit, free cooling.
/// \param cooling_W  Heat taken from the chilled water [W], >= 0
/// \param cop        Coefficient of performance of the whole machine [-], > 0
inline ChillerResult solve_chiller(double cooling_W, double cop)
{
    double const power_W = cooling_W / cop;
    return {.power_W = power_W, .condenser_W = cooling_W + power_W};
}

} // namespace aidc
