#include "sim/search/runs.hpp"

#include "sim/run/replicates.hpp"
#include "sim/sweep/block.hpp"
#include "sim/sweep/point_words.hpp"
#include "sim/sweep/run_row.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

SweepSpec sweep_of(SearchSpec const& spec, std::filesystem::path const& scenario)
{
    return {.scenario = scenario.string(), .vary = spec.levers, .set = spec.set, .replicates = spec.replicates, .operate = spec.operate};
}

std::string text_of(std::vector<Problem> const& problems)
{
    auto const& first = problems.front();
    return (first.pointer.empty() ? first.where : first.pointer) + ": " + first.message;
}

} // namespace

PlanMaker::PlanMaker(std::filesystem::path const& scenario, SearchSpec const& spec, SearchSpace const& space)
    : space_(space), sweep_(sweep_of(spec, scenario)), point_{.parameters = space.levers(), .values = {}, .unit = {}},
      maker_(scenario, sweep_, point_)
{
}

std::size_t PlanMaker::point_of(Steps const& plan)
{
    point_.values.clear();
    for (std::size_t j = 0; j < space_.size(); ++j) {
        point_.values.push_back(space_.value(plan, j));
    }
    return 0;
}

std::string PlanMaker::command(Steps const& plan, std::string const& file, std::uint32_t replicate)
{
    return command_of(sweep_, point_, point_of(plan), replicate, file);
}

/// Numbers of the runs of a plan, and what went wrong.
struct SearchRuns::Values {
    std::vector<double> by_name; ///< Names of the expressions; levers are set, figures are set for each run
    std::vector<double> objective;
    std::vector<std::vector<double>> constraints;
    std::string error;
};

SearchRuns::SearchRuns(PlanMaker& maker, SearchSpec const& spec, SearchSpace const& space, Wanted const& wanted, RunsOptions options)
    : maker_(maker), spec_(spec), space_(space), wanted_(wanted), options_(std::move(options))
{
}

std::optional<Evaluation> SearchRuns::evaluate(Steps const& plan, Replicates replicates)
{
    Values values{.by_name = std::vector(wanted_.names.names.size(), std::numeric_limits<double>::quiet_NaN()),
                  .objective = {},
                  .constraints = std::vector<std::vector<double>>(wanted_.conditions.size()),
                  .error = {}};
    for (std::size_t j = 0; j < space_.size(); ++j) {
        values.by_name[values.by_name.size() - space_.size() + j] = space_.number(plan, j);
    }
    Evaluation e{.plan = plan,
                 .replicates = replicates,
                 .objective = {},
                 .constraints = std::vector<Estimate>(wanted_.conditions.size()),
                 .error = {}};
    try {
        if (!simulate(maker_.planned(plan), replicates, values)) {
            return {};
        }
    }
    catch (InputErrors const& errors) {
        values.error = text_of(errors.problems());
    }
    if (!values.error.empty()) {
        e.error = one_line(values.error);
        return e;
    }
    e.objective = estimate_of(wanted_.objective, std::move(values.objective));
    for (std::size_t c = 0; c < e.constraints.size(); ++c) {
        e.constraints[c] = estimate_of(wanted_.conditions[c].measure, std::move(values.constraints[c]));
    }
    return e;
}

bool SearchRuns::simulate(PlannedScenario const& planned, Replicates replicates, Values& values)
{
    auto const& b = planned.scenario.buildout;
    auto const layout = layout_of(b, spec_.operate ? Detail::operate : Detail::build);
    std::vector<std::size_t> place; // of each figure among the names; those behind the end are no names
    std::vector<double> later_s;    // a plan may move the start, and dates count from it
    Layout all{.start = wanted_.names.start, .figures = {}, .campuses = {}, .month_ends_s = {}};
    for (auto const& figure : layout.figures) {
        place.push_back(static_cast<std::size_t>(std::ranges::find(wanted_.names.names, figure.name) - wanted_.names.names.begin()));
        later_s.push_back(figure.units == date_units(layout) ? shift_s(all, layout) : 0.0);
    }
    auto const take_row = [&](RunRow const& row) {
        for (std::size_t i = 0; i < place.size(); ++i) {
            if (place[i] < values.by_name.size()) {
                values.by_name[place[i]] = row.figures[i] + later_s[i];
            }
        }
        values.objective.push_back(wanted_.objective.of_run(values.by_name));
        for (std::size_t c = 0; c < values.constraints.size(); ++c) {
            values.constraints[c].push_back(wanted_.conditions[c].measure.of_run(values.by_name));
        }
    };
    auto const take = [&](std::size_t, FromChild result) {
        ++runs_;
        cpu_s_ += result.cpu_s;
        if (result.error && result.by_chance) { // says nothing of the plan, and must not be remembered
            throw ReplicateError(
                "a simulation did not end by itself: " + *result.error
                + "; raise --time-limit or --memory-limit, or use fewer -j, and run the search again: it goes on from here");
        }
        if (result.error && values.error.empty()) {
            values.error = *result.error;
        }
        else if (!result.error) {
            take_row(run_row_from_bytes(result.bytes));
        }
    };
    PoolOptions pool{.count = replicates.count, .jobs = options_.jobs, .limits = options_.limits, .tries = 2};
    pool.stop_asked = [&] { return !values.error.empty() || (options_.stop_asked && options_.stop_asked()); };
    auto const work = [&](std::size_t i) { return to_bytes(run_row(planned, replicates.first + static_cast<std::uint32_t>(i), layout)); };
    auto const done = for_each_in_children(pool, work, take);
    return done == replicates.count || !values.error.empty();
}

} // namespace aidc
