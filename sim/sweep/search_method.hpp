#pragma once
/// \file
/// Which plans a search asks for.

#include "sim/sweep/search.hpp"
#include "sim/sweep/search_spec.hpp"

#include <cstdint>

namespace aidc {

/// How a search goes.
struct SearchCourse {
    SearchMethod method = SearchMethod::chosen;
    std::uint32_t seed = 1;
    Steps start;               ///< Asked for first
    std::size_t evaluations{}; ///< Plans that may be asked for
};

/// The method that `chosen` stands for.
SearchMethod method_for(SearchMethod method, double plans, std::size_t evaluations);

/// Asks for plans until the budget is spent, all plans are known, or the search is stopped.
///
/// Rounds: the method for some 10 plans a lever, then steps around the best plan so far until none is better. A round takes the method up
/// again where it was, because what it asks for again is known. So the plans asked for do not depend on the budget, which only says
/// where their sequence ends; and a search that is taken up from its journal asks for the same plans.
void run_search(Search& search, SearchCourse const& course);

/// Steps around a plan until none is better: each lever up and down, first by an eighth of its list, then by half of that ... to single
/// steps; then one lever up and another down.
void polish(Search& search);

/// Asks for the neighbours of a plan, each lever one step up and down, as far as the budget goes.
void ask_neighbours(Search& search, Steps const& plan);

} // namespace aidc
