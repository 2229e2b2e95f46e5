#include "sim/scenario/resolve.hpp"

#include <algorithm>

namespace aidc {
namespace {

void check_lead(Resolver& r, MakerSpec const& spec, std::string const& pointer)
{
    bool const line = !spec.capacity.empty();
    if (line && spec.quoted_lead) {
        r.problem(pointer,
                  "has a capacity and a quoted lead time (a quoted lead time contains the queue: it would be counted twice); keep one");
    }
    if (!line && !spec.quoted_lead) {
        r.problem(pointer, "has neither a capacity nor a quoted lead time; add \"capacity\" and \"touch_weeks\", or \"quoted_lead_weeks\"");
    }
    if (line && !spec.touch) {
        r.problem(pointer, "has a capacity and no touch time; add \"touch_weeks\", the making of a lot without the queue");
    }
    if (!line && (spec.touch || spec.backlog_units > 0.0 || spec.others_units > 0.0 || spec.our_quota != 1.0)) {
        r.problem(pointer, "has a queue or a touch time but no capacity (they would be ignored); add \"capacity\" or remove them");
    }
    if (line && spec.our_quota < 1.0 && spec.others_units == 0.0) {
        r.problem(pointer, "has a quota but nobody to share with (\"our_quota\" would be ignored); add \"others_units\"");
    }
    if (line && spec.our_quota == 1.0 && spec.others_units > 0.0) {
        r.problem(pointer + "/others_units",
                  "stands without \"our_quota\" below 1 (it would be ignored); add the quota or use backlog_units");
    }
}

void resolve_maker(Resolver& r, MakerSpec const& spec, std::size_t i)
{
    auto const pointer = at("/makers", i);
    r.declare(r.makers, spec.name, i, pointer + "/name");
    check_lead(r, spec, pointer);
    if (!r.items.find(spec.item)) {
        r.items.add(spec.item, id<Item>(r.out.items.size()));
        r.out.items.push_back({.name = spec.item});
    }
    Maker maker{.name = spec.name,
                .item = r.items.find(spec.item),
                .backlog_units = spec.backlog_units,
                .our_quota = spec.our_quota,
                .others_units = spec.others_units,
                .lot_units = spec.lot_units,
                .ship_every_s = spec.ship_every_s};
    for (std::size_t k = 0; k < spec.capacity.size(); ++k) {
        // A rate from before the start is the rate at the start.
        Tick const from = std::max<Tick>(0, (spec.capacity[k].from.day - r.out.start_day) * day_ticks);
        if (k > 0 && spec.capacity[k].from.day <= spec.capacity[k - 1].from.day) {
            r.problem(at(pointer + "/capacity", k) + "/from", "is not after the step before; put the steps in order");
        }
        maker.capacity.push_back({.from = from, .units_per_s = spec.capacity[k].units_per_s});
    }
    maker.transit = r.duration(spec.transit, pointer + "/transit");
    if (spec.quoted_lead) {
        maker.lead = r.duration(*spec.quoted_lead, pointer + "/quoted_lead");
    }
    else if (spec.touch) {
        maker.lead = r.duration(*spec.touch, pointer + "/touch");
    }
    r.out.makers.push_back(std::move(maker));
}

void resolve_order(Resolver& r, OrderSpec const& spec, std::size_t i, Names<Order>& orders)
{
    constexpr double most_lots = 1e5;
    auto const pointer = at("/orders", i);
    r.declare(orders, spec.name, i, pointer + "/name");
    r.out.orders.push_back({.name = spec.name,
                            .maker = r.refer(r.makers, spec.maker, pointer + "/maker"),
                            .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"),
                            .units = spec.units,
                            .placed = r.tick(spec.placed, pointer + "/placed")});
    auto const maker = r.out.orders.back().maker;
    if (maker && spec.units / r.out.makers[maker.row].lot_units > most_lots) {
        r.problem(pointer + "/units", fmt::format("is {:g} in lots of {:g}: more than {:g} lots; give the maker larger \"lot_units\"",
                                                  spec.units, r.out.makers[maker.row].lot_units, most_lots));
    }
}

void resolve_shock(Resolver& r, ShockSpec const& spec, std::size_t i, Names<Shock>& shocks)
{
    auto const pointer = at("/shocks", i);
    r.declare(shocks, spec.name, i, pointer + "/name");
    Shock shock{.name = spec.name,
                .item = r.refer(r.items, spec.item, pointer + "/item"),
                .from = r.tick(spec.from, pointer + "/from"),
                .until = never,
                .capacity_factor = spec.capacity_factor,
                .holds_transit = spec.holds_transit};
    if (spec.until) {
        shock.until = r.tick(*spec.until, pointer + "/until");
        if (shock.until <= shock.from) {
            r.problem(pointer + "/until", "is not after \"from\"");
        }
    }
    if (!spec.holds_transit && spec.capacity_factor == 1.0) {
        r.problem(pointer, "changes nothing; add \"holds_transit\": true or a \"capacity_factor\" below 1");
    }
    shock.release = r.duration(spec.release, pointer + "/release");
    r.out.shocks.push_back(std::move(shock));
}

} // namespace

void resolve_supply(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.makers.size(); ++i) {
        resolve_maker(r, r.spec.makers[i], i);
    }
    Names<Order> orders("order");
    for (std::size_t i = 0; i < r.spec.orders.size(); ++i) {
        resolve_order(r, r.spec.orders[i], i, orders);
    }
    Names<Shock> shocks("shock");
    for (std::size_t i = 0; i < r.spec.shocks.size(); ++i) {
        resolve_shock(r, r.spec.shocks[i], i, shocks);
    }
}

void resolve_demand(Resolver& r)
{
    auto const& contracts = r.spec.demand.contracts;
    Names<Contract> names("contract");
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        auto const& spec = contracts[i];
        auto const pointer = at("/demand/contracts", i);
        r.declare(names, spec.name, i, pointer + "/name");
        Contract contract{.name = spec.name, .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"), .shape = spec.shape};
        for (std::size_t k = 0; k < spec.committed.size(); ++k) {
            Tick const from = r.tick(spec.committed[k].from, at(pointer + "/committed", k) + "/from");
            if (k > 0 && from <= contract.committed.back().from) {
                r.problem(at(pointer + "/committed", k) + "/from", "is not after the step before; put the steps in order");
            }
            contract.committed.push_back({.from = from, .it_W = spec.committed[k].it_W});
        }
        if (spec.shape.busy_mean * (1.0 + spec.shape.busy_swing) > 1.0) {
            r.problem(pointer + "/busy_swing",
                      "makes more than all accelerators busy at the peak; busy_mean * (1 + busy_swing) must be at most 1");
        }
        r.out.contracts.push_back(std::move(contract));
    }
}

} // namespace aidc
