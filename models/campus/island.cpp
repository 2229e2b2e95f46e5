#include "models/campus/island.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"
#include "models/power/losses.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

Driver driver_of(IslandInputs const& inputs) { return {.kinds = inputs.kinds, .busy = inputs.busy, .trace_W = inputs.trace_W}; }

/// What the pods draw over what was asked of them [-]: the cut, and leakage.
double drawn_share(IslandInputs const& inputs, IslandState const& state)
{
    double drawn_W = 0.0;
    double asked_W = 0.0;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        drawn_W += inputs.groups[g].pods * state.draws[g].power_W;
        asked_W += inputs.groups[g].pods * pod_W(inputs.groups[g], driver_of(inputs));
    }
    return asked_W > 0.0 ? drawn_W / asked_W : 0.0;
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

/// Share of the asked power that the throttle laws of all pods allow at the supplies they have.
template <class Supply> double allowed_by_all(Building const& building, IslandInputs const& inputs, Supply const& supply_C)
{
    double allowed = 1.0;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& kind = inputs.kinds[inputs.groups[g].kind.row];
        auto const full = draw_pod(building.plant, inputs.groups[g], driver_of(inputs), 1.0, supply_C(g));
        allowed = std::min(allowed, allowed_share(kind, full, supply_C(g)));
    }
    return allowed;
}

// ---------------------------------------------------------------------------------------------- steady operation

/// Draws of all pods at their supplies of the last solve.
void draw_all(Building const& building, IslandInputs const& inputs, IslandState& state, double share)
{
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& group = inputs.groups[g];
        state.drawn_at_C[g] = state.pods[g].tcs_supply_C;
        auto const& draw = state.draws[g] = draw_pod(building.plant, group, driver_of(inputs), share, state.pods[g].tcs_supply_C);
        state.loads[g] = {.pods = static_cast<double>(group.pods),
                          .liquid_W = draw.liquid_W,
                          .air_W = draw.air_W,
                          .tcs_flow_m3_per_s = draw.tcs_flow_m3_per_s};
    }
}

/// Largest difference between the supplies of the pods and those that their draws were made with [K].
double moved_K(IslandState const& state)
{
    double most_K = 0.0;
    for (std::size_t g = 0; g < state.pods.size(); ++g) {
        most_K = std::max(most_K, std::abs(state.pods[g].tcs_supply_C - state.drawn_at_C[g]));
    }
    return most_K;
}

/// Plant with the load cut to a share. Where draw and supply depend on each other they are iterated: each kelvin of supply moves
/// the draw by a percent or less, so a few rounds do.
PlantResult operate(Building const& building, IslandInputs const& inputs, IslandState& state, double share)
{
    constexpr int most_rounds = 40;
    bool const follows = std::ranges::any_of(inputs.groups, [&](PodGroup const& g) { return follows_supply(inputs.kinds[g.kind.row]); });
    auto const n = inputs.groups.size();
    state.draws.resize(n);
    state.loads.resize(n);
    state.pods.assign(n, {.tcs_supply_C = building.plant.tcs_set_point_C});
    state.drawn_at_C.assign(n, 0.0);
    PlantResult plant;
    for (int round = 0; round < most_rounds; ++round) {
        draw_all(building, inputs, state, share);
        plant = solve_plant(building.plant,
                            {.outdoors = inputs.outdoors, .loads = state.loads, .coolers_up = inputs.coolers_up, .before = state.modes},
                            state.pods);
        if (!follows || moved_K(state) < 1e-9) {
            break;
        }
    }
    return plant;
}

void add_plant(PlantResult const& plant, double dt_s, Flows& flows)
{
    for (std::size_t c = 0; c < consumer_count; ++c) {
        flows.consumer_J[c] += plant.power_W[c] * dt_s;
    }
    flows.heat_in_J += (plant.heat_from_it_W + cooling_power_W(plant) - outdoors_only(plant.power_W)) * dt_s;
    flows.heat_rejected_J += plant.heat_to_air_W * dt_s;
    flows.heat_reused_J += plant.reused_W * dt_s;
    flows.chilled_J += plant.water.chilled_W * dt_s;
    flows.chillers_s += plant.water.chilled_W > 0.0 ? dt_s : 0.0;
    flows.evaporated_kg += plant.evaporated_kg_per_s * dt_s;
    flows.drift_kg += plant.drift_kg_per_s * dt_s;
    flows.blowdown_kg += plant.blowdown_kg_per_s * dt_s;
    flows.make_up_kg += plant.make_up_kg_per_s * dt_s;
    flows.supply_C_s += plant.water.supply_C * dt_s;
    flows.running_s += dt_s;
    add_outside(plant.outside, dt_s, flows);
}

/// A plant and the share of the load that it was solved with.
struct Settled {
    PlantResult plant;
    double share{};
};

/// The share that the throttles allow at the supply that this share leads to.
Settled settled(Building const& building, IslandInputs const& inputs, IslandState& state)
{
    double const carried = inputs.carried_share;
    Settled now;
    auto const over = [&](double share) {
        now = {.plant = operate(building, inputs, state, share), .share = share};
        return share - allowed_by_all(building, inputs, [&](std::size_t g) { return state.pods[g].tcs_supply_C; });
    };
    double const least = 1e-3 * carried;
    if (over(carried) > 1e-12) {
        bool const runs = over(least) < 0.0;
        static_cast<void>(over(runs ? bracketed_root(over, least, carried, 1e-9, building.name.c_str()) : 0.0));
    }
    return now;
}

void run_steady(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s, Flows& flows)
{
    auto const [plant, share] = settled(building, inputs, state);
    state.modes = plant.modes;
    state.share = share;
    add_plant(plant, dt_s, flows);
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        flows.tcs_supply_max_C = std::max(flows.tcs_supply_max_C, state.pods[g].tcs_supply_C);
        if (state.draws[g].air_W > 0.0) {
            flows.air_supply_max_C = std::max(flows.air_supply_max_C, state.pods[g].air_supply_C);
        }
        flows.case_max_C = std::max(flows.case_max_C, state.pods[g].tcs_supply_C + state.draws[g].rise_K());
        add_outside(state.draws[g].outside, dt_s, flows);
    }
}

// ---------------------------------------------------------------------------------------------- transient operation

PodHeat heat_of(PodGroup const& group, PodDraw const& draw)
{
    return {.pods = static_cast<double>(group.pods),
            .chip_W = draw.chip_W,
            .direct_W = draw.liquid_W - draw.chip_W,
            .air_W = draw.air_W,
            .tcs_flow_m3_per_s = draw.tcs_flow_m3_per_s,
            .chip_W_per_K = draw.chip_W_per_K,
            .chip_J_per_K = draw.chip_J_per_K};
}

bool alike(PodGroup const& a, PodGroup const& b) { return a.kind == b.kind && a.live_racks == b.live_racks && a.trace == b.trace; }

/// A loop state whose pods are the groups of now: known groups keep their temperatures, new ones start steady.
void regroup_loop(Building const& building, IslandInputs const& inputs, IslandState& state)
{
    if (state.loop && std::ranges::equal(state.loop_groups, inputs.groups)) {
        return;
    }
    static_cast<void>(operate(building, inputs, state, inputs.carried_share));
    std::vector<PodHeat> heats;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        heats.push_back(heat_of(inputs.groups[g], state.draws[g]));
    }
    auto fresh = steady_loop(building.plant, {.outdoors = inputs.outdoors, .pods = heats, .coolers_up = inputs.coolers_up}, state.modes);
    if (state.loop) {
        for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
            auto const known = std::ranges::find_if(state.loop_groups, [&](PodGroup const& old) { return alike(old, inputs.groups[g]); });
            if (known != state.loop_groups.end()) {
                fresh.pods[g] = state.loop->pods[static_cast<std::size_t>(known - state.loop_groups.begin())];
            }
        }
        state.loop->pods = fresh.pods;
    }
    else {
        state.loop = std::move(fresh);
    }
    state.loop_groups.assign(inputs.groups.begin(), inputs.groups.end());
}

void add_loop(LoopResult const& loop, double dt_s, Flows& flows)
{
    for (std::size_t c = 0; c < consumer_count; ++c) {
        flows.consumer_J[c] += loop.energy_J[c];
    }
    flows.heat_in_J += loop.heat_in_J + sum(loop.energy_J) - outdoors_only(loop.energy_J);
    flows.heat_rejected_J += loop.heat_to_air_J;
    flows.heat_reused_J += loop.reused_J;
    flows.heat_stored_J += loop.stored_J;
    flows.chilled_J += loop.chilled_J;
    flows.chillers_s += loop.chillers_s;
    flows.evaporated_kg += loop.evaporated_kg;
    flows.drift_kg += loop.drift_kg;
    flows.blowdown_kg += loop.blowdown_kg;
    flows.make_up_kg += loop.evaporated_kg + loop.drift_kg + loop.blowdown_kg;
    flows.supply_C_s += loop.fws_supply_C_s;
    flows.running_s += dt_s;
    flows.tcs_supply_max_C = std::max(flows.tcs_supply_max_C, loop.supply_max_C);
    flows.case_max_C = std::max(flows.case_max_C, loop.chip_max_C);
    add_outside(loop.outside, dt_s, flows);
}

void run_transient(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s, Flows& flows)
{
    regroup_loop(building, inputs, state);
    auto const supply_C = [&](std::size_t g) { return state.loop->pods[g].supply_C; };
    double const share = std::min(inputs.carried_share, allowed_by_all(building, inputs, supply_C));
    state.draws.resize(inputs.groups.size());
    std::vector<PodHeat> heats;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        state.draws[g] = draw_pod(building.plant, inputs.groups[g], driver_of(inputs), share, supply_C(g));
        heats.push_back(heat_of(inputs.groups[g], state.draws[g]));
        add_outside(state.draws[g].outside, dt_s, flows);
    }
    LoopInputs const loop{.outdoors = inputs.outdoors, .pods = heats, .coolers_up = inputs.coolers_up};
    add_loop(step_loop(building.plant, loop, *state.loop, dt_s), dt_s, flows);
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        if (state.draws[g].air_W > 0.0) {
            flows.air_supply_max_C = std::max(flows.air_supply_max_C, state.loop->air[g].air_supply_C);
        }
    }
    state.modes = state.loop->modes;
    state.share = share;
}

} // namespace

Flows advance(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && inputs.carried_share >= 0.0 && inputs.carried_share <= 1.0);
    bool const running = !inputs.groups.empty() && (inputs.carried_share > 0.0 || inputs.integration == Integration::transient);
    Flows flows{.seconds = dt_s};
    state.share = inputs.carried_share;
    if (running) {
        auto const run = inputs.integration == Integration::steady ? run_steady : run_transient;
        run(building, inputs, state, dt_s, flows);
    }
    add_electric(inputs, running ? drawn_share(inputs, state) : state.share, dt_s, flows);
    for (auto const& load : inputs.halls) {
        flows.not_carried_J += load.it_W * (1.0 - inputs.carried_share) * dt_s;
        flows.throttled_J += load.it_W * (inputs.carried_share - state.share) * dt_s;
    }
    return flows;
}

} // namespace aidc
