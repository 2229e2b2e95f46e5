#include "sim/run/run_scenario.hpp"

#include "sim/record/recorder.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/simulate.hpp"
#include "sim/run/stop.hpp"

#include <ctime>

namespace aidc {

RunOutcome run_scenario(RunRequest const& request)
{
    refuse_to_replace(request);
    auto [scenario, plan] = plan_scenario(request);
    std::clock_t const before = std::clock();
    Recorder recorder(request.output, scenario.buildout, plan, provenance_of(request, scenario));
    ProgressLine progress(recorder, scenario.buildout, request.quiet);
    StopOnSignal const stop;
    SimulateOptions const options{.replicate = request.replicate, .detail = request.detail, .stop_asked = [&stop] { return stop.asked(); }};
    auto digest = simulate(scenario.buildout, plan, options, progress);
    return {.ending = digest.ending,
            .written = recorder.written(),
            .digest = std::move(digest),
            .buildout = std::move(scenario.buildout),
            .cpu_s = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC};
}

} // namespace aidc
