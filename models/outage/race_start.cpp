#include "models/outage/race.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace aidc {
namespace {

constexpr PerMachine<std::array<std::size_t, 4>> consumers_of_machine{{
    {index(Consumer::cdu_pumps), consumer_count, consumer_count, consumer_count},
    {index(Consumer::fws_pumps), consumer_count, consumer_count, consumer_count},
    {index(Consumer::hall_fans), index(Consumer::air_pumps), index(Consumer::air_outdoor_fans), index(Consumer::air_chillers)},
    {index(Consumer::tower_pumps), index(Consumer::outdoor_fans), consumer_count, consumer_count},
    {index(Consumer::chillers), consumer_count, consumer_count, consumer_count},
}};

double machine_W(PerConsumer<double> const& by_consumer, Machine machine)
{
    double sum = 0.0;
    for (auto const c : consumers_of_machine[index(machine)]) {
        sum += c < consumer_count ? by_consumer[c] : 0.0;
    }
    return sum;
}

/// Row of the load that feeds some pods: classes take the pods of a hall in order, by their shares.
std::vector<std::pair<std::uint32_t, double>> loads_of(RaceSite const& site, Id<Hall> hall)
{
    std::vector<std::pair<std::uint32_t, double>> loads;
    for (std::size_t l = 0; l < site.power.parts.size(); ++l) {
        if (site.power.parts[l].hall == hall) {
            loads.emplace_back(static_cast<std::uint32_t>(l), site.power.parts[l].share);
        }
    }
    return loads;
}

void add_pods(RaceState& race, RacePods pods)
{
    if (pods.group.pods == 0 || pods.group.live_racks == 0) {
        return;
    }
    auto const b = std::ranges::find(race.buildings, pods.building, &RaceBuilding::building);
    pods.group.condition = static_cast<std::uint32_t>(b->conditions.size());
    b->conditions.emplace_back();
    b->pods.push_back(race.pods.size());
    b->groups.push_back(pods.group);
    race.pods.push_back(pods);
}

/// Pods of a line, by the load that feeds them: whole pods by largest remainder in the order of the loads.
void add_line(RaceSite const& site, LiveLine const& live, RaceState& race)
{
    auto const& hall = site.halls[live.hall.row];
    auto const& line = hall.lines[live.line];
    auto const loads = loads_of(site, live.hall);
    std::uint32_t const full = live.racks / line.racks_per_pod;
    double cumulated = 0.0;
    std::uint32_t placed = 0;
    for (auto const& [load, share] : loads) {
        cumulated += share;
        auto const until = static_cast<std::uint32_t>(std::lround(cumulated * full));
        RacePods pods{.hall = live.hall, .building = hall.building, .line = live.line, .load = load};
        pods.group = {.kind = line.kind, .live_racks = line.racks_per_pod, .trace = {}, .pods = until - placed};
        add_pods(race, pods);
        placed = until;
    }
    if (!loads.empty()) {
        RacePods partial{.hall = live.hall, .building = hall.building, .line = live.line, .load = loads.back().first};
        partial.group = {.kind = line.kind, .live_racks = live.racks % line.racks_per_pod, .trace = {}, .pods = 1};
        add_pods(race, partial);
    }
}

/// One step with everything in service: loops in their steady state, powers of the machines.
void settle_loops(RaceSite const& site, RaceInputs const& before, RaceState& race)
{
    for (auto& b : race.buildings) {
        auto const& building = site.buildings[b.building.row];
        for (auto const& hall : site.halls) {
            b.house_W += hall.building == b.building ? hall.house_W : 0.0;
        }
        if (b.groups.empty()) {
            continue;
        }
        IslandInputs inputs{.outdoors = before.outdoors,
                            .coolers_up = before.up[b.building.row].outdoor,
                            .busy = before.busy,
                            .groups = b.groups,
                            .halls = {},
                            .kinds = site.kinds,
                            .trace_W = before.trace_W,
                            .integration = Integration::transient};
        constexpr double moment_s = 1e-3;
        auto const flows = advance(building, inputs, b.island, moment_s);
        for (std::size_t m = 0; m < machine_count; ++m) {
            b.nominal_W[m] = machine_W(flows.consumer_J, static_cast<Machine>(m)) / moment_s;
        }
    }
}

} // namespace

RaceState begin_race(RaceSite const& site, RaceInputs const& before, std::span<LiveLine const> lines)
{
    RaceState race{.power = begin_power(site.power), .pods = {}, .buildings = {}, .losses = {}};
    for (std::size_t b = 0; b < site.buildings.size(); ++b) {
        if (site.buildings[b].campus == site.campus) {
            RaceBuilding building{.building = id<Building>(b)};
            building.conditions.emplace_back(); // all is well
            race.buildings.push_back(std::move(building));
        }
    }
    for (auto const& line : lines) {
        add_line(site, line, race);
    }
    settle_loops(site, before, race);
    return race;
}

void set_pod_faults(RaceState& race, std::span<PodFault const> faults)
{
    for (auto& pods : race.pods) {
        if (pods.faulty) { // repaired, unless it is told again below
            pods.cdus = 1.0;
        }
    }
    for (auto const& fault : faults) {
        auto const is_its = [&](RacePods const& p) { return p.hall == fault.hall && p.line == fault.line; };
        auto known = std::ranges::find_if(
            race.pods, [&](RacePods const& p) { return is_its(p) && p.faulty && p.group.pods == fault.pods && p.cdus == 1.0; });
        if (known == race.pods.end()) {
            auto const from =
                std::ranges::find_if(race.pods, [&](RacePods const& p) { return is_its(p) && !p.faulty && p.group.pods >= fault.pods; });
            if (from == race.pods.end()) {
                continue;
            }
            from->group.pods -= fault.pods;
            RacePods split = *from;
            split.faulty = true;
            split.group.pods = fault.pods;
            split.racks_off = std::min(split.group.live_racks, fault.racks_off);
            split.group.live_racks -= split.racks_off;
            add_pods(race, split);
            known = std::prev(race.pods.end());
        }
        known->cdus = fault.cdus;
    }
    for (auto& b : race.buildings) {
        for (std::size_t g = 0; g < b.pods.size(); ++g) {
            b.groups[g] = race.pods[b.pods[g]].group;
        }
    }
}

} // namespace aidc
