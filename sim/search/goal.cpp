#include "sim/search/goal.hpp"

#include "models/base/error.hpp"
#include "models/base/quantile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

MeasureNames names_of(Layout const& layout, SearchSpace const& space, std::vector<Problem>& problems)
{
    MeasureNames names{.names = {}, .is_date = {}, .start = layout.start};
    for (auto const& figure : layout.figures) {
        names.names.push_back(figure.name);
        names.is_date.push_back(figure.units == date_units(layout));
    }
    for (auto const& lever : space.levers()) {
        if (std::ranges::find(names.names, lever.name) != names.names.end()) {
            problems.push_back({"--lever", lever.pointers.front(),
                                fmt::format("has the name {} of a figure; write another: NAME:/pointer=...", lever.name)});
        }
        names.names.push_back(lever.name);
        names.is_date.push_back(false);
    }
    return names;
}

/// An expression read, or its problems noted with the option they belong to.
template <class Read> auto read_or_note(Read const& read, std::string const& option, std::vector<Problem>& problems)
{
    std::optional<decltype(read())> value;
    try {
        value = read();
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            problems.push_back({option, "", problem.where + " " + problem.message});
        }
    }
    return value;
}

void add_mean_interval(Estimate& e, std::vector<double> const& values)
{
    double squares = 0.0;
    for (double const value : values) {
        squares += (value - e.value) * (value - e.value);
    }
    double const n = static_cast<double>(values.size());
    double const half = n > 1.0 ? 1.96 * std::sqrt(squares / (n - 1.0) / n) : std::numeric_limits<double>::infinity();
    e.low = e.value - half;
    e.high = e.value + half;
}

} // namespace

Wanted wanted_of(SearchSpec const& spec, Layout const& layout, SearchSpace const& space)
{
    std::vector<Problem> problems;
    auto names = names_of(layout, space, problems);
    bool const maximize = spec.minimize.empty();
    if (maximize == spec.maximize.empty()) {
        problems.push_back({maximize ? "--minimize" : "--maximize", "",
                            maximize ? "is missing: a search needs --minimize or --maximize, e.g. --minimize \"mean: goods_paid\""
                                     : "stands beside --minimize; a search has one objective"});
    }
    std::optional<Measure> objective;
    if (problems.empty()) {
        auto const& text = maximize ? spec.maximize : spec.minimize;
        objective = read_or_note([&] { return Measure(text, names); }, maximize ? "--maximize" : "--minimize", problems);
    }
    std::vector<Condition> conditions;
    Goal goal{.maximize = maximize, .bounds = {}};
    for (auto const& text : spec.subject_to) {
        if (auto condition = read_or_note([&] { return parse_condition(text, names); }, "--subject-to", problems)) {
            goal.bounds.push_back({.at_most = condition->at_most, .bound = condition->bound});
            conditions.push_back(std::move(*condition));
        }
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    return {.names = std::move(names), .objective = std::move(*objective), .conditions = std::move(conditions), .goal = std::move(goal)};
}

Estimate estimate_of(Measure const& measure, std::vector<double> values)
{
    Estimate e;
    auto const missing = std::ranges::count_if(values, [](double value) { return !std::isfinite(value); });
    e.not_reached = values.empty() ? 0.0 : static_cast<double>(missing) / static_cast<double>(values.size());
    e.value = measure.of_runs(values);
    if (std::isnan(e.value)) {
        return e;
    }
    if (measure.statistic() == Statistic::quantile) {
        std::ranges::sort(values);
        auto const interval = quantile_interval(values, measure.share());
        e.low = interval.low;
        e.high = interval.high;
    }
    else if (measure.statistic() == Statistic::mean && std::isfinite(e.value)) {
        add_mean_interval(e, values);
    }
    return e;
}

} // namespace aidc
