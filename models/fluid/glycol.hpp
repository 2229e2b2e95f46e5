#pragma once
/// \file
/// Propylene glycol and water at any share, without inhibitors.

#include "models/fluid/coolant.hpp"

namespace aidc {

inline constexpr double glycol_share_min = 0.15; ///< Least glycol, kg per kg of mixture [-] (Melinder's measurements)
inline constexpr double glycol_share_max = 0.57; ///< Most glycol, kg per kg of mixture [-] (Melinder's measurements)

/// Density, specific heat, conductivity and viscosity of propylene glycol and water.
///
///     f = sum a_n x^i y^j,   x = 100 (X - 0.307031),   y = T - 32.7083,   j < 4, 4, 4, 3, 2, 1 at i = 0...5
///
/// f is the property itself; for viscosity, mu = 1e-3 exp(f).
/// Source: A. Melinder, Properties of Secondary Working Fluids for Indirect Systems (IIR, 2010); coefficients as carried in
/// Modelica Buildings (LBNL) and CoolProp.
/// Valid for: X 0.15...0.57 by mass, freezing point to 100 deg C (measured to 40 deg C; above, within 5 % of ASHRAE's tables).
/// Not modelled: inhibitors. A product of 25 % is thicker (this is 13 to 17 % lower): see Coolant::pg25.
/// \param mass_share     Glycol, kg per kg of mixture [-], 0.15...0.57
/// \param temperature_C  Liquid temperature [deg C]
FluidProperties glycol_properties(double mass_share, double temperature_C);

/// Temperature at which the first ice forms [deg C].
///
///     T_f = b0 + b1 x + ... + b5 x^5,   x = 100 (X - 0.307031)
///
/// Source and range: as above; the terms of the source in T are rounding (0.004 K) and left out.
double glycol_freezing_C(double mass_share);

} // namespace aidc
