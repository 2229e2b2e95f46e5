#include "sim/process/simulation.hpp"

#include "sim/process/use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double longest_rest_s = 3600.0; // even while nothing moves a window looks at itself
constexpr double no_limit_W = 1e15;       // of an import without a cap

RaceSite site_of(Run const& run, Id<Campus> campus)
{
    auto const& b = run.buildout;
    return {.campus = campus,
            .power = b.campuses[campus.row].power,
            .buildings = b.buildings,
            .halls = b.halls,
            .kinds = b.kinds,
            .groups = b.groups};
}

std::vector<double> commissioned(Run const& run)
{
    std::vector<double> units;
    for (auto const& group : run.world.groups) {
        units.push_back(group.commissioned);
    }
    return units;
}

std::vector<LiveLine> live_lines(Run const& run, Id<Campus> campus)
{
    std::vector<LiveLine> lines;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& state = run.world.halls[id<Hall>(h)];
        for (std::size_t l = 0; run.buildout.halls[h].campus == campus && l < state.lines.size(); ++l) {
            if (state.lines[l].live > 0) {
                lines.push_back({.hall = id<Hall>(h), .line = static_cast<std::uint32_t>(l), .racks = state.lines[l].live});
            }
        }
    }
    return lines;
}

/// What chance decides about the sets of a genset node: the same for every window that gives this order to start.
GensetDraws genset_draws(Run const& run, Id<Campus> campus, Tick began)
{
    return [&run, campus, began](std::uint32_t node, std::uint32_t order, std::size_t sets) {
        auto const& c = run.buildout.campuses[campus.row];
        std::vector<GensetDraw> draws;
        for (std::size_t i = 0; i < sets; ++i) {
            auto const name = fmt::format("{}/{}#{}", c.name, c.power.chain.nodes[node].name, i);
            auto const u = [&](char const* purpose) {
                return run.streams.uniform(name, purpose, (static_cast<std::uint64_t>(began) << 8U) + order);
            };
            draws.push_back(draw_genset(c.power.gensets, u("start"), u("ready"), u("run")));
        }
        return draws;
    };
}

/// Everything of a race's inputs that needs a place to live.
struct Seen {
    Health health;
    std::vector<double> trace_W;
    GensetDraws draws;
    RaceInputs inputs;
};

void see(Run const& run, Id<Campus> campus, std::span<DownUnit const> down, Busy const& busy, Seen& seen)
{
    auto const& window = run.world.windows[campus];
    seen.health = health_of(site_of(run, campus), commissioned(run), down);
    seen.trace_W.assign(run.world.traces.begin(), run.world.traces.end());
    seen.draws = genset_draws(run, campus, window.began);
    seen.inputs = {.outdoors = run.world.climates[run.buildout.campuses[campus.row].climate].now,
                   .busy = busy,
                   .trace_W = seen.trace_W,
                   .import_W = import_now_W(run, campus),
                   .units_up = seen.health.units_up,
                   .up = seen.health.up,
                   .faults = seen.health.faults,
                   .draws = &seen.draws};
}

/// Looks at the window again after what its race asks for.
void look_again(Run& run, Id<Campus> campus)
{
    auto& window = run.world.windows.edit(campus);
    double const step_s = std::min(race_step_s(site_of(run, campus), *window.race), longest_rest_s);
    window.next = run.now() + std::max<Tick>(1, ticks(step_s));
    run.sim.at(window.next, Phase::environment, [&run, campus, due = window.next] {
        auto const& now = run.world.windows[campus];
        if (!now.race || now.next != due) {
            return; // woken meanwhile
        }
        touch(run, campus);
        place_loads(run, campus);
        if (is_over(site_of(run, campus), *now.race)) {
            note(run, EventKind::window_closed, run.buildout.campuses[campus.row].name, seconds(run.now() - now.began));
            open_for_change(run, campus);
            run.world.windows.edit(campus).race.reset();
            return;
        }
        look_again(run, campus);
    });
}

/// Notes what one step has changed.
class Changes {
  public:
    Changes(Run& run, Id<Campus> campus, RaceState const& before) : run_(run), campus_(campus), before_(before) {}

    void note_all()
    {
        auto const& now = *run_.world.windows[campus_].race;
        for (std::size_t l = 0; l < now.power.loads.size(); ++l) {
            load(before_.power.loads[l], now.power.loads[l], run_.buildout.campuses[campus_.row].power.chain.loads[l].name);
        }
        for (std::size_t n = 0; n < now.power.nodes.size(); ++n) {
            node(before_.power.nodes[n], now.power.nodes[n], run_.buildout.campuses[campus_.row].power.chain.nodes[n]);
        }
        for (std::size_t p = 0; p < std::min(before_.pods.size(), now.pods.size()); ++p) {
            pods(before_.pods[p], now.pods[p]);
        }
        for (std::size_t b = 0; b < now.buildings.size(); ++b) {
            machines(before_.buildings[b], now.buildings[b]);
        }
    }

  private:
    void say(WindowChange what, std::string_view who, double amount)
    {
        run_.observer.window_event(
            {.window = run_.world.windows[campus_].number, .at = run_.now(), .what = what, .who = who, .amount = amount});
    }

    void load(LoadService const& before, LoadService const& now, std::string_view name)
    {
        if (before.served != now.served) {
            say(now.served ? WindowChange::power_back : WindowChange::power_lost, name, 1.0);
        }
        if (before.on_battery != now.on_battery) {
            say(now.on_battery ? WindowChange::on_battery : WindowChange::off_battery, name, 1.0);
        }
        if ((before.cap == 1.0) != (now.cap == 1.0) || (now.cap < before.cap)) {
            say(now.cap < before.cap ? WindowChange::capped : WindowChange::uncapped, name, now.cap);
        }
    }

    void node(NodeState const& before, NodeState const& now, PowerNode const& node)
    {
        auto const& law = run_.buildout.campuses[campus_.row].power.gensets;
        using Phase = GensetState::Phase;
        if (before.charge > 0.0 && now.charge == 0.0) {
            say(WindowChange::battery_empty, node.name, 0.0);
        }
        if (node.kind != PowerNode::Kind::genset) {
            return;
        }
        if (now.orders > before.orders) {
            say(WindowChange::start_ordered, node.name, static_cast<double>(now.gensets.draws.size()));
        }
        double const sets_before = before.gensets.phase == Phase::running ? sets_online(law, before.gensets) : 0.0;
        double const sets = now.gensets.phase == Phase::running ? sets_online(law, now.gensets) : 0.0;
        if (sets != sets_before) {
            say(WindowChange::sets_on_bus, node.name, sets);
        }
        if (before.gensets.phase == Phase::running && now.gensets.phase == Phase::standby) {
            say(WindowChange::standing_by, node.name, 0.0);
        }
        if (before.gensets.fuel > 0.0 && now.gensets.fuel == 0.0) {
            say(WindowChange::tank_empty, node.name, 0.0);
        }
    }

    void pods(RacePods const& before, RacePods const& now)
    {
        double const racks = static_cast<double>(now.group.pods) * now.group.live_racks;
        auto const& hall = run_.buildout.halls[now.hall.row].name;
        if (now.tripped && !before.tripped) {
            say(WindowChange::tripped, hall, racks);
        }
        if (is_live(now) && !is_live(before)) {
            say(WindowChange::booted, hall, racks);
        }
    }

    void machines(RaceBuilding const& before, RaceBuilding const& now)
    {
        for (std::size_t m = 0; m < machine_count; ++m) {
            auto const who = fmt::format("{}/{}", run_.buildout.buildings[now.building.row].name, machine_names[m]);
            if (before.machines[m].powered_s > 0.0 && now.machines[m].powered_s == 0.0) {
                say(WindowChange::machine_stops, who, 0.0);
            }
            if (before.machines[m].share < 1.0 && now.machines[m].share == 1.0) {
                say(WindowChange::machine_starts, who, 1.0);
            }
        }
    }

    Run& run_;
    Id<Campus> campus_;
    RaceState const& before_;
};

/// Accelerators of racks that were at work and are not any more, by hall.
std::vector<double> stopped_accelerators(Run const& run, RaceState const& before, RaceState const& now)
{
    std::vector<double> stopped(run.buildout.halls.size(), 0.0);
    for (std::size_t p = 0; p < std::min(before.pods.size(), now.pods.size()); ++p) {
        auto const works = [](RaceState const& race, RacePods const& pods) {
            return is_live(pods) && race.power.loads[pods.load].cap > 0.0;
        };
        if (works(before, before.pods[p]) && !works(now, now.pods[p])) {
            auto const& group = now.pods[p].group;
            stopped[now.pods[p].hall.row] +=
                before.pods[p].ramp * group.pods * group.live_racks * accelerators(run.buildout.kinds[group.kind.row]);
        }
    }
    std::vector<double> isolated(run.buildout.halls.size(), 0.0); // more than before
    auto const add_isolated = [&](RaceState const& race, double sign) {
        for (auto const& pods : race.pods) {
            isolated[pods.hall.row] += sign * pods.group.pods * pods.racks_off * accelerators(run.buildout.kinds[pods.group.kind.row]);
        }
    };
    add_isolated(now, 1.0);
    add_isolated(before, -1.0);
    for (std::size_t h = 0; h < stopped.size(); ++h) {
        stopped[h] += std::max(0.0, isolated[h]);
    }
    return stopped;
}

} // namespace

double import_now_W(Run const& run, Id<Campus> campus)
{
    auto const& given = run.world.campus_grants[campus];
    double import_W = given.firm_W + given.on_site_W + (run.world.grids[campus].curtailed ? 0.0 : given.non_firm_W);
    for (std::size_t f = 0; f < run.buildout.faults.size(); ++f) {
        auto const& fault = run.buildout.faults[f];
        bool const caps = fault.kind == Fault::Kind::import_cap && fault.campus == campus && run.world.faults[id<Fault>(f)].active;
        import_W = caps ? std::min(import_W, fault.import_W) : import_W;
    }
    return import_W;
}

void watch(Run& run, Id<Campus> campus)
{
    auto const& power = run.buildout.campuses[campus.row].power;
    if (run.detail != Detail::operate || run.draws == Draws::median || power.chain.loads.empty()) {
        return;
    }
    auto& window = run.world.windows.edit(campus);
    auto const& down = run.world.down[campus].units;
    double const import_W = import_now_W(run, campus);
    // More import is no fault, and a curtailment of what racks went live on is booked without a window, pro rata.
    bool const capped = import_W < window.seen_import_W && !run.world.grids[campus].curtailed;
    bool const changed = down != window.seen || capped;
    if (window.race) {
        set_lines(site_of(run, campus), live_lines(run, campus), *window.race);
        if (changed || import_W != window.seen_import_W) {
            wake(*window.race);
            look_again(run, campus);
        }
    }
    else if (changed && (capped || !within_spares(site_of(run, campus), down)) && run.world.campuses[campus].live_W > 0.0) {
        window.number = run.windows++;
        window.began = run.now();
        Seen before;
        auto const busy = busy_now(run, campus);
        see(run, campus, window.seen, Busy(busy), before);
        before.inputs.import_W = std::min(no_limit_W, std::max(import_W, window.seen_import_W));
        window.race = begin_race(site_of(run, campus), before.inputs, live_lines(run, campus));
        note(run, EventKind::window_opened, run.buildout.campuses[campus.row].name, window.number);
        look_again(run, campus);
    }
    window.seen = down;
    window.seen_import_W = import_W;
}

void step_window(Run& run, Id<Campus> campus, Busy const& busy, double dt_s)
{
    auto& window = run.world.windows.edit(campus);
    Seen now;
    see(run, campus, run.world.down[campus].units, busy, now);
    RaceState const before = *window.race;
    step_race(site_of(run, campus), now.inputs, *window.race, dt_s);
    ++window.steps;
    window.stopped = stopped_accelerators(run, before, *window.race);
    Changes(run, campus, before).note_all();
    run.observer.window({.window = window.number,
                         .campus = campus,
                         .began = window.began,
                         .at = run.now(),
                         .now = sums_of(site_of(run, campus), *window.race)});
}

} // namespace aidc
