#include "sim/cli/commands.hpp"

#include "sim/cli/show_cooling.hpp"
#include "sim/cli/show_odds.hpp"

#include "sim/engine/simulation.hpp"
#include "sim/record/h5.hpp"
#include "sim/run/simulate.hpp"
#include "sim/scenario/plan_file.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

namespace aidc {
namespace {

void print_problems(std::vector<Problem> const& problems)
{
    for (auto const& problem : problems) {
        fmt::print(stderr, "error: {}{}{}: {}\n", problem.where, problem.pointer.empty() || problem.where.empty() ? "" : ": ",
                   problem.pointer, problem.message);
    }
    fmt::print(stderr, "{} problem{}; nothing was written\n", problems.size(), problems.size() == 1 ? "" : "s");
}

void name_output(RunRequest& request)
{
    if (request.output.empty()) {
        request.output = request.scenario.stem();
        request.output += ".h5";
    }
}

/// Halls that even the plan does not complete: everything is there to run, and something is short.
void warn_of_open_halls(Scenario const& scenario)
{
    auto const& b = scenario.buildout;
    auto const plan = make_plan(b);
    for (auto const& milestone : b.milestones) {
        if (milestone.kind == Milestone::Kind::complete && milestone.hall && date_of(milestone, b, plan) == never) {
            double const live_W = plan.halls[milestone.hall.row].empty() ? 0.0 : plan.halls[milestone.hall.row].back().it_W;
            fmt::print(stderr, "warning: {} is not complete by the end of the plan: {:.1f} of {:.1f} MW; run it and see what holds it\n",
                       b.halls[milestone.hall.row].name, live_W / 1e6, milestone.it_W / 1e6);
        }
    }
}

/// What was filled in or bounded on the way is never silent.
void warn_of_weather_and_curves(RunOutcome const& outcome)
{
    for (auto const& climate : outcome.buildout.climates) {
        if (climate.filled_hours > 0) {
            fmt::print(stderr, "warning: {} hours of the weather of {} were missing and were filled in\n", climate.filled_hours,
                       climate.name);
        }
    }
    for (auto const& warning : report::curve_warnings(h5::Reader(outcome.written))) {
        fmt::print(stderr, "warning: {}\n", warning);
    }
}

} // namespace

int run(RunRequest request)
{
    name_output(request);
    auto const outcome = run_scenario(request);
    if (outcome.ending == Ending::stopped) {
        fmt::print(stderr, "stopped on day {:.0f}; what was simulated is in {}\n", seconds(outcome.digest.reached) / day_s,
                   outcome.written.string());
        return 75;
    }
    warn_of_weather_and_curves(outcome);
    if (!request.quiet) {
        fmt::print(stderr, "{}: {} events, {:.2f} s of CPU, written to {}\nnext: aidcsim show {}\n", outcome.buildout.name,
                   outcome.digest.events, outcome.cpu_s, outcome.written.string(), outcome.written.string());
    }
    return 0;
}

int run_replicated(RunRequest request, ReplicatesOptions options)
{
    name_output(request);
    auto const outcome = run_replicates(request, options);
    if (outcome.ending == Ending::stopped) {
        fmt::print(stderr, "stopped after {} of {} replicates; {}\n", outcome.replicates, options.count,
                   outcome.written.empty() ? "nothing was written" : "they are in " + outcome.written.string());
        return 75;
    }
    if (!request.quiet) {
        auto const file = outcome.written.string();
        fmt::print(stderr, "{}{} replicates, {:.1f} s, {:.2f} /s, written to {}\nnext: aidcsim show {}\n",
                   report::milestone_lines(report::read_odds(file).value()), outcome.replicates, outcome.wall_s,
                   static_cast<double>(outcome.replicates) / outcome.wall_s, file, file);
    }
    return 0;
}

int print_resolved(RunRequest const& request)
{
    std::vector<Override> overrides;
    for (auto const& set : request.set) {
        overrides.push_back(parse_override(set));
    }
    auto const scenario = load_scenario(request.scenario, overrides);
    auto const& b = scenario.buildout;
    fmt::print("{}\n", scenario.resolved);
    fmt::print(stderr, "{}: {} campuses, {} buildings, {} halls, {} activities, {} lots, {:.0f} days\n", b.name, b.campuses.size(),
               b.buildings.size(), b.halls.size(), b.activities.size(), b.lots.size(), seconds(b.end) / day_s);
    return 0;
}

int check(std::vector<std::string> const& files)
{
    std::vector<Problem> all;
    for (auto const& file : files) {
        try {
            auto const scenario = load_scenario(file);
            fmt::print(stderr, "{}: ok\n", file);
            warn_of_open_halls(scenario);
        }
        catch (InputErrors const& errors) {
            all.insert(all.end(), errors.problems().begin(), errors.problems().end());
        }
    }
    if (!all.empty()) {
        throw InputErrors(all);
    }
    return 0;
}

int baseline(std::string const& file, std::string const& output, std::vector<std::string> const& set)
{
    std::vector<Override> overrides;
    for (auto const& one : set) {
        overrides.push_back(parse_override(one));
    }
    auto const scenario = load_scenario(file, overrides);
    auto const text = plan_json(scenario.buildout, make_plan(scenario.buildout));
    if (output.empty()) {
        fmt::print("{}\n", text);
        return 0;
    }
    std::filesystem::path const path(output);
    auto const part = std::filesystem::path(path) += ".part";
    {
        std::ofstream out(part, std::ios::binary);
        out << text << '\n';
        if (!out.flush()) {
            throw InputErrors({{output, "", "cannot be written; check the folder, its permissions and the free space"}});
        }
    }
    std::filesystem::rename(part, path);
    fmt::print(stderr, "the plan of {} is frozen in {}\nnext: name it in the scenario: \"baseline\": \"{}\"\n", scenario.buildout.name,
               output, path.filename().string());
    return 0;
}

int print_schema(bool table)
{
    fmt::print("{}\n", table ? scenario_table() : scenario_schema());
    return 0;
}

int print_version()
{
    fmt::print("{}\n{}\n", program_name(), compiler_name());
    return 0;
}

int with_exit_code(std::function<int()> const& command)
{
    try {
        return command();
    }
    catch (InputErrors const& errors) {
        print_problems(errors.problems());
        return 2;
    }
    catch (h5::Error const& error) {
        fmt::print(stderr, "error: {}; check the folder, its permissions and the free space\n", error.what());
        return 1;
    }
    catch (ReplicateError const& error) {
        fmt::print(stderr, "error: {}\n", error.what());
        return 1;
    }
    catch (SolverError const& error) {
        fmt::print(stderr, "error: no solution: {}; what was simulated is in the .failed.h5 beside the result\n", error.what());
        return 1;
    }
    catch (AuditError const& error) {
        fmt::print(stderr, "error: {}; what was simulated is in the .failed.h5 beside the result\n", error.what());
        return 1;
    }
    catch (std::exception const& error) {
        fmt::print(stderr, "internal error: {}; please report it with the scenario\n", error.what());
        return 70;
    }
}

} // namespace aidc
