#pragma once
/// \file
/// What a search found, as a page and as JSON.

#include "sim/search/check.hpp"
#include "sim/search/folder.hpp"
#include "sim/search/goal.hpp"

#include <string>

namespace aidc::report {

/// A search that has ended.
struct Found {
    SearchFolder const& folder;
    Search const& search;
    Wanted const& wanted;
    SearchVerdict const& verdict;
    std::string command; ///< That runs the plan shown alone
};

/// The plan that is shown: the confirmed one, else the best or nearest; nothing when no plan has a number.
/// \param goal  As it was asked for, without margins
Evaluation const* shown_plan(Search const& search, Goal const& goal, SearchVerdict const& verdict);

/// A planner's page, at most 100 columns wide.
std::string page(Found const& found);

/// One JSON object with the same facts; numbers that are not finite are null, dates are ISO days.
std::string json(Found const& found);

} // namespace aidc::report
