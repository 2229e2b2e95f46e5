#include "models/outage/race.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
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
    auto const b = std::ranges::find(race.buildings, pods.building, &RaceBuilding::building);
    pods.group.condition = static_cast<std::uint32_t>(b->conditions.size());
    b->conditions.emplace_back();
    b->pods.push_back(race.pods.size());
    b->groups.push_back(pods.group);
    race.pods.push_back(pods);
}

/// Sets the number of pods without a fault of their own that are alike, or adds them.
void set_pods(RaceState& race, RacePods const& wanted)
{
    if (wanted.group.live_racks == 0) {
        return;
    }
    std::uint32_t faulty = 0;
    RacePods* known = nullptr;
    for (auto& pods : race.pods) {
        bool const same = pods.hall == wanted.hall && pods.line == wanted.line && pods.load == wanted.load
                          && pods.group.live_racks + pods.racks_off == wanted.group.live_racks;
        faulty += same && pods.faulty ? pods.group.pods : 0;
        known = same && !pods.faulty ? &pods : known;
    }
    std::uint32_t const well = wanted.group.pods - std::min(wanted.group.pods, faulty);
    if (known != nullptr) {
        known->group.pods = well;
    }
    else if (well > 0) {
        auto fresh = wanted;
        fresh.group.pods = well;
        add_pods(race, fresh);
    }
}

/// Pods of a line, by the load that feeds them: whole pods by the cumulated shares of the loads, the partial pod on the last.
void set_line(RaceSite const& site, LiveLine const& live, RaceState& race)
{
    auto const& hall = site.halls[live.hall.row];
    auto const& line = hall.lines[live.line];
    std::uint32_t const full = live.racks / line.racks_per_pod;
    RacePods pods{.hall = live.hall, .building = hall.building, .line = live.line};
    double cumulated = 0.0;
    std::uint32_t placed = 0;
    for (auto const& [load, share] : loads_of(site, live.hall)) {
        cumulated += share;
        auto const until = static_cast<std::uint32_t>(std::lround(cumulated * full));
        pods.load = load;
        pods.group = {.kind = line.kind, .live_racks = line.racks_per_pod, .trace = {}, .pods = until - placed};
        set_pods(race, pods);
        placed = until;
    }
    if (cumulated > 0.0) {
        pods.group = {.kind = line.kind, .live_racks = live.racks % line.racks_per_pod, .trace = {}, .pods = 1};
        set_pods(race, pods);
    }
}

void copy_groups(RaceState& race)
{
    for (auto& b : race.buildings) {
        for (std::size_t g = 0; g < b.pods.size(); ++g) {
            b.groups[g] = race.pods[b.pods[g]].group;
        }
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
    set_lines(site, lines, race);
    settle_loops(site, before, race);
    return race;
}

void set_lines(RaceSite const& site, std::span<LiveLine const> lines, RaceState& race)
{
    for (auto& pods : race.pods) {
        pods.group.pods = pods.faulty ? pods.group.pods : 0;
    }
    for (auto const& line : lines) {
        set_line(site, line, race);
    }
    copy_groups(race);
}

namespace {

/// Splits the pods of a fault from their line. \returns their row; none when the line has no pod left
std::optional<std::size_t> split_off(RaceState& race, PodFault const& fault)
{
    auto const from = std::ranges::find_if(race.pods, [&](RacePods const& p) {
        return p.hall == fault.hall && p.line == fault.line && !p.faulty && p.group.pods >= fault.pods;
    });
    if (from == race.pods.end()) {
        return {};
    }
    from->group.pods -= fault.pods;
    RacePods split = *from;
    split.faulty = true;
    split.group.pods = fault.pods;
    split.racks_off = std::min(split.group.live_racks, fault.racks_off);
    split.group.live_racks -= split.racks_off;
    add_pods(race, split);
    return race.pods.size() - 1;
}

/// Pods that a fault has split off before, and that no other fault has claimed.
std::optional<std::size_t> known(RaceState const& race, PodFault const& fault, std::vector<char> const& claimed)
{
    for (std::size_t row = 0; row < race.pods.size(); ++row) {
        auto const& p = race.pods[row];
        if (p.faulty && !claimed[row] && p.hall == fault.hall && p.line == fault.line && p.group.pods == fault.pods
            && p.racks_off == fault.racks_off) {
            return row;
        }
    }
    return {};
}

} // namespace

void set_pod_faults(RaceState& race, std::span<PodFault const> faults)
{
    std::vector<char> claimed(race.pods.size(), 0);
    for (auto const& fault : faults) {
        auto row = known(race, fault, claimed);
        row = row ? row : split_off(race, fault);
        claimed.resize(race.pods.size(), 0);
        if (row) {
            race.pods[*row].cdus = fault.cdus;
            claimed[*row] = 1;
        }
    }
    for (std::size_t row = 0; row < race.pods.size(); ++row) {
        auto& pods = race.pods[row];
        if (pods.faulty && !claimed[row]) { // repaired
            pods.cdus = 1.0;
            pods.group.live_racks += pods.racks_off;
            pods.racks_off = 0;
        }
    }
    copy_groups(race);
}

} // namespace aidc
