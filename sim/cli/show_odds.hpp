#pragma once
/// \file
/// What `aidcsim show` says about the file of a replicated run.

#include "sim/cli/show_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc::report {

/// A quantile of a date with its 95 % interval; NaN: after the end.
struct DateQuantile {
    double at_s{};
    double low_s{};  ///< NaN: too few replicates to tell
    double high_s{}; ///< NaN: after the end, or too few replicates to tell
};

/// One milestone: dates of its quantiles.
struct MilestoneOdds {
    std::string name;
    DateKind kind{};
    double planned_s{}, due_s{};
    DateQuantile p10, p50, p90;
    double reached_share{};
    double in_time{}; ///< NaN: no due date
};

/// Accelerator-hours of one term or cause.
struct HoursOdds {
    std::string name;
    double mean_h{}, p10_h{}, p50_h{}, p90_h{};
    double mean_solo_h{}; ///< Terms only
};

/// Hours by term in one half-year, mean over the replicates; the largest first, none that is zero.
struct GateOdds {
    double from_s{}, to_s{};
    std::vector<Hours> terms;
};

/// An item on the chain to a milestone.
struct CriticalItem {
    std::string milestone, item, kind, cause;
    double index{}, mean_slip_d{}, p80_slip_d{}, mean_cost_d{};
};

/// A term whose cure gains most, and the item that costs most days where it costs most.
struct HelpOdds {
    std::string term;
    double mean_solo_h{};
    std::string campus; ///< Where items that can hold the term cost most days; empty: nothing that slips holds it
    CriticalItem item;  ///< On the way to the completion of the hall it costs most
    std::string advice, command;
};

/// An order and the date by which it has to be placed.
struct OrderOdds {
    std::string order, item, maker, activity;
    double placed_s{}, need_s{}, order_by_s{}, lead_q80_d{}, float_d{};
};

/// All that is said about a replicated run.
struct Odds {
    std::string file, name, status, program, detail;
    std::int64_t seed{};
    std::size_t asked{}, replicates{};
    Dates dates;
    std::vector<MilestoneOdds> milestones;
    double mean_not_live_h{}, mean_planned_or_live_h{};
    std::vector<HoursOdds> terms, causes; ///< Largest mean first, none that is zero; causes: of all hours, live ones as well
    std::vector<GateOdds> gates;          ///< Half-years with hours
    std::vector<CriticalItem> critical;   ///< In the order of the file
    std::vector<HelpOdds> helps;          ///< Three at most
    std::vector<OrderOdds> orders;        ///< Least float first; those without a date are left out
};

/// The odds of a result file; none when it is of another kind or cannot be read.
std::optional<Odds> read_odds(std::string const& file);

/// Head and one line a milestone, at most eight, for closing words.
std::string milestone_lines(Odds const& odds);

/// A planner's page, at most 100 columns wide, without colours.
/// \param all  Halls, all items and all orders as well
std::string page(Odds const& odds, bool all);

/// One JSON object with the same facts: SI units in the names, dates as "2026-05-31", null for what was not reached.
std::string json(Odds const& odds);

} // namespace aidc::report
