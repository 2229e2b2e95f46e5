#include "sim/process/simulation.hpp"

#include <fmt/format.h>

namespace aidc {
namespace {

/// Classes of a line: ours (with what is queued ahead of us) and the other customers'.
constexpr std::size_t our_class = 0;

void reach_dock(Run& run, Id<Lot> id)
{
    auto const& lot = run.buildout.lots[id.row];
    auto const& order = run.buildout.orders[lot.order.row];
    auto const stock = stock_of(run.buildout, order.campus, run.buildout.makers[order.maker.row].item);
    open_for_change(run, order.campus);
    run.world.lots.edit(id).dock = run.now();
    auto& received = run.world.received.edit(stock);
    received.units += lot.units;
    received.last_lot = id;
    run.signals.stock[stock.row].notify(run.sim, Phase::arrival);
    note(run, EventKind::lot_on_dock, order.name, lot.units);
}

} // namespace

Story fulfil(Run& run, Id<Lot> id)
{
    auto const& lot = run.buildout.lots[id.row];
    auto const& order = run.buildout.orders[lot.order.row];
    auto const& maker = run.buildout.makers[order.maker.row];
    auto const name = fmt::format("{}#{}", order.name, lot.number);

    co_await until(run.sim, order.placed, Phase::arrival);
    run.world.lots.edit(id).placed = run.now();
    note(run, EventKind::lot_placed, order.name, lot.units);
    if (maker.quoted()) {
        double const lead_s = draw_s(run, maker.lead, order.name, "lead") + lot.number * maker.ship_every_s;
        co_await until(run.sim, run.now() + ticks(lead_s), Phase::arrival);
    }
    else {
        Signal made;
        run.lines[order.maker.row]->enqueue(our_class, lot.units, [&run, &made] { made.notify(run.sim, Phase::arrival); });
        co_await made.wait();
        co_await until(run.sim, run.now() + ticks(draw_s(run, maker.lead, name, "touch")), Phase::arrival);
    }
    run.world.lots.edit(id).made = run.now();
    Tick const leaves = maker.quoted() ? run.now() : ship_day(maker, run.now());
    if (leaves > run.now()) {
        co_await until(run.sim, leaves, Phase::arrival);
    }
    run.world.lots.edit(id).shipped = run.now();
    co_await until(run.sim, run.now() + ticks(draw_s(run, maker.transit, name, "transit")), Phase::arrival);
    run.world.lots.edit(id).arrived = run.now();
    while (auto const* const shock = holding_shock(run.shocks(), maker.item, run.now())) {
        note(run, EventKind::lot_held, order.name, lot.units);
        if (shock->until == never) {
            co_await run.signals.never.wait();
        }
        co_await until(run.sim, shock->until + ticks(draw_s(run, shock->release, name, "release")), Phase::arrival);
    }
    reach_dock(run, id);
}

} // namespace aidc
