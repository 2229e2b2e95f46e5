#include "sim/search/result_file.hpp"

#include "sim/record/h5.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

using Plans = std::vector<Evaluation const*>;

/// One number of each plan.
template <class Value, class One> std::vector<Value> column_of(Plans const& plans, One const& one)
{
    std::vector<Value> values;
    for (auto const* const plan : plans) {
        values.push_back(one(*plan));
    }
    return values;
}

std::string units_of(Measure const& measure, Wanted const& wanted)
{
    return measure.is_date() ? fmt::format("seconds since {}T00:00:00Z", wanted.names.start) : "1";
}

/// Value and interval of an estimate.
template <class Pick> void add_estimate(h5::Group& group, h5::Quantity what, std::string const& axis, Plans const& plans, Pick const& pick)
{
    auto const name = what.name, text = what.long_name;
    group.column(what, axis, column_of<double>(plans, [&](auto const& e) { return pick(e).value; }));
    what.name = name + "_low";
    what.long_name = text + ", lower end of the 95 % interval";
    group.column(what, axis, column_of<double>(plans, [&](auto const& e) { return pick(e).low; }));
    what.name = name + "_high";
    what.long_name = text + ", upper end of the 95 % interval";
    group.column(what, axis, column_of<double>(plans, [&](auto const& e) { return pick(e).high; }));
}

void add_estimates(h5::Group& group, std::string const& axis, Plans const& plans, Wanted const& wanted)
{
    add_estimate(
        group, {"objective", units_of(wanted.objective, wanted), wanted.objective.text()}, axis, plans,
        [](auto const& e) -> auto& { return e.objective; });
    for (std::size_t c = 0; c < wanted.conditions.size(); ++c) {
        auto const& measure = wanted.conditions[c].measure;
        add_estimate(
            group, {fmt::format("constraint_{}", c), units_of(measure, wanted), measure.text()}, axis,
            plans, [c](auto const& e) -> auto& { return e.constraints[c]; });
    }
}

void add_levers(h5::File& file, SearchSpace const& space)
{
    auto group = file.group("lever", "What the search may change");
    std::vector<std::string> names, pointers;
    std::vector<std::int64_t> counts;
    for (auto const& lever : space.levers()) {
        names.push_back(lever.name);
        counts.push_back(static_cast<std::int64_t>(lever.values.size()));
        std::string text;
        for (auto const& pointer : lever.pointers) {
            text += (text.empty() ? "" : ",") + pointer;
        }
        pointers.push_back(std::move(text));
    }
    group.label_axis("lever", names, "lever");
    group.column({"pointer", "", "places of the scenario"}, "lever", pointers);
    group.column({"values", "1", "values it can take"}, "lever", counts);
}

void add_values(h5::Group& group, std::string const& axis, SearchSpace const& space, Plans const& plans)
{
    for (std::size_t j = 0; j < space.size(); ++j) {
        group.column({"lever_" + space.lever(j).name, "1", "dates as days since 1970-01-01, texts as their place in the list"}, axis,
                     column_of<double>(plans, [&](auto const& e) { return space.number(e.plan, j); }));
    }
}

std::vector<double> best_so_far(Goal const& goal, Plans const& plans)
{
    std::vector<double> best;
    Evaluation const* leader = nullptr;
    for (auto const* const plan : plans) {
        leader = goal.is_feasible(*plan) && (leader == nullptr || goal.better(*plan, *leader)) ? plan : leader;
        best.push_back(leader == nullptr ? std::numeric_limits<double>::quiet_NaN() : leader->objective.value);
    }
    return best;
}

} // namespace

void write_search_h5(std::filesystem::path const& path, Search const& search, Wanted const& wanted, SearchVerdict const& verdict)
{
    auto const& plans = search.asked();
    auto const& goal = wanted.goal;
    h5::File file(path);
    file.attribute("title", "Search for a plan");
    file.attribute("objective", (goal.maximize ? "maximize " : "minimize ") + wanted.objective.text());
    for (std::size_t c = 0; c < wanted.conditions.size(); ++c) {
        auto const& condition = wanted.conditions[c];
        file.attribute(fmt::format("constraint_{}", c),
                       fmt::format("{} {} {}", condition.measure.text(), condition.at_most ? "<=" : ">=", condition.bound));
    }
    add_levers(file, search.space());

    auto group = file.group("plan", "Every plan that was looked at, in order");
    group.index_axis("plan", plans.size(), "plan");
    add_values(group, "plan", search.space(), plans);
    add_estimates(group, "plan", plans, wanted);
    group.column({"state", "1", "what came of it"}, "plan", column_of<std::int8_t>(plans, [&](auto const& e) -> std::int8_t {
                     return !goal.is_usable(e) ? 0 : goal.is_feasible(e) ? 2 : 1;
                 }));
    group.flags("state", false, {{0, "no_number"}, {1, "misses"}, {2, "feasible"}});
    group.column({"best_objective", units_of(wanted.objective, wanted), "objective of the best feasible plan so far"}, "plan",
                 best_so_far(goal, plans));
    group.column({"error", "", "why it has no number"}, "plan", column_of<std::string>(plans, [](auto const& e) { return e.error; }));

    Plans fresh;
    std::vector<std::int64_t> places;
    for (auto const& checked : verdict.checked) {
        fresh.push_back(checked.fresh);
        places.push_back(std::ranges::find(plans, checked.search) - plans.begin());
    }
    auto again = file.group("fresh", "Plans looked at again with replicates that had no part in choosing them");
    again.index_axis("check", fresh.size(), "plan looked at again");
    again.column({"plan", "1", "its place in /plan"}, "check", places);
    add_values(again, "check", search.space(), fresh);
    add_estimates(again, "check", fresh, wanted);
    file.commit();
}

} // namespace aidc
