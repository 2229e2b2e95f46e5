#pragma once
/// \file
/// Friction of straight pipe and fittings.

#include "models/fluid/coolant.hpp"
#include "models/hydraulic/element.hpp"

namespace aidc {

/// Round pipe with its fittings.
struct Pipe {
    double length_m{};          ///< [m], >= 0
    double diameter_m{};        ///< Inner diameter [m], > 0
    double roughness_m{4.5e-5}; ///< Absolute roughness [m], >= 0; 0.045 mm: commercial steel (L. F. Moody, Trans. ASME 66, 1944)
    double minor_k{};           ///< Sum of the loss coefficients K of bends, tees, valves [-], >= 0
};

/// Highest Reynolds number taken as laminar [-].
inline constexpr double laminar_reynolds = 2300.0;
/// Lowest Reynolds number taken as fully turbulent [-].
inline constexpr double turbulent_reynolds = 4000.0;

/// Mean velocity [m/s] at a flow [m3/s].
double velocity_m_per_s(Pipe const& pipe, double flow_m3_per_s);

/// Reynolds number rho v D / mu [-].
double reynolds(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s);

/// Darcy friction factor [-].
///
///     laminar, Re <= 2300:    f = 64/Re
///     turbulent, Re >= 4000:  1/sqrt f = -2 log10((e/D)/3.7 + 2.51/(Re sqrt f))
/// Between them the two are mixed by u^2 (3 - 2u), u = (Re - 2300)/1700, so that f and df/dRe are continuous.
/// Source: C. F. Colebrook, J. Inst. Civ. Eng. 11 (1939) 133-156, solved by Newton's method to 1e-12 in 1/sqrt f from
/// S. E. Haaland, J. Fluids Eng. 105 (1983) 89-90. The mix is a convention: between 2300 and 4000 nothing is certain.
/// Valid for: full round pipes, e/D <= 0.05, developed flow. Not modelled: entrance length, ageing.
/// \param reynolds            Re [-], > 0
/// \param relative_roughness  e/D [-], >= 0
double friction_factor(double reynolds, double relative_roughness);

/// Pressure drop [Pa]: dp = (f L/D + K) rho v^2/2; no flow, no drop.
///
/// Source: Darcy and Weisbach. Not modelled: height (closed loops), K that depends on Re.
/// \param flow_m3_per_s  Volume flow [m3/s], >= 0
double pipe_drop_Pa(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s);

/// Power law dp = k V^n that equals the pipe at two flows, for networks.
/// Turbulent, n = 1.75 (smooth) ... 2 (rough) and within 1 % of the pipe between flows of ratio 3.
/// \pre 0 < low_m3_per_s < high_m3_per_s, length or minor_k > 0
HydraulicElement pipe_element(Pipe const& pipe, FluidProperties const& fluid, double low_m3_per_s, double high_m3_per_s);

/// Heat transfer coefficient of turbulent water or coolant in a pipe [W/(m2 K)].
///
///     h = Nu k/D,  Nu = 0.023 Re^0.8 Pr^n,  n = 0.3 (liquid cools) or 0.4 (liquid warms); 0.35 is taken
/// Source: F. W. Dittus, L. M. K. Boelter, Univ. California Publ. Eng. 2 (1930) 443, in the form of W. H. McAdams;
/// within 25 % (Incropera et al., 7th ed., section 8.5).
/// Valid for: Re >= 10 000, 0.7 <= Pr <= 160, L/D >= 10. Not modelled: laminar flow, viscosity at the wall.
double film_W_per_m2K(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s);

} // namespace aidc
