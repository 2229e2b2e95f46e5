#include "sim/cli/sweep_optimize_facts.hpp"

#include "models/base/tick.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc::report {

PlanCounts::PlanCounts(Search const& search, Goal const& goal)
{
    for (auto const* const plan : search.asked()) {
        auto& count = !search.goal().is_usable(*plan) ? without_number : goal.is_feasible(*plan) ? feasible : missing;
        ++count;
    }
}

std::vector<Neighbour> neighbours_of(Search const& search, Steps const& plan)
{
    std::vector<Neighbour> neighbours;
    for (std::size_t j = 0; j < plan.size(); ++j) {
        for (bool const up : {false, true}) {
            auto there = plan;
            if (up ? plan[j] + 1 == search.space().count(j) : plan[j] == 0) {
                continue;
            }
            there[j] = up ? plan[j] + 1 : plan[j] - 1;
            neighbours.push_back({.lever = j, .up = up, .plan = search.find(there)});
        }
    }
    return neighbours;
}

bool binds(Goal const& goal, std::vector<Neighbour> const& neighbours, Evaluation const& plan, std::size_t constraint)
{
    return std::ranges::any_of(neighbours, [&](Neighbour const& n) {
        return n.plan != nullptr && goal.is_usable(*n.plan) && goal.cost(*n.plan) < goal.cost(plan)
               && goal.missed(*n.plan, constraint) > 0.0;
    });
}

std::string number_text(double value, Measure const& measure, Wanted const& wanted)
{
    if (std::isnan(value)) {
        return "-";
    }
    if (!measure.is_date()) {
        return fmt::format("{:.6g}", value);
    }
    if (std::isinf(value)) {
        return value > 0.0 ? "never" : "-";
    }
    return day_text(parse_day(wanted.names.start).value() + static_cast<std::int64_t>(std::floor(value / day_s)));
}

CheckedPlan const* check_of(SearchVerdict const& verdict, Evaluation const* plan)
{
    auto const found = std::ranges::find(verdict.checked, plan, &CheckedPlan::search);
    return found == verdict.checked.end() ? nullptr : &*found;
}

bool never_varies(Search const& search)
{
    std::optional<double> first;
    std::size_t numbers = 0;
    for (auto const* const plan : search.asked()) {
        if (search.goal().is_usable(*plan)) {
            first = first.value_or(plan->objective.value);
            ++numbers;
            if (*first != plan->objective.value) {
                return false;
            }
        }
    }
    return numbers > 1;
}

} // namespace aidc::report
