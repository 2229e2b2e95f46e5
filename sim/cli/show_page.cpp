#include "sim/cli/show_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace aidc::report {
namespace {

constexpr std::size_t page_width = 100;

/// Number with thousands separators.
std::string grouped(double value)
{
    auto const digits = fmt::format("{:.0f}", std::abs(value));
    std::string text(value <= -0.5 ? "-" : "");
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            text += ',';
        }
        text += digits[i];
    }
    return text;
}

/// Unit in which the halls of a result have short numbers.
struct PowerUnit {
    double watts;
    char const* name;

    explicit PowerUnit(Facts const& f) : watts(1e3), name("kW")
    {
        for (auto const& hall : f.halls) {
            if (hall.complete_W >= 1e6) {
                watts = 1e6;
                name = "MW";
            }
        }
    }
    std::string text(double value_W) const { return fmt::format("{:.1f}", value_W / watts); }
};

std::string date_or(std::string const& date, char const* otherwise) { return date.empty() ? otherwise : date; }

/// The end of a name that is too long for its column.
std::string fitted(std::string const& name, std::size_t width)
{
    return name.size() <= width ? name : fmt::format("..{}", name.substr(name.size() - width + 2));
}

std::string late(std::optional<double> days) { return !days ? "-" : *days == 0.0 ? "on time" : fmt::format("{:+.0f} d", *days); }

/// Lines of at most page_width columns.
class Page {
  public:
    template <class... Values> void line(fmt::format_string<Values...> text, Values&&... values)
    {
        auto one = fmt::format(text, std::forward<Values>(values)...);
        one.erase(one.find_last_not_of(' ') + 1);
        text_.append(one, 0, page_width);
        text_ += '\n';
    }
    void heading(std::string const& words) { text_ += fmt::format("{}{}\n", text_.empty() ? "" : "\n", words.substr(0, page_width)); }
    std::string take()
    {
        text_.pop_back();
        return std::move(text_);
    }

  private:
    std::string text_;
};

void print_head(Page& page, Facts const& f)
{
    page.heading(f.name);
    page.line("  {} to {}, {}, seed {}, detail {}", f.dates.text(0.0), f.dates.text(f.until_s), f.status, f.seed, f.detail);
    page.line("  {}, written by {}", f.file, f.program);
}

void print_half_years(Page& page, Facts const& f, PowerUnit const& unit)
{
    page.heading("Live at the end of each half-year");
    page.line("  {:<12}{:>10}{:>12}{:>12}{:>20}{:>12}", "until", fmt::format("live {}", unit.name), fmt::format("planned {}", unit.name),
              fmt::format("behind {}", unit.name), "live accelerators", "planned");
    for (auto const& row : f.half_years) {
        double const behind_W = row.planned_W - row.live_W;
        page.line("  {:<12}{:>10}{:>12}{:>12}{:>20}{:>12}", f.dates.text(row.at_s), unit.text(row.live_W), unit.text(row.planned_W),
                  std::abs(behind_W) < 0.05 * unit.watts ? "-" : unit.text(behind_W), grouped(row.accelerators),
                  grouped(row.accelerators_planned));
    }
}

/// Lateness of a hall; of one that is not complete, so far.
std::string hall_late(HallFacts const& hall, double until_s)
{
    if (std::isnan(hall.complete_s) && !std::isnan(hall.complete_planned_s)) {
        return fmt::format("> {:.0f} d", days_late(until_s, hall.complete_planned_s).value_or(0.0));
    }
    return late(days_late(hall.complete_s, hall.complete_planned_s));
}

std::string held_by(HallFacts const& hall)
{
    if (hall.gate.empty()) {
        return "-";
    }
    auto const* const when = std::isnan(hall.complete_s) ? "now" : "last";
    switch (hall.gate.size()) {
    case 1:
        return fmt::format("{} {}", when, hall.gate[0]);
    case 2:
        return fmt::format("{} {},{}", when, hall.gate[0], hall.gate[1]);
    default:
        return fmt::format("{} {} terms", when, hall.gate.size());
    }
}

void print_halls(Page& page, Facts const& f, PowerUnit const& unit)
{
    std::size_t name_width = 4;
    for (auto const& hall : f.halls) {
        name_width = std::clamp(hall.name.size(), name_width, std::size_t{18});
    }
    page.heading("Halls");
    page.line("  {:<{}}{:>9}  {:<11}{:<11}{:<11}{:<14}{:>8}  {}", "hall", name_width, unit.name, "handover", "planned", "first live",
              "complete", "late", "held by");
    for (auto const& hall : f.halls) {
        page.line("  {:<{}}{:>9}  {:<11}{:<11}{:<11}{:<14}{:>8}  {}", fitted(hall.name, name_width), name_width, unit.text(hall.complete_W),
                  hall.has_handover ? date_or(f.dates.text(hall.handover_s), "not yet") : "stood",
                  date_or(f.dates.text(hall.handover_planned_s), "-"), date_or(f.dates.text(hall.first_live_s), "not yet"),
                  date_or(f.dates.text(hall.complete_s), "after the end"), hall_late(hall, f.until_s), held_by(hall));
    }
}

void print_ledger(Page& page, Facts const& f)
{
    double const share = f.planned_or_live_h > 0.0 ? f.not_live_h / f.planned_or_live_h : 0.0;
    page.heading(fmt::format("What held it: {} accelerator-hours planned and not live ({:.1f} % of all planned or live)",
                             grouped(f.not_live_h), 100.0 * share));
    if (f.ahead_h > 0.5) {
        page.line("  {} accelerator-hours were live before planned", grouped(f.ahead_h));
    }
    if (f.terms.empty() && f.causes.empty()) {
        return;
    }
    page.line("  {:<14}{:>14}{:>14}{:>7}    {:<16}{:>14}{:>7}", "term", "share h", "solo h", "%", "cause", "h", "%");
    auto const percent = [&f](double hours) { return fmt::format("{:.1f}", 100.0 * hours / f.not_live_h); };
    for (std::size_t i = 0; i < std::max(f.terms.size(), f.causes.size()); ++i) {
        std::string left(49, ' ');
        if (i < f.terms.size()) {
            auto const& t = f.terms[i];
            left = fmt::format("{:<14}{:>14}{:>14}{:>7}", t.name, grouped(t.share_h), grouped(t.solo_h), percent(t.share_h));
        }
        std::string right;
        if (i < f.causes.size()) {
            auto const& c = f.causes[i];
            right = fmt::format("{:<16}{:>14}{:>7}", c.name, grouped(c.share_h), percent(c.share_h));
        }
        page.line("  {:<49}    {}", left, right);
    }
}

/// When an activity was done, and how late.
std::string finish(Help const& help, Dates const& dates)
{
    if (std::isnan(help.actual_s)) {
        return "not done by the end";
    }
    auto const slip_d = days_late(help.actual_s, help.planned_s);
    auto const done = fmt::format("done {}", dates.text(help.actual_s));
    if (!slip_d) {
        return done;
    }
    return *slip_d == 0.0 ? fmt::format("{}, as planned", done)
                          : fmt::format("{}, {:.0f} d {}", done, std::abs(*slip_d), *slip_d > 0.0 ? "late" : "early");
}

void print_helps(Page& page, Facts const& f)
{
    if (f.helps.empty()) {
        return;
    }
    page.heading("What helps most: a term cured alone gains its solo hours");
    int rank = 0;
    for (auto const& help : f.helps) {
        page.line("  {}. {}: {} accelerator-hours, most of its wait in {}", ++rank, help.term, grouped(help.solo_h),
                  date_or(help.hall, "no hall"));
        if (help.activity.empty()) {
            page.line("     nothing in the scenario provides more of it");
            continue;
        }
        page.line("     waits on {}: {}", help.activity, finish(help, f.dates));
        if (!help.slip_order.empty()) {
            page.line("     largest slip on its way: order {}, {:+.0f} d", help.slip_order, help.slip_d);
        }
        else if (!help.slip_activity.empty()) {
            page.line("     largest slip on its way: {}, {:+.0f} d by itself", help.slip_activity, help.slip_d);
        }
    }
}

void print_deliveries(Page& page, Facts const& f)
{
    if (f.late_orders.empty()) {
        return;
    }
    page.heading(
        fmt::format("Late deliveries: {} order{}, with the lot that is latest against plan", f.orders_late, f.orders_late == 1 ? "" : "s"));
    page.line("  {:<30}{:<18}{:>12}  {:<12}{:<12}{:>8}", "order", "item", "late lots", "planned", "on site", "late");
    for (auto const& order : f.late_orders) {
        auto const days = fmt::format("{}{:.0f} d", std::isnan(order.actual_s) ? "> " : "", order.late_d);
        page.line("  {:<30}{:<18}{:>12}  {:<12}{:<12}{:>8}", fitted(order.order, 29), fitted(order.item, 17),
                  fmt::format("{} of {}", order.late_lots, order.lots), f.dates.text(order.planned_s),
                  date_or(f.dates.text(order.actual_s), "not yet"), days);
    }
}

std::string energy(double joules)
{
    return joules >= 3.6e12 ? fmt::format("{:.1f} GWh", joules / 3.6e12) : fmt::format("{:.1f} MWh", joules / 3.6e9);
}

void print_operation(Page& page, Facts const& f)
{
    page.heading("Operation");
    if (!f.operation) {
        page.line("  not simulated (--detail build)");
        return;
    }
    auto const& o = *f.operation;
    if (o.it_J <= 0.0) {
        page.line("  nothing was live: no IT energy; facility {}", energy(o.facility_J));
        return;
    }
    page.line("  IT {}, facility {}, PUE {:.3f}, water {} t, WUE {:.2f} kg/kWh", energy(o.it_J), energy(o.facility_J), o.pue,
              grouped(o.water_kg / 1e3), o.wue_kg_per_kWh);
    page.line("  hottest case {:.1f} degC, throttled {:.3f} % of the IT energy asked", o.case_max_C,
              100.0 * o.throttled_J / (o.it_J + o.throttled_J));
    page.line("  useful {} of {} live accelerator-hours ({:.1f} %)", grouped(f.useful_h), grouped(f.live_h),
              f.live_h > 0.0 ? 100.0 * f.useful_h / f.live_h : 0.0);
}

} // namespace

std::string page(Facts const& f)
{
    Page page;
    PowerUnit const unit(f);
    print_head(page, f);
    print_half_years(page, f, unit);
    print_halls(page, f, unit);
    print_ledger(page, f);
    print_helps(page, f);
    print_deliveries(page, f);
    print_operation(page, f);
    page.heading(fmt::format("next: scripts/plot_run.py {}", f.file));
    return page.take();
}

} // namespace aidc::report
