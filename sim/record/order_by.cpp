#include "sim/record/order_by.hpp"

#include "models/base/quantile.hpp"
#include "models/buildout/need.hpp"
#include "sim/record/tables.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// 80 % quantile of the lead of a lot; NaN when it was never placed.
double lead_q80_s(ReplicateSet const& set, std::size_t lot, Id<Activity> activity)
{
    std::vector<double> leads_s;
    for (std::size_t r = 0; r < set.replicates.size(); ++r) {
        double const lead_s = set.lead_s[r][lot];
        if (!std::isnan(lead_s)) {
            leads_s.push_back(lead_s + static_cast<double>(set.retests_s[r][activity.row]));
        }
    }
    std::ranges::sort(leads_s);
    return quantile_of(leads_s, 0.8);
}

/// NaN in files stands for what is not before the end.
double finite(double value) { return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN(); }

} // namespace

std::vector<OrderBy> order_by_dates(Buildout const& b, Plan const& plan, ReplicateSet const& set)
{
    auto const needs = needs_of(b, plan);
    std::vector<OrderBy> by_order;
    for (std::size_t o = 0; o < b.orders.size(); ++o) {
        by_order.push_back({.order = id<Order>(o), .activity = {}});
    }
    for (std::size_t l = 0; l < b.lots.size(); ++l) {
        auto& row = by_order[b.lots[l].order.row];
        if (needs[l].date == never) {
            continue;
        }
        double const lead_s = lead_q80_s(set, l, needs[l].activity);
        double const date_s = seconds(needs[l].date) - lead_s;
        if (date_s < row.order_by_s || (std::isnan(row.order_by_s) && !std::isnan(date_s))) {
            row = {.order = row.order, .activity = needs[l].activity, .need = needs[l].date, .lead_q80_s = lead_s, .order_by_s = date_s};
        }
    }
    std::erase_if(by_order, [&b](OrderBy const& row) { return static_cast<bool>(b.orders[row.order.row].part_of); });
    return by_order;
}

void write_order_by(h5::File& file, Buildout const& b, Plan const& plan, ReplicateSet const& set)
{
    auto const date_column = [&b](std::string const& name, std::string const& text) {
        return h5::ColumnSpec({.name = name, .units = time_units(b), .long_name = text});
    };
    auto group = file.group("order_by", "Dates by which orders have to be placed for four chances in five that their goods are in time");
    auto table = group.table("row", {{{"order", "", "order"}, h5::Type::text},
                                     {{"item", "", "item"}, h5::Type::text},
                                     {{"maker", "", "maker"}, h5::Type::text},
                                     {{"activity", "", "activity that needs the lot which decides; empty: none"}, h5::Type::text},
                                     date_column("placed", "date of the order in the scenario"),
                                     date_column("need", "planned start of that activity"),
                                     {{"lead_q80_d", "d", "order to dock and retests of that activity, 80 % quantile"}},
                                     date_column("order_by", "need less lead"),
                                     {{"float_d", "d", "order_by less placed; below 0: too late already"}}});
    for (auto const& row : order_by_dates(b, plan, set)) {
        auto const& order = b.orders[row.order.row];
        auto const& maker = b.makers[order.maker.row];
        table.append({order.name, b.items[maker.item.row].name, maker.name,
                      row.activity ? b.activities[row.activity.row].name : std::string(""), date_s(order.placed), date_s(row.need),
                      finite(row.lead_q80_s / day_s), finite(row.order_by_s), finite((row.order_by_s - date_s(order.placed)) / day_s)});
    }
}

} // namespace aidc
