#pragma once
/// \file
/// Variable-speed pump in a system curve, by the affinity laws.

namespace aidc {

/// A pump, or a station of equal pumps taken as one.
struct Pump {
    double rated_flow_m3_per_s{}; ///< Flow at rated speed in its system [m3/s], > 0
    double rated_head_Pa{};       ///< Pressure rise there [Pa], >= 0
    double rated_power_W{};       ///< Electric power there, motor and drive included [W], >= 0
    double min_speed{0.3};        ///< Lowest speed ratio while it runs [-], 0...1; 0.3 [J]
};

/// One operating point.
struct PumpPoint {
    double flow_m3_per_s{}; ///< Volume flow [m3/s]
    double head_Pa{};       ///< Pressure rise [Pa]
    double power_W{};       ///< Electric power [W]
};

/// Affinity laws: V ~ r, dp ~ r^2, P ~ r^3, with r the ratio of speeds.
///
/// Source: textbook similarity of pumps at equal efficiency; the electric power follows it within about 1 % of
/// the maximum for speed ratios 0.34...1.26 (Wilo Stratos 80 as given by Modelica Buildings).
/// \param speed  Ratio of the new speed to the speed of `point` [-], >= 0
PumpPoint at_speed(PumpPoint const& point, double speed);

/// Electric power [W] at a flow through a quadratic system curve without static head.
///
///     r = max(V / V_rated, r_min),   P = P_rated r^3;   no flow: off, 0 W
///
/// At the speed floor a valve takes the surplus head. Not modelled: static head, efficiency falling at low
/// speed, staging of the pumps of a station.
/// \param flow_m3_per_s  Volume flow [m3/s], >= 0; above the rated flow the law is continued
double pump_power_W(Pump const& pump, double flow_m3_per_s);

/// The same of a station of several pumps: below the flow of the speed floor pumps are switched off one by one, so that power
/// falls with the flow.
///
///     P = P_rated r_min^2 V / V_rated        V < r_min V_rated
///
/// Not modelled: the steps of switching. \param flow_m3_per_s  Volume flow [m3/s], >= 0
double station_power_W(Pump const& pump, double flow_m3_per_s);

/// Hydraulic power over electric power at the rated point [-]; a data sheet above 1 is wrong.
/// \pre rated power > 0
double wire_to_water_efficiency(Pump const& pump);

} // namespace aidc
