#include "models/hydraulic/flow_rule.hpp"

#include "models/base/error.hpp"

#include <limits>

namespace aidc {
namespace {

double wanted_m3_per_s(FlowRule const& rule, double heat_W, double supply_C, FluidProperties const& fluid)
{
    if (rule.law == FlowRule::Law::constant_flow) {
        return rule.flow_m3_per_s;
    }
    if (heat_W == 0.0) {
        return 0.0;
    }
    bool const reachable = supply_C < rule.return_C;
    return reachable ? constant_return_flow_m3_per_s(heat_W, supply_C, rule.return_C, fluid) : std::numeric_limits<double>::infinity();
}

} // namespace

double constant_return_flow_m3_per_s(double heat_W, double supply_C, double return_C, FluidProperties const& fluid)
{
    return flow_for_heat_m3_per_s(fluid, heat_W, return_C - supply_C);
}

RuledFlow ruled_flow(FlowRule const& rule, double heat_W, double supply_C, FluidProperties const& fluid)
{
    AIDC_EXPECT(heat_W >= 0.0 && rule.flow_m3_per_s >= 0.0);
    AIDC_EXPECT(rule.min_m3_per_s >= 0.0 && rule.min_m3_per_s <= rule.max_m3_per_s);
    double const wanted = wanted_m3_per_s(rule, heat_W, supply_C, fluid);
    if (wanted < rule.min_m3_per_s) {
        return {rule.min_m3_per_s, FlowBound::min};
    }
    if (wanted > rule.max_m3_per_s) {
        return {rule.max_m3_per_s, FlowBound::max};
    }
    return {wanted, FlowBound::none};
}

} // namespace aidc
