#pragma once
/// \file
/// What a search is to reach, as expressions, and what replicates say of it.

#include "sim/search/search.hpp"
#include "sim/search/spec.hpp"
#include "sim/sweep/layout.hpp"
#include "sim/sweep/measure.hpp"

#include <vector>

namespace aidc {

/// Objective and constraints of a search.
struct Wanted {
    MeasureNames names; ///< Figures of the layout, then levers
    Measure objective;
    std::vector<Condition> conditions;
    Goal goal; ///< The same in numbers
};

/// \throws InputErrors  with every expression that is wrong, and when there is no objective or there are two
Wanted wanted_of(SearchSpec const& spec, Layout const& layout, SearchSpace const& space);

/// The statistic of a measure over the runs of a plan, with its 95 % interval: of a quantile by order statistics, of a mean by its
/// standard error; others have none. \param values  One a run
Estimate estimate_of(Measure const& measure, std::vector<double> values);

} // namespace aidc
