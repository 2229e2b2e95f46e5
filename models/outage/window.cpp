#include "models/outage/window.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double moved = 1e-4; // of a lost share: worth another row

/// What is lost now.
LostFrom lost_of(Moment const& moment, RaceState const& race)
{
    LostFrom now;
    auto const of = [&](RacePods const& pods) { return accelerators(moment.site.kinds[pods.group.kind.row]); };
    bool const any = std::ranges::any_of(race.pods, [&](RacePods const& pods) { return of(pods) > 0; });
    auto& sum = now.lost;
    double all = 0.0;
    Driver const driver{.kinds = moment.site.kinds, .busy = moment.busy, .trace_W = moment.trace_W};
    for (auto const& pods : race.pods) {
        double const each = pods.group.pods * (any ? of(pods) : 1.0);
        double const n = each * pods.group.live_racks;
        double const off = each * pods.racks_off;
        double const cap = race.power.loads[pods.load].cap;
        double const pod = pod_W(pods.group, driver);
        all += n + off;
        sum.dark += (pods.dark ? n : 0.0) + off;
        sum.tripped += !pods.dark ? n * (pods.tripped ? 1.0 : 1.0 - pods.ramp) : 0.0;
        sum.shed += is_live(pods) ? n * pods.ramp * (1.0 - cap) : 0.0;
        sum.throttled += is_live(pods) ? n * std::max(0.0, pods.ramp * cap - pods.share) : 0.0;
        now.unserved_W +=
            pods.group.pods * pod * ((1.0 - pods.share) + (pods.group.live_racks > 0 ? 1.0 * pods.racks_off / pods.group.live_racks : 0.0));
    }
    double const per = all > 0.0 ? 1.0 / all : 0.0;
    sum = {.dark = sum.dark * per, .tripped = sum.tripped * per, .shed = sum.shed * per, .throttled = sum.throttled * per};
    return now;
}

bool differ(LostShares const& a, LostShares const& b)
{
    return std::max(
               {std::abs(a.dark - b.dark), std::abs(a.tripped - b.tripped), std::abs(a.shed - b.shed), std::abs(a.throttled - b.throttled)})
           > moved;
}

/// Batteries that are not counted on, switches that stand where they will, and gensets that run before anything is switched off.
void take_out_with_care(CampusPower const& power, std::span<double const> up, RaceState& race)
{
    for (std::size_t n = 0; n < race.power.nodes.size(); ++n) {
        race.power.nodes[n].charge = power.ups[n] ? 0.0 : race.power.nodes[n].charge;
        race.power.nodes[n].dead_s = power.chain.nodes[n].transfer_s;
        if (power.chain.nodes[n].kind == PowerNode::Kind::genset) {
            constexpr double long_since_s = 1e4;
            auto const sets = static_cast<std::size_t>(up[n]);
            race.power.nodes[n].gensets = {.phase = GensetState::Phase::running,
                                           .since_s = long_since_s,
                                           .accepted_W = up[n] * power.chain.nodes[n].rating_W,
                                           .draws = all_start(power.gensets, sets)};
        }
    }
}

/// Goes on with what is out since long until nothing moves.
void settle(RaceSite const& site, RaceInputs const& inputs, RaceState& race)
{
    constexpr double longest_s = 86400.0;
    while (!race.resting && race.elapsed_s < longest_s) {
        step_race(site, inputs, race, race_step_s(site, race));
    }
    wake(race);
    race.elapsed_s = 0.0;
}

void look_at(Moment const& moment, RaceState const& race, double step_s, WindowResult& result)
{
    auto const sums = sums_of(moment.site, race);
    auto now = lost_of(moment, race);
    now.from_s = race.elapsed_s - step_s; // it held during the step
    auto const& lost = now.lost;
    double const racks_lost = result.racks - sums.racks_live;
    if (lost.throttled > 1e-6) {
        result.first_throttle_s = std::min(result.first_throttle_s, race.elapsed_s);
    }
    if (racks_lost > 1e-9) {
        result.first_stop_s = std::min(result.first_stop_s, race.elapsed_s);
    }
    result.most_racks_lost = std::max(result.most_racks_lost, racks_lost);
    result.racks_lost_at_end = racks_lost;
    result.chip_max_C = std::max(result.chip_max_C, sums.chip_C);
    result.supply_max_C = std::max(result.supply_max_C, sums.tcs_supply_C);
    result.fuel_m3 += race.power.fuel_m3;
    result.least_power = std::min(result.least_power, std::max(0.0, 1.0 - lost.sum()));
    if (result.lost.empty() || differ(result.lost.back().lost, lost)) {
        result.lost.push_back(now);
    }
}

} // namespace

WindowResult run_window(Moment const& moment, Loss const& loss, double most_s, WindowObserver const& observer)
{
    auto const& site = moment.site;
    auto const whole = health_of(site, moment.commissioned, loss.before);
    auto all_down = loss.before;
    all_down.insert(all_down.end(), loss.down.begin(), loss.down.end());
    auto const hurt = health_of(site, moment.commissioned, all_down);
    auto const inputs_with = [&](Health const& health) {
        return RaceInputs{.outdoors = moment.outdoors,
                          .busy = moment.busy,
                          .trace_W = moment.trace_W,
                          .import_W = moment.import_W,
                          .units_up = health.units_up,
                          .up = health.up,
                          .faults = health.faults,
                          .draws = loss.draws};
    };
    auto const all_up = health_of(site, moment.commissioned, {});
    RaceState race = begin_race(site, inputs_with(all_up), moment.lines);
    set_pod_faults(race, hurt.faults);
    WindowResult result;
    for (auto const& pods : race.pods) {
        result.racks += static_cast<double>(pods.group.pods) * pods.group.live_racks;
    }
    for (auto const& fault : hurt.faults) {
        result.racks += static_cast<double>(fault.pods) * fault.racks_off;
    }
    if (!loss.before.empty()) {
        settle(site, inputs_with(whole), race);
    }
    if (loss.planned) {
        take_out_with_care(site.power, hurt.units_up, race);
    }
    bool back = false;
    while (race.elapsed_s < most_s) {
        bool const now_back = race.elapsed_s >= loss.lasts_s;
        if (now_back && !back) {
            wake(race);
            back = true;
        }
        double step_s = std::min(race_step_s(site, race), most_s - race.elapsed_s);
        if (!back) {
            step_s = std::min(step_s, loss.lasts_s - race.elapsed_s);
        }
        step_race(site, inputs_with(back ? whole : hurt), race, step_s);
        look_at(moment, race, step_s, result);
        if (observer) {
            observer(race.elapsed_s, race);
        }
        bool const forever = race.resting && !std::isfinite(race_step_s(site, race)) && (back || !std::isfinite(loss.lasts_s));
        if (forever || is_over(site, race)) {
            break;
        }
    }
    result.ends_s = race.elapsed_s;
    return result;
}

LostShares lost_until(WindowResult const& window, double t_s)
{
    LostShares sum;
    for (std::size_t i = 0; i < window.lost.size() && window.lost[i].from_s < t_s; ++i) {
        double const until_s = i + 1 < window.lost.size() ? std::min(window.lost[i + 1].from_s, t_s) : t_s;
        double const dt_s = until_s - window.lost[i].from_s;
        sum.dark += window.lost[i].lost.dark * dt_s;
        sum.tripped += window.lost[i].lost.tripped * dt_s;
        sum.shed += window.lost[i].lost.shed * dt_s;
        sum.throttled += window.lost[i].lost.throttled * dt_s;
    }
    return sum;
}

LostFrom const& lost_at(WindowResult const& window, double t_s)
{
    auto const after = std::ranges::upper_bound(window.lost, t_s, {}, &LostFrom::from_s);
    return after == window.lost.begin() ? window.lost.front() : *std::prev(after);
}

double unserved_until_J(WindowResult const& window, double t_s)
{
    double sum_J = 0.0;
    for (std::size_t i = 0; i < window.lost.size() && window.lost[i].from_s < t_s; ++i) {
        double const until_s = i + 1 < window.lost.size() ? std::min(window.lost[i + 1].from_s, t_s) : t_s;
        sum_J += window.lost[i].unserved_W * (until_s - window.lost[i].from_s);
    }
    return sum_J;
}

} // namespace aidc
