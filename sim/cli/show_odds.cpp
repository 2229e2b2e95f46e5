#include "sim/cli/show_odds.hpp"

#include "models/ledger/cause.hpp"
#include "sim/cli/show_page.hpp"

namespace aidc::report {
namespace {

std::string date_or(Dates const& dates, double date_s, char const* otherwise) { return text_or(dates.text(date_s), otherwise); }

std::string chance(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100.0 * share); }

/// "2027-06-14 (-6/+9 d)": a quantile and its interval; "?" where the replicates cannot tell.
std::string with_interval(DateQuantile const& q, Dates const& dates)
{
    if (std::isnan(q.at_s)) {
        return std::isnan(q.low_s) ? "after end" : fmt::format("after end (>{})", dates.text(q.low_s));
    }
    if (q.at_s <= 0.0 && q.high_s <= 0.0) {
        return dates.text(q.at_s); // at the start, always
    }
    auto const days = [](std::optional<double> value) { return value ? fmt::format("{:.0f}", std::abs(*value)) : std::string("?"); };
    return fmt::format("{} (-{}/+{} d)", dates.text(q.at_s), days(days_late(q.at_s, q.low_s)), days(days_late(q.high_s, q.at_s)));
}

void print_head(Page& page, Odds const& odds)
{
    page.line("{}", odds.name);
    page.line("  from {}, {}, {} of {} replicates, seed {}, detail {}", odds.dates.text(0.0), odds.status, odds.replicates, odds.asked,
              odds.seed, odds.detail);
    page.line("  {}, written by {}", odds.file, odds.program);
}

void print_milestones(Page& page, Odds const& odds, bool all)
{
    auto const has_targets = !odds.milestones.empty() && odds.milestones.front().kind == DateKind::target;
    page.heading("{:<12}{:<11}{:<11}{:<11}{:<24}{:<24}{:>7}", has_targets ? "Targets" : "Milestones", has_targets ? "due" : "", "planned",
                 "P10", "P50 (95 % interval)", "P90 (95 % interval)", "in time");
    auto kind = odds.milestones.empty() ? DateKind::hall : odds.milestones.front().kind;
    for (auto const& m : odds.milestones) {
        if (m.kind == DateKind::hall && !all) {
            break; // halls come last
        }
        if (m.kind == DateKind::campus && kind == DateKind::target) {
            page.line("Milestones");
        }
        kind = m.kind;
        if (m.p90.at_s <= 0.0 && !all) {
            continue; // stood at the start
        }
        bool const is_long = kind == DateKind::target && m.name.size() > 9; // then it has a line of its own
        if (is_long) {
            page.line("  {}", m.name);
        }
        auto const name = kind == DateKind::target ? fmt::format("{:<10}{:<11}", is_long ? "" : m.name, date_or(odds.dates, m.due_s, "-"))
                                                   : fmt::format("{:<21}", fitted(m.name, 21));
        page.line("  {} {:<11}{:<11}{:<24}{:<24}{:>5}", name, date_or(odds.dates, m.planned_s, "after end"),
                  date_or(odds.dates, m.p10.at_s, "after end"), with_interval(m.p50, odds.dates), with_interval(m.p90, odds.dates),
                  chance(m.in_time));
    }
}

void print_odds_hours(Page& page, Odds const& odds, bool all)
{
    std::vector<Hours> terms, not_live;
    for (auto const& row : odds.terms) {
        terms.push_back({.name = row.name, .share_h = row.mean_h, .solo_h = row.mean_solo_h});
    }
    for (auto const& row : odds.causes) {
        auto const known = std::ranges::find(causes, row.name, &CauseInfo::name);
        if (known == causes.end() || (known->family != "operations" && known->family != "use")) {
            not_live.push_back({.name = row.name, .share_h = row.mean_h});
        }
    }
    page.heading("Accelerator-hours planned and not live, mean: {} ({} % of all planned or live)", grouped(odds.mean_not_live_h),
                 percent(odds.mean_planned_or_live_h > 0.0 ? odds.mean_not_live_h / odds.mean_planned_or_live_h : 0.0));
    print_hours(page, terms, not_live, odds.mean_not_live_h, all ? 99 : 6);
}

double sum_of(GateOdds const& gate)
{
    double sum_h = 0.0;
    for (auto const& term : gate.terms) {
        sum_h += term.share_h;
    }
    return sum_h;
}

void print_gates(Page& page, Odds const& odds, bool all)
{
    if (odds.gates.empty()) {
        return;
    }
    page.heading("{:<26}{:>16}   {}", "What holds it when", "mean h", "the terms with most of it");
    for (auto const& gate : odds.gates) {
        double const sum_h = sum_of(gate);
        if (sum_h < 0.01 * odds.mean_not_live_h && !all) {
            continue;
        }
        std::string words;
        for (std::size_t i = 0; i < std::min<std::size_t>(gate.terms.size(), 3); ++i) {
            words += fmt::format("{}{} {} %", i > 0 ? ", " : "", gate.terms[i].name, percent(gate.terms[i].share_h / sum_h));
        }
        page.line("  {} to {}{:>16}   {}", odds.dates.text(gate.from_s), odds.dates.text(gate.to_s - 1.0), grouped(sum_h), words);
    }
}

void print_helps(Page& page, Odds const& odds)
{
    if (odds.helps.empty()) {
        return;
    }
    page.heading("What helps most: a term cured alone gains its solo hours");
    int rank = 0;
    for (auto const& help : odds.helps) {
        auto const gain = fmt::format("  {}. {}, {} h alone on the mean", ++rank, help.term, grouped(help.mean_solo_h));
        if (help.campus.empty()) {
            page.line("{}: no work or order that holds it loses days by itself", gain);
            continue;
        }
        auto const& item = help.item;
        page.line("{}; most in {}: {}{}", gain, help.campus, item.kind == "order" ? "order " : "", item.item);
        page.line("     on {} % of the chains to {}; {:.0f} d on the mean, P80 slip {:.0f} d", percent(item.index), item.milestone,
                  item.mean_cost_d, item.p80_slip_d);
        page.line("     {}: {}", item.cause, help.advice);
        if (!help.command.empty()) {
            page.line("     try: {}", help.command);
        }
    }
}

/// What costs most days on the way to the first milestone that loses any.
void print_critical(Page& page, Odds const& odds)
{
    auto const costs = [](CriticalItem const& row) { return row.mean_cost_d >= 0.05 && row.cause != info(Cause::plan).name; };
    std::string milestone;
    for (auto const& row : odds.critical) {
        if (row.milestone != milestone && costs(row)) {
            milestone = row.milestone;
            page.heading("{:<56}{:<16}{:>8}{:>9}{:>9}", fitted("To " + milestone, 55), "cause", "on it %", "mean d", "P80 d");
        }
        if (row.milestone == milestone && costs(row)) {
            page.line("  {:<54}{:<16}{:>8}{:>9.1f}{:>9.1f}", fitted(row.item, 53), row.cause, percent(row.index), row.mean_cost_d,
                      row.p80_slip_d);
        }
    }
}

void print_orders(Page& page, Odds const& odds, bool all)
{
    auto const late = static_cast<std::size_t>(std::ranges::count_if(odds.orders, [](OrderOdds const& row) { return row.float_d < 0.0; }));
    if (odds.orders.empty()) {
        return;
    }
    if (late == 0 && !all) {
        page.heading("Orders: every one is placed early enough for four cases of five");
        return;
    }
    auto const most = all ? odds.orders.size() : std::min<std::size_t>(late, 8);
    page.heading("Orders to place earlier, for four chances in five that the goods are in time: {} of {}", late, odds.orders.size());
    page.line("  {:<36}{:<12}{:<12}{:<12}{:>10}{:>12}", "order", "order by", "placed", "needed", "lead d", "too late d");
    for (std::size_t i = 0; i < most; ++i) {
        auto const& row = odds.orders[i];
        page.line("  {:<36}{:<12}{:<12}{:<12}{:>10}{:>12}", fitted(row.order, 35), odds.dates.text(row.order_by_s),
                  date_or(odds.dates, row.placed_s, "-"), date_or(odds.dates, row.need_s, "-"), grouped(row.lead_q80_d),
                  grouped(-row.float_d));
    }
    if (late > most) {
        page.line("  and {} more", late - most);
    }
}

} // namespace

std::string milestone_lines(Odds const& odds)
{
    auto out =
        fmt::format("  {:<30}{:<12}{:<12}{:<12}{:<12}{:>8}{:>9}\n", "milestone", "planned", "P10", "P50", "P90", "reached", "in time");
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(most, odds.milestones.size()); ++i) {
        auto const& m = odds.milestones[i];
        auto const date = [&odds](double date_s) { return date_or(odds.dates, date_s, "after end"); };
        out += fmt::format("  {:<30}{:<12}{:<12}{:<12}{:<12}{:>8}{:>9}\n", fitted(m.name, 29), date(m.planned_s), date(m.p10.at_s),
                           date(m.p50.at_s), date(m.p90.at_s), chance(m.reached_share), chance(m.in_time));
    }
    if (odds.milestones.size() > most) {
        out += fmt::format("  and {} more\n", odds.milestones.size() - most);
    }
    return out;
}

std::string page(Odds const& odds, bool all)
{
    Page page;
    print_head(page, odds);
    print_milestones(page, odds, all);
    print_odds_hours(page, odds, all);
    print_gates(page, odds, all);
    print_helps(page, odds);
    if (all) {
        print_critical(page, odds);
    }
    print_orders(page, odds, all);
    page.heading("next: scripts/plot_run.py {}", odds.file);
    return page.take();
}

} // namespace aidc::report
