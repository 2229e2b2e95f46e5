#include "sim/cli/sweep_commands.hpp"

#include "sim/cli/json_text.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/sweep/point_words.hpp"
#include "sim/sweep/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace aidc {
namespace {

constexpr int incomplete = 3;
constexpr std::size_t most_shown = 5;

/// "3 h 12 min", "40 s".
std::string span(double seconds)
{
    if (seconds < 90.0) {
        return fmt::format("{:.0f} s", std::max(1.0, seconds));
    }
    auto const minutes = static_cast<long>(seconds / 60.0 + 0.5);
    return minutes < 90 ? fmt::format("{} min", minutes) : fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

void print_points(Points const& points)
{
    auto const n = points.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (i < most_shown || i + 1 == n) {
            fmt::print("point {:>6}: {}\n", i, words_of(points, i));
        }
        else if (i == most_shown) {
            fmt::print("   ...\n");
        }
    }
}

std::string command_for(Sweep const& sweep, std::size_t run)
{
    auto const which = sweep.run(run);
    return command_of(sweep.manifest.sweep, sweep.points, which.point, sweep.stream(run), sweep.scenario().string());
}

void print_failed(Sweep const& sweep, SweepStatus const& status, bool all)
{
    for (std::size_t i = 0; i < status.failed.size(); ++i) {
        if (!all && i == most_shown) {
            fmt::print("  ... and {} more: aidcsim sweep status {} --all\n", status.failed.size() - i, shell_word(sweep.folder.string()));
            return;
        }
        auto const& failed = status.failed[i];
        fmt::print("  run {} (point {}: {}): {}\n", failed.run, sweep.run(failed.run).point,
                   words_of(sweep.points, sweep.run(failed.run).point), failed.error);
    }
}

std::string next_step(Sweep const& sweep, SweepStatus const& status)
{
    auto const folder = shell_word(sweep.folder.string());
    if (status.blocks_there < status.blocks) {
        return "aidcsim sweep run " + folder;
    }
    return status.runs_failed > 0 ? "aidcsim sweep run " + folder + " --retry-failed   or   aidcsim sweep collect " + folder
                                  : "aidcsim sweep collect " + folder;
}

void print_status(Sweep const& sweep, SweepStatus const& status, bool all)
{
    auto const& spec = sweep.manifest.sweep;
    fmt::print("{}: {} points x {} replicates of {}\n", sweep.folder.string(), sweep.points.size(), spec.replicates, spec.scenario);
    fmt::print("blocks   {:>8} of {} there{}\n", status.blocks_there, status.blocks,
               status.blocks_damaged > 0 ? fmt::format(", {} damaged", status.blocks_damaged) : "");
    fmt::print("runs     {:>8} of {} there, {} failed\n", status.runs_there, status.runs, status.runs_failed);
    if (status.logged_runs > 0) {
        double const runs = static_cast<double>(status.logged_runs);
        double const left = static_cast<double>(status.runs - status.runs_there);
        fmt::print("a run    {:>8.3f} s of CPU; {:.3f} s of a worker\n", status.cpu_s / runs, status.wall_s / runs);
        if (left > 0.0) {
            fmt::print("left     {:>8} of one worker\n", span(left * status.wall_s / runs));
        }
    }
    for (auto const& complaint : status.complaints) {
        fmt::print("damaged: {}\n", complaint);
    }
    if (status.runs_failed > 0) {
        fmt::print("failed:\n");
        print_failed(sweep, status, all);
    }
    fmt::print("next: {}\n", next_step(sweep, status));
}

void print_status_json(Sweep const& sweep, SweepStatus const& status)
{
    auto const count = [](std::size_t n) { return std::to_string(n); };
    auto const failed = report::list(status.failed, [&](FailedRun const& run) {
        return report::object(
            {{"run", count(run.run)}, {"point", count(sweep.run(run.run).point)}, {"error", report::in_quotes(run.error)}});
    });
    fmt::print("{}\n", report::object({{"folder", report::in_quotes(sweep.folder.string())},
                                       {"scenario", report::in_quotes(sweep.manifest.sweep.scenario)},
                                       {"points", count(sweep.points.size())},
                                       {"replicates", count(sweep.manifest.sweep.replicates)},
                                       {"blocks", count(status.blocks)},
                                       {"blocks_there", count(status.blocks_there)},
                                       {"blocks_damaged", count(status.blocks_damaged)},
                                       {"runs", count(status.runs)},
                                       {"runs_there", count(status.runs_there)},
                                       {"runs_failed", count(status.runs_failed)},
                                       {"cpu_s", report::number(status.cpu_s)},
                                       {"wall_s", report::number(status.wall_s)},
                                       {"complete", status.complete() ? "true" : "false"},
                                       {"failed", failed}}));
}

} // namespace

int sweep_plan(SweepPlanRequest request)
{
    if (request.folder.empty()) {
        request.folder = std::filesystem::path(request.spec.scenario).stem();
        request.folder += ".sweep";
    }
    auto const planned = plan_sweep(request.spec, request.options);
    auto const& m = planned.manifest;
    auto const runs = planned.points.size() * m.sweep.replicates;
    double const work_s = m.run_s * static_cast<double>(runs);
    fmt::print("{} points x {} replicates = {} runs in {} blocks of {}\n", planned.points.size(), m.sweep.replicates, runs,
               (runs + m.sweep.block - 1) / m.sweep.block, m.sweep.block);
    fmt::print("a run takes {:.3f} s here: {} in all, {} with -j {}\n", m.run_s, span(work_s),
               span(work_s / static_cast<double>(request.options.jobs)), request.options.jobs);
    if (planned.invalid > 0) {
        fmt::print(stderr, "warning: {} points are no valid scenarios; their runs will fail\n", planned.invalid);
    }
    if (request.dry) {
        print_points(planned.points);
        return 0;
    }
    bool const made = write_sweep(planned, request.folder);
    if (auto const there = open_sweep(request.folder).manifest.sweep.block; there != m.sweep.block) {
        fmt::print(stderr, "warning: it was planned before with blocks of {}, and stays so; name a new folder for other blocks\n", there);
    }
    fmt::print("{} {}\nnext: aidcsim sweep run {}   or   aidcsim sweep script slurm {}\n", made ? "planned in" : "was planned already in",
               request.folder.string(), shell_word(request.folder.string()), shell_word(request.folder.string()));
    return 0;
}

int sweep_run(std::filesystem::path const& folder, WorkerOptions const& options)
{
    auto const sweep = open_sweep(folder);
    auto const outcome = work_on(sweep, options);
    for (auto const& complaint : outcome.complaints) {
        fmt::print(stderr, "warning: {}; the block was put aside and done again\n", complaint);
    }
    if (outcome.failed > 0) {
        fmt::print(stderr, "warning: {} of {} runs failed and are recorded with their errors; see: aidcsim sweep status {}\n",
                   outcome.failed, outcome.runs, shell_word(folder.string()));
    }
    if (outcome.blocks > 0 && std::filesystem::exists(folder / "index.h5")) {
        fmt::print(stderr, "warning: index.h5 is older than some of its blocks now; make it again with: aidcsim sweep collect {}\n",
                   shell_word(folder.string()));
    }
    if (outcome.stopped) {
        fmt::print(stderr, "stopped: {} blocks are written, {} of this worker are left; run it again\n", outcome.blocks, outcome.left);
        return 75;
    }
    if (!options.quiet) {
        fmt::print(stderr, "task {}/{}: {} blocks, {} runs in {:.1f} s ({:.1f} s of CPU in simulations)\nnext: aidcsim sweep status {}\n",
                   options.task.index, options.task.count, outcome.blocks, outcome.runs, outcome.wall_s, outcome.cpu_s,
                   shell_word(folder.string()));
    }
    return 0;
}

int sweep_status(SweepStatusRequest const& request)
{
    auto const sweep = open_sweep(request.folder);
    if (request.point) {
        if (*request.point >= sweep.points.size()) {
            throw InputErrors(
                {{"--point", "", fmt::format("{} does not exist; the points are 0 ... {}", *request.point, sweep.points.size() - 1)}});
        }
        fmt::print("{}\n{}\n", words_of(sweep.points, *request.point),
                   command_for(sweep, *request.point * sweep.manifest.sweep.replicates));
        return 0;
    }
    auto const status = status_of(sweep);
    request.json ? print_status_json(sweep, status) : print_status(sweep, status, request.all);
    return status.complete() ? 0 : incomplete;
}

int sweep_collect(std::filesystem::path const& folder, CollectOptions options)
{
    auto const sweep = open_sweep(folder);
    auto const outcome = collect(sweep, options);
    for (auto const& complaint : outcome.complaints) {
        fmt::print(stderr, "warning: {}; taken as missing, and done again by: aidcsim sweep run {}\n", complaint,
                   shell_word(folder.string()));
    }
    fmt::print("{} runs, {} failed, {} missing; written to {}\ndata sha256 {}\n", outcome.runs, outcome.failed, outcome.missing,
               outcome.written.string(), outcome.data_sha256);
    if (!options.quiet) {
        fmt::print(stderr, "next: aidcsim sweep {} {}\n", outcome.complete() ? "analyze" : "status", shell_word(folder.string()));
    }
    return outcome.complete() ? 0 : incomplete;
}

int sweep_script(std::filesystem::path const& folder, ScriptOptions const& options, std::filesystem::path const& output)
{
    auto const sweep = open_sweep(folder);
    auto asked = options;
    asked.name = output.empty() ? "this file" : output.string();
    auto const text = batch_script(sweep, asked);
    if (output.empty()) {
        fmt::print("{}", text);
        return 0;
    }
    write_text(output, text);
    fmt::print(stderr, "written to {}\nnext: bash {}\n", output.string(), shell_word(output.string()));
    return 0;
}

} // namespace aidc
