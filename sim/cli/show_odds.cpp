#include "sim/cli/show_odds.hpp"

#include "sim/record/h5_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc::report {
namespace {

constexpr std::size_t page_width = 100;

std::vector<MilestoneOdds> read_milestones(h5::Reader const& file)
{
    std::string const group = "/replicate_milestones/";
    auto const column = [&](char const* name) { return file.column(group + name); };
    auto const planned = column("planned"), due = column("due"), p10 = column("p10"), p50 = column("p50"), p90 = column("p90");
    auto const reached = column("reached_share"), in_time = column("probability_in_time");
    std::vector<MilestoneOdds> rows;
    for (auto const& name : file.labels(group + "milestone")) {
        auto const i = rows.size();
        rows.push_back({.name = name,
                        .planned_s = planned[i],
                        .due_s = due[i],
                        .p10_s = p10[i],
                        .p50_s = p50[i],
                        .p90_s = p90[i],
                        .reached_share = reached[i],
                        .in_time = in_time[i]});
    }
    return rows;
}

/// \param names  Path of the axis      \param what  Name of the matrix
std::vector<HoursOdds> read_hours(h5::Reader const& file, std::string const& group, std::string const& names, std::string const& what)
{
    auto const column = [&](char const* name) { return file.column(group + name + what); };
    auto const mean = column("mean_"), p10 = column("p10_"), p50 = column("p50_"), p90 = column("p90_");
    std::vector<HoursOdds> rows;
    std::size_t i = 0;
    for (auto const& name : file.labels(group + names)) {
        rows.push_back({.name = name, .mean_h = mean[i], .p10_h = p10[i], .p50_h = p50[i], .p90_h = p90[i]});
        ++i;
    }
    std::erase_if(rows, [](HoursOdds const& row) { return row.mean_h <= 0.0; });
    std::ranges::stable_sort(rows, std::ranges::greater{}, &HoursOdds::mean_h);
    return rows;
}

std::vector<CriticalItem> read_critical(h5::Reader const& file)
{
    std::string const group = "/criticality/";
    auto const text = [&](char const* name) { return file.labels(group + name); };
    auto const column = [&](char const* name) { return file.column(group + name); };
    auto const milestone = text("milestone"), item = text("item"), kind = text("kind"), cause = text("cause");
    auto const index = column("index"), mean = column("mean_slip_d"), p80 = column("p80_slip_d"), cost = column("mean_days_cost_d");
    std::vector<CriticalItem> rows;
    for (std::size_t i = 0; i < item.size(); ++i) {
        rows.push_back({.milestone = milestone[i],
                        .item = item[i],
                        .kind = kind[i],
                        .cause = cause[i],
                        .index = index[i],
                        .mean_slip_d = mean[i],
                        .p80_slip_d = p80[i],
                        .mean_cost_d = cost[i]});
    }
    return rows;
}

std::vector<OrderOdds> read_orders(h5::Reader const& file)
{
    std::string const group = "/order_by/";
    auto const text = [&](char const* name) { return file.labels(group + name); };
    auto const column = [&](char const* name) { return file.column(group + name); };
    auto const order = text("order"), item = text("item"), maker = text("maker"), activity = text("activity");
    auto const placed = column("placed"), need = column("need"), by = column("order_by"), lead = column("lead_q80_d"),
               days = column("float_d");
    std::vector<OrderOdds> rows;
    for (std::size_t i = 0; i < order.size(); ++i) {
        rows.push_back({.order = order[i],
                        .item = item[i],
                        .maker = maker[i],
                        .activity = activity[i],
                        .placed_s = placed[i],
                        .need_s = need[i],
                        .order_by_s = by[i],
                        .lead_q80_d = lead[i],
                        .float_d = days[i]});
    }
    std::erase_if(rows, [](OrderOdds const& row) { return std::isnan(row.float_d); });
    std::ranges::stable_sort(rows, {}, &OrderOdds::float_d);
    return rows;
}

Odds read_all(h5::Reader const& file, std::string const& path)
{
    return {.file = path,
            .name = file.attribute("/", "title"),
            .status = file.text("/replicate_summary/status"),
            .program = file.text("/provenance/program"),
            .detail = file.text("/provenance/detail"),
            .seed = static_cast<std::int64_t>(file.scalar("/provenance/seed")),
            .asked = static_cast<std::size_t>(file.scalar("/replicate_summary/asked")),
            .replicates = file.column("/replicate_summary/live_W").size(),
            .dates = dates_since(file.attribute("/replicate_milestones/actual", "units")),
            .milestones = read_milestones(file),
            .terms = read_hours(file, "/replicate_term/", "term", "share_accelerator_h"),
            .causes = read_hours(file, "/replicate_cause/", "cause", "accelerator_h"),
            .critical = read_critical(file),
            .orders = read_orders(file)};
}

/// The end of a name that is too long for its column.
std::string fitted(std::string const& name, std::size_t width)
{
    return name.size() < width ? name : fmt::format("..{}", name.substr(name.size() - width + 3));
}

std::string date_or(Dates const& dates, double date_s, char const* otherwise)
{
    return std::isnan(date_s) ? otherwise : dates.text(date_s);
}

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100.0 * share); }

/// \param most  Lines at most
std::string lines_of(Odds const& odds, std::size_t most)
{
    auto out =
        fmt::format("  {:<30}{:<12}{:<12}{:<12}{:<12}{:>8}{:>9}\n", "milestone", "planned", "P10", "P50", "P90", "reached", "in time");
    for (std::size_t i = 0; i < std::min(most, odds.milestones.size()); ++i) {
        auto const& m = odds.milestones[i];
        auto const date = [&odds](double date_s) { return date_or(odds.dates, date_s, "after end"); };
        out += fmt::format("  {:<30}{:<12}{:<12}{:<12}{:<12}{:>8}{:>9}\n", fitted(m.name, 30), date(m.planned_s), date(m.p10_s),
                           date(m.p50_s), date(m.p90_s), percent(m.reached_share), percent(m.in_time));
    }
    if (odds.milestones.size() > most) {
        out += fmt::format("  and {} more\n", odds.milestones.size() - most);
    }
    return out;
}

std::string hours_lines(std::vector<HoursOdds> const& rows, std::size_t most)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(most, rows.size()); ++i) {
        auto const& row = rows[i];
        out += fmt::format("  {:<22}{:>14.0f}{:>14.0f}{:>14.0f}{:>14.0f}\n", row.name, row.mean_h, row.p10_h, row.p50_h, row.p90_h);
    }
    return out;
}

/// The items that cost most days on the way to one milestone.
std::string critical_lines(Odds const& odds, std::string const& milestone, std::size_t most)
{
    std::string out;
    for (auto const& row : odds.critical) {
        if (row.milestone == milestone && row.mean_cost_d > 0.0 && most > 0) {
            --most;
            out += fmt::format("  {:<44}{:<16}{:>7}{:>14.1f}{:>14.1f}\n", fitted(row.item, 44), row.cause, percent(row.index),
                               row.mean_cost_d, row.p80_slip_d);
        }
    }
    return out;
}

std::string order_lines(Odds const& odds, std::size_t most)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(most, odds.orders.size()); ++i) {
        auto const& row = odds.orders[i];
        out += fmt::format("  {:<36}{:<12}{:<12}{:<12}{:>10.0f}{:>10.0f}\n", fitted(row.order, 36), date_or(odds.dates, row.placed_s, "-"),
                           date_or(odds.dates, row.need_s, "-"), odds.dates.text(row.order_by_s), row.lead_q80_d, row.float_d);
    }
    return out;
}

/// The milestone whose chain the page shows: the first that has lost days.
std::string watched(Odds const& odds)
{
    auto const lost = std::ranges::find_if(odds.critical, [](CriticalItem const& row) { return row.mean_cost_d > 0.0; });
    return lost == odds.critical.end() ? "" : lost->milestone;
}

} // namespace

std::optional<Odds> read_odds(std::string const& path)
{
    try {
        h5::Reader const file(path);
        if (file.attribute("/", "aidcsim_format") != "1" || !file.has("/replicate_summary")) {
            return {};
        }
        return read_all(file, path);
    }
    catch (h5::Error const&) {
        return {}; // the reader of single runs says what is wrong with it
    }
}

std::string milestone_lines(Odds const& odds) { return lines_of(odds, 8); }

std::string page(Odds const& odds)
{
    auto out = fmt::format("{}\n  from {}, {}, {} of {} replicates, seed {}, detail {}\n  {}, written by {}\n", odds.name,
                           odds.dates.text(0.0), odds.status, odds.replicates, odds.asked, odds.seed, odds.detail, odds.file, odds.program);
    out += "\nMilestones: with a chance of 10, 50 and 90 % by this date\n" + lines_of(odds, 24);
    out += fmt::format("\nAccelerator-hours planned and not live, by term\n  {:<22}{:>14}{:>14}{:>14}{:>14}\n", "term", "mean", "P10",
                       "P50", "P90");
    out += hours_lines(odds.terms, 9);
    if (auto const milestone = watched(odds); !milestone.empty()) {
        out += fmt::format("\nWhat costs most days on the way to {}\n  {:<44}{:<16}{:>7}{:>14}{:>14}\n", milestone, "item", "cause",
                           "on it", "mean days", "P80 slip");
        out += critical_lines(odds, milestone, 6);
    }
    if (!odds.orders.empty()) {
        out += fmt::format("\nOrders with least float: placed by then, the goods are in time in four cases of five\n"
                           "  {:<36}{:<12}{:<12}{:<12}{:>10}{:>10}\n",
                           "order", "placed", "needed", "order by", "lead d", "float d");
        out += order_lines(odds, 6);
    }
    std::string cut;
    for (std::size_t from = 0; from < out.size();) {
        auto const end = out.find('\n', from);
        cut += out.substr(from, std::min(end - from, page_width)) + "\n";
        from = end + 1;
    }
    cut.pop_back();
    return cut;
}

} // namespace aidc::report
