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
    if (!line && (spec.touch || spec.backlog_units > 0.0 || !spec.others.empty() || spec.our_quota != 1.0)) {
        r.problem(pointer, "has a queue or a touch time but no capacity (they would be ignored); add \"capacity\" or remove them");
    }
    if (!line && !spec.parts.empty()) {
        r.problem(pointer + "/parts", "stand beside a quoted lead time (which contains the wait for parts); give the maker a \"capacity\"");
    }
    if (line && spec.our_quota != 1.0 && spec.others.empty()) {
        r.problem(pointer, "has a quota but nobody to share with (\"our_quota\" would be ignored); add \"others\"");
    }
}

/// Steps of a capacity path. A ramp becomes months with the mean rate of each.
std::vector<CapacityStep> capacity_path(Resolver& r, std::vector<CapacitySpec> const& specs, std::string const& pointer)
{
    Tick const month = ticks(30.0 * day_s);
    std::vector<CapacityStep> path;
    for (std::size_t k = 0; k < specs.size(); ++k) {
        auto const& step = specs[k];
        Tick const from = (step.from.day - r.out.start_day) * day_ticks;
        if (k > 0 && step.from.day <= specs[k - 1].from.day) {
            r.problem(at(pointer, k) + "/from", "is not after the step before; put the steps in order");
        }
        else if (step.ramp && k == 0) {
            r.problem(at(pointer, k) + "/ramp", "is the first step (nothing to rise from); put a step before it");
        }
        else if (step.ramp) {
            Tick const begins = path.back().from;
            double const before = path.back().units_per_s;
            path.pop_back();
            for (Tick t = begins; t < from; t += month) {
                double const middle = static_cast<double>(std::min(t + month, from) + t) / 2.0;
                double const share = (middle - static_cast<double>(begins)) / static_cast<double>(from - begins);
                path.push_back({.from = t, .units_per_s = before + share * (step.units_per_s - before)});
            }
        }
        path.push_back({.from = from, .units_per_s = step.units_per_s});
    }
    for (auto& step : path) {
        step.from = std::max<Tick>(0, step.from); // a rate from before the start is the rate at the start; the last one holds
    }
    return path;
}

void add_classes(Resolver& r, MakerSpec const& spec, std::string const& pointer, Maker& maker)
{
    Names<CustomerClass> names("class of customers");
    for (std::size_t k = 0; k < spec.others.size(); ++k) {
        auto const& others = spec.others[k];
        auto const place = at(pointer + "/others", k);
        r.declare(names, others.name, k, place + "/name");
        maker.others.push_back({.name = others.name,
                                .quota = others.quota,
                                .backlog_units = others.backlog_units,
                                .order_units = others.order_units,
                                .between = r.duration(others.between, place + "/between")});
        if ((others.order_units > 0.0) != (others.between.duration != Duration{})) {
            r.problem(place, "needs both \"order_units\" and \"between_days\", or none (then only its backlog counts)");
        }
        else if (others.order_units > 0.0 && mean_s(maker.others.back().between) < hour_s) {
            r.problem(place + "/between", "is less than an hour; check the unit, or make larger orders");
        }
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
                .capacity = capacity_path(r, spec.capacity, pointer + "/capacity"),
                .backlog_units = spec.backlog_units,
                .our_quota = spec.our_quota,
                .transit = r.duration(spec.transit, pointer + "/transit"),
                .decommit_probability = spec.decommit_probability,
                .lot_units = spec.lot_units,
                .ship_every_s = spec.ship_every_s,
                .unit_price = spec.unit_price};
    add_classes(r, spec, pointer, maker);
    if (spec.quoted_lead) {
        maker.lead = r.duration(*spec.quoted_lead, pointer + "/quoted_lead");
    }
    else if (spec.touch) {
        maker.lead = r.duration(*spec.touch, pointer + "/touch");
    }
    if (spec.qualification) {
        maker.qualified_from = r.tick(spec.qualification->from, pointer + "/qualification/from");
        maker.qualification = r.duration(spec.qualification->takes, pointer + "/qualification/takes");
    }
    r.out.makers.push_back(std::move(maker));
}

/// The maker of a part: the one that is named, else the only one.
Id<Maker> maker_of(Resolver& r, PartSpec const& spec, Id<Item> item, std::string const& pointer)
{
    if (!spec.maker.empty()) {
        auto const maker = r.refer(r.makers, spec.maker, pointer + "/maker");
        if (maker && item && r.out.makers[maker.row].item != item) {
            r.problem(pointer + "/maker", fmt::format("{} does not make {}", spec.maker, spec.item));
        }
        return maker;
    }
    auto const first = std::ranges::find(r.out.makers, item, &Maker::item);
    if (first == r.out.makers.end()) {
        return {};
    }
    if (std::find_if(first + 1, r.out.makers.end(), [item](Maker const& m) { return m.item == item; }) != r.out.makers.end()) {
        r.problem(pointer + "/maker", fmt::format("missing: several makers make {}; name one", spec.item));
    }
    return id<Maker>(static_cast<std::size_t>(first - r.out.makers.begin()));
}

/// Is a maker needed for its own parts?
bool needs_itself(std::vector<Maker> const& makers, Id<Maker> maker, Id<Maker> sought, std::size_t depth)
{
    return depth > makers.size() || std::ranges::any_of(makers[maker.row].parts, [&](Part const& part) {
               return part.maker && (part.maker == sought || needs_itself(makers, part.maker, sought, depth + 1));
           });
}

void resolve_parts(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.makers.size(); ++i) {
        for (std::size_t k = 0; k < r.spec.makers[i].parts.size(); ++k) {
            auto const& spec = r.spec.makers[i].parts[k];
            auto const pointer = at(at("/makers", i) + "/parts", k);
            auto const item = r.refer(r.items, spec.item, pointer + "/item");
            r.out.makers[i].parts.push_back({.item = item, .units = spec.units, .maker = maker_of(r, spec, item, pointer)});
        }
    }
    for (std::size_t i = 0; i < r.out.makers.size(); ++i) {
        if (needs_itself(r.out.makers, id<Maker>(i), id<Maker>(i), 0)) {
            r.problem(at("/makers", i) + "/parts",
                      fmt::format("{} is, in the end, a part of itself (nothing could ever be made); cut one part", r.out.makers[i].name));
            return;
        }
    }
}

void check_order(Resolver& r, Order const& order, std::string const& pointer)
{
    constexpr double most_lots = 1e5;
    if (!order.maker) {
        return;
    }
    auto const& maker = r.out.makers[order.maker.row];
    if (order.units / maker.lot_units > most_lots) {
        r.problem(pointer + "/units", fmt::format("is {:g} in lots of {:g}: more than {:g} lots; give the maker larger \"lot_units\"",
                                                  order.units, maker.lot_units, most_lots));
    }
    auto const kind = std::ranges::find(r.out.kinds, r.out.items[maker.item.row].name, &RackKind::name);
    if (kind != r.out.kinds.end() && order.campus) {
        auto const& campus = r.out.campuses[order.campus.row];
        if (std::ranges::find(kind->barred_regions, campus.region) != kind->barred_regions.end()) {
            r.problem(pointer + "/campus",
                      fmt::format("{} is in {} and export rules keep {} out of it (barred_regions); order another kind", campus.name,
                                  campus.region, kind->name));
        }
    }
}

/// Splits an order: the second maker's part becomes an order of its own, "NAME/second".
void add_second(Resolver& r, OrderSpec const& spec, std::string const& pointer)
{
    Order& first = r.out.orders.back();
    Order second = first;
    second.name += "/second";
    second.maker = r.refer(r.makers, spec.second_source->maker, pointer + "/second_source/maker");
    second.units = spec.units * spec.second_source->share;
    first.units -= second.units;
    if (second.maker && first.maker && r.out.makers[second.maker.row].item != r.out.makers[first.maker.row].item) {
        r.problem(pointer + "/second_source/maker", fmt::format("{} does not make what {} makes", spec.second_source->maker, spec.maker));
    }
    if (second.units <= 0.0 || first.units <= 0.0) {
        r.problem(pointer + "/second_source/share", "must lie between 0 and 1, both excluded; else name one maker");
        return;
    }
    check_order(r, second, pointer);
    r.out.orders.push_back(std::move(second));
}

void resolve_order(Resolver& r, OrderSpec const& spec, std::size_t i, Names<Order>& orders)
{
    auto const pointer = at("/orders", i);
    r.declare(orders, spec.name, r.out.orders.size(), pointer + "/name");
    Order order{.name = spec.name,
                .maker = r.refer(r.makers, spec.maker, pointer + "/maker"),
                .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"),
                .units = spec.units,
                .placed = r.tick(spec.placed, pointer + "/placed"),
                .priority = spec.priority};
    if (spec.cancelled) {
        order.cancelled = r.tick(*spec.cancelled, pointer + "/cancelled");
        if (order.cancelled <= order.placed) {
            r.problem(pointer + "/cancelled", "is not after \"placed\"; remove the order instead");
        }
    }
    if (spec.option) {
        order.option = Option{.decided = r.tick(spec.option->decided, pointer + "/option/decided"),
                              .watched = {},
                              .on_dock_below = spec.option->on_dock_below};
        if (order.option->decided < order.placed) {
            r.problem(pointer + "/option/decided", "is before \"placed\"");
        }
    }
    check_order(r, order, pointer);
    r.out.orders.push_back(std::move(order));
    if (spec.second_source) {
        add_second(r, spec, pointer);
    }
}

} // namespace

void resolve_supply(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.makers.size(); ++i) {
        resolve_maker(r, r.spec.makers[i], i);
    }
    resolve_parts(r);
    Names<Order> orders("order");
    for (std::size_t i = 0; i < r.spec.orders.size(); ++i) {
        resolve_order(r, r.spec.orders[i], i, orders);
    }
    for (std::size_t i = 0; i < r.spec.orders.size(); ++i) {
        auto const& option = r.spec.orders[i].option;
        auto const order = orders.find(r.spec.orders[i].name);
        if (option && order && r.out.orders[order.row].option) {
            r.out.orders[order.row].option->watched = r.refer(orders, option->watched, at("/orders", i) + "/option/watched");
        }
    }
}

} // namespace aidc
