#include "models/power/genset.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double never_s = std::numeric_limits<double>::infinity();

/// Time is a sum of steps: reached to a nanosecond.
bool reached(double time_s, double limit_s) { return time_s >= limit_s - 1e-9; }

bool ready_before(GensetDraw const& a, GensetDraw const& b) { return a.ready_s < b.ready_s; }

/// Burns what the sets on the bus need, as far as there is fuel, and refuels [m3].
double burn(GensetLaw const& law, GensetState& state, GensetInputs const& inputs, double dt_s)
{
    if (state.phase != GensetState::Phase::running || state.draws.empty()) {
        return 0.0;
    }
    double const full_m3_per_J = law.burn.no_load_m3_per_J + law.burn.slope_m3_per_J;
    double const tanks_m3 = law.tank_s * static_cast<double>(state.draws.size()) * inputs.rating_W * full_m3_per_J;
    double const idle_m3_per_s = law.burn.no_load_m3_per_J * sets_online(law, state) * inputs.rating_W;
    double const wanted_m3 = (idle_m3_per_s + law.burn.slope_m3_per_J * inputs.load_W) * dt_s;
    double const fuelled_s = std::clamp(state.since_s + dt_s - law.refuel_after_s, 0.0, dt_s);
    double const there = state.fuel + law.refuel_share_per_s * fuelled_s;
    double const burnt_m3 = std::min(wanted_m3, there * tanks_m3);
    state.fuel = std::clamp(there - burnt_m3 / tanks_m3, 0.0, 1.0);
    return burnt_m3;
}

void enter(GensetState& state, GensetState::Phase phase)
{
    state.phase = phase;
    state.since_s = 0.0;
    state.accepted_W = 0.0;
    state.step_left_W = 0.0;
    state.draws.clear();
}

void order_start(GensetLaw const& law, GensetState& state)
{
    enter(state, GensetState::Phase::running);
    state.since_step_s = law.step_every_s; // the first load step waits for the first set only
}

/// Leave for more load, or less when sets have dropped off.
void accept(GensetLaw const& law, GensetState& state, GensetInputs const& inputs)
{
    double const on_bus_W = sets_online(law, state) * inputs.rating_W;
    state.accepted_W = std::min(state.accepted_W, on_bus_W);
    double const room_W = std::min(inputs.wanted_W, on_bus_W) - state.accepted_W;
    if (room_W <= 0.0) {
        return;
    }
    if (reached(state.since_step_s, law.step_every_s)) {
        state.since_step_s = 0.0;
        state.step_left_W = law.step_share * on_bus_W;
    }
    double const more_W = std::min(room_W, state.step_left_W);
    state.accepted_W += more_W;
    state.step_left_W -= more_W;
}

} // namespace

GensetDraw draw_genset(GensetLaw const& law, double u_start, double u_time, double u_run)
{
    AIDC_EXPECT(u_start > 0.0 && u_start < 1.0 && u_run > 0.0 && u_run < 1.0);
    bool const starts = law.black_start && u_start >= (1.0 - law.availability) + law.availability * law.fail_to_start;
    return {.ready_s = starts ? quantile_s(law.start, u_time) : never_s, .runs_s = -law.to_failure_s * std::log1p(-u_run)};
}

std::vector<GensetDraw> all_start(GensetLaw const& law, std::size_t sets)
{
    double const ready_s = law.black_start ? median_s(law.start) : never_s;
    return std::vector<GensetDraw>(sets, {.ready_s = ready_s, .runs_s = never_s});
}

bool wants_draws(GensetState const& state) { return state.phase == GensetState::Phase::running && state.draws.empty(); }

double sets_online(GensetLaw const& law, GensetState const& state)
{
    if (state.phase != GensetState::Phase::running || state.fuel <= 0.0) {
        return 0.0;
    }
    AIDC_EXPECT(state.since_s == 0.0 || std::ranges::is_sorted(state.draws, ready_before));
    double online = 0.0;
    double closed_s = -never_s; // when the set before came on the bus
    for (auto const& set : state.draws) {
        if (set.ready_s == never_s) {
            continue;
        }
        closed_s = closed_s == -never_s ? set.ready_s : std::max(set.ready_s, closed_s) + law.parallel_s;
        if (reached(state.since_s, closed_s) && !reached(state.since_s, set.ready_s + set.runs_s)) {
            online += 1.0;
        }
    }
    return online;
}

double genset_limit_W(GensetLaw const& law, GensetState const& state, double rating_W)
{
    return std::min(state.accepted_W, sets_online(law, state) * rating_W);
}

double step_gensets(GensetLaw const& law, GensetState& state, GensetInputs const& inputs, double dt_s)
{
    using Phase = GensetState::Phase;
    AIDC_EXPECT(dt_s > 0.0 && inputs.rating_W > 0.0 && inputs.load_W >= 0.0);
    std::ranges::sort(state.draws, ready_before);
    double const burnt_m3 = burn(law, state, inputs, dt_s);
    state.mains_good_s = inputs.mains_live ? state.mains_good_s + dt_s : 0.0;
    if (state.phase == Phase::standby && !inputs.mains_live) {
        enter(state, Phase::sensing);
    }
    state.since_s += dt_s;
    state.since_step_s += dt_s;
    if (state.phase == Phase::sensing) {
        if (inputs.mains_live) {
            enter(state, Phase::standby);
        }
        else if (reached(state.since_s, law.sense_s)) {
            order_start(law, state);
        }
    }
    else if (state.phase == Phase::running) {
        accept(law, state, inputs);
        if (inputs.mains_live && (reached(state.mains_good_s, law.back_s) || sets_online(law, state) == 0.0)) {
            enter(state, Phase::standby);
        }
    }
    return burnt_m3;
}

} // namespace aidc
