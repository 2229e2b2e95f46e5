#include "sim/process/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Classes of a line: ours first, with what is queued ahead of us, then the other customers'.
constexpr std::size_t our_class = 0;

/// A lot with everything that a story asks about it.
struct OfLot {
    Lot const& lot;
    Order const& order;
    Maker const& maker;
    Shipment shipment;
};

OfLot look_up(Buildout const& b, Id<Lot> id)
{
    auto const& lot = b.lots[id.row];
    auto const& order = b.orders[lot.order.row];
    auto const& maker = b.makers[order.maker.row];
    return {.lot = lot,
            .order = order,
            .maker = maker,
            .shipment = {
                .id = order.maker, .maker = &maker, .region = order.campus ? b.campuses[order.campus.row].region : std::string_view{}}};
}

/// Is an order placed at all? An option looks at the order it watches.
bool is_exercised(Run const& run, Order const& order)
{
    if (!order.option) {
        return true;
    }
    auto const& watched = run.buildout.orders[order.option->watched.row];
    return run.world.delivered[order.option->watched].units < order.option->on_dock_below * watched.units * (1.0 - 1e-12);
}

void place(Run& run, Id<Lot> id, OfLot const& of)
{
    auto& dates = run.world.lots.edit(id);
    dates.placed = run.now();
    bool const pays = !of.order.part_of; // parts are in the price of what is made of them
    dates.paid = pays ? of.lot.units * of.maker.unit_price * price_factor(run.shocks, of.shipment, run.now()) : 0.0;
    note(run, EventKind::lot_placed, of.order.name, of.lot.units);
}

/// First date at which the maker may make lots for us.
Tick qualified(Run const& run, Maker const& maker)
{
    return maker.qualified_from ? *maker.qualified_from + ticks(draw_s(run, maker.qualification, maker.name, "qualification")) : 0;
}

/// Units of a part that must have come before a lot is begun: those of all lots up to it.
double parts_needed(OfLot const& of, Part const& part) { return (of.lot.number * of.maker.lot_units + of.lot.units) * part.units; }

bool is_there(Run const& run, Id<Order> parts, double units) { return run.world.delivered[parts].units >= units * (1.0 - 1e-9); }

/// What came last of the parts of a lot, when it came after the lot was placed and qualified.
void note_supplied(Run& run, Id<Lot> id, Id<Lot> last_part)
{
    auto& dates = run.world.lots.edit(id);
    dates.supplied = run.now();
    dates.last_part = last_part;
}

/// Making of a lot on a line: what `co_await` of it waits for.
struct Making {
    Signal done;
    bool ended = false;
    bool cancelled = false; ///< Its order was cancelled first
    std::uint64_t job{};
};

void end(Run& run, Making& making, bool cancelled)
{
    making.ended = true;
    making.cancelled = cancelled;
    making.done.notify(run.sim, Phase::arrival);
}

/// \param making  Stays where it is until it has ended
void begin_making(Run& run, OfLot const& of, Making& making)
{
    if (of.order.cancelled <= run.now()) {
        making = {.done = {}, .ended = true, .cancelled = true};
        return;
    }
    auto const done = [&run, &making] { end(run, making, false); };
    making.job = run.lines[of.order.maker.row]->enqueue(our_class, of.lot.units, done, of.order.priority);
    if (of.order.cancelled != never) {
        // A number, as `making` may be gone by then: a job that was made is not withdrawn.
        run.sim.at(of.order.cancelled, Phase::failure, [&run, &making, job = making.job, maker = of.order.maker] {
            if (run.lines[maker.row]->withdraw(job)) {
                end(run, making, true);
            }
        });
    }
}

/// Quoted lead time of a lot; drawn again after a decommitment.
double quoted_s(Run const& run, OfLot const& of, std::uint32_t decommits)
{
    return draw_s(run, of.maker.lead, of.order.name, "lead", decommits) + of.lot.number * of.maker.ship_every_s;
}

void take_back(Run& run, Id<Lot> id, OfLot const& of)
{
    run.world.lots.edit(id).paid = 0.0;
    note(run, EventKind::lot_cancelled, of.order.name, of.lot.units);
}

/// Is a lot that is due given to somebody else? Once at most.
bool is_decommitted(Run& run, Id<Lot> id, OfLot const& of, std::string const& name)
{
    if (run.world.lots[id].decommits > 0 || !happens(run, of.maker.decommit_probability, name, "decommit", 0)) {
        return false;
    }
    ++run.world.lots.edit(id).decommits;
    note(run, EventKind::lot_decommitted, of.order.name, of.lot.units);
    return true;
}

double transit_s(Run const& run, OfLot const& of, std::string const& name)
{
    double sum_s = draw_s(run, of.maker.transit, name, "transit");
    for (auto const& shock : run.shocks) {
        if (hits(shock, of.shipment, run.now())) {
            sum_s += draw_s(run, shock.delay, name, "delay");
        }
    }
    return sum_s;
}

/// Does the quota of a shock let a lot pass now? If not, `next` is when the next period begins.
bool passes_quota(Run& run, Shock const& shock, double units, Tick& next)
{
    auto const row = static_cast<std::size_t>(&shock - run.shocks.data());
    auto& quota = run.world.quotas.edit(id<Shock>(row));
    Tick const length = ticks(shock.quota_period_s);
    auto const period = (run.now() - shock.from) / length;
    if (period != quota.period) {
        quota = {.period = period, .units = 0.0};
    }
    next = std::min(shock.until, shock.from + (period + 1) * length);
    if (quota.units > 0.0 && quota.units + units > shock.quota_units * (1.0 + 1e-9)) {
        return false;
    }
    quota.units += units; // a lot larger than the quota passes alone
    return true;
}

/// When a lot at the border may try again; none when it may pass.
std::optional<Tick> at_the_border(Run& run, OfLot const& of, std::string const& name, bool& licensed)
{
    if (auto const* const shock = licensed ? nullptr : holding_shock(run.shocks, of.shipment, run.now())) {
        licensed = shock->licence.has_value();
        if (licensed) {
            return run.now() + ticks(draw_s(run, *shock->licence, name, "licence"));
        }
        return shock->until == never ? never : shock->until + ticks(draw_s(run, shock->release, name, "release"));
    }
    Tick next = never;
    auto const* const shock = quota_shock(run.shocks, of.shipment, run.now());
    if (shock == nullptr || passes_quota(run, *shock, of.lot.units, next)) {
        return {};
    }
    return next;
}

void reach_dock(Run& run, Id<Lot> id, OfLot const& of)
{
    auto& dates = run.world.lots.edit(id);
    dates.dock = run.now();
    dates.tariff = dates.paid * tariff(run.shocks, of.shipment, run.now());
    auto& delivered = run.world.delivered.edit(of.lot.order);
    delivered.units += of.lot.units;
    delivered.last_lot = id;
    if (of.order.part_of) {
        run.signals.delivered[of.lot.order.row].notify(run.sim, Phase::arrival);
        return;
    }
    auto const stock = stock_of(run.buildout, of.order.campus, of.maker.item);
    auto& received = run.world.received.edit(stock);
    received.units += of.lot.units;
    received.last_lot = id;
    wake_first(run, run.world.taken[stock].waiting, Phase::arrival);
    note(run, EventKind::lot_on_dock, of.order.name, of.lot.units);
}

} // namespace

Story fulfil(Run& run, Id<Lot> id)
{
    auto const of = look_up(run.buildout, id);
    auto const& dates = run.world.lots[id];
    auto const name = fmt::format("{}#{}", of.order.name, of.lot.number);

    co_await until(run.sim, of.order.option ? of.order.option->decided : of.order.placed, Phase::arrival);
    if (!is_exercised(run, of.order)) {
        co_return;
    }
    place(run, id, of);
    if (Tick const from = qualified(run, of.maker); from > run.now()) {
        co_await until(run.sim, from, Phase::arrival);
    }
    Id<Lot> last_part;
    for (std::size_t p = 0; p < of.maker.parts.size(); ++p) {
        auto const parts = run.buildout.parts_of[of.lot.order.row][p];
        while (!is_there(run, parts, parts_needed(of, of.maker.parts[p]))) {
            co_await run.signals.delivered[parts.row].wait();
            last_part = run.world.delivered[parts].last_lot;
        }
    }
    note_supplied(run, id, last_part);
    do {
        Making making;
        if (of.maker.quoted()) {
            Tick const made = run.now() + ticks(quoted_s(run, of, dates.decommits));
            making.cancelled = made > of.order.cancelled;
            co_await until(run.sim, std::max(run.now(), std::min(made, of.order.cancelled)), Phase::arrival);
        }
        else {
            begin_making(run, of, making);
            while (!making.ended) {
                co_await making.done.wait();
            }
        }
        if (making.cancelled) {
            take_back(run, id, of);
            co_return;
        }
    } while (is_decommitted(run, id, of, name));
    if (!of.maker.quoted()) {
        co_await until(run.sim, run.now() + ticks(draw_s(run, of.maker.lead, name, "touch")), Phase::arrival);
    }
    run.world.lots.edit(id).made = run.now();
    if (Tick const leaves = of.maker.quoted() ? run.now() : ship_day(of.maker, run.now()); leaves > run.now()) {
        co_await until(run.sim, leaves, Phase::arrival);
    }
    run.world.lots.edit(id).shipped = run.now();
    co_await until(run.sim, run.now() + ticks(transit_s(run, of, name)), Phase::arrival);
    run.world.lots.edit(id).arrived = run.now();
    for (bool licensed = false; auto const again = at_the_border(run, of, name, licensed);) {
        note(run, EventKind::lot_held, of.order.name, of.lot.units);
        if (*again == never) {
            co_await run.signals.never.wait();
        }
        co_await until(run.sim, *again, Phase::arrival);
    }
    reach_dock(run, id, of);
}

} // namespace aidc
