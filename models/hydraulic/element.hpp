#pragma once
/// \file
/// Pressure drop of a fixed passive element: rack, manifold branch, heat exchanger side.

namespace aidc {

/// Power law through the origin: dp = k V^n.
///
/// Source: fit to two published points; for a rack n = 1.92 (Lenovo LP2357, GB300 NVL72, within 3 %).
/// Valid for: turbulent flow near the fitted points. Not modelled: viscosity, laminar flow, valves that move.
struct HydraulicElement {
    double k{};           ///< Pressure drop at 1 m3/s [Pa / (m3/s)^n], > 0
    double exponent{2.0}; ///< n [-], 1 (laminar) ... 2 (fully turbulent)
};

/// One measured or published point.
struct FlowPoint {
    double flow_m3_per_s{}; ///< Volume flow [m3/s], > 0
    double drop_Pa{};       ///< Pressure drop [Pa], > 0
};

/// Element through two points of different flow.
HydraulicElement element_through(FlowPoint const& a, FlowPoint const& b);

/// Pressure drop [Pa] at a flow [m3/s] >= 0.
double pressure_drop_Pa(HydraulicElement const& element, double flow_m3_per_s);

/// Flow [m3/s] at a pressure drop [Pa] >= 0: V = (dp/k)^(1/n). Equal parallel branches each carry this.
double flow_at_drop_m3_per_s(HydraulicElement const& element, double drop_Pa);

} // namespace aidc
