#include "sim/cli/diff.hpp"

#include "models/base/error.hpp"
#include "models/base/units.hpp"
#include "models/ledger/cause.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/show_odds.hpp"
#include "sim/record/h5_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace aidc::report {
namespace {

constexpr double same_s = 0.5;

/// Slips of one chain, by cause and by item [s].
struct Chain {
    std::map<std::string, double> by_cause, by_item;
};

/// What a result says about its dates.
struct Result {
    Dates dates;
    std::vector<std::string> names;
    std::map<std::string, double> planned_s, actual_s;
    std::map<std::string, Chain> chains;
    std::map<std::string, double> not_live_h; ///< By cause
    double live_W{};

    double not_live_total_h() const
    {
        double sum = 0.0;
        for (auto const& [cause, hours] : not_live_h) {
            sum += hours;
        }
        return sum;
    }
};

Result read(std::string const& path)
{
    h5::Reader const file(path);
    if (!file.has("/chain") || !file.has("/dates")) {
        throw InputErrors(
            {{path, "", "is no result of a single run with dates and chains; make one with: aidcsim run SCENARIO.json -o FILE.h5"}});
    }
    Result r{.dates = dates_since(file.entry("/dates/actual").units), .names = file.labels("/dates/name")};
    auto const planned = file.column("/dates/planned");
    auto const actual = file.column("/dates/actual");
    for (std::size_t m = 0; m < r.names.size(); ++m) {
        r.planned_s[r.names[m]] = planned[m];
        r.actual_s[r.names[m]] = actual[m];
    }
    auto const milestones = file.labels("/chain/milestone");
    auto const who = file.labels("/chain/who");
    auto const cause = file.labels("/chain/cause");
    auto const slip = file.column("/chain/slip_s");
    for (std::size_t i = 0; i < milestones.size(); ++i) {
        auto& chain = r.chains[milestones[i]];
        chain.by_cause[cause[i]] += slip[i];
        chain.by_item[who[i]] += slip[i];
    }
    auto const causes_there = file.labels("/ledger_cause/cause");
    auto const hours = file.column("/ledger_cause/accelerator_h");
    for (std::size_t i = 0; i < hours.size(); ++i) {
        auto const row = std::ranges::find(causes, causes_there[i % causes_there.size()], &CauseInfo::name);
        bool const once_live = row != causes.end() && (row->family == "operations" || row->family == "use");
        if (!once_live) {
            r.not_live_h[causes_there[i % causes_there.size()]] += hours[i];
        }
    }
    r.live_W = file.scalar("/summary/live_W");
    return r;
}

double at(std::map<std::string, double> const& values, std::string const& name)
{
    auto const found = values.find(name);
    return found == values.end() ? std::nan("") : found->second;
}

Moved move_of(std::string const& name, Result const& a, Result const& b, double shift_s)
{
    Moved moved{.milestone = name, .before_s = at(a.actual_s, name), .after_s = at(b.actual_s, name) + shift_s};
    moved.only_one_known = !a.actual_s.contains(name) || !b.actual_s.contains(name);
    if (std::isnan(moved.before_s) || std::isnan(moved.after_s)) {
        return moved;
    }
    moved.days = (moved.after_s - moved.before_s) / day_s;
    auto before = a.chains.contains(name) ? a.chains.at(name) : Chain{};
    auto after = b.chains.contains(name) ? b.chains.at(name) : Chain{};
    // actual = planned + slips, so a change is that of the plan and of each slip; what was not planned has no such split.
    double const plan_s = at(b.planned_s, name) + shift_s - at(a.planned_s, name);
    if (std::isnan(plan_s)) {
        return moved; // not in the plan of one of them (another mix of racks): slips against nothing explain nothing
    }
    after.by_cause["baseline"] += plan_s;
    after.by_item["baseline"] += plan_s;
    moved.by_cause = parts(before.by_cause, after.by_cause, day_s, 0.05);
    moved.by_item = parts(before.by_item, after.by_item, day_s, 0.5);
    return moved;
}

std::string date_text(Dates const& dates, double at_s) { return std::isnan(at_s) ? "after the end" : dates.text(at_s); }

/// A bar of at most 20 marks.
std::string bar(double days, double largest)
{
    auto const marks = static_cast<std::size_t>(std::lround(20.0 * std::abs(days) / std::max(largest, 1e-9)));
    return std::string(marks, days > 0.0 ? '+' : '-');
}

void print_parts(std::string& text, std::vector<Part> const& all, std::size_t most)
{
    double const largest = all.empty() ? 0.0 : std::abs(all.front().days);
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
        text += fmt::format("      {:<44.44}{:>+8.1f} d  {}\n", all[i].name, all[i].days, bar(all[i].days, largest));
    }
    if (all.size() > most) {
        double rest = 0.0;
        for (std::size_t i = most; i < all.size(); ++i) {
            rest += all[i].days;
        }
        text += fmt::format("      {:<44}{:>+8.1f} d\n", fmt::format("and {} more", all.size() - most), rest);
    }
}

} // namespace

std::vector<Part> parts(std::map<std::string, double> const& before, std::map<std::string, double> const& after, double unit, double least)
{
    std::map<std::string, double> change;
    for (auto const& [name, value] : after) {
        change[name] += value / unit;
    }
    for (auto const& [name, value] : before) {
        change[name] -= value / unit;
    }
    std::vector<Part> all;
    for (auto const& [name, value] : change) {
        if (std::abs(value) >= least) {
            all.push_back({.name = name, .days = value});
        }
    }
    std::ranges::stable_sort(all, [](Part const& a, Part const& b) { return std::abs(a.days) > std::abs(b.days); });
    return all;
}

Difference compare(std::string const& before, std::string const& after)
{
    auto const a = read(before);
    auto const b = read(after);
    double const shift_s = static_cast<double>(b.dates.start_day - a.dates.start_day) * day_s;
    Difference d{.before = before, .after = after, .dates = a.dates, .live_before_W = a.live_W, .live_after_W = b.live_W};
    auto names = a.names;
    std::ranges::copy_if(b.names, std::back_inserter(names), [&a](std::string const& name) { return !a.actual_s.contains(name); });
    for (auto const& name : names) {
        auto moved = move_of(name, a, b, shift_s);
        bool const one = std::isnan(moved.before_s) != std::isnan(moved.after_s) || moved.only_one_known;
        if (one || std::abs(moved.days) * day_s > same_s) {
            d.moved.push_back(std::move(moved));
        }
        else {
            ++d.same;
        }
    }
    d.not_live_before_h = a.not_live_total_h();
    d.not_live_after_h = b.not_live_total_h();
    d.hours_by_cause = parts(a.not_live_h, b.not_live_h, 1.0, 0.5);
    return d;
}

std::string page(Difference const& d)
{
    auto text = fmt::format("{} -> {}: {} dates moved, {} are the same\n", d.before, d.after, d.moved.size(), d.same);
    for (auto const& m : d.moved) {
        text += fmt::format("\n  {}: {} -> {}", m.milestone, date_text(d.dates, m.before_s), date_text(d.dates, m.after_s));
        text += m.only_one_known                     ? " (only one result knows it)\n"
                : std::isnan(m.before_s + m.after_s) ? "\n"
                                                     : fmt::format(", {:+.1f} d\n", m.days);
        if (m.by_cause.empty() && std::abs(m.days) > 0.05) {
            text += "      one of the plans does not have it: no split by cause\n";
        }
        print_parts(text, m.by_cause, 8);
        if (!m.by_item.empty()) {
            text += "      most of it in\n";
            print_parts(text, m.by_item, 3);
        }
    }
    text += fmt::format("\nPlanned and not live: {:.0f} -> {:.0f} accelerator-hours ({:+.0f}); live at the end {:.1f} -> {:.1f} MW\n",
                        d.not_live_before_h, d.not_live_after_h, d.not_live_after_h - d.not_live_before_h, d.live_before_W / 1e6,
                        d.live_after_W / 1e6);
    for (auto const& part : d.hours_by_cause) {
        text += fmt::format("      {:<44}{:>+14.0f} h\n", part.name, part.days);
    }
    return text;
}

} // namespace aidc::report

namespace aidc {

int diff(std::string const& before, std::string const& after)
{
    constexpr int differs = 4;
    auto const odds_before = report::read_odds(before);
    auto const odds_after = report::read_odds(after);
    if (odds_before && odds_after) {
        auto const difference = report::compare(*odds_before, *odds_after);
        fmt::print("{}", report::page(difference));
        return difference.moved.empty() && difference.only_one.empty() && difference.hours_by_cause.empty() ? 0 : differs;
    }
    if (odds_before.has_value() != odds_after.has_value()) {
        throw InputErrors(
            {{odds_before ? after : before, "",
              fmt::format("is no result of replicates and {} is one (a date and its chances do not compare); give two single runs, "
                          "or two with --replicates",
                          odds_before ? before : after)}});
    }
    auto const difference = report::compare(before, after);
    fmt::print("{}", report::page(difference));
    return difference.moved.empty() && difference.hours_by_cause.empty() ? 0 : differs;
}

} // namespace aidc
