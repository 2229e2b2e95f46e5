#pragma once
/// \file
/// Which plans a search asks for.

#include "sim/search/search.hpp"
#include "sim/search/spec.hpp"

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
/// Rounds: the method for some 10 plans a lever, then polish(). A round takes the method up again where it was, because what it asks for
/// again is known; one that has ended begins anew, by turns from a plan with about half the levers of the best, and from one by chance.
/// So the plans that are asked for do not depend on the budget, which only says where their sequence ends; and a search that is taken
/// up from its journal asks for the same plans. Taken up with a larger budget, it goes on.
void run_search(Search& search, SearchCourse const& course);

/// Steps from the best plan until none is better: each lever up and down, first by an eighth of its list, then by half of that ... to
/// single steps; then one lever up and another down. Without any plan: nothing.
void polish(Search& search);

/// Asks for the neighbours of a plan, each lever one step up and down, as far as the budget goes.
void ask_neighbours(Search& search, Steps const& plan);

} // namespace aidc
