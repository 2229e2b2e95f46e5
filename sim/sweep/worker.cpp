#include "sim/sweep/worker.hpp"

#include "sim/run/progress.hpp"
#include "sim/run/stop.hpp"
#include "sim/sweep/block.hpp"
#include "sim/sweep/prepare.hpp"
#include "sim/sweep/work_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <variant>

namespace aidc {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); }

/// Problems in one text. Paths are told from the copies of the inputs on, so that it does not depend on where the worker was started.
std::string text_of(std::vector<Problem> const& problems, std::filesystem::path const& inputs)
{
    std::string text;
    for (auto const& problem : problems) {
        text += (text.empty() ? "" : "; ") + (problem.pointer.empty() ? problem.where : problem.pointer) + ": " + problem.message;
    }
    auto const before = inputs.string() + "/";
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
        text.erase(at, before.size());
    }
    return text;
}

/// Scenarios of points that have several runs: made once in the worker, shared with the children of all their runs.
class SharedPoint {
  public:
    SharedPoint(PointMaker& maker, std::filesystem::path inputs) : maker_(maker), inputs_(std::move(inputs)) {}

    void make(std::size_t point)
    {
        if (point_ == point) {
            return;
        }
        point_ = point;
        try {
            made_ = maker_.planned(point);
        }
        catch (InputErrors const& errors) {
            made_ = text_of(errors.problems(), inputs_);
        }
        catch (std::exception const& error) {
            made_ = std::string(error.what());
        }
    }

    /// \throws std::runtime_error  in the words of what make() met
    PlannedScenario const& get(std::size_t point) const
    {
        AIDC_EXPECT(point_ == point);
        if (auto const* const error = std::get_if<std::string>(&made_)) {
            throw std::runtime_error(*error);
        }
        return std::get<PlannedScenario>(made_);
    }

  private:
    PointMaker& maker_;
    std::filesystem::path inputs_;
    std::optional<std::size_t> point_;
    std::variant<std::string, PlannedScenario> made_;
};

/// A block that is to be done, as far as it is.
struct OpenBlock {
    std::size_t block{};
    bool redo = false;             ///< Only runs that failed are run again
    std::vector<BlockRun> kept;    ///< Its runs, while it is being done
    std::vector<std::size_t> runs; ///< Runs of the sweep that are to be run, rising
};

/// The blocks of a task that have work in them.
std::vector<OpenBlock> open_blocks(Sweep const& sweep, WorkerOptions const& options, std::vector<std::string>& complaints)
{
    std::vector<OpenBlock> open;
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        if (!options.task.does(b)) {
            continue;
        }
        auto const state = state_of(sweep, b);
        bool const redo = options.retry_failed && state.failed > 0;
        if (state.is == BlockState::Is::whole && !redo) {
            continue;
        }
        if (state.is == BlockState::Is::damaged) {
            complaints.push_back(state.complaint);
            put_aside(sweep, b);
        }
        auto& todo = open.emplace_back(OpenBlock{.block = b, .redo = redo, .kept = {}, .runs = {}});
        auto const there = redo ? read_block(sweep, b) : std::vector<BlockRun>{};
        for (std::size_t i = 0; i < sweep.runs_of(b); ++i) {
            if (!redo || !there[i].error.empty()) {
                todo.runs.push_back(sweep.first_run(b) + i);
            }
        }
    }
    return open;
}

/// Takes the runs of open blocks in order and writes each block when it is whole.
class Collector {
  public:
    Collector(Sweep const& sweep, std::vector<OpenBlock>& open, WorkerOutcome& outcome, WorkLog& log)
        : sweep_(sweep), open_(open), outcome_(outcome), log_(log)
    {
    }

    void take(FromChild result)
    {
        auto& todo = open_[at_];
        if (taken_ == 0) {
            todo.kept = todo.redo ? read_block(sweep_, todo.block) : std::vector<BlockRun>(sweep_.runs_of(todo.block));
        }
        auto& run = todo.kept[todo.runs[taken_] - sweep_.first_run(todo.block)];
        run = result.error ? BlockRun{.row = missing_row(sweep_.manifest.layout), .error = *result.error}
                           : BlockRun{.row = run_row_from_bytes(result.bytes), .error = {}};
        cpu_s_ += result.cpu_s;
        if (++taken_ == todo.runs.size()) {
            close(todo);
        }
    }

  private:
    void close(OpenBlock& todo)
    {
        auto const failed = static_cast<std::size_t>(
            std::ranges::count_if(todo.runs, [&](std::size_t i) { return !todo.kept[i - sweep_.first_run(todo.block)].error.empty(); }));
        auto const all_failed =
            static_cast<std::size_t>(std::ranges::count_if(todo.kept, [](auto const& run) { return !run.error.empty(); }));
        // Another worker may have done it meanwhile, with wider limits: what went well there is not lost.
        auto const there = all_failed > 0 ? state_of(sweep_, todo.block) : BlockState{};
        if (there.is != BlockState::Is::whole || all_failed <= there.failed) {
            write_block(sweep_, todo.block, todo.kept);
        }
        log_.block({.block = todo.block, .runs = todo.runs.size(), .failed = failed, .wall_s = seconds_since(began_), .cpu_s = cpu_s_});
        ++outcome_.blocks;
        outcome_.runs += todo.runs.size();
        outcome_.failed += failed;
        outcome_.cpu_s += cpu_s_;
        todo.kept.clear(); // memory does not grow with blocks
        todo.kept.shrink_to_fit();
        ++at_;
        taken_ = 0;
        cpu_s_ = 0.0;
        began_ = Clock::now();
    }

    Sweep const& sweep_;
    std::vector<OpenBlock>& open_;
    WorkerOutcome& outcome_;
    WorkLog& log_;
    std::size_t at_ = 0;    ///< Block whose runs come now
    std::size_t taken_ = 0; ///< Of its runs
    double cpu_s_ = 0.0;
    Clock::time_point began_ = Clock::now();
};

/// An error as a block keeps it: the same whichever child of whichever worker met it.
std::string error_of(std::string const& error, std::size_t child, ChildLimits limits)
{
    auto const who = fmt::format("child process {} ", child);
    if (!error.starts_with(who)) {
        return one_line(error);
    }
    // Libraries that get no memory end the process without words.
    auto const perhaps =
        limits.memory_MB > 0.0 ? fmt::format("; perhaps the {:g} MB of memory it may have are too few", limits.memory_MB) : "";
    return one_line("its process " + error.substr(who.size()) + perhaps);
}

/// The runs of open blocks, in order.
std::vector<std::size_t> runs_of(std::vector<OpenBlock> const& open)
{
    std::vector<std::size_t> runs;
    for (auto const& todo : open) {
        runs.insert(runs.end(), todo.runs.begin(), todo.runs.end());
    }
    return runs;
}

} // namespace

WorkerOutcome work_on(Sweep const& sweep, WorkerOptions const& options)
{
    auto const began = Clock::now();
    check_unchanged(sweep);
    StopOnSignal const stop;
    WorkerOutcome outcome;
    auto open = open_blocks(sweep, options, outcome.complaints);
    if (open.empty()) {
        return outcome;
    }
    auto const runs = runs_of(open);
    WorkLog log(sweep, options.task);
    auto const& layout = sweep.manifest.layout;
    auto const inputs = sweep.folder / "inputs";
    PointMaker maker(sweep.scenario(), sweep.manifest.sweep, sweep.points);
    maker.make_baseline();
    SharedPoint shared(maker, inputs);
    bool const shares = sweep.manifest.sweep.replicates > 1;
    auto const work = [&](std::size_t i) {
        auto const point = sweep.run(runs[i]).point;
        try {
            return to_bytes(shares ? run_row(shared.get(point), sweep.stream(runs[i]), layout)
                                   : run_row(maker.planned(point), sweep.stream(runs[i]), layout));
        }
        catch (InputErrors const& errors) {
            throw std::runtime_error(text_of(errors.problems(), inputs));
        }
    };
    Collector collector(sweep, open, outcome, log);
    CountProgress progress(runs.size(), "runs", options.quiet);
    auto const take = [&](std::size_t i, FromChild result) {
        if (result.error) {
            result.error = error_of(*result.error, i, options.limits);
        }
        collector.take(std::move(result));
        progress.done(i + 1);
    };
    PoolOptions pool{.count = runs.size(), .jobs = options.jobs, .limits = options.limits, .tries = 2};
    if (shares) {
        pool.prepare = [&](std::size_t i) { shared.make(sweep.run(runs[i]).point); };
    }
    pool.stop_asked = [&stop] { return stop.asked(); };
    outcome.stopped = for_each_in_children(pool, work, take) < runs.size();
    outcome.left = open.size() - outcome.blocks;
    outcome.wall_s = seconds_since(began);
    return outcome;
}

} // namespace aidc
