#pragma once
/// \file
/// The best plan of a search, looked at again with replicates that had no part in choosing it.
///
/// Of many plans the one is chosen whose draws were kindest to it, so its own numbers flatter it (the winner's curse).

#include "sim/search/method.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace aidc {

/// A plan that was looked at again.
struct CheckedPlan {
    Evaluation const* search{}; ///< With the replicates of the search
    Evaluation const* fresh{};  ///< With others
    bool holds{};               ///< Every constraint holds in the fresh ones
};

/// What came of looking again.
struct SearchVerdict {
    std::vector<CheckedPlan> checked;     ///< In the order in which they were looked at
    std::optional<std::size_t> confirmed; ///< The one that holds: the last
    bool stopped = false;
};

/// Fresh replicates: as many as the search has, 200 at least, from the first that it does not use.
Replicates fresh_replicates(Replicates of_search);

/// Looks again at the best feasible plan; while fresh replicates miss a constraint, at the next best, up to a few.
///
/// Draws that were kind to one plan were so to its neighbours, because all have the same. So what a fresh value fell short by is
/// demanded of the next plans as a margin (it stays in the search's goal), and what is left of the budget goes into steps from the
/// plan that is best under it.
SearchVerdict check_best(Search& search);

/// Plans from the best on.
std::vector<Evaluation const*> ranked(Search const& search, Goal const& goal);

/// The whole of a search: plans for three quarters of the budget, the check of the best, and for the rest more plans if it holds, steps
/// with a margin if not; then the check and the neighbours of what is confirmed.
SearchVerdict search_and_check(Search& search, SearchCourse const& course);

} // namespace aidc
