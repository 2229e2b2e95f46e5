#pragma once
/// \file
/// Valves and universal quick disconnects (UQD), by their flow coefficient.

#include "models/hydraulic/element.hpp"

namespace aidc {

/// Metric flow coefficient Kv [m3/h at 1 bar] of a US one Cv [US gal/min at 1 psi]: Kv = 0.86498 Cv.
///
/// Source: definition of the units (US gallon 3.785411784 L, psi 6894.757 Pa, water of 1000 kg/m3 in both).
/// Tables round the factor to 0.865 or 1/1.156.
double kv_m3_per_h_from_cv(double cv);

/// The inverse. \see kv_m3_per_h_from_cv
double cv_from_kv(double kv_m3_per_h);

/// Pressure drop [Pa] at a flow.
///
///     V = Kv sqrt(dp/SG),  V in m3/h, dp in bar, SG = rho/1000;   in US units V[gpm] = Cv sqrt(dp[psi]/SG)
/// Source: definition of the flow coefficient, IEC 60534-2-1 (turbulent flow without choking).
/// Valid for: turbulent liquid. Not modelled: cavitation, viscosity, opening (give the Kv of the opening).
/// \param kv_m3_per_h        Flow coefficient [m3/h at 1 bar], > 0
/// \param flow_m3_per_s      Volume flow [m3/s], >= 0
/// \param density_kg_per_m3  Density [kg/m3], > 0
double valve_drop_Pa(double kv_m3_per_h, double flow_m3_per_s, double density_kg_per_m3);

/// Flow [m3/s] at a pressure drop [Pa] >= 0: the inverse of valve_drop_Pa.
double valve_flow_m3_per_s(double kv_m3_per_h, double drop_Pa, double density_kg_per_m3);

/// The same law as an element of exponent 2. A pair of couplings in series is `in_series` of two.
HydraulicElement valve_element(double kv_m3_per_h, double density_kg_per_m3);

} // namespace aidc
