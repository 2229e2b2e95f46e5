#include "sim/process/simulation.hpp"

#include "sim/process/granted.hpp"

#include "models/demand/contract.hpp"
#include "models/power/losses.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Share of the live power of a campus that is sold, and the busy share of what is sold, over an interval.
struct Use {
    double sold{};
    double busy{};
};

Use use_of(Run const& run, Id<Campus> campus, Tick from, Tick to)
{
    auto const& state = run.world.campuses[campus];
    double busy_W = 0.0;
    for (std::size_t k = 0; k < state.sold_by_contract_W.size(); ++k) {
        if (state.sold_by_contract_W[k] > 0.0) {
            busy_W += state.sold_by_contract_W[k] * mean_busy(run.buildout.contracts[k].shape, from, to);
        }
    }
    return {.sold = state.live_W > 0.0 ? state.sold_W / state.live_W : 0.0, .busy = state.sold_W > 0.0 ? busy_W / state.sold_W : 0.0};
}

/// Positions in (live, planned] by their set of unmet terms; each slice also to the heads that hold its terms.
void book_not_live(HallState const& state, double dt_s, HallBooks& books)
{
    double const missing_W = state.planned_W - state.live_W;
    double const per_W = (state.planned_accelerators - state.live_accelerators) / missing_W;
    auto usable_W = state.term_W;
    for (auto& term_W : usable_W) {
        double const units = state.next_unit_W > 0.0 ? std::floor((term_W - state.live_W) / state.next_unit_W * (1.0 + 1e-12)) : 0.0;
        term_W = std::min(term_W, state.live_W + std::max(0.0, units) * state.next_unit_W);
    }
    cut_by_terms(state.live_W, state.planned_W, usable_W, [&](TermSet unmet, double it_W) {
        double const accelerator_s = it_W * per_W * dt_s;
        add_not_live(books, unmet, accelerator_s, it_W * dt_s);
        int const unmet_terms = std::popcount(unmet);
        for (auto const& term : terms) {
            if (unmet & bit(term.term)) {
                add_waited(books, term.term, state.waits_on[index(term.term)], accelerator_s / unmet_terms);
            }
        }
    });
}

/// Mean share of the hall's live accelerators under repair.
double failed_share(Run const& run, Hall const& hall, HallState const& state)
{
    double failed = 0.0;
    for (std::size_t l = 0; l < state.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        failed += static_cast<double>(state.lines[l].live) * accelerators(kind) * repair_share(kind);
    }
    return state.live_accelerators > 0.0 ? failed / state.live_accelerators : 0.0;
}

/// What live accelerators of a hall lost: shares of them, one reason each.
struct Losses {
    double grid{};      ///< No power for want of the grid
    double plant{};     ///< No power for another reason
    double tripped{};   ///< Tripped, or on their way back
    double shed{};      ///< Of the power of those that are left
    double throttled{}; ///< Of the power of those that are left after shedding
};

/// Losses of a hall in steady operation, with all that is fed alike.
Losses steady_losses(HallState const& state, double throttled)
{
    return {
        .grid = 1.0 - state.fed_share, .plant = state.fed_share - state.carried_share, .tripped = 0.0, .shed = 0.0, .throttled = throttled};
}

/// The same in a fault window, whose shares are of everything live.
Losses window_losses(HallLoss const& loss)
{
    double const works = 1.0 - loss.dark - loss.tripped;
    double const shed = works > 0.0 ? std::min(1.0, loss.shed / works) : 0.0;
    double const left = works * (1.0 - shed);
    return {.grid = loss.by_grid ? loss.dark : 0.0,
            .plant = loss.by_grid ? 0.0 : loss.dark,
            .tripped = loss.tripped,
            .shed = shed,
            .throttled = left > 0.0 ? std::min(1.0, loss.throttled / left) : 0.0};
}

/// Live hours, one state each, by rank: no power > tripped > failed > shed > throttled > unsold > idle > useful.
void book_live(HallState const& state, double dt_s, double failed, Losses const& lost, Use const& use, HallBooks& books)
{
    auto& by = books.live_accelerator_s;
    double const accelerator_s = state.live_accelerators * dt_s;
    double const carried_s = accelerator_s * (1.0 - lost.grid - lost.plant - lost.tripped);
    double const up_s = carried_s * (1.0 - failed);
    double const running_s = up_s * (1.0 - lost.shed) * (1.0 - lost.throttled);
    by[index(Cause::grid_outage)] += accelerator_s * lost.grid;
    by[index(Cause::plant_outage)] += accelerator_s * lost.plant;
    by[index(Cause::tripped)] += accelerator_s * lost.tripped;
    by[index(Cause::failed)] += carried_s * failed;
    by[index(Cause::shed)] += up_s * lost.shed;
    by[index(Cause::throttled)] += up_s * (1.0 - lost.shed) * lost.throttled;
    by[index(Cause::unsold)] += running_s * (1.0 - use.sold);
    by[index(Cause::idle)] += running_s * use.sold * (1.0 - use.busy);
    by[index(Cause::useful)] += running_s * use.sold * use.busy;
}

/// Work since the last checkpoint that racks lose when they stop: on average half of what lies between two; useful hours become
/// lost ones.
void roll_back(Run const& run, Id<Hall> id, Use const& use, HallBooks& books)
{
    auto const campus = run.buildout.halls[id.row].campus;
    auto const& stopped = run.world.windows[campus].stopped;
    if (stopped.empty() || stopped[id.row] == 0.0) {
        return;
    }
    auto& by = books.live_accelerator_s;
    double const lost_s = 0.5 * run.buildout.campuses[campus.row].power.checkpoint_s * stopped[id.row] * use.sold * use.busy;
    double const moved_s = std::min<double>(lost_s, by[index(Cause::useful)]);
    by[index(Cause::useful)] += -moved_s;
    by[index(Cause::rolled_back)] += moved_s;
}

void touch_hall(Run& run, Id<Hall> id, double dt_s, Use const& use, double throttled)
{
    auto const& state = run.world.halls[id];
    auto& books = run.world.ledger.edit(id);
    bool const behind = state.planned_W > state.live_W;
    books.planned_or_live_accelerator_s += (behind ? state.planned_accelerators : state.live_accelerators) * dt_s;
    books.planned_or_live_J += std::max(state.planned_W, state.live_W) * dt_s;
    books.live_J += state.live_W * dt_s;
    if (behind) {
        book_not_live(state, dt_s, books);
    }
    else {
        books.ahead_accelerator_s += std::max(0.0, state.live_accelerators - state.planned_accelerators) * dt_s;
    }
    auto const& hall = run.buildout.halls[id.row];
    auto const& window = run.world.windows[hall.campus];
    auto const lost = window.race ? window_losses(window.race->losses[id.row]) : steady_losses(state, throttled);
    book_live(state, dt_s, failed_share(run, hall, state), lost, use, books);
    if (window.race) {
        roll_back(run, id, use, books);
    }
}

/// What the pods of a hall that replay a trace draw more (or less) than by their contracts [W].
double replayed_more_W(Run const& run, Id<Hall> id, double busy)
{
    auto const& hall = run.buildout.halls[id.row];
    double more_W = 0.0;
    for (std::uint32_t p = 0; p < replayed_pods(run, id); ++p) {
        auto const& kind = run.buildout.kinds[hall.lines[0].kind.row];
        double const traced_W = run.world.traces[{trace_of(run, id)->first.row + p}] / kind.liquid_share;
        more_W += traced_W - hall.lines[0].racks_per_pod * mean_power_W(kind, busy);
    }
    return more_W;
}

std::vector<HallLoad> hall_loads(Run const& run, Id<Building> building, double busy)
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
            load.it_W += state.lines[l].live * mean_power_W(run.buildout.kinds[hall.lines[l].kind.row], busy);
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

Flows touch_island(Run& run, Id<Building> building, double busy, double dt_s)
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
double touch_buildings(Run& run, Id<Campus> campus, double busy, double dt_s)
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

} // namespace

void touch(Run& run, Id<Campus> campus)
{
    Tick const from = run.world.campus_books[campus].booked_to;
    Tick const to = run.now();
    if (from == to) {
        return;
    }
    double const dt_s = seconds(to - from);
    Use const use = use_of(run, campus, from, to);
    double const throttled = run.detail == Detail::operate ? touch_buildings(run, campus, use.sold * use.busy, dt_s) : 0.0;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        if (run.buildout.halls[h].campus == campus) {
            touch_hall(run, id<Hall>(h), dt_s, use, throttled);
        }
    }
    run.world.campus_books.edit(campus).booked_to = to;
}

void begin_rows(Run& run)
{
    for (std::size_t b = 0; b < run.buildout.buildings.size(); ++b) {
        run.world.island_books.edit(id<Building>(b)).row = {};
    }
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        run.world.campus_books.edit(id<Campus>(c)).row = {};
    }
}

} // namespace aidc
