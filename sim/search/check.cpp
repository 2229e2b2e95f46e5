#include "sim/search/check.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr std::uint32_t fewest_fresh = 200;
constexpr std::size_t most_checked = 5;
constexpr double least_margin = 0.01; ///< Of a bound, where fresh replicates do not reach a number

/// Raises the margins by what a fresh value is worse than that of the search; where it was not reached, to twice what there was.
void learn(Goal const& goal, CheckedPlan const& plan, std::vector<double>& margins)
{
    for (std::size_t c = 0; c < goal.bounds.size(); ++c) {
        auto const& [at_most, bound] = goal.bounds[c];
        double const sign = at_most ? 1.0 : -1.0;
        double const worse = sign * (plan.fresh->constraints[c].value - plan.search->constraints[c].value);
        double const slack = sign * (bound - plan.search->constraints[c].value);
        bool const is_number = std::isfinite(worse);
        margins[c] = std::max(margins[c], is_number ? worse : 2.0 * std::max({slack, margins[c], least_margin * std::abs(bound)}));
    }
}

bool was_checked(SearchVerdict const& verdict, Evaluation const* plan)
{
    return std::ranges::any_of(verdict.checked, [plan](CheckedPlan const& checked) { return checked.search == plan; });
}

/// The best plan under the margins that is feasible without them and was not looked at yet; nothing when there is none.
Evaluation const* next_plan(Search const& search, Goal const& plain, SearchVerdict const& verdict)
{
    for (auto const* const plan : ranked(search, search.goal())) {
        if (plain.is_feasible(*plan) && !was_checked(verdict, plan)) {
            return plan;
        }
    }
    return nullptr;
}

/// The goal as it was asked for.
Goal without_margins(Goal goal)
{
    goal.margins.clear();
    return goal;
}

} // namespace

Replicates fresh_replicates(Replicates of_search)
{
    return {.first = of_search.first + of_search.count, .count = std::max(of_search.count, fewest_fresh)};
}

std::vector<Evaluation const*> ranked(Search const& search, Goal const& goal)
{
    auto plans = search.asked();
    std::ranges::stable_sort(plans, [&](auto const* a, auto const* b) { return goal.better(*a, *b); });
    return plans;
}

SearchVerdict check_best(Search& search)
{
    SearchVerdict verdict;
    auto const plain = without_margins(search.goal());
    std::vector<double> margins(plain.bounds.size(), 0.0);
    search.demand(margins);
    while (verdict.checked.size() < most_checked && !verdict.confirmed) {
        auto const* const plan = next_plan(search, plain, verdict);
        auto const* const fresh = plan == nullptr ? nullptr : search.ask(plan->plan, fresh_replicates(search.replicates()));
        if (fresh == nullptr) {
            break;
        }
        verdict.checked.push_back({.search = plan, .fresh = fresh, .holds = plain.is_feasible(*fresh)});
        if (verdict.checked.back().holds) {
            verdict.confirmed = verdict.checked.size() - 1;
        }
        else if (fresh->error.empty()) {
            learn(plain, verdict.checked.back(), margins);
            search.demand(margins);
            polish(search);
        }
    }
    verdict.stopped = search.stopped();
    return verdict;
}

SearchVerdict search_and_check(Search& search, SearchCourse const& course)
{
    bool const all = method_for(course.method, search.space().plans(), course.evaluations) == SearchMethod::all;
    auto part = course;
    part.evaluations = all ? course.evaluations : course.evaluations - course.evaluations / 4;
    run_search(search, part);
    search.allow(course.evaluations);
    auto verdict = search.stopped() ? SearchVerdict{} : check_best(search);
    if (verdict.confirmed == 0U && !all) {
        part.evaluations = course.evaluations - std::min(2 * search.space().size(), course.evaluations / 10); // less the neighbours
        search.demand({});
        run_search(search, part);
        search.allow(course.evaluations);
    }
    for (std::size_t known = 0; known != search.asked().size() && !search.stopped();) {
        known = search.asked().size();
        verdict = check_best(search);
        if (verdict.confirmed) {
            ask_neighbours(search, verdict.checked[*verdict.confirmed].search->plan);
        }
        if (known == search.asked().size()) {
            search.take_up_rest();
        }
    }
    verdict.stopped = search.stopped();
    return verdict;
}

} // namespace aidc
