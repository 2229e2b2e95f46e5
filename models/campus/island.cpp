#include "models/campus/island.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"
#include "models/cooling/cold_plate.hpp"
#include "models/power/losses.hpp"

#include <algorithm>

namespace aidc {
namespace {

constexpr double least_share = 0.1; ///< Throttling does not go below this share of the load [J]

/// Plant and hottest case with the load cut to a share.
struct Operation {
    PlantResult plant;
    double case_max_C = -273.15;
    double over_limit_K = -1e3; ///< Of the case that is nearest to, or furthest over, its limit
};

/// Coolant flow of one rack at constant-flow control: design flow, whatever the load [m3/s].
double rack_flow_m3_per_s(RackKind const& kind) { return kind.tcs_flow_m3_per_J * kind.liquid_share * budget_W(kind); }

/// Case temperature of the accelerators of a pod.
double case_C(Building const& building, RackKind const& kind, double rack_W, double supply_C)
{
    double const count = accelerators(kind);
    if (count == 0.0) {
        return supply_C;
    }
    double const flow_m3_per_s = rack_flow_m3_per_s(kind) / count;
    ColdPlate const plate{.conduction_K_per_W = kind.plate.conduction_K_per_W,
                          .convection_K_per_W = kind.plate.convection_K_per_W,
                          .rated_flow_m3_per_s = flow_m3_per_s};
    auto const coolant = properties(building.plant.tcs, building.plant.tcs_set_point_C);
    double const heat_W = kind.accelerator.tdp_W * rack_W / budget_W(kind);
    return case_temperature_C(plate, coolant, flow_m3_per_s, supply_C, heat_W);
}

Operation operate(Building const& building, IslandInputs const& inputs, IslandState& state, double share)
{
    state.loads.resize(inputs.groups.size());
    state.pods.resize(inputs.groups.size());
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& group = inputs.groups[g];
        auto const& kind = inputs.kinds[group.kind.row];
        double const pod_W = group.live_racks * mean_power_W(kind, inputs.busy) * share;
        state.loads[g] = {.pods = static_cast<double>(group.pods),
                          .liquid_W = pod_W * kind.liquid_share,
                          .air_W = pod_W * (1.0 - kind.liquid_share),
                          .tcs_flow_m3_per_s = group.live_racks * rack_flow_m3_per_s(kind)};
    }
    PlantInputs const plant_inputs{
        .outdoors = inputs.outdoors, .loads = state.loads, .coolers_up = inputs.coolers_up, .pads_on_before = state.pads_on};
    Operation now{.plant = solve_plant(building.plant, plant_inputs, state.pods)};
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& kind = inputs.kinds[inputs.groups[g].kind.row];
        double const hot_C = case_C(building, kind, mean_power_W(kind, inputs.busy) * share, state.pods[g].tcs_supply_C);
        now.case_max_C = std::max(now.case_max_C, hot_C);
        now.over_limit_K = std::max(now.over_limit_K, hot_C - kind.accelerator.throttle_case_C);
    }
    return now;
}

/// Largest share of the load at which no case is over its limit, not below least_share.
double allowed_share(Building const& building, IslandInputs const& inputs, IslandState& state, double carried)
{
    auto const over_K = [&](double share) { return operate(building, inputs, state, share).over_limit_K; };
    double const least = std::min(least_share, carried);
    if (over_K(least) >= 0.0) {
        return least;
    }
    return bracketed_root(over_K, least, carried, 1e-6, building.name.c_str());
}

void add_electric(IslandInputs const& inputs, double share, double dt_s, Flows& flows)
{
    for (auto const& load : inputs.halls) {
        double const it_W = load.it_W * share;
        flows.it_J += it_W * dt_s;
        flows.ups_loss_J += load.ups_units > 0.0 ? shared_loss_W(load.hall->ups, load.ups_units, it_W) * dt_s : 0.0;
        flows.house_J += load.handed_over ? load.hall->house_W * dt_s : 0.0;
    }
}

void add_plant(PlantResult const& plant, double dt_s, Flows& flows)
{
    double const power_W = cooling_power_W(plant);
    flows.cooling_J += power_W * dt_s;
    flows.cooler_fan_J += plant.cooler_fan_W * dt_s;
    // Fans of the dry coolers warm the outdoor air behind the coils: in neither side of the heat balance.
    flows.heat_in_J += (plant.heat_from_it_W + power_W - plant.cooler_fan_W) * dt_s;
    flows.heat_rejected_J += plant.heat_to_air_W * dt_s;
    flows.evaporated_kg += plant.evaporation_kg_per_s * dt_s;
    flows.blowdown_kg += plant.bleed_kg_per_s * dt_s;
    flows.make_up_kg += plant.make_up_kg_per_s * dt_s;
    flows.supply_C_s += plant.fws_supply_C * dt_s;
}

} // namespace

Flows& Flows::operator+=(Flows const& other)
{
    seconds += other.seconds;
    it_J += other.it_J;
    ups_loss_J += other.ups_loss_J;
    transformer_loss_J += other.transformer_loss_J;
    cooling_J += other.cooling_J;
    cooler_fan_J += other.cooler_fan_J;
    house_J += other.house_J;
    import_J += other.import_J;
    heat_in_J += other.heat_in_J;
    heat_rejected_J += other.heat_rejected_J;
    evaporated_kg += other.evaporated_kg;
    blowdown_kg += other.blowdown_kg;
    make_up_kg += other.make_up_kg;
    throttled_J += other.throttled_J;
    not_carried_J += other.not_carried_J;
    supply_C_s += other.supply_C_s;
    running_s += other.running_s;
    dry_bulb_C_s += other.dry_bulb_C_s;
    wet_bulb_C_s += other.wet_bulb_C_s;
    tcs_supply_max_C = std::max(tcs_supply_max_C, other.tcs_supply_max_C);
    case_max_C = std::max(case_max_C, other.case_max_C);
    return *this;
}

Flows advance(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && inputs.carried_share >= 0.0 && inputs.carried_share <= 1.0);
    bool const running = inputs.carried_share > 0.0 && !inputs.groups.empty();
    double share = inputs.carried_share;
    Operation now;
    if (running) {
        now = operate(building, inputs, state, share);
        if (now.over_limit_K > 0.0) {
            share = allowed_share(building, inputs, state, share);
            now = operate(building, inputs, state, share);
        }
        state.pads_on = now.plant.pads_on;
    }

    Flows flows{.seconds = dt_s};
    add_electric(inputs, share, dt_s, flows);
    for (auto const& load : inputs.halls) {
        flows.not_carried_J += load.it_W * (1.0 - inputs.carried_share) * dt_s;
        flows.throttled_J += load.it_W * (inputs.carried_share - share) * dt_s;
    }
    if (running) {
        add_plant(now.plant, dt_s, flows);
        flows.running_s = dt_s;
        flows.case_max_C = now.case_max_C;
        for (auto const& pod : state.pods) {
            flows.tcs_supply_max_C = std::max(flows.tcs_supply_max_C, pod.tcs_supply_C);
        }
    }
    return flows;
}

} // namespace aidc
