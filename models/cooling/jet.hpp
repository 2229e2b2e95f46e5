#pragma once
/// \file
/// Chip cooled by an array of submerged liquid jets instead of a cold plate.

#include "models/base/curve_range.hpp"
#include "models/fluid/coolant.hpp"

namespace aidc {

/// Nozzle plate above one chip, and the surface that the jets hit.
struct JetArray {
    double nozzle_diameter_m{1e-3};     ///< D [m], > 0; 1 mm as measured by Robinson and Schnitzler (2007)
    double open_share{0.03};            ///< f = area of all nozzles / cooled area [-], 0.004...0.04
    double height_over_diameter{3.0};   ///< H/D, nozzle exit to surface over diameter [-], 2...12
    double area_m2{};                   ///< Cooled area A without fins [m2], > 0
    double conduction_K_per_W{};        ///< Lid and interface between case and wetted surface [K/W], >= 0
    double area_enhancement{1.0};       ///< phi, wetted area x fin efficiency / A [-], >= 1
    double discharge_coefficient{0.70}; ///< C_d of the nozzles [-], 0...1; 0.7 [J]
};

/// Mean velocity in the nozzles: v = V / (f A) [m/s].
double nozzle_velocity_m_per_s(JetArray const& jets, double flow_m3_per_s);

/// Reynolds number of the nozzles: rho v D / mu [-].
double jet_reynolds(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s);

/// Mean Nusselt number h D / k of an array of round nozzles [-]:
///
///     Nu = 0.5 K G Re^(2/3) Pr^0.42
///     K = (1 + ((H/D) sqrt(f) / 0.6)^6)^-0.05
///     G = 2 sqrt(f) (1 - 2.2 sqrt(f)) / (1 + 0.2 (H/D - 6) sqrt(f))
///
/// Source: H. Martin, Advances in Heat Transfer 13 (1977); Incropera et al., 7th ed., section 7.7.
/// Valid for: 2000 <= Re <= 1e5, 2 <= H/D <= 12, 0.004 <= f <= 0.04. Each is held within its range and Curve::jet is
/// added to `outside`; below Re = 2000 the value is that of Re = 2000, hence too high.
/// Not modelled: crossflow of spent coolant, laminar jets, boiling; fitted to gases, liquids only by Pr^0.42.
/// \param flow_m3_per_s  Flow through all nozzles of the chip [m3/s], >= 0
double jet_nusselt(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s, CurveSet& outside);

/// Resistance from coolant inlet to case [K/W]:
///
///     R(V) = R_cond + D / (Nu k A phi) + 1/(2 rho cp V)
///
/// The last term is half the coolant's rise, as for a cold plate: the case is cautious, because Martin's film counts
/// from the nozzle temperature.
/// \pre flow_m3_per_s > 0
double jet_inlet_to_case_K_per_W(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s, CurveSet& outside);

/// Pressure drop of the nozzles [Pa]: dp = rho v^2 / (2 C_d^2). Not modelled: supply and collecting channels.
double jet_drop_Pa(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s);

} // namespace aidc
