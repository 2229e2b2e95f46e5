#include "sim/run/request.hpp"

#include "sim/run/simulate.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <unistd.h>

namespace aidc {
namespace {

/// The baseline: of the scenario as written, whatever was overridden.
Plan plan_of(RunRequest const& request, Scenario const& scenario)
{
    if (scenario.baseline) {
        return *scenario.baseline;
    }
    if (request.set.empty()) {
        return make_plan(scenario.buildout);
    }
    auto const as_written = load_scenario(request.scenario);
    return fit_plan(make_plan(as_written.buildout), as_written.buildout, scenario.buildout);
}

} // namespace

PlannedScenario plan_scenario(RunRequest const& request)
{
    std::vector<Override> overrides;
    for (auto const& set : request.set) {
        overrides.push_back(parse_override(set));
    }
    auto scenario = load_scenario(request.scenario, overrides);
    if (request.seed) {
        scenario.buildout.seed = *request.seed;
    }
    auto plan = plan_of(request, scenario);
    return {.scenario = std::move(scenario), .plan = std::move(plan)};
}

void refuse_to_replace(RunRequest const& request)
{
    if (!request.force && std::filesystem::exists(request.output)) {
        throw InputErrors(
            {{request.output.string(), "", "exists (a result is never replaced silently); add --force or give another name with -o"}});
    }
}

Provenance provenance_of(RunRequest const& request, Scenario const& scenario)
{
    Provenance p{.program = program_name(),
                 .compiler = compiler_name(),
                 .scenario_json = scenario.resolved,
                 .detail = request.detail,
                 .replicate = request.replicate,
                 .reproducible = request.reproducible};
    for (auto const& set : request.set) {
        p.overrides += set + "\n";
    }
    for (auto const& input : scenario.inputs) {
        p.inputs.emplace_back(input.path, input.sha256);
    }
    if (!request.reproducible) {
        p.command_line = request.command_line;
        p.host = host_name();
        p.written_at = fmt::format("{:%FT%TZ}", fmt::gmtime(std::time(nullptr)));
    }
    return p;
}

std::string program_name() { return "aidcsim " AIDCSIM_VERSION " (" AIDCSIM_REVISION ")"; }

std::string compiler_name() { return "g++ " __VERSION__ ", " AIDCSIM_BUILD_TYPE; }

std::string host_name()
{
    char name[256] = "";
    gethostname(name, sizeof name - 1);
    return name;
}

} // namespace aidc
