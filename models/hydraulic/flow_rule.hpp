#pragma once
/// \file
/// How much coolant a rack or a loop is given.

#include "models/fluid/coolant.hpp"

#include <cstdint>

namespace aidc {

/// Flow that returns at a fixed temperature: V = Q/(rho cp (T_return - T_supply)) [m3/s].
///
/// Source: the flows published for a GB300 NVL72 rack are this law with Q = 0.90 x 135 kW and a return of 55.5 deg C
/// (Lenovo LP2357, table 27; within 0.35 K from 25 to 45 deg C supply).
/// \param heat_W    Heat into the liquid [W], >= 0
/// \param supply_C  [deg C], below return_C
double constant_return_flow_m3_per_s(double heat_W, double supply_C, double return_C, FluidProperties const& fluid);

/// Control law of a flow, with the bounds of valve and pump.
struct FlowRule {
    /// Which law.
    enum class Law : std::uint8_t {
        constant_flow,  ///< The same flow whatever the heat
        constant_return ///< As much as brings the return to return_C
    };
    Law law{Law::constant_flow};
    double flow_m3_per_s{}; ///< Of constant_flow [m3/s], >= 0
    double return_C{};      ///< Of constant_return [deg C]
    double min_m3_per_s{};  ///< Least flow [m3/s], >= 0
    double max_m3_per_s{};  ///< Greatest flow [m3/s], >= min
};

/// Which bound held a flow.
enum class FlowBound : std::uint8_t { none, min, max };

/// A flow and whether it is what the law asked for.
struct RuledFlow {
    double flow_m3_per_s{};
    FlowBound bound{FlowBound::none};
    bool operator==(RuledFlow const&) const = default;
};

/// Flow by the rule, within its bounds; heat at a supply as warm as the wanted return takes the greatest flow.
/// \param heat_W    Heat into the liquid [W], >= 0
RuledFlow ruled_flow(FlowRule const& rule, double heat_W, double supply_C, FluidProperties const& fluid);

} // namespace aidc
