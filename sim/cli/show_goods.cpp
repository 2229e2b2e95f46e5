#include "sim/cli/show_build.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace aidc::report {
namespace {

/// Columns of /shipments.
struct Shipments {
    std::vector<std::string> orders, items, makers, part_of;
    std::vector<double> units, placed_s, made_s, dock_s, planned_s, paid, tariff;

    explicit Shipments(h5::Reader const& file)
        : orders(file.labels("/shipments/order")), items(file.labels("/shipments/item")), makers(file.labels("/shipments/maker")),
          part_of(file.labels("/shipments/part_of")), units(file.column("/shipments/units")), placed_s(file.column("/shipments/placed")),
          made_s(file.column("/shipments/made")), dock_s(file.column("/shipments/dock")), planned_s(file.column("/shipments/planned_dock")),
          paid(file.column("/shipments/paid")), tariff(file.column("/shipments/tariff"))
    {
    }
};

/// Orders of which lots were taken back, as the events tell.
std::set<std::string> cancelled_orders(h5::Reader const& file)
{
    std::set<std::string> orders;
    auto const meanings = file.attribute("/events/kind", "flag_meanings");
    auto const word = meanings.find("lot_cancelled");
    if (word == std::string::npos) {
        return orders;
    }
    auto const code = static_cast<double>(std::count(meanings.begin(), meanings.begin() + static_cast<std::ptrdiff_t>(word), ' '));
    auto const kinds = file.column("/events/kind");
    if (std::ranges::find(kinds, code) != kinds.end()) {
        auto const who = file.labels("/events/who");
        for (std::size_t e = 0; e < kinds.size(); ++e) {
            if (kinds[e] == code) {
                orders.insert(who[e]);
            }
        }
    }
    return orders;
}

std::string why_not(Shipments const& s, std::size_t lot, ScenarioWords const& words, std::set<std::string> const& cancelled)
{
    if (std::isnan(s.placed_s[lot])) {
        auto const order = words.orders.find(s.orders[lot]);
        return order != words.orders.end() && order->second.is_option ? "not placed (option)" : "not placed";
    }
    return std::isnan(s.made_s[lot]) && cancelled.contains(s.orders[lot]) ? "cancelled" : "";
}

void count_late(Shipments const& s, std::size_t lot, double until_s, LateOrder& order)
{
    ++order.lots;
    auto const late_d = days_late(std::isnan(s.dock_s[lot]) ? until_s : s.dock_s[lot], s.planned_s[lot]).value_or(0.0);
    order.late_lots += late_d > 0.0 ? 1 : 0;
    if (late_d > order.late_d) {
        order.late_d = late_d;
        order.planned_s = s.planned_s[lot];
        order.actual_s = s.dock_s[lot];
    }
}

void read_late(Shipments const& s, ScenarioWords const& words, std::set<std::string> const& cancelled, Facts& f)
{
    std::map<std::string, LateOrder> orders;
    std::map<std::string, NotComing> not_coming;
    for (std::size_t lot = 0; lot < s.orders.size(); ++lot) {
        if (auto const why = why_not(s, lot, words, cancelled); !why.empty()) {
            auto& row = not_coming[s.orders[lot]];
            row = {.order = s.orders[lot], .part_of = s.part_of[lot], .why = why, .units = row.units + s.units[lot]};
            continue;
        }
        auto& order = orders[s.orders[lot]];
        order.order = s.orders[lot];
        order.item = s.items[lot];
        order.maker = s.makers[lot];
        order.part_of = s.part_of[lot];
        count_late(s, lot, f.until_s, order);
    }
    for (auto& [name, order] : orders) {
        if (order.late_lots > 0) {
            f.late_orders.push_back(std::move(order));
        }
    }
    for (auto& [name, row] : not_coming) {
        f.not_coming.push_back(std::move(row));
    }
    std::ranges::stable_sort(f.late_orders, std::greater{}, &LateOrder::late_d);
}

/// Money by a name of each lot, the largest sum first; empty when nothing had a price.
std::vector<Money> money_by(std::vector<std::string> const& names, Shipments const& s)
{
    std::map<std::string, Money> sums;
    for (std::size_t lot = 0; lot < names.size(); ++lot) {
        auto& sum = sums[names[lot]];
        sum.name = names[lot];
        sum.paid += s.paid[lot];
        sum.tariff += s.tariff[lot];
    }
    std::vector<Money> all;
    for (auto& [name, sum] : sums) {
        if (sum.paid + sum.tariff > 0.0) {
            all.push_back(std::move(sum));
        }
    }
    std::ranges::stable_sort(all, std::greater{}, [](Money const& m) { return m.paid + m.tariff; });
    return all;
}

void read_stranded(h5::Reader const& file, Facts& f)
{
    if (!file.has("/supply/stranded")) {
        return;
    }
    Series const racks(file, "/supply/stranded");
    Series const age_s(file, "/supply/stranded_age_s");
    auto const items = file.labels("/supply/item");
    for (std::size_t i = 0; i < items.size(); ++i) {
        Stranded most{.item = items[i]};
        for (std::size_t row = 0; row < racks.rows(); ++row) {
            most.racks_at_end = racks.at(row, i);
            if (racks.at(row, i) > most.peak_racks) {
                most.peak_racks = racks.at(row, i);
                most.peak_s = racks.start_s(row);
                most.peak_age_s = age_s.at(row, i);
            }
        }
        if (most.peak_racks > 0.0) {
            f.stranded.push_back(std::move(most));
        }
    }
    std::ranges::stable_sort(f.stranded, std::greater{}, &Stranded::peak_racks);
}

} // namespace

void read_goods(h5::Reader const& file, ScenarioWords const& words, Facts& f)
{
    Shipments const shipments(file);
    read_late(shipments, words, cancelled_orders(file), f);
    f.by_item = money_by(shipments.items, shipments);
    f.by_maker = money_by(shipments.makers, shipments);
    read_stranded(file, f);
}

} // namespace aidc::report
