#include "sim/process/simulation.hpp"

#include "sim/process/book_hall.hpp"
#include "sim/process/granted.hpp"

#include "models/power/losses.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// What the pods of a hall that replay a trace draw more (or less) than by their contracts [W].
double replayed_more_W(Run const& run, Id<Hall> id, Busy const& busy)
{
    auto const& hall = run.buildout.halls[id.row];
    double more_W = 0.0;
    for (std::uint32_t p = 0; p < replayed_pods(run, id); ++p) {
        auto const& kind = run.buildout.kinds[hall.lines[0].kind.row];
        double const traced_W = run.world.traces[{trace_of(run, id)->first.row + p}] / kind.liquid_share;
        more_W += traced_W - hall.lines[0].racks_per_pod * mean_power_W(kind, busy.of(hall.lines[0].kind));
    }
    return more_W;
}

std::vector<HallLoad> hall_loads(Run const& run, Id<Building> building, Busy const& busy)
{
    std::vector<HallLoad> loads;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& hall = run.buildout.halls[h];
        if (hall.building != building) {
            continue;
        }
        auto const& state = run.world.halls[id<Hall>(h)];
        HallLoad load{.hall = &hall, .handed_over = state.handed_over};
        load.ups_units = hall.ups_group ? run.world.groups[hall.ups_group].commissioned : 0.0;
        for (std::size_t l = 0; l < state.lines.size(); ++l) {
            load.it_W += state.lines[l].live * mean_power_W(run.buildout.kinds[hall.lines[l].kind.row], busy.of(hall.lines[l].kind));
        }
        load.it_W += replayed_more_W(run, id<Hall>(h), busy);
        loads.push_back(load);
    }
    return loads;
}

/// Share of the live load of a building that is carried now: the same for all its halls.
double carried_share(Run const& run, Id<Building> building)
{
    auto const hall = std::ranges::find(run.buildout.halls, building, &Hall::building);
    return hall == run.buildout.halls.end()
               ? 1.0
               : run.world.halls[id<Hall>(static_cast<std::size_t>(hall - run.buildout.halls.begin()))].carried_share;
}

Flows touch_island(Run& run, Id<Building> building, Busy const& busy, double dt_s)
{
    auto const& b = run.buildout.buildings[building.row];
    auto const& campus = run.buildout.campuses[b.campus.row];
    auto const loads = hall_loads(run, building, busy);
    IslandInputs const inputs{.outdoors = run.world.climates[campus.climate].now,
                              .coolers_up = b.coolers ? run.world.groups[b.coolers].up : 0.0,
                              .busy = busy,
                              .carried_share = carried_share(run, building),
                              .groups = run.world.islands[building].groups,
                              .halls = loads,
                              .kinds = run.buildout.kinds,
                              .trace_W = {run.world.traces.begin(), run.world.traces.end()},
                              .integration =
                                  run.buildout.step <= ticks(longest_transient_s) ? Integration::transient : Integration::steady};
    auto& book = run.world.island_books.edit(building);
    Flows const flows = advance(b, inputs, book.state, dt_s);
    book.row += flows;
    book.total += flows;
    return flows;
}

/// What an island did in a fault window.
Flows book_island(Run& run, Id<Building> building, Flows const& flows)
{
    auto& book = run.world.island_books.edit(building);
    book.row += flows;
    book.total += flows;
    book.state.loop.reset(); // after the window loops begin in their steady state
    return flows;
}

/// Watts of a campus by where they come from.
struct Sources {
    double grid = 1.0, gensets{}, batteries{}; ///< Shares [-], 1 in all
    double charging_W{};
    double fuel_m3{}; ///< Burnt over the step
};

/// From the dispatch of an open fault window; else all from the grid.
Sources sources_of(CampusPower const& power, std::optional<RaceState> const& race)
{
    if (!race) {
        return {};
    }
    auto const sums = sums_of(power, race->power);
    double const all_W = sums.feed_W + sums.genset_W + sums.battery_W;
    if (all_W == 0.0) { // what still turns does so by its own inertia
        return {.grid = 0.0, .gensets = 0.0, .batteries = 1.0, .charging_W = 0.0, .fuel_m3 = race->power.fuel_m3};
    }
    return {.grid = sums.feed_W / all_W,
            .gensets = sums.genset_W / all_W,
            .batteries = sums.battery_W / all_W,
            .charging_W = sums.charging_W,
            .fuel_m3 = race->power.fuel_m3};
}

/// The top of the power chain: transformers that are in service share what the campus takes from the grid.
void add_supply(Run const& run, Campus const& campus, Sources const& from, double dt_s, Flows& flows)
{
    double const load_W = (flows.it_J + flows.ups_loss_J + flows.cooling_J() + flows.house_J) / dt_s + from.charging_W;
    double loss = 0.0;
    if (campus.transformers && run.world.groups[campus.transformers].up > 0.0 && from.grid > 0.0) {
        loss = shared_loss_W(campus.transformer, run.world.groups[campus.transformers].up, from.grid * load_W);
    }
    flows.transformer_loss_J = loss * dt_s;
    flows.genset_J = from.gensets * load_W * dt_s;
    flows.battery_J = from.batteries * load_W * dt_s;
    flows.charging_J = from.charging_W * dt_s;
    flows.import_J = (from.grid * load_W + loss) * dt_s;
    flows.fuel_m3 = from.fuel_m3;
}

/// Buildings of a campus over one interval; returns the share of the offered IT energy that was cut to keep chips cool.
double touch_buildings(Run& run, Id<Campus> campus, Busy const& busy, double dt_s)
{
    Flows sum;
    auto const& race = run.world.windows[campus].race;
    if (race) {
        step_window(run, campus, busy, dt_s);
        for (auto const& building : race->buildings) {
            sum += book_island(run, building.building, building.flows);
        }
    }
    for (std::size_t b = 0; b < run.buildout.buildings.size() && !race; ++b) {
        if (run.buildout.buildings[b].campus == campus) {
            sum += touch_island(run, id<Building>(b), busy, dt_s);
        }
    }
    auto const& air = run.world.climates[run.buildout.campuses[campus.row].climate].now;
    sum.seconds = dt_s;
    sum.dry_bulb_C_s = air.dry_bulb_C * dt_s;
    sum.wet_bulb_C_s = air.wet_bulb_C * dt_s;
    auto const& c = run.buildout.campuses[campus.row];
    add_supply(run, c, sources_of(c.power, race), dt_s, sum);
    auto& book = run.world.campus_books.edit(campus);
    book.row += sum;
    book.total += sum;
    double const offered_J = sum.it_J + sum.throttled_J;
    return offered_J > 0.0 ? sum.throttled_J / offered_J : 0.0;
}

/// Books one campus up to now.
void touch_one(Run& run, Id<Campus> campus)
{
    Tick const from = run.world.campus_books[campus].booked_to;
    Tick const to = run.now();
    if (from == to) {
        return;
    }
    double const dt_s = seconds(to - from);
    auto const uses = book_use(run, campus, from, to);
    std::vector<double> busy;
    for (auto const& use : uses) {
        busy.push_back(use.busy());
    }
    double const throttled = run.detail == Detail::operate ? touch_buildings(run, campus, Busy(busy), dt_s) : 0.0;
    book_halls(run, campus, uses, dt_s, throttled);
    auto& book = run.world.campus_books.edit(campus);
    book.throttled = throttled;
    book.booked_to = to;
}

} // namespace

void touch(Run& run, Id<Campus> campus)
{
    for (auto const other : run.served_with[campus.row]) {
        touch_one(run, other);
    }
}

void begin_rows(Run& run)
{
    for (std::size_t b = 0; b < run.buildout.buildings.size(); ++b) {
        run.world.island_books.edit(id<Building>(b)).row = {};
    }
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        run.world.campus_books.edit(id<Campus>(c)).row = {};
    }
    begin_use_rows(run);
    begin_pool_rows(run);
}

} // namespace aidc
