#include "sim/cli/sweep_optimize_page.hpp"

#include "sim/cli/json_text.hpp"
#include "sim/cli/show_lines.hpp"
#include "sim/cli/sweep_optimize_facts.hpp"
#include "sim/search/method.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc::report {
namespace {

constexpr std::size_t most_best = 5;

std::string unquoted(std::string const& json) { return json.size() > 1 && json.front() == '"' ? json.substr(1, json.size() - 2) : json; }

std::string value_of(SearchSpace const& space, Steps const& plan, std::size_t j) { return unquoted(space.value(plan, j)); }

std::string_view method_word(Found const& f)
{
    auto const& spec = f.folder.record.search;
    auto const method = method_for(spec.method, f.search.space().plans(), spec.evaluations);
    return std::ranges::find(search_methods, method, &std::pair<std::string_view, SearchMethod>::second)->first;
}

void print_head(Page& page, Found const& f)
{
    PlanCounts const counts(f.search, f.wanted.goal);
    auto const& spec = f.folder.record.search;
    page.line("{}: search for a plan of {}", f.folder.folder.string(), spec.scenario);
    page.wrapped("  ", (f.wanted.goal.maximize ? "maximize    " : "minimize    ") + f.wanted.objective.text());
    for (auto const& text : spec.subject_to) {
        page.wrapped("  ", "subject to  " + text);
    }
    page.wrapped(
        "  ", fmt::format("{} of {:.6g} plans looked at ({}), {} replicates each: {} feasible, {} miss a constraint, {} without a number",
                          f.search.asked().size(), f.search.space().plans(), method_word(f), spec.replicates, counts.feasible,
                          counts.missing, counts.without_number));
}

void print_verdict(Page& page, Found const& f)
{
    PlanCounts const counts(f.search, f.wanted.goal);
    auto const& checked = f.verdict.checked;
    auto const fresh = fresh_replicates(f.search.replicates()).count;
    if (f.verdict.confirmed && checked.size() == 1) {
        page.wrapped("", fmt::format("Found: the best plan meets every constraint, in {} fresh replicates as well.", fresh));
    }
    else if (f.verdict.confirmed) {
        page.wrapped("", fmt::format("Found, at the {} try: {} plan{} with a better objective met the constraints in the search and missed "
                                     "them in {} fresh replicates (their draws had been kind).",
                                     checked.size() == 2   ? "second"
                                     : checked.size() == 3 ? "third"
                                     : checked.size() == 4 ? "fourth"
                                                           : "fifth",
                                     checked.size() - 1, checked.size() == 2 ? "" : "s", fresh));
    }
    else if (!checked.empty()) {
        page.wrapped("",
                     fmt::format("Not found: {} plan{} met the constraints in the search and missed them in {} fresh replicates. Take more "
                                 "replicates, or a wider bound.",
                                 checked.size(), checked.size() == 1 ? "" : "s", fresh));
    }
    else if (counts.missing > 0) {
        page.wrapped("", "Not found: no plan that was looked at meets the constraints. Below: the nearest.");
    }
    else {
        page.wrapped("", "Not found: no plan has a number for the objective.");
    }
}

void print_levers(Page& page, Found const& f, Evaluation const& plan)
{
    auto const& space = f.search.space();
    page.heading("{:<30} {:>14} {:>14}   {}", "Lever", "as written", f.verdict.confirmed ? "best" : "this plan", "may be");
    bool any_at_end = false;
    for (std::size_t j = 0; j < space.size(); ++j) {
        auto const& values = space.lever(j).values;
        bool const at_end = values.size() > 2 && (plan.plan[j] == 0 || plan.plan[j] + 1 == values.size());
        any_at_end = any_at_end || at_end;
        page.line("  {:<28} {:>14} {:>14} {} {} ... {}, {} values", fitted(space.lever(j).name, 28),
                  fitted(unquoted(f.folder.record.as_written[j]), 14), fitted(value_of(space, plan.plan, j), 14), at_end ? "*" : " ",
                  unquoted(values.front()), unquoted(values.back()), values.size());
    }
    if (any_at_end) {
        page.line("  * at an end of its list: there may be better beyond it");
    }
}

std::string interval_text(Estimate const& e, Measure const& measure, Wanted const& wanted)
{
    return std::isnan(e.low) ? "-" : number_text(e.low, measure, wanted) + " .. " + number_text(e.high, measure, wanted);
}

void print_measure(Page& page, Found const& f, Measure const& measure, Estimate const& start, Estimate const& value, Estimate const* fresh)
{
    page.line("    {:>20} {:>14}   {:<26} {:>14}", number_text(start.value, measure, f.wanted), number_text(value.value, measure, f.wanted),
              interval_text(value, measure, f.wanted), fresh == nullptr ? "-" : number_text(fresh->value, measure, f.wanted));
}

void print_numbers(Page& page, Found const& f, Evaluation const& plan)
{
    auto const neighbours = neighbours_of(f.search, plan.plan);
    auto const& start = *f.search.asked().front();
    auto const* const check = check_of(f.verdict, &plan);
    page.heading("{:>24} {:>14}   {:<26} {:>14}", "start", f.verdict.confirmed ? "best" : "this plan", "(95 % interval)", "fresh");
    page.wrapped("  ", f.wanted.objective.text());
    print_measure(page, f, f.wanted.objective, start.objective, plan.objective, check == nullptr ? nullptr : &check->fresh->objective);
    for (std::size_t c = 0; c < f.wanted.conditions.size(); ++c) {
        bool const holds = f.wanted.goal.missed(plan, c) <= 0.0;
        bool const fresh_holds = check == nullptr || (check->fresh->error.empty() && f.wanted.goal.missed(*check->fresh, c) <= 0.0);
        page.wrapped("  ", fmt::format("{}   [{}{}{}]", f.folder.record.search.subject_to[c], holds ? "holds" : "misses",
                                       holds && !fresh_holds ? ", misses in fresh replicates" : "",
                                       binds(f.wanted.goal, neighbours, plan, c) ? ", binds" : ""));
        bool const has_start = c < start.constraints.size();
        print_measure(page, f, f.wanted.conditions[c].measure, has_start ? start.constraints[c] : Estimate{}, plan.constraints[c],
                      check == nullptr || !check->fresh->error.empty() ? nullptr : &check->fresh->constraints[c]);
    }
}

/// Objective and constraints of a plan in one line.
std::string numbers_text(Found const& f, Evaluation const& plan)
{
    if (!plan.error.empty()) {
        return plan.error;
    }
    auto text = number_text(plan.objective.value, f.wanted.objective, f.wanted);
    for (std::size_t c = 0; c < plan.constraints.size(); ++c) {
        text += fmt::format("  {}{}", number_text(plan.constraints[c].value, f.wanted.conditions[c].measure, f.wanted),
                            f.wanted.goal.missed(plan, c) > 0.0 ? "!" : "");
    }
    return text;
}

void print_best(Page& page, Found const& f)
{
    page.heading("The best plans of the search: objective, constraints (! misses), levers that differ from the first");
    auto const plans = ranked(f.search, f.wanted.goal);
    auto const& space = f.search.space();
    for (std::size_t i = 0; i < std::min(most_best, plans.size()); ++i) {
        if (!f.wanted.goal.is_usable(*plans[i])) {
            return;
        }
        auto const* const check = check_of(f.verdict, plans[i]);
        std::string words;
        for (std::size_t j = 0; i > 0 && j < space.size(); ++j) {
            if (plans[i]->plan[j] != plans[0]->plan[j]) {
                words += fmt::format("{}{} {}", words.empty() ? "" : ", ", space.lever(j).name, value_of(space, plans[i]->plan, j));
            }
        }
        page.wrapped("  ", fmt::format("{}. {}{}{}", i + 1, numbers_text(f, *plans[i]), words.empty() ? "" : "   " + words,
                                       check == nullptr ? ""
                                       : check->holds   ? "   (fresh: holds)"
                                                        : "   (fresh: misses)"));
    }
}

void print_around(Page& page, Found const& f, Evaluation const& plan)
{
    auto const& space = f.search.space();
    page.heading("One step around it: objective, constraints (! misses)");
    for (auto const& neighbour : neighbours_of(f.search, plan.plan)) {
        auto there = plan.plan;
        there[neighbour.lever] += neighbour.up ? 1U : 0U;
        there[neighbour.lever] -= neighbour.up ? 0U : 1U;
        page.line("  {:<28} {:>14}   {}", fitted(space.lever(neighbour.lever).name, 28),
                  fitted(value_of(space, there, neighbour.lever), 14),
                  neighbour.plan == nullptr ? "not looked at" : numbers_text(f, *neighbour.plan));
    }
}

std::string estimate_json(Estimate const& e, Measure const& measure, Wanted const& wanted)
{
    auto const one = [&](double value) {
        return measure.is_date() ? (std::isfinite(value) ? in_quotes(number_text(value, measure, wanted)) : "null") : number(value);
    };
    return object({{"value", one(e.value)}, {"low", one(e.low)}, {"high", one(e.high)}, {"not_reached_share", number(e.not_reached)}});
}

std::string plan_json(Found const& f, Evaluation const* plan)
{
    if (plan == nullptr) {
        return "null";
    }
    std::string levers, constraints;
    for (std::size_t j = 0; j < f.search.space().size(); ++j) {
        levers += (j > 0 ? ", " : "") + in_quotes(f.search.space().lever(j).name) + ": " + f.search.space().value(plan->plan, j);
    }
    for (std::size_t c = 0; c < f.wanted.conditions.size(); ++c) {
        constraints += (c > 0 ? ", " : "") + estimate_json(plan->constraints[c], f.wanted.conditions[c].measure, f.wanted);
    }
    return object({{"levers", "{" + levers + "}"},
                   {"objective", estimate_json(plan->objective, f.wanted.objective, f.wanted)},
                   {"constraints", "[" + constraints + "]"},
                   {"feasible", f.wanted.goal.is_feasible(*plan) ? "true" : "false"},
                   {"error", text_or_null(plan->error)}});
}

} // namespace

Evaluation const* shown_plan(Search const& search, Goal const& goal, SearchVerdict const& verdict)
{
    if (verdict.confirmed) {
        return verdict.checked[*verdict.confirmed].search;
    }
    auto const plans = ranked(search, goal);
    return !plans.empty() && goal.is_usable(*plans.front()) ? plans.front() : nullptr;
}

std::string page(Found const& f)
{
    Page page;
    print_head(page, f);
    page.line("");
    print_verdict(page, f);
    if (auto const* const plan = shown_plan(f.search, f.wanted.goal, f.verdict)) {
        print_levers(page, f, *plan);
        print_numbers(page, f, *plan);
        print_best(page, f);
        print_around(page, f, *plan);
        return page.take() + "\n\nnext: " + f.command;
    }
    page.heading("The first plan: {}", f.search.asked().front()->error);
    return page.take();
}

std::string json(Found const& f)
{
    PlanCounts const counts(f.search, f.wanted.goal);
    auto const& spec = f.folder.record.search;
    auto const count = [](std::size_t n) { return std::to_string(n); };
    auto const quoted = [](std::string const& text) { return in_quotes(text); };
    auto const* const plan = shown_plan(f.search, f.wanted.goal, f.verdict);
    auto best = ranked(f.search, f.wanted.goal);
    best.resize(std::min(best.size(), most_best));
    auto const neighbours = plan == nullptr ? std::vector<Neighbour>{} : neighbours_of(f.search, plan->plan);
    return object({{"folder", in_quotes(f.folder.folder.string())},
                   {"scenario", in_quotes(spec.scenario)},
                   {f.wanted.goal.maximize ? "maximize" : "minimize", in_quotes(f.wanted.objective.text())},
                   {"subject_to", list(spec.subject_to, quoted)},
                   {"method", in_quotes(method_word(f))},
                   {"plans", number(f.search.space().plans())},
                   {"evaluations", count(f.search.asked().size())},
                   {"replicates", count(spec.replicates)},
                   {"feasible", count(counts.feasible)},
                   {"missing", count(counts.missing)},
                   {"without_number", count(counts.without_number)},
                   {"confirmed", f.verdict.confirmed ? "true" : "false"},
                   {"start", plan_json(f, f.search.asked().front())},
                   {"plan", plan_json(f, plan)},
                   {"fresh_replicates", count(fresh_replicates(f.search.replicates()).count)},
                   {"checked", list(f.verdict.checked,
                                    [&](CheckedPlan const& checked) {
                                        return object({{"search", plan_json(f, checked.search)},
                                                       {"fresh", plan_json(f, checked.fresh)},
                                                       {"holds", checked.holds ? "true" : "false"}});
                                    })},
                   {"best", list(best, [&](Evaluation const* one) { return plan_json(f, one); })},
                   {"around", list(neighbours,
                                   [&](Neighbour const& n) {
                                       return object({{"lever", in_quotes(f.search.space().lever(n.lever).name)},
                                                      {"step", n.up ? "1" : "-1"},
                                                      {"plan", plan_json(f, n.plan)}});
                                   })},
                   {"command", text_or_null(f.command)}});
}

} // namespace aidc::report
