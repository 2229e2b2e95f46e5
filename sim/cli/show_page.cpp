#include "sim/cli/show_page.hpp"
#include "sim/cli/show_build.hpp"
#include "sim/cli/show_cooling.hpp"
#include "sim/cli/show_text.hpp"
#include "sim/cli/show_use.hpp"

#include <fmt/ranges.h>

namespace aidc::report {
namespace {

constexpr std::size_t most_halls = 16;

/// Lateness of what is not reached: so far.
std::string days_text(DateFacts const& date, double until_s)
{
    if (std::isnan(date.actual_s) && !std::isnan(date.planned_s)) {
        auto const so_far_d = days_late(until_s, date.planned_s).value_or(0.0);
        return so_far_d > 0.0 ? fmt::format(">{:.0f}", so_far_d) : "-";
    }
    return signed_days(days_late(date.actual_s, date.planned_s));
}

/// For sorting: days late, so far where it is not reached; not planned and not reached is no lateness.
double lateness_d(DateFacts const& date, double until_s)
{
    return days_late(std::isnan(date.actual_s) ? until_s : date.actual_s, date.planned_s).value_or(0.0);
}

std::string reached(Dates const& dates, double date_s) { return text_or(dates.text(date_s), "after end"); }

std::string planned(Dates const& dates, double date_s) { return text_or(dates.text(date_s), "-"); }

void print_head(Page& page, Facts const& f)
{
    page.line("{}", f.name);
    page.line("  {} to {}, {}, seed {}, detail {}", f.dates.text(0.0), f.dates.text(f.until_s), f.status, f.seed, f.detail);
    page.line("  {}, written by {}", f.file, f.program);
}

/// Days of a target against its due date: in hand, late, or late so far.
std::string against_due(TargetFacts const& target, double until_s)
{
    if (std::isnan(target.due_s)) {
        return "no due date";
    }
    bool const open = std::isnan(target.date.actual_s);
    auto const late_d = days_late(open ? until_s : target.date.actual_s, target.due_s).value_or(0.0);
    if (open) {
        return late_d > 0.0 ? fmt::format("> {:.0f} d late", late_d) : "due after the end";
    }
    return late_d > 0.0 ? fmt::format("{:.0f} d late", late_d) : fmt::format("{:.0f} d in hand", -late_d);
}

void print_targets(Page& page, Facts const& f)
{
    if (f.targets.empty()) {
        return;
    }
    page.heading("{:<32}{:>9}   {:<12}{:<12}{:<12}{}", "Targets", "MW", "due", "planned", "actual", "against due date");
    for (auto const& target : f.targets) {
        page.line("  {:<30}{:>9}   {:<12}{:<12}{:<12}{}", fitted(target.name, 29),
                  std::isnan(target.it_W) ? "-" : fmt::format("{:.1f}", target.it_W / 1e6), planned(f.dates, target.due_s),
                  planned(f.dates, target.date.planned_s), reached(f.dates, target.date.actual_s), against_due(target, f.until_s));
    }
}

void print_campuses(Page& page, Facts const& f)
{
    page.heading("{:<16}{:<28}{:<28}{}", "Campuses", "power", "first live", "complete");
    page.line("{:<16}{:<11}{:<11}{:>4}  {:<11}{:<11}{:>4}  {:<11}{:<11}{:>4}", "", "planned", "actual", "late", "planned", "actual", "late",
              "planned", "actual", "late");
    for (auto const& campus : f.campuses) {
        std::string dates;
        for (auto const& date : {campus.power, campus.first_live, campus.complete}) {
            dates += fmt::format("{:<11}{:<11}{:>4}  ", planned(f.dates, date.planned_s), reached(f.dates, date.actual_s),
                                 days_text(date, f.until_s));
        }
        page.line("  {:<14}{}", fitted(campus.name, 13), dates);
    }
}

std::string held_by(HallFacts const& hall)
{
    if (hall.gate.empty()) {
        return "-";
    }
    auto const* const when = std::isnan(hall.complete.actual_s) ? "now" : "last";
    auto words = fmt::format("{} {}", when, fmt::join(hall.gate, ","));
    constexpr std::size_t width = 15;
    return words.size() <= width || hall.gate.size() == 1 ? words : fmt::format("{} {} terms", when, hall.gate.size());
}

void print_every_hall(Page& page, Facts const& f, PowerUnit const& unit)
{
    std::size_t width = 4;
    for (auto const& hall : f.halls) {
        width = std::clamp(hall.name.size(), width, std::size_t{18});
    }
    page.heading("{:<{}}{:>7}  {:<11}{:<11}{:<11}{:<11}{:>5}  {}", "Halls", width + 2, unit.name, "handover", "first live", "complete",
                 "planned", "late", "held by");
    for (auto const& hall : f.halls) {
        bool const stood = hall.handover.actual_s <= 0.0;
        page.line("  {:<{}}{:>7}  {:<11}{:<11}{:<11}{:<11}{:>5}  {}", fitted(hall.name, width), width, unit.text(hall.complete_W),
                  stood ? "stood" : reached(f.dates, hall.handover.actual_s), reached(f.dates, hall.first_live.actual_s),
                  reached(f.dates, hall.complete.actual_s), planned(f.dates, hall.complete.planned_s), days_text(hall.complete, f.until_s),
                  held_by(hall));
    }
}

/// Halls of one building or campus together.
struct Fold {
    std::string name;
    std::size_t halls{}, complete{};
    double complete_W{}, first_s{}, last_s{};
    HallFacts const* worst = nullptr;
};

std::vector<Fold> folds_of(Facts const& f, std::string (*name_of)(std::string const&))
{
    std::vector<Fold> folds;
    for (auto const& hall : f.halls) {
        auto const name = name_of(hall.name);
        auto fold = std::ranges::find(folds, name, &Fold::name);
        if (fold == folds.end()) {
            fold = folds.insert(fold, {.name = name, .first_s = hall.first_live.actual_s, .last_s = 0.0});
        }
        ++fold->halls;
        fold->complete += std::isnan(hall.complete.actual_s) ? 0 : 1;
        fold->complete_W += hall.complete_W;
        fold->first_s = std::fmin(fold->first_s, hall.first_live.actual_s);
        fold->last_s = std::fmax(fold->last_s, hall.complete.actual_s);
        if (fold->worst == nullptr || lateness_d(hall.complete, f.until_s) > lateness_d(fold->worst->complete, f.until_s)) {
            fold->worst = &hall;
        }
    }
    return folds;
}

void print_folded_halls(Page& page, Facts const& f, PowerUnit const& unit)
{
    auto folds = folds_of(f, building_of);
    bool const by_building = folds.size() <= 8;
    if (!by_building) {
        folds = folds_of(f, campus_of);
    }
    page.heading("{:<17}{:>6}{:>10}  {:<12}{:<15}{:<16}{:>5}  {}", fmt::format("Halls ({})", f.halls.size()), unit.name, "complete",
                 "first live", "last complete", "most late", "days", "held by");
    for (auto const& fold : folds) {
        page.line("  {:<14}{:>7}{:>10}  {:<12}{:<12}{:<19}{:>5}  {}", fitted(fold.name, 14), unit.text(fold.complete_W),
                  fmt::format("{} of {}", fold.complete, fold.halls), reached(f.dates, fold.first_s),
                  fold.complete == 0 ? "-" : f.dates.text(fold.last_s), fitted(fold.worst->name, 18),
                  days_text(fold.worst->complete, f.until_s), held_by(*fold.worst));
    }
}

/// Rows from the end that say nothing new: live as planned, and the same as the row before.
std::size_t rows_that_tell(Facts const& f)
{
    auto const& rows = f.half_years;
    auto count = rows.size();
    auto const same = [](double a, double b) { return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), 1.0); };
    while (count > 1 && same(rows[count - 1].live_W, rows[count - 2].live_W)
           && same(rows[count - 1].planned_W, rows[count - 2].planned_W)) {
        --count;
    }
    return count;
}

void print_half_years(Page& page, Facts const& f, PowerUnit const& unit, bool all)
{
    page.heading("{:<28}{:>10}{:>12}{:>12}{:>20}{:>12}", "Live at the end of", fmt::format("live {}", unit.name),
                 fmt::format("planned {}", unit.name), fmt::format("behind {}", unit.name), "live accelerators", "planned");
    auto const tell = all ? f.half_years.size() : rows_that_tell(f);
    for (std::size_t i = 0; i < tell; ++i) {
        auto const& row = f.half_years[i];
        double const behind_W = row.planned_W - row.live_W;
        auto const until = f.dates.text(row.at_s - 1.0);
        page.line("  {:<26}{:>10}{:>12}{:>12}{:>20}{:>12}", i + 1 == tell && tell < f.half_years.size() ? until + ", and so on" : until,
                  unit.text(row.live_W), unit.text(row.planned_W), std::abs(behind_W) < 0.05 * unit.watts ? "-" : unit.text(behind_W),
                  grouped(row.accelerators), grouped(row.accelerators_planned));
    }
}

void print_ledger(Page& page, Facts const& f, bool all)
{
    double const share = f.planned_or_live_h > 0.0 ? f.not_live_h / f.planned_or_live_h : 0.0;
    page.heading("What held it: {} accelerator-hours planned and not live ({} %){}", grouped(f.not_live_h), percent(share),
                 f.ahead_h > 0.5 ? fmt::format("; {} ahead of plan", grouped(f.ahead_h)) : "");
    print_hours(page, f.terms, f.causes, f.not_live_h, all ? 99 : 6);
}

/// "done 2027-10-10, 66 d late".
std::string finish(Help const& help, Dates const& dates)
{
    if (std::isnan(help.actual_s)) {
        return "not done by the end";
    }
    auto const slip_d = days_late(help.actual_s, help.planned_s);
    auto const done = fmt::format("done {}", dates.text(help.actual_s));
    return !slip_d          ? done
           : *slip_d == 0.0 ? fmt::format("{}, as planned", done)
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
        auto const gain = fmt::format("  {}. {}, {} h alone", ++rank, help.term, grouped(help.solo_h));
        if (help.activity.empty()) {
            page.line("{}: nothing in the scenario provides more of it", gain);
            continue;
        }
        page.line("{}: {} waits for {}", gain, help.hall, help.activity);
        if (help.cause.empty()) {
            page.wrapped("     ", finish(help, f.dates) + "; no work or order on its way slipped: the plan asks for it before it can come");
            continue;
        }
        auto const item = help.slip_order.empty() ? help.slip_activity : "order " + help.slip_order;
        page.wrapped("     ",
                     fmt::format("{}; {:+.0f} d by {} ({}): {}", finish(help, f.dates), help.slip_d, item, help.cause, help.advice));
        if (!help.command.empty()) {
            page.line("     try: {}", help.command);
        }
    }
}

} // namespace

std::string page(Facts const& f, bool all)
{
    Page page;
    PowerUnit const unit(f);
    print_head(page, f);
    print_targets(page, f);
    print_campuses(page, f);
    if (all || f.halls.size() <= most_halls) {
        print_every_hall(page, f, unit);
    }
    else {
        print_folded_halls(page, f, unit);
    }
    print_half_years(page, f, unit, all);
    print_ledger(page, f, all);
    print_helps(page, f);
    print_goods(page, f, all);
    print_use(page, f.use, all);
    print_plants(page, f, all);
    print_operation(page, f);
    page.heading("next: scripts/plot_run.py {}", f.file);
    page.line("      chances and order-by dates: aidcsim run SCENARIO.json --detail build --replicates 200");
    return page.take();
}

} // namespace aidc::report
