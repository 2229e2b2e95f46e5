#include "sim/cli/show_build.hpp"
#include "sim/cli/show_odds.hpp"

#include "models/ledger/cause.hpp"

#include <cmath>
#include <limits>
#include <map>

namespace aidc::report {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Quantiles of one level with their intervals. A lower end at the start says that the replicates are too few to tell.
std::vector<DateQuantile> read_quantiles(h5::Reader const& file, std::string const& path)
{
    auto const at_s = file.column(path), low_s = file.column(path + "_low"), high_s = file.column(path + "_high");
    std::vector<DateQuantile> all;
    for (std::size_t i = 0; i < at_s.size(); ++i) {
        all.push_back({.at_s = at_s[i], .low_s = low_s[i] <= 0.0 && !(at_s[i] <= 0.0) ? missing : low_s[i], .high_s = high_s[i]});
    }
    return all;
}

std::vector<MilestoneOdds> read_milestones(h5::Reader const& file)
{
    std::string const group = "/replicate_milestones/";
    auto const column = [&](char const* name) { return file.column(group + name); };
    auto const planned = column("planned"), due = column("due"), reached = column("reached_share"), in_time = column("probability_in_time");
    auto const p10 = read_quantiles(file, group + "p10"), p50 = read_quantiles(file, group + "p50"),
               p90 = read_quantiles(file, group + "p90");
    auto const names = file.labels(group + "milestone");
    auto const kinds = date_names(names, file.labels("/replicate_live/campus"));
    std::vector<MilestoneOdds> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        rows.push_back({.name = names[i],
                        .kind = kinds[i].kind,
                        .planned_s = planned[i],
                        .due_s = due[i],
                        .p10 = p10[i],
                        .p50 = p50[i],
                        .p90 = p90[i],
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
    return rows;
}

void largest_first(std::vector<HoursOdds>& rows)
{
    std::erase_if(rows, [](HoursOdds const& row) { return row.mean_h <= 0.0; });
    std::ranges::stable_sort(rows, std::ranges::greater{}, &HoursOdds::mean_h);
}

std::vector<HoursOdds> read_terms(h5::Reader const& file)
{
    auto rows = read_hours(file, "/replicate_term/", "term", "share_accelerator_h");
    auto const solo_h = file.column("/replicate_term/mean_solo_accelerator_h");
    for (std::size_t j = 0; j < rows.size(); ++j) {
        rows[j].mean_solo_h = solo_h[j];
    }
    largest_first(rows);
    return rows;
}

std::vector<HoursOdds> read_causes(h5::Reader const& file)
{
    auto rows = read_hours(file, "/replicate_cause/", "cause", "accelerator_h");
    largest_first(rows);
    return rows;
}

/// Hours of the calendar of gates by half-year.
std::vector<GateOdds> read_gates(h5::Reader const& file, Dates const& dates)
{
    Series const hours(file, "/replicate_gate/share_accelerator_h");
    auto const names = file.labels("/replicate_gate/term");
    double const until_s = hours.rows() > 0 ? hours.end_s(hours.rows() - 1) : 0.0;
    std::vector<GateOdds> gates;
    std::size_t row = 0;
    double from_s = 0.0;
    for (double const to_s : half_year_ends(dates, until_s)) {
        GateOdds gate{.from_s = from_s, .to_s = to_s};
        for (auto const& name : names) {
            gate.terms.push_back({.name = name});
        }
        for (; row < hours.rows() && hours.end_s(row) <= to_s; ++row) {
            for (std::size_t j = 0; j < names.size(); ++j) {
                gate.terms[j].share_h += hours.at(row, j);
            }
        }
        std::erase_if(gate.terms, [](Hours const& term) { return term.share_h <= 0.0; });
        std::ranges::stable_sort(gate.terms, std::ranges::greater{}, &Hours::share_h);
        if (!gate.terms.empty()) {
            gates.push_back(std::move(gate));
        }
        from_s = to_s;
    }
    return gates;
}

double mean_of(std::vector<double> const& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(std::max<std::size_t>(values.size(), 1));
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

Slip slip_of(CriticalItem const& row)
{
    return {.item = row.item, .is_order = row.kind == "order", .cause = row.cause, .days = row.p80_slip_d};
}

/// Rows of items on the way to the completion of halls that cost days and can hold a term; the float of the plan is no item.
std::vector<CriticalItem const*> holding(Odds const& odds, std::string const& term, ScenarioWords const& words)
{
    std::map<std::string, DateKind> kinds;
    for (auto const& m : odds.milestones) {
        kinds.emplace(m.name, m.kind);
    }
    std::vector<CriticalItem const*> rows;
    for (auto const& row : odds.critical) {
        bool const of_hall = kinds[row.milestone] == DateKind::hall && row.milestone.ends_with(" complete");
        if (of_hall && row.mean_cost_d > 0.0 && row.cause != info(Cause::plan).name && can_hold(term, slip_of(row), words)) {
            rows.push_back(&row);
        }
    }
    return rows;
}

/// The campus whose halls lose most days to such items, the item that costs them most, and where it costs most.
void set_item(HelpOdds& help, std::vector<CriticalItem const*> const& rows)
{
    std::map<std::string, double> by_campus;
    for (auto const* row : rows) {
        by_campus[campus_of(row->milestone)] += row->mean_cost_d;
    }
    auto const days = [](auto const& pair) { return pair.second; };
    if (by_campus.empty()) {
        return;
    }
    help.campus = std::ranges::max_element(by_campus, {}, days)->first;
    std::map<std::string, double> by_item;
    for (auto const* row : rows) {
        if (campus_of(row->milestone) == help.campus) {
            by_item[row->item] += row->mean_cost_d;
        }
    }
    auto const item = std::ranges::max_element(by_item, {}, days)->first;
    for (auto const* row : rows) {
        if (row->item == item && campus_of(row->milestone) == help.campus && row->mean_cost_d > help.item.mean_cost_d) {
            help.item = *row;
        }
    }
}

std::vector<HelpOdds> read_helps(Odds const& odds, ScenarioWords const& words)
{
    auto by_solo = odds.terms;
    std::ranges::stable_sort(by_solo, std::ranges::greater{}, &HoursOdds::mean_solo_h);
    std::vector<HelpOdds> helps;
    for (auto const& term : by_solo) {
        if (helps.size() == 3 || term.mean_solo_h <= 0.0) {
            break;
        }
        HelpOdds help{.term = term.name, .mean_solo_h = term.mean_solo_h};
        set_item(help, holding(odds, term.name, words));
        if (!help.campus.empty()) {
            help.advice = advice_on(slip_of(help.item), words);
            help.command = command_for(slip_of(help.item), words, odds.dates);
        }
        helps.push_back(std::move(help));
    }
    return helps;
}

Odds read_all(h5::Reader const& file, std::string const& path)
{
    Odds odds{.file = path,
              .name = file.attribute("/", "title"),
              .status = file.text("/replicate_summary/status"),
              .program = file.text("/provenance/program"),
              .detail = file.text("/provenance/detail"),
              .seed = static_cast<std::int64_t>(file.scalar("/provenance/seed")),
              .asked = static_cast<std::size_t>(file.scalar("/replicate_summary/asked")),
              .replicates = file.column("/replicate_summary/live_W").size(),
              .dates = dates_since(file.attribute("/replicate_milestones/actual", "units")),
              .milestones = read_milestones(file),
              .mean_not_live_h = mean_of(file.column("/replicate_summary/not_live_accelerator_h")),
              .mean_planned_or_live_h = mean_of(file.column("/replicate_summary/planned_or_live_accelerator_h")),
              .terms = read_terms(file),
              .causes = read_causes(file),
              .critical = read_critical(file),
              .orders = read_orders(file)};
    odds.gates = read_gates(file, odds.dates);
    odds.helps = read_helps(odds, read_scenario(file));
    return odds;
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

} // namespace aidc::report
