#include "models/campus/pod_draw.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double no_chips_W_per_K = 1e3; ///< A rack without accelerators: its chips sit at the coolant
constexpr double standing = 1e-3;        ///< Of the design flow: what takes heat from plates while the pumps stand

double rack_W(PodGroup const& group, Driver const& driver, double share)
{
    return share * pod_W(group, driver) / std::max(1U, group.live_racks);
}

/// Quality at the exit of the racks of a boiling loop; 0 for a liquid.
double quality_of(Plant const& plant, RackKind const& kind, FluidProperties const& liquid, double rack_flow_m3_per_s, double heat_W)
{
    auto const* const evaporator = std::get_if<Evaporator>(&kind.chip);
    if (evaporator == nullptr || !plant.cdu.condensing) {
        return 0.0;
    }
    CurveSet ignored; // the set point is within the table
    double const latent = saturation(plant.refrigerant, plant.tcs_set_point_C, ignored).latent_J_per_kg;
    return exit_quality(*evaporator, heat_W, rack_flow_m3_per_s * liquid.density_kg_per_m3, latent, liquid.cp_J_per_kgK);
}

} // namespace

double pod_W(PodGroup const& group, Driver const& driver)
{
    auto const& kind = driver.kinds[group.kind.row];
    if (group.trace) {
        return driver.trace_W[group.trace.row] / kind.liquid_share;
    }
    return group.live_racks * mean_power_W(kind, driver.busy.of(group.kind));
}

bool follows_supply(RackKind const& kind) { return kind.flow_law != FlowRule::Law::constant_flow || kind.accelerator.leakage.per_K > 0.0; }

PodDraw draw_pod(Plant const& plant, PodGroup const& group, Driver const& driver, double share, double supply_C,
                 PodCondition const& condition)
{
    auto const& kind = driver.kinds[group.kind.row];
    auto const liquid = tcs_liquid(plant);
    double const racks = std::max(1U, group.live_racks);
    double const per_rack_W = rack_W(group, driver, share);
    double const law = rack_flow_m3_per_s(kind, liquid, per_rack_W, supply_C);
    double const moved = condition.pumps * std::min(law, condition.cdus * plant.cdu.tcs_rated_flow_m3_per_s / racks);
    double const least = standing * design_flow_m3_per_s(kind);
    double const flow = std::max(moved, least);
    PodDraw draw;
    draw.power_W = racks * per_rack_W;
    draw.tcs_flow_m3_per_s = moved > least ? racks * moved : 0.0;
    double const chips = accelerators(kind);
    double const tdp_W = kind.accelerator.tdp_W * per_rack_W / budget_W(kind);
    double each_W = tdp_W;
    double resistance = 0.0;
    draw.chip_W_per_K = no_chips_W_per_K;
    draw.chip_J_per_K = std::max(chips, 1.0) * racks * kind.accelerator.capacity_J_per_K;
    if (chips > 0.0) {
        ChipConditions const now{.coolant = liquid,
                                 .flow_m3_per_s = flow / chips,
                                 .rated_flow_m3_per_s = design_flow_m3_per_s(kind) / chips,
                                 .heat_W = tdp_W,
                                 .quality = quality_of(plant, kind, liquid, flow, per_rack_W * kind.liquid_share)};
        resistance = chip_K_per_W(kind.chip, now, draw.outside);
        if (kind.accelerator.leakage.per_K > 0.0) {
            each_W = leaking_power_W(kind.accelerator.leakage, tdp_W, supply_C, resistance);
        }
        draw.chip_W_per_K = racks * chips / resistance;
    }
    double const leaked_W = racks * chips * (each_W - tdp_W);
    draw.power_W += leaked_W;
    draw.liquid_W = racks * per_rack_W * kind.liquid_share + leaked_W;
    draw.air_W = draw.power_W - draw.liquid_W;
    draw.chip_W = std::min(racks * chips * each_W, draw.liquid_W);
    if (draw.chip_W < racks * chips * each_W) { // plates carry less than the rated power of all chips: the rise stays that of one chip
        draw.chip_W_per_K = draw.chip_W / (each_W * resistance);
    }
    return draw;
}

double allowed_share(RackKind const& kind, PodDraw const& full, double supply_C)
{
    Throttle const throttle{.limit_C = kind.accelerator.throttle_case_C, .trip_C = kind.accelerator.trip_case_C};
    return settled_power_share(throttle, supply_C, full.rise_K());
}

double allowed_share_after(RackKind const& kind, PodDraw const& full, double supply_C, double chip_C, double dt_s)
{
    Throttle const throttle{.limit_C = kind.accelerator.throttle_case_C, .trip_C = kind.accelerator.trip_case_C};
    double const kept = std::exp(-dt_s * full.chip_W_per_K / full.chip_J_per_K);
    double const new_share = -std::expm1(-dt_s * full.chip_W_per_K / full.chip_J_per_K);
    return settled_power_share(throttle, kept * chip_C + new_share * supply_C, new_share * full.rise_K());
}

} // namespace aidc
