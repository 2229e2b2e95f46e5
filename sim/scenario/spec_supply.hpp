#pragma once
/// \file
/// Makers, orders and shocks as written.

#include "sim/scenario/field.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// Output of a line from a date on [1/s].
struct CapacitySpec {
    Date from;
    double units_per_s{};
    bool ramp = false;
};
/// Other customers of a line.
struct CustomerClassSpec {
    std::string name;
    double quota{}, backlog_units{}, order_units{};
    DurationText between;
};
/// What a product is made of.
struct PartSpec {
    std::string item, maker;
    double units = 1.0;
};
/// How a new source becomes usable.
struct QualificationSpec {
    Date from;
    DurationText takes;
};
/// Where an item comes from; either `capacity` and `touch`, or `quoted_lead`.
struct MakerSpec {
    std::string name, item;
    std::vector<CapacitySpec> capacity;
    double backlog_units{}, our_quota = 1.0;
    std::vector<CustomerClassSpec> others;
    std::vector<PartSpec> parts;
    std::optional<DurationText> quoted_lead, touch;
    DurationText transit;
    std::optional<QualificationSpec> qualification;
    double decommit_probability{};
    double lot_units = 1.0, ship_every_s{}, unit_price{};
};
/// An order that waits for a decision.
struct OptionSpec {
    Date decided;
    std::string watched;
    double on_dock_below = 1.0;
};
/// A part of an order that another maker makes.
struct SecondSourceSpec {
    std::string maker;
    double share{};
};
/// What is ordered of a maker for a campus.
struct OrderSpec {
    std::string name, maker, campus;
    double units{};
    Date placed;
    std::uint32_t priority{};
    std::optional<SecondSourceSpec> second_source;
    std::optional<OptionSpec> option;
    std::optional<Date> cancelled;
};
/// So many units may pass in each period.
struct QuotaSpec {
    double units{}, every_s{};
};
/// A shock that comes again and again.
struct RandomSpec {
    DurationText between, lasts;
};
/// An event of the outer world.
struct ShockSpec {
    std::string name, item, maker, region;
    std::optional<Date> from, until;
    std::optional<RandomSpec> random;
    double probability = 1.0;
    double capacity_factor = 1.0;
    bool holds_transit = false;
    DurationText release;
    std::optional<DurationText> licence, delay;
    std::optional<QuotaSpec> quota;
    double price_factor = 1.0, tariff{};
};

template <class V> void describe(V& v, CapacitySpec& x)
{
    v.date({"from", Need::required, "First day of this rate"}, x.from);
    v.quantity({"units", Need::required, "Output of the line"}, "per_s", x.units_per_s, positive);
    v.flag({"ramp", Need::optional, "Reached evenly, month by month, since the step before"}, x.ramp);
}

template <class V> void describe(V& v, CustomerClassSpec& x)
{
    v.text({"name", Need::required, "Who they are"}, x.name);
    v.number({"quota", Need::required, "Weight of the class; an unused share reflows"}, x.quota, positive);
    v.number({"backlog_units", Need::optional, "Units queued at the start"}, x.backlog_units, not_negative);
    v.number({"order_units", Need::optional, "Units of each further order; absent: none"}, x.order_units, not_negative);
    v.duration({"between", Need::optional, "From one further order to the next"}, x.between);
}

template <class V> void describe(V& v, PartSpec& x)
{
    v.text({"item", Need::required, "The part"}, x.item);
    v.text({"maker", Need::optional, "Who makes it; absent: the one maker of the item"}, x.maker);
    v.number({"units", Need::optional, "Per unit of the product"}, x.units, positive);
}

template <class V> void describe(V& v, QualificationSpec& x)
{
    v.date({"from", Need::required, "First day of the tests"}, x.from);
    v.duration({"takes", Need::required, "From then to the first lot that may be made"}, x.takes);
}

template <class V> void describe(V& v, MakerSpec& x)
{
    v.text({"name", Need::required, "Name that orders refer to"}, x.name);
    v.text({"item", Need::required, "What it makes"}, x.item);
    v.list({"capacity", Need::optional, "Output over time; with it no quoted lead time"}, x.capacity);
    v.number({"backlog_units", Need::optional, "Other customers' units queued ahead of ours"}, x.backlog_units, not_negative);
    v.number({"our_quota", Need::optional, "Weight of our class against those of others"}, x.our_quota, positive);
    v.list({"others", Need::optional, "Other classes of customers"}, x.others);
    v.list({"parts", Need::optional, "What it is made of; with capacity only"}, x.parts);
    v.maybe_duration({"quoted_lead", Need::optional, "Order to first lot, queue included; with it no capacity"}, x.quoted_lead);
    v.maybe_duration({"touch", Need::optional, "Making of a lot, queue apart; with capacity"}, x.touch);
    v.duration({"transit", Need::required, "Ship day to dock, customs included"}, x.transit);
    v.maybe({"qualification", Need::optional, "Tests before it may make anything for us"}, x.qualification);
    v.number({"decommit_probability", Need::optional, "A lot that is due goes to somebody else and queues again"}, x.decommit_probability,
             {.low = 0.0, .high = 0.95});
    v.number({"unit_price", Need::optional, "In the scenario's currency"}, x.unit_price, not_negative);
    v.number({"lot_units", Need::optional, "Units that leave together"}, x.lot_units, positive);
    v.quantity({"ship_every", Need::optional, "Days between ship days; with a quoted lead time, between lots"}, "s", x.ship_every_s,
               not_negative);
}

template <class V> void describe(V& v, OptionSpec& x)
{
    v.date({"decided", Need::required, "Day of the decision; the order is placed then or never"}, x.decided);
    v.text({"watched", Need::required, "The order whose lateness decides"}, x.watched);
    v.number({"on_dock_below", Need::optional, "Placed when less than this share of it is on the dock"}, x.on_dock_below, share);
}

template <class V> void describe(V& v, SecondSourceSpec& x)
{
    v.text({"maker", Need::required, "Who else makes the item"}, x.maker);
    v.number({"share", Need::required, "Share of the units that it makes"}, x.share, share);
}

template <class V> void describe(V& v, OrderSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"maker", Need::required, "Who makes it"}, x.maker);
    v.text({"campus", Need::required, "Where it goes"}, x.campus);
    v.number({"units", Need::required, "How many"}, x.units, positive);
    v.date({"placed", Need::required, "Date of the order, not before the start"}, x.placed);
    v.count({"priority", Need::optional, "Among our orders at a line: 0 first, then by date"}, x.priority, 0);
    v.maybe({"second_source", Need::optional, "Splits the order between two makers"}, x.second_source);
    v.maybe({"option", Need::optional, "Placed only if another order is late"}, x.option);
    v.maybe_date({"cancelled", Need::optional, "What is not made by then is taken back"}, x.cancelled);
}

template <class V> void describe(V& v, QuotaSpec& x)
{
    v.number({"units", Need::required, "Units that may pass in each period"}, x.units, positive);
    v.quantity({"every", Need::required, "Length of a period"}, "s", x.every_s, positive);
}

template <class V> void describe(V& v, RandomSpec& x)
{
    v.duration({"between", Need::required, "From the start, and from one end, to the next beginning"}, x.between);
    v.duration({"lasts", Need::required, "Length of one"}, x.lasts);
}

template <class V> void describe(V& v, ShockSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"item", Need::optional, "What it hits: the goods of all its makers, or"}, x.item);
    v.text({"maker", Need::optional, "those of one maker"}, x.maker);
    v.text({"region", Need::optional, "Only on their way to campuses of this region"}, x.region);
    v.maybe_date({"from", Need::optional, "First day; absent: random"}, x.from);
    v.maybe({"random", Need::optional, "Comes again and again instead of once"}, x.random);
    v.number({"probability", Need::optional, "That it comes at all"}, x.probability, share);
    v.maybe_date({"until", Need::optional, "First day after; absent: to the end"}, x.until);
    v.number({"capacity_factor", Need::optional, "Multiplies the output of the item's makers"}, x.capacity_factor, share);
    v.flag({"holds_transit", Need::optional, "Lots that would arrive meanwhile wait for its end"}, x.holds_transit);
    v.duration({"release", Need::optional, "From its end to the dock, for a held lot"}, x.release);
    v.maybe_duration({"licence", Need::optional, "Each held lot waits this long for its licence, instead of the end"}, x.licence);
    v.maybe({"quota", Need::optional, "What may pass in each period; the rest waits"}, x.quota);
    v.maybe_duration({"delay", Need::optional, "Longer transit of lots shipped meanwhile"}, x.delay);
    v.number({"price_factor", Need::optional, "Multiplies the price of orders placed meanwhile"}, x.price_factor, not_negative);
    v.number({"tariff", Need::optional, "Share of the price, of lots that come in meanwhile"}, x.tariff, not_negative);
}

} // namespace aidc
