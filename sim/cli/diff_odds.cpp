#include "sim/cli/diff.hpp"

#include "models/base/tick.hpp"
#include "sim/cli/show_lines.hpp"
#include "sim/cli/show_odds.hpp"

#include <map>

namespace aidc::report {
namespace {

constexpr double same_d = 0.5 / day_s;

/// Change of a quantile [d]; NaN when one of them is after the end.
double days_between(double before_s, double after_s) { return (after_s - before_s) / day_s; }

bool is_same(double before_s, double after_s)
{
    return std::isnan(before_s) || std::isnan(after_s) ? std::isnan(before_s) == std::isnan(after_s)
                                                       : std::abs(days_between(before_s, after_s)) <= same_d;
}

std::vector<double> quantiles(MilestoneOdds const& m, double shift_s)
{
    return {m.p10.at_s + shift_s, m.p50.at_s + shift_s, m.p90.at_s + shift_s};
}

std::map<std::string, double> mean_h(std::vector<HoursOdds> const& rows)
{
    std::map<std::string, double> hours;
    for (auto const& row : rows) {
        hours[row.name] = row.mean_h;
    }
    return hours;
}

std::string date_text(Dates const& dates, double at_s) { return text_or(dates.text(at_s), "after end"); }

/// "+3.5 d", or why there is no number.
std::string change(double before_s, double after_s)
{
    double const days = days_between(before_s, after_s);
    return !std::isnan(days)                             ? fmt::format("{:+.1f}", days)
           : std::isnan(before_s) && std::isnan(after_s) ? "-"
           : std::isnan(before_s)                        ? "reached"
                                                         : "lost";
}

} // namespace

OddsDifference compare(Odds const& a, Odds const& b)
{
    double const shift_s = static_cast<double>(b.dates.start_day - a.dates.start_day) * day_s;
    OddsDifference d{
        .before = a.file, .after = b.file, .dates = a.dates, .replicates_before = a.replicates, .replicates_after = b.replicates};
    std::map<std::string, MilestoneOdds> after;
    for (auto const& m : b.milestones) {
        after[m.name] = m;
    }
    for (auto const& m : a.milestones) {
        auto const other = after.find(m.name);
        if (other == after.end()) {
            d.only_one.push_back(m.name);
            continue;
        }
        MovedOdds moved{.milestone = m.name,
                        .before_s = quantiles(m, 0.0),
                        .after_s = quantiles(other->second, shift_s),
                        .in_time_before = m.in_time,
                        .in_time_after = other->second.in_time};
        after.erase(other);
        bool const same = std::ranges::equal(moved.before_s, moved.after_s, is_same);
        d.same += same ? 1 : 0;
        if (!same) {
            d.moved.push_back(std::move(moved));
        }
    }
    for (auto const& m : b.milestones) {
        if (after.contains(m.name)) {
            d.only_one.push_back(m.name);
        }
    }
    d.not_live_before_h = a.mean_not_live_h;
    d.not_live_after_h = b.mean_not_live_h;
    d.hours_by_cause = parts(mean_h(a.causes), mean_h(b.causes), 1.0, 0.5);
    return d;
}

std::string page(OddsDifference const& d)
{
    Page page;
    if (!d.moved.empty()) {
        page.heading("{:<33}{:<10}{:>8}  {:<10}{:>8}  {:<10}{:>8}{:>9}", "Milestones (after, days)", "P10", "d", "P50", "d", "P90", "d",
                     "in time");
    }
    for (auto const& m : d.moved) {
        std::string dates;
        for (std::size_t q = 0; q < m.before_s.size(); ++q) {
            dates += fmt::format("{:<10}{:>8}  ", date_text(d.dates, m.after_s[q]), change(m.before_s[q], m.after_s[q]));
        }
        auto const chance =
            std::isnan(m.in_time_after - m.in_time_before) ? "" : fmt::format("{:+.0f} %", 100.0 * (m.in_time_after - m.in_time_before));
        page.line("  {:<30} {}{:>5}", fitted(m.milestone, 30), dates, chance);
    }
    for (auto const& name : d.only_one) {
        page.line("  {} (only one result knows it)", name);
    }
    page.heading("Planned and not live, mean: {} -> {} accelerator-hours ({}{})", grouped(d.not_live_before_h), grouped(d.not_live_after_h),
                 d.not_live_after_h > d.not_live_before_h ? "+" : "", grouped(d.not_live_after_h - d.not_live_before_h));
    for (auto const& part : d.hours_by_cause) {
        page.line("      {:<44}{:>18} h", part.name, (part.days > 0.0 ? "+" : "") + grouped(part.days));
    }
    return fmt::format("{} ({} replicates) -> {} ({} replicates): {} milestones moved, {} are the same\n", d.before, d.replicates_before,
                       d.after, d.replicates_after, d.moved.size(), d.same)
           + page.take() + "\n";
}

} // namespace aidc::report
