#include "sim/process/book_hall.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

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

/// Live hours of one line of racks, one state each, by rank: no power > tripped > failed > shed > throttled > unsold > unallocated > idle >
/// overhead > useful.
void book_line(double accelerator_s, double failed, Losses const& lost, Use const& use, PerCause<Sum>& by, PerRung<double>& rungs)
{
    double const carried_s = accelerator_s * (1.0 - lost.grid - lost.plant - lost.tripped);
    double const up_s = carried_s * (1.0 - failed);
    double const fed_s = up_s * (1.0 - lost.shed) * (1.0 - use.withheld);
    double const working_s = fed_s * (1.0 - lost.throttled);
    double const sold_s = working_s * use.sold;
    double const allocated_s = sold_s * use.of_sold.allocated;
    double const busy_s = allocated_s * use.of_sold.busy;
    by[index(Cause::grid_outage)] += accelerator_s * lost.grid;
    by[index(Cause::plant_outage)] += accelerator_s * lost.plant;
    by[index(Cause::tripped)] += accelerator_s * lost.tripped;
    by[index(Cause::failed)] += carried_s * failed;
    by[index(Cause::shed)] += up_s - fed_s;
    by[index(Cause::throttled)] += fed_s * lost.throttled;
    by[index(Cause::unsold)] += working_s * (1.0 - use.sold);
    by[index(Cause::unallocated)] += sold_s * (1.0 - use.of_sold.allocated);
    by[index(Cause::idle)] += allocated_s * (1.0 - use.of_sold.busy);
    by[index(Cause::overhead)] += busy_s * (1.0 - use.of_sold.productive);
    by[index(Cause::useful)] += busy_s * use.of_sold.productive;
    rungs[index(Rung::live)] += accelerator_s;
    rungs[index(Rung::working)] += working_s;
    rungs[index(Rung::sold)] += sold_s;
    rungs[index(Rung::allocated)] += allocated_s;
    rungs[index(Rung::busy)] += busy_s;
    rungs[index(Rung::productive)] += busy_s * use.of_sold.productive;
}

/// Planned and ready accelerators of each line: ready watts stand on live racks first, then on those to come, line after line.
void book_positions(Run const& run, Hall const& hall, HallState const& state, double dt_s, std::span<PerRung<double>> by_line)
{
    double left_W = std::max(0.0, ready_W(state) - state.live_W);
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        LineState const line = l < state.lines.size() ? state.lines[l] : LineState{};
        double const planned = std::max(line.live, hall.lines[l].racks - std::min(hall.lines[l].racks, line.retired));
        double const more = std::min(planned - line.live, left_W / budget_W(kind));
        left_W -= more * budget_W(kind);
        by_line[l][index(Rung::design)] += planned * accelerators(kind) * dt_s;
        by_line[l][index(Rung::ready)] += (line.live + more) * accelerators(kind) * dt_s;
    }
}

/// Moves useful hours of a hall to those that were rolled back, as many as there are; returns how many.
double move_back(HallBooks& books, double lost_s)
{
    auto& by = books.live_accelerator_s;
    double const moved_s = std::min<double>(lost_s, by[index(Cause::useful)]);
    by[index(Cause::useful)] += -moved_s;
    by[index(Cause::rolled_back)] += moved_s;
    return moved_s;
}

/// Share of the working accelerators of a pool that customers keep busy by their daily course, now [-].
double busy_by_course(Run const& run, Id<Pool> id)
{
    auto const& pool = run.buildout.pools[id.row];
    double const units = run.world.pools[id].units;
    double busy = 0.0;
    for (std::size_t k = 0; k < run.buildout.contracts.size() && units > 0.0; ++k) {
        auto const& contract = run.buildout.contracts[k];
        if (contract.campus == pool.campus && contract.load == Load::course) {
            double const has = run.world.loads[aidc::id<Contract>(k)].by_kind[pool.kind.row] / units;
            busy += has * contract.rack_up.mature * mean_busy(contract.shape, run.now(), run.now() + 1);
        }
    }
    return busy;
}

/// Work since the last checkpoint that customers' racks lose when they stop: on average half of what lies between two. Queues of jobs know
/// theirs.
void roll_back_courses(Run const& run, Id<Hall> id, HallBooks& books)
{
    auto const& hall = run.buildout.halls[id.row];
    auto const& state = run.world.halls[id];
    auto const& stopped = run.world.windows[hall.campus].stopped;
    if (stopped.empty() || stopped[id.row] == 0.0 || state.live_accelerators == 0.0) {
        return;
    }
    double share = 0.0; // of the hall's live accelerators
    for (std::size_t l = 0; l < state.lines.size(); ++l) {
        double const live = static_cast<double>(state.lines[l].live) * accelerators(run.buildout.kinds[hall.lines[l].kind.row]);
        share += live / state.live_accelerators * busy_by_course(run, pool_of(run.buildout, hall.campus, hall.lines[l].kind));
    }
    move_back(books, 0.5 * run.buildout.campuses[hall.campus.row].power.checkpoint_s * stopped[id.row] * share);
}

/// Work that jobs on a pool have lost, from the halls of its kind in proportion to their useful hours; what they do not have is kept for
/// later.
void roll_back_jobs(Run& run, Id<Pool> id, double lost_s)
{
    auto const& pool = run.buildout.pools[id.row];
    std::vector<std::pair<Id<Hall>, double>> useful;
    double all_s = 0.0;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& hall = run.buildout.halls[h];
        if (hall.campus == pool.campus && std::ranges::find(hall.lines, pool.kind, &RackLine::kind) != hall.lines.end()) {
            useful.emplace_back(aidc::id<Hall>(h), run.world.ledger[aidc::id<Hall>(h)].live_accelerator_s[index(Cause::useful)]);
            all_s += useful.back().second;
        }
    }
    auto& books = run.world.pool_books.edit(id);
    books.all_rolled_back_s += lost_s;
    double const due_s = books.rolled_back_s + lost_s;
    double left_s = due_s;
    for (auto const& [hall, useful_s] : useful) {
        left_s -= all_s > 0.0 ? move_back(run.world.ledger.edit(hall), due_s * useful_s / all_s) : 0.0;
    }
    books.rolled_back_s = std::max(0.0, left_s);
}

/// One hall over an interval.
void book_hall(Run& run, Id<Hall> id, std::span<Use const> uses, double dt_s, double throttled)
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
    std::vector<PerRung<double>> by_line(hall.lines.size());
    book_positions(run, hall, state, dt_s, by_line);
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        double const live = l < state.lines.size() ? static_cast<double>(state.lines[l].live) * accelerators(kind) : 0.0;
        book_line(live * dt_s, repair_share(kind), lost, uses[hall.lines[l].kind.row], books.live_accelerator_s, by_line[l]);
        auto& pool = run.world.pool_books.edit(pool_of(run.buildout, hall.campus, hall.lines[l].kind));
        for (std::size_t r = 0; r < rung_count; ++r) {
            pool.row[r] += by_line[l][r];
            pool.total[r] += by_line[l][r];
        }
    }
    if (window.race) {
        roll_back_courses(run, id, books);
    }
}

} // namespace

void book_halls(Run& run, Id<Campus> campus, std::span<Use const> uses, double dt_s, double throttled)
{
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        if (run.buildout.halls[h].campus == campus) {
            book_hall(run, id<Hall>(h), uses, dt_s, throttled);
        }
    }
    for (std::size_t p = 0; p < run.buildout.pools.size(); ++p) {
        auto const& pool = run.buildout.pools[p];
        if (pool.campus == campus && (uses[pool.kind.row].rolled_back_s > 0.0 || run.world.pool_books[id<Pool>(p)].rolled_back_s > 0.0)) {
            roll_back_jobs(run, id<Pool>(p), uses[pool.kind.row].rolled_back_s);
        }
    }
}

void begin_pool_rows(Run& run)
{
    for (std::size_t p = 0; p < run.buildout.pools.size(); ++p) {
        run.world.pool_books.edit(id<Pool>(p)).row = {};
    }
}

} // namespace aidc
