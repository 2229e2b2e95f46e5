#include "models/campus/island.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"
#include "models/power/losses.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

Driver driver_of(IslandInputs const& inputs) { return {.kinds = inputs.kinds, .busy = inputs.busy, .trace_W = inputs.trace_W}; }

PodCondition condition_of(IslandInputs const& inputs, PodGroup const& group)
{
    return inputs.conditions.empty() ? PodCondition{} : inputs.conditions[group.condition];
}

/// Share of a group's load that the power chain and its condition let it draw.
double carried(IslandInputs const& inputs, PodGroup const& group) { return inputs.carried_share * condition_of(inputs, group).power; }

/// Shares of what was asked of all pods.
struct Shares {
    double drawn{};       ///< Leakage included [-]
    double not_carried{}; ///< Held back by power chain and conditions [-]
    double throttled{};   ///< Of the rest, cut by throttles; over what was asked [-]
};

Shares shares_of(IslandInputs const& inputs, IslandState const& state)
{
    Shares sum;
    double asked_W = 0.0;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        double const each_W = inputs.groups[g].pods * pod_W(inputs.groups[g], driver_of(inputs));
        asked_W += each_W;
        sum.drawn += inputs.groups[g].pods * state.draws[g].power_W;
        double const carried_share = carried(inputs, inputs.groups[g]);
        sum.not_carried += each_W * (1.0 - carried_share);
        sum.throttled += each_W * (carried_share - state.shares[g]);
    }
    double const per_W = asked_W > 0.0 ? 1.0 / asked_W : 0.0;
    return {.drawn = sum.drawn * per_W, .not_carried = sum.not_carried * per_W, .throttled = sum.throttled * per_W};
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

// ---------------------------------------------------------------------------------------------- steady operation

/// Share of the asked power that the throttle laws of all pods allow at the supplies of the last solve. Pods that something holds
/// back were settled when it began: their condition says what they may draw.
double allowed_by_all(Building const& building, IslandInputs const& inputs, IslandState const& state)
{
    double allowed = 1.0;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& group = inputs.groups[g];
        double const supply_C = state.pods[g].tcs_supply_C;
        if (group.condition == 0) {
            auto const full = draw_pod(building.plant, group, driver_of(inputs), 1.0, supply_C);
            allowed = std::min(allowed, allowed_share(inputs.kinds[group.kind.row], full, supply_C));
        }
    }
    return allowed;
}

/// Draws of all pods at their supplies of the last solve.
void draw_all(Building const& building, IslandInputs const& inputs, IslandState& state, double share)
{
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        auto const& group = inputs.groups[g];
        auto const condition = condition_of(inputs, group);
        state.drawn_at_C[g] = state.pods[g].tcs_supply_C;
        state.shares[g] = share * condition.power;
        auto const& draw = state.draws[g] =
            draw_pod(building.plant, group, driver_of(inputs), state.shares[g], state.pods[g].tcs_supply_C, condition);
        state.loads[g] = {.pods = static_cast<double>(group.pods),
                          .liquid_W = draw.liquid_W,
                          .air_W = draw.air_W,
                          .tcs_flow_m3_per_s = draw.tcs_flow_m3_per_s,
                          .cdus = condition.cdus};
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
    state.shares.resize(n);
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

/// The plant at the share that the throttles allow at the supply that this share leads to.
PlantResult settled(Building const& building, IslandInputs const& inputs, IslandState& state)
{
    double const carried = inputs.carried_share;
    PlantResult now;
    auto const over = [&](double share) {
        now = operate(building, inputs, state, share);
        return share - allowed_by_all(building, inputs, state);
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
    auto const plant = settled(building, inputs, state);
    state.modes = plant.modes;
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

PodHeat heat_of(PodGroup const& group, PodDraw const& draw, PodCondition const& condition)
{
    return {.pods = static_cast<double>(group.pods),
            .chip_W = draw.chip_W,
            .direct_W = draw.liquid_W - draw.chip_W,
            .air_W = draw.air_W,
            .tcs_flow_m3_per_s = draw.tcs_flow_m3_per_s,
            .chip_W_per_K = draw.chip_W_per_K,
            .chip_J_per_K = draw.chip_J_per_K,
            .cdus = condition.cdus};
}

/// The group that pods were in before: the same condition, or else any.
std::optional<std::size_t> group_before(std::span<PodGroup const> before, PodGroup const& now)
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < before.size(); ++i) {
        auto const& old = before[i];
        if (old.kind == now.kind && old.live_racks == now.live_racks && old.trace == now.trace) {
            if (old.condition == now.condition) {
                return i;
            }
            found = found.value_or(i);
        }
    }
    return found;
}

/// The loops in their steady state, as if nothing held a pod back.
LoopState fresh_loop(Building const& building, IslandInputs const& inputs, IslandState& state)
{
    IslandInputs well = inputs;
    well.conditions = {};
    static_cast<void>(operate(building, well, state, inputs.carried_share));
    std::vector<PodHeat> heats;
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        heats.push_back(heat_of(inputs.groups[g], state.draws[g], {}));
    }
    return steady_loop(building.plant, {.outdoors = inputs.outdoors, .pods = heats, .coolers_up = inputs.coolers_up}, state.modes);
}

/// A loop state whose pods are the groups of now: known groups keep their temperatures, new ones start steady.
void regroup_loop(Building const& building, IslandInputs const& inputs, IslandState& state)
{
    if (state.loop && std::ranges::equal(state.loop_groups, inputs.groups)) {
        return;
    }
    std::vector<std::optional<std::size_t>> before;
    for (auto const& group : inputs.groups) {
        before.push_back(state.loop ? group_before(state.loop_groups, group) : std::nullopt);
    }
    bool const all_known = state.loop && std::ranges::all_of(before, [](auto const& row) { return row.has_value(); });
    std::vector<PodTemperatures> pods(inputs.groups.size());
    if (!all_known) {
        auto fresh = fresh_loop(building, inputs, state);
        pods = fresh.pods;
        if (!state.loop) {
            state.loop = std::move(fresh);
        }
    }
    for (std::size_t g = 0; g < pods.size(); ++g) {
        pods[g] = before[g] ? state.loop->pods[*before[g]] : pods[g];
    }
    state.loop->pods = std::move(pods);
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
    auto const n = inputs.groups.size();
    state.draws.resize(n);
    state.shares.resize(n);
    std::vector<PodHeat> heats;
    for (std::size_t g = 0; g < n; ++g) {
        auto const& group = inputs.groups[g];
        auto const condition = condition_of(inputs, group);
        auto const& at = state.loop->pods[g];
        auto const full = draw_pod(building.plant, group, driver_of(inputs), 1.0, at.supply_C, condition);
        double const allowed = allowed_share_after(inputs.kinds[group.kind.row], full, at.supply_C, at.chip_C, dt_s);
        state.shares[g] = std::min(carried(inputs, group), allowed);
        state.draws[g] =
            state.shares[g] == 1.0 ? full : draw_pod(building.plant, group, driver_of(inputs), state.shares[g], at.supply_C, condition);
        heats.push_back(heat_of(group, state.draws[g], condition));
        add_outside(state.draws[g].outside, dt_s, flows);
    }
    LoopInputs const loop{.outdoors = inputs.outdoors, .pods = heats, .coolers_up = inputs.coolers_up, .drive = inputs.drive};
    add_loop(step_loop(building.plant, loop, *state.loop, dt_s), dt_s, flows);
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        if (state.draws[g].air_W > 0.0) {
            flows.air_supply_max_C = std::max(flows.air_supply_max_C, state.loop->air[g].air_supply_C);
        }
    }
    state.modes = state.loop->modes;
}

} // namespace

Flows advance(Building const& building, IslandInputs const& inputs, IslandState& state, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && inputs.carried_share >= 0.0 && inputs.carried_share <= 1.0);
    bool const running = !inputs.groups.empty() && (inputs.carried_share > 0.0 || inputs.integration == Integration::transient);
    Flows flows{.seconds = dt_s};
    Shares all{.drawn = inputs.carried_share, .not_carried = 1.0 - inputs.carried_share, .throttled = 0.0};
    if (running) {
        auto const run = inputs.integration == Integration::steady ? run_steady : run_transient;
        run(building, inputs, state, dt_s, flows);
        all = shares_of(inputs, state);
    }
    add_electric(inputs, all.drawn, dt_s, flows);
    for (auto const& load : inputs.halls) {
        flows.not_carried_J += load.it_W * all.not_carried * dt_s;
        flows.throttled_J += load.it_W * all.throttled * dt_s;
    }
    return flows;
}

} // namespace aidc
