#include "models/it/rack.hpp"

#include "models/base/error.hpp"

namespace aidc {

double budget_W(RackKind const& kind) { return kind.servers * kind.server.power_W + kind.overhead_W; }

double design_flow_m3_per_s(RackKind const& kind) { return kind.tcs_flow_m3_per_J * kind.liquid_share * budget_W(kind); }

double rack_flow_m3_per_s(RackKind const& kind, FluidProperties const& coolant, double rack_W, double supply_C)
{
    double const design = design_flow_m3_per_s(kind);
    FlowRule const rule{.law = kind.flow_law,
                        .flow_m3_per_s = design,
                        .return_C = kind.return_C,
                        .min_m3_per_s = 0.2 * design,
                        .max_m3_per_s = 3.0 * design};
    return ruled_flow(rule, rack_W * kind.liquid_share, supply_C, coolant).flow_m3_per_s;
}

std::uint32_t accelerators(RackKind const& kind) { return kind.servers * kind.server.accelerators; }

double mean_power_W(RackKind const& kind, double busy)
{
    AIDC_EXPECT(busy >= 0.0 && busy <= 1.0);
    return budget_W(kind) * (kind.idle_share + (kind.draw_share - kind.idle_share) * busy);
}

double repair_share(RackKind const& kind)
{
    double const load = kind.accelerator_afr_per_s * kind.accelerator_repair_s;
    return load / (1.0 + load);
}

} // namespace aidc
