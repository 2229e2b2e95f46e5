#pragma once
/// \file
/// What `aidcsim show` says about the file of a replicated run.

#include "sim/cli/show_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc::report {

/// One milestone: dates of its quantiles; NaN: after the end.
struct MilestoneOdds {
    std::string name;
    double planned_s{}, due_s{}, p10_s{}, p50_s{}, p90_s{};
    double reached_share{};
    double in_time{}; ///< NaN: no due date
};

/// Accelerator-hours of one term or cause.
struct HoursOdds {
    std::string name;
    double mean_h{}, p10_h{}, p50_h{}, p90_h{};
};

/// An item on the chain to a milestone.
struct CriticalItem {
    std::string milestone, item, kind, cause;
    double index{}, mean_slip_d{}, p80_slip_d{}, mean_cost_d{};
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
    std::vector<HoursOdds> terms, causes; ///< Largest mean first, none that is zero
    std::vector<CriticalItem> critical;   ///< In the order of the file
    std::vector<OrderOdds> orders;        ///< Least float first; those without a date are left out
};

/// The odds of a result file; none when it is of another kind or cannot be read.
std::optional<Odds> read_odds(std::string const& file);

/// Head and one line a milestone, at most eight, for closing words.
std::string milestone_lines(Odds const& odds);

/// A planner's page, at most 100 columns wide, without colours.
std::string page(Odds const& odds);

/// One JSON object with the same facts: SI units in the names, dates as "2026-05-31", null for what was not reached.
std::string json(Odds const& odds);

} // namespace aidc::report
