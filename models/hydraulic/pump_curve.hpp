#pragma once
/// \file
/// Pump by its data sheet: head and power over flow, at any speed; and equal pumps in parallel on a system curve.

#include "models/base/curve_range.hpp"
#include "models/base/pchip.hpp"
#include "models/hydraulic/element.hpp"
#include "models/hydraulic/pump.hpp"

#include <span>

namespace aidc {

/// Curves of one pump at rated speed, and how far its drive may turn it.
///
///     dp(V, r) = r^2 H(V/r),   P(V, r) = r^3 P(V/r)/eta_drive
/// Source: affinity laws; shape-preserving interpolation of the data sheet. Against the Wilo Stratos 80/1-12 at speed ratios 0.34...1.26
/// (Modelica Buildings): head within 0.2 % of shut-off, power within 0.5 % of its maximum.
/// Valid for: flows V/r on the sheet; outside the flow is bounded and Curve::pump_speed reported.
/// Not modelled: efficiency falling at low speed, viscosity, net positive suction head, run-up and run-down.
struct PumpCurve {
    Pchip head_Pa;                ///< H(V) at rated speed [Pa] over [m3/s], not rising
    Pchip power_W;                ///< Electric power at rated speed [W] over [m3/s]
    double min_speed{0.05};       ///< Lowest speed ratio while it runs [-], > 0; 0.05 [J]
    double max_speed{1.0};        ///< Highest speed ratio of the drive [-], >= min_speed
    double drive_efficiency{1.0}; ///< Of a converter that the sheet leaves out [-], 0...1; 0.95...0.97 usual [J]
};

/// Curve through the points of a sheet at rated speed.
/// \param sheet  At least two points; flow rising from >= 0, head > 0 and nowhere rising, power > 0
PumpCurve pump_curve(std::span<PumpPoint const> sheet);

/// One pump, running.
struct PumpState {
    double speed{};  ///< Ratio to rated speed [-]; 0: off
    PumpPoint point; ///< Flow, pressure rise and electric power
    CurveSet outside;
};

/// Pump at a speed and a flow. Speed is kept within the drive, flow at or below the end of the sheet at this speed.
/// Below the first point of the sheet, head and power are those of the first point. Speed 0: off.
PumpState running_at(PumpCurve const& curve, double speed, double flow_m3_per_s);

/// Least speed at which the pump gives at least the head at the flow:
///
///     r^2 H(V/r) = head,   r_min <= r <= r_max,   V/r at most the last flow of the sheet
/// Where a lower bound decides, a valve takes the surplus head; where r_max does, head or flow is missing. Both are reported.
/// The left side rises with r because H does not rise: one bracketed root.
/// \param head_Pa  Wanted pressure rise [Pa], >= 0
PumpState speed_for(PumpCurve const& curve, double flow_m3_per_s, double head_Pa);

/// What a loop asks of its pumps: dp = static head + k V^n.
struct SystemCurve {
    HydraulicElement element;
    double static_head_Pa{}; ///< At no flow [Pa], >= 0; an open tower, or a differential pressure that is held
};

/// Pressure [Pa] that the loop takes at a flow.
double system_head_Pa(SystemCurve const& system, double flow_m3_per_s);

/// Equal pumps in parallel, each with a check valve: one that fails lets nothing back, and the others carry its flow.
struct PumpStation {
    PumpCurve pump;
    int units{1}; ///< Pumps in place, spares included
};

/// A station in its loop.
struct StationState {
    double speed{};  ///< Of every running pump [-]; 0: off
    PumpPoint point; ///< Flow of all, pressure rise, electric power of all
    CurveSet outside;
};

/// Where the head of the running pumps at one speed meets the system curve: r^2 H(V/(N r)) = static head + k V^n.
///
/// No flow where the static head is above the shut-off head. Where the curves would meet beyond the sheet, the flow at its end.
/// \param running  Pumps in operation, 0...units
StationState operating_point(PumpStation const& station, SystemCurve const& system, int running, double speed);

/// The station held at a flow by the common speed of its running pumps: the least speed that gives the flow, or, if the highest
/// does not, the operating point at the highest speed. No pumps or no flow: off.
StationState deliver(PumpStation const& station, SystemCurve const& system, int running, double flow_m3_per_s);

} // namespace aidc
