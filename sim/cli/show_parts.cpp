#include "sim/cli/show_page.hpp"

#include <map>

namespace aidc::report {
namespace {

/// The largest rows, and one for the rest.
std::vector<Hours> largest(std::vector<Hours> rows, std::size_t most)
{
    if (rows.size() > most) {
        Hours rest{.name = fmt::format("{} more", rows.size() - most + 1)};
        for (std::size_t i = most - 1; i < rows.size(); ++i) {
            rest.share_h += rows[i].share_h;
            rest.solo_h += rows[i].solo_h;
        }
        rows.resize(most - 1);
        rows.push_back(rest);
    }
    return rows;
}

void print_late(Page& page, Facts const& f, bool all)
{
    std::vector<LateOrder> rows;
    std::size_t parts = 0;
    for (auto const& order : f.late_orders) {
        parts += order.part_of.empty() ? 0 : 1;
        if (all || order.part_of.empty()) {
            rows.push_back(order);
        }
    }
    auto const orders = f.late_orders.size() - parts;
    if (!rows.empty()) {
        page.heading("{:<50}{:>12}  {:<12}{:<12}{:>8}",
                     fmt::format("Late deliveries: {} order{}{}", orders, orders == 1 ? "" : "s",
                                 parts > 0 ? fmt::format(", {} of parts", parts) : ""),
                     "late lots", "planned", "on site", "late d");
    }
    for (std::size_t i = 0; i < (all ? rows.size() : std::min<std::size_t>(rows.size(), 3)); ++i) {
        auto const& order = rows[i];
        page.line("  {:<30}{:<18}{:>12}  {:<12}{:<12}{:>8}", fitted(order.order, 29), fitted(order.item, 17),
                  fmt::format("{} of {}", order.late_lots, order.lots), f.dates.text(order.planned_s),
                  text_or(f.dates.text(order.actual_s), "not yet"),
                  fmt::format("{}{:.0f}", std::isnan(order.actual_s) ? ">" : "", order.late_d));
    }
}

void print_not_coming(Page& page, Facts const& f)
{
    std::map<std::string, std::string> orders;
    for (auto const& row : f.not_coming) {
        if (row.part_of.empty()) { // parts follow their order
            auto& names = orders[row.why];
            names += (names.empty() ? "" : ", ") + row.order;
        }
    }
    for (auto const& [why, names] : orders) {
        page.wrapped("  ", fmt::format("{}, so not late: {}", why, names));
    }
}

void print_money(Page& page, Facts const& f, bool all)
{
    if (f.by_item.empty()) {
        return;
    }
    Money total;
    for (auto const& row : f.by_item) {
        total.paid += row.paid;
        total.tariff += row.tariff;
    }
    auto const millions = [](double money) { return grouped(money / 1e6); };
    auto const tariff = [&millions](double money) { return money >= 0.5e6 ? fmt::format(" + {} tariff", millions(money)) : std::string(); };
    page.line("Money: {} M {} paid{} by the end", millions(total.paid), f.currency, tariff(total.tariff));
    std::string words;
    auto const most = all ? f.by_item.size() : std::min<std::size_t>(f.by_item.size(), 6);
    for (std::size_t i = 0; i < most; ++i) {
        auto const& row = f.by_item[i];
        words += fmt::format("{}{} {}{}", i > 0 ? ", " : "", row.name, millions(row.paid), tariff(row.tariff));
    }
    page.wrapped("  ", words + (most < f.by_item.size() ? fmt::format(", {} more", f.by_item.size() - most) : ""));
}

void print_stranded(Page& page, Facts const& f)
{
    if (f.stranded.empty()) {
        return;
    }
    page.line("{:<50}{:>10}  {:<12}{:>12}{:>12}", "Racks on the dock or later and not live", "most", "on", "mean age d", "at the end");
    for (auto const& row : f.stranded) {
        page.line("  {:<48}{:>10}  {:<12}{:>12}{:>12}", fitted(row.item, 47), grouped(row.peak_racks), f.dates.text(row.peak_s),
                  grouped(row.peak_age_s / 86400.0), grouped(row.racks_at_end));
    }
}

} // namespace

PowerUnit::PowerUnit(Facts const& f) : watts(1e3), name("kW")
{
    for (auto const& hall : f.halls) {
        if (hall.complete_W >= 1e6) {
            watts = 1e6;
            name = "MW";
        }
    }
}

std::string PowerUnit::text(double value_W) const { return fmt::format("{:.1f}", value_W / watts); }

void print_hours(Page& page, std::vector<Hours> const& terms, std::vector<Hours> const& causes, double all_h, std::size_t most)
{
    if (terms.empty() && causes.empty()) {
        return;
    }
    page.line("  {:<14}{:>14}{:>14}{:>7}    {:<16}{:>14}{:>7}", "term", "share h", "solo h", "%", "cause", "h", "%");
    auto const left_rows = largest(terms, most);
    auto const right_rows = largest(causes, most);
    for (std::size_t i = 0; i < std::max(left_rows.size(), right_rows.size()); ++i) {
        std::string left, right;
        if (i < left_rows.size()) {
            auto const& t = left_rows[i];
            left = fmt::format("{:<14}{:>14}{:>14}{:>7}", t.name, grouped(t.share_h), grouped(t.solo_h), percent(t.share_h / all_h));
        }
        if (i < right_rows.size()) {
            auto const& c = right_rows[i];
            right = fmt::format("{:<16}{:>14}{:>7}", c.name, grouped(c.share_h), percent(c.share_h / all_h));
        }
        page.line("  {:<49}    {}", left, right);
    }
}

void print_goods(Page& page, Facts const& f, bool all)
{
    print_late(page, f, all);
    print_not_coming(page, f);
    print_money(page, f, all);
    print_stranded(page, f);
}

} // namespace aidc::report
