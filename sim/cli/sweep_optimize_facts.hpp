#pragma once
/// \file
/// Facts of a search that its page and its JSON share.

#include "sim/cli/sweep_optimize_page.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc::report {

/// How many plans of a search came out how.
struct PlanCounts {
    std::size_t feasible{}, missing{}, without_number{}; ///< `missing`: they miss a constraint

    PlanCounts(Search const& search, Goal const& goal);
};

/// A plan and the one a step away on one lever.
struct Neighbour {
    std::size_t lever{};
    bool up{};
    Evaluation const* plan{}; ///< Nothing: it was not looked at
};

/// Neighbours of a plan, by lever, down then up; those beyond the ends are left out.
std::vector<Neighbour> neighbours_of(Search const& search, Steps const& plan);

/// Does a constraint hold the plan back? A step to a better objective misses it.
bool binds(Goal const& goal, std::vector<Neighbour> const& neighbours, Evaluation const& plan, std::size_t constraint);

/// A number of a measure: a day for a date, "never" when it was not reached, "-" when there is none.
std::string number_text(double value, Measure const& measure, Wanted const& wanted);

/// What the check says of a plan; nothing when it was not looked at again.
CheckedPlan const* check_of(SearchVerdict const& verdict, Evaluation const* plan);

/// Has every plan with a number the same objective?
bool never_varies(Search const& search);

} // namespace aidc::report
