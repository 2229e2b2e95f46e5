#include "models/outage/race.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The chain is dispatched for what loads want; what dark racks want is not drawn.
void scale_to(double drawn_W, PowerSums& power)
{
    double const given_W = power.feed_W + power.genset_W + power.battery_W;
    double const less = given_W > drawn_W + power.charging_W ? (drawn_W + power.charging_W) / given_W : 1.0;
    power.feed_W *= less;
    power.genset_W *= less;
    power.battery_W *= less;
}

} // namespace

PowerSums sums_of(CampusPower const& power, PowerRace const& race)
{
    PowerSums sums;
    double batteries = 0.0;
    double tanks = 0.0;
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        double const own_W = race.flows.own_W[n];
        switch (power.chain.nodes[n].kind) {
        case PowerNode::Kind::feed:
        case PowerNode::Kind::generation:
            sums.feed_W += own_W;
            break;
        case PowerNode::Kind::genset:
            sums.genset_W += own_W;
            sums.sets +=
                race.nodes[n].gensets.phase == GensetState::Phase::running ? sets_online(power.gensets, race.nodes[n].gensets) : 0.0;
            sums.fuel += race.nodes[n].gensets.fuel;
            tanks += 1.0;
            break;
        default:
            sums.battery_W += own_W;
            if (power.ups[n]) {
                sums.charge += race.nodes[n].charge;
                batteries += 1.0;
            }
        }
        sums.charging_W += race.flows.charged_W[n];
    }
    sums.charge = batteries > 0.0 ? sums.charge / batteries : 1.0;
    sums.fuel = tanks > 0.0 ? sums.fuel / tanks : 1.0;
    return sums;
}

RaceSums sums_of(RaceSite const& site, RaceState const& race)
{
    RaceSums sums{.power = sums_of(site.power, race.power), .fws_supply_C = -infinity, .tcs_supply_C = -infinity, .chip_C = -infinity};
    double live = 0.0;
    double cut = 0.0;
    double drawn_W = 0.0;
    for (auto const& b : race.buildings) {
        double const per_s = b.flows.seconds > 0.0 ? 1.0 / b.flows.seconds : 0.0;
        sums.it_W += b.flows.it_J * per_s;
        sums.cooling_W += b.flows.cooling_J() * per_s;
        drawn_W += (b.flows.it_J + b.flows.cooling_J() + b.flows.ups_loss_J + b.flows.house_J) * per_s;
        if (!b.island.loop || b.groups.empty()) {
            continue;
        }
        sums.fws_supply_C = std::max(sums.fws_supply_C, b.island.loop->fws_supply_C);
        for (std::size_t g = 0; g < b.island.loop->pods.size(); ++g) {
            auto const& at = b.island.loop->pods[g];
            double const flow = b.machines[index(Machine::fws_pumps)].share * at.fws_flow_kg_per_s;
            sums.fws_flow_kg_per_s += b.island.loop_groups[g].pods * flow;
            sums.tcs_supply_C = std::max(sums.tcs_supply_C, at.supply_C);
            sums.chip_C = std::max(sums.chip_C, at.chip_C);
        }
    }
    for (auto const& pods : race.pods) {
        double const racks = static_cast<double>(pods.group.pods) * pods.group.live_racks;
        double const cap = race.power.loads[pods.load].cap;
        sums.racks_live += is_live(pods) && cap > 0.0 && pods.ramp > 0.0 ? racks : 0.0;
        sums.tcs_flow = std::min(sums.tcs_flow, pods.condition.pumps);
        live += racks * pods.ramp * cap;
        cut += racks * std::max(0.0, pods.ramp * cap - pods.share);
    }
    sums.throttled_share = live > 0.0 ? cut / live : 0.0;
    scale_to(drawn_W, sums.power);
    return sums;
}

} // namespace aidc
