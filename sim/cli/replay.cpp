#include "sim/cli/replay.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"
#include "sim/cli/json_text.hpp"
#include "sim/replay/replay_file.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/run/stop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace aidc {
namespace {

template <class Enum, std::size_t n> Enum value_of(std::array<std::pair<std::string_view, Enum>, n> const& words, std::string_view word)
{
    auto const found = std::ranges::find(words, word, [](auto const& each) { return each.first; });
    AIDC_EXPECT(found != words.end());
    return found->second;
}

template <class Enum, std::size_t n> std::string_view word_of(std::array<std::pair<std::string_view, Enum>, n> const& words, Enum value)
{
    return std::ranges::find(words, value, [](auto const& each) { return each.second; })->first;
}

/// 82247 as "82,247".
std::string grouped(std::uint64_t n)
{
    auto text = std::to_string(n);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), ",");
    }
    return text;
}

/// "13,440 s (3.7 h)".
std::string long_span(double s)
{
    auto const plain = fmt::format("{:.7g} s", s);
    return s < 120.0          ? plain
           : s < 2.0 * hour_s ? fmt::format("{} ({:.1f} min)", plain, s / 60.0)
           : s < 2.0 * day_s  ? fmt::format("{} ({:.1f} h)", plain, s / hour_s)
                              : fmt::format("{} ({:.1f} days)", plain, s / day_s);
}

/// Processors of the machine as the words have it; 0: the log has to say.
std::uint32_t told_processors(ReplayWords const& words)
{
    auto const sum = std::accumulate(words.cells.begin(), words.cells.end(), std::uint64_t{0});
    if (sum > 0 && words.processors > 0 && sum != words.processors) {
        throw InputErrors(
            {{"--cells", "", fmt::format("have {} processors together, and --processors says {}; leave one out", sum, words.processors)}});
    }
    if (sum > std::numeric_limits<std::uint32_t>::max()) {
        throw InputErrors({{"--cells", "", fmt::format("have {} processors together, more than 32 bits can count; take fewer", sum)}});
    }
    return sum > 0 ? static_cast<std::uint32_t>(sum) : words.processors;
}

/// Reads the log for a machine, which may be the log's own. \param machine  0: the log's own; out
JobLog read_for(ReplayWords const& words, std::uint32_t& machine)
{
    JobLogOptions options{.format = value_of(job_log_formats, words.format), .machine = machine, .skip_bad_rows = words.skip_bad_rows};
    auto log = read_job_log(words.log, options);
    if (machine == 0) {
        machine = log.machine;
        if (machine == 0) {
            throw InputErrors({{"--processors", "", "is not given, and the log does not say how large its machine is; give it"}});
        }
        if (std::ranges::any_of(log.jobs, [machine](Job const& job) { return job.processors > machine; })) {
            options.machine = machine;
            log = read_job_log(words.log, options); // says which rows
        }
    }
    if (words.jobs > 0) {
        log.jobs.resize(std::min(words.jobs, log.jobs.size()));
    }
    return log;
}

ReplaySpec spec_of(ReplayWords const& words, std::uint32_t machine)
{
    if (words.checkpoint_write_s > 0.0 && words.checkpoint_every_min == 0.0) {
        throw InputErrors({{"--checkpoint-write-s", "",
                            "is given without --checkpoint-every-min: no checkpoint would ever be written; give both or none"}});
    }
    ReplaySpec spec{.cells = words.cells,
                    .policy = value_of(policies, words.policy),
                    .placement = words.cells.empty() ? Placement::leftmost : Placement::compact,
                    .rules = {.checkpoint = {.every_s = words.checkpoint_every_min * 60.0,
                                             .write_s = words.checkpoint_write_s,
                                             .restart_s = words.restart_min * 60.0},
                              .interruptions_per_s = words.interruptions_per_year / year_s},
                    .seed = words.seed};
    constexpr std::uint32_t most_machines = 1'000'000; // [J] each is looked at when a job is placed
    if (words.machines && machine > most_machines) {
        throw InputErrors({{"--machines", "",
                            fmt::format("would be {} (more than {} are too slow to look through); leave it out", machine, most_machines)}});
    }
    if (words.machines) {
        spec.cells.assign(machine, 1);
    }
    else if (spec.cells.empty()) {
        spec.cells = {machine};
    }
    return spec;
}

bool is_disturbed(ReplaySpec const& spec) { return spec.rules.interruptions_per_s > 0.0 || spec.rules.checkpoint.every_s > 0.0; }

/// What became of the processor time that jobs held.
std::string goodput_lines(Replayed const& r)
{
    auto const percent = [&](double part_s) { return 100.0 * part_s / r.pool.allocated_s; };
    return fmt::format(
        "{:<24}{}\n{:<24}{:.6f} of the processor time held; writing checkpoints {:.3g} %, rolled back {:.3g} %, restarting {:.3g} %\n",
        "interruptions", grouped(r.pool.interrupted), "goodput", r.goodput(), percent(r.pool.busy_s - r.pool.worked_s),
        percent(r.pool.rolled_back_s), percent(r.pool.allocated_s - r.pool.busy_s));
}

std::string machine_words(ReplaySpec const& spec)
{
    auto const all = processors(spec);
    return spec.cells.size() == 1     ? fmt::format("{} processors", grouped(all))
           : spec.cells.size() == all ? fmt::format("{} machines of one processor", grouped(all))
                                      : fmt::format("{} processors in {} cells", grouped(all), grouped(spec.cells.size()));
}

} // namespace

namespace report {

std::string skipped_lines(std::uint64_t skipped, std::vector<Problem> const& why)
{
    constexpr std::size_t shown = 3; // [J]
    std::string lines = skipped > 0 ? fmt::format("skipped {} bad row{}, the first:\n", grouped(skipped), skipped == 1 ? "" : "s") : "";
    for (std::size_t i = 0; i < std::min(shown, why.size()); ++i) {
        lines += fmt::format("  {}{}{}: {}\n", why[i].where, why[i].pointer.empty() ? "" : ": ", why[i].pointer, why[i].message);
    }
    return lines;
}

std::string skipped_json(std::vector<Problem> const& why)
{
    return list(why, [](Problem const& problem) {
        return object(
            {{"where", in_quotes(problem.where)}, {"pointer", text_or_null(problem.pointer)}, {"message", in_quotes(problem.message)}});
    });
}

std::string replay_page(ReplayReport const& report)
{
    auto const& [path, log, spec, r] = report;
    auto page = fmt::format("{} ({}): {} jobs on {}, policy {}\n", path, word_of(job_log_formats, log.format), grouped(r.sums.jobs),
                            machine_words(spec), word_of(policies, spec.policy));
    page += fmt::format("{} rows; left out {} that ran nothing; {} stood too late and were put in order\n", grouped(log.rows),
                        grouped(log.left_out), grouped(log.unsorted));
    page += skipped_lines(log.skipped, log.skipped_why);
    auto const row = [&page](std::string_view name, std::string const& value) { page += fmt::format("{:<24}{}\n", name, value); };
    page += "\n";
    row("mean wait", long_span(r.sums.mean_wait_s()));
    row("longest wait", long_span(r.sums.wait_max_s));
    row("mean bounded slowdown", fmt::format("{:.7g}", r.sums.mean_slowdown()));
    row("utilization", fmt::format("{:.5f}", r.sums.utilization(static_cast<double>(processors(spec)))));
    row("makespan", long_span(r.sums.makespan_s()));
    row("last end", fmt::format("{:.10g} s from the log's zero", r.sums.last_end_s));
    if (r.pool.evicted > 0) {
        row("sent back to the queue", grouped(r.pool.evicted));
    }
    return page + (is_disturbed(spec) ? goodput_lines(r) : "");
}

std::string replay_json(ReplayReport const& report)
{
    auto const& [path, log, spec, r] = report;
    auto const count = [](std::uint64_t n) { return fmt::format("{}", n); };
    return object({{"log", in_quotes(path)},
                   {"format", in_quotes(word_of(job_log_formats, log.format))},
                   {"processors", count(processors(spec))},
                   {"cells", count(spec.cells.size())},
                   {"policy", in_quotes(word_of(policies, spec.policy))},
                   {"seed", count(spec.seed)},
                   {"rows", count(log.rows)},
                   {"left_out", count(log.left_out)},
                   {"skipped", count(log.skipped)},
                   {"skipped_why", skipped_json(log.skipped_why)},
                   {"unsorted", count(log.unsorted)},
                   {"jobs", count(r.sums.jobs)},
                   {"mean_wait_s", number(r.sums.mean_wait_s())},
                   {"longest_wait_s", number(r.sums.wait_max_s)},
                   {"mean_slowdown", number(r.sums.mean_slowdown())},
                   {"utilization", number(r.sums.utilization(static_cast<double>(processors(spec))))},
                   {"first_submit_s", number(r.sums.first_submit_s)},
                   {"last_end_s", number(r.sums.last_end_s)},
                   {"makespan_s", number(r.sums.makespan_s())},
                   {"work_s", number(r.sums.work_s)},
                   {"held_s", number(r.pool.allocated_s)},
                   {"interruptions", count(r.pool.interrupted)},
                   {"evictions", count(r.pool.evicted)},
                   {"goodput", number(r.goodput())}});
}

} // namespace report

int replay(ReplayWords const& words)
{
    if (!words.output.empty() && !words.force && std::filesystem::exists(words.output)) {
        throw InputErrors({{words.output, "", "exists (a result is never replaced silently); add --force or give another name with -o"}});
    }
    auto machine = told_processors(words);
    auto const log = read_for(words, machine);
    auto const spec = spec_of(words, machine);
    check_interruptions(log.jobs, spec.rules, words.log);
    StopOnSignal const stop;
    std::optional<ReplayFile> file;
    if (!words.output.empty()) {
        file.emplace(words.output, words.log, spec);
    }
    std::optional<CountProgress> progress(std::in_place, log.jobs.size(), "jobs", words.quiet);
    auto const began = std::chrono::steady_clock::now();
    ReplayListener listener{.done = {}, .stop_asked = [&](std::uint64_t ended) {
                                progress->done(ended);
                                return stop.asked();
                            }};
    if (file) {
        listener.done = [&](JobRecord const& record) { file->append(record); };
    }
    auto const replayed = aidc::replay(log.jobs, spec, listener);
    progress.reset(); // its line goes before others come
    if (replayed.stopped) {
        fmt::print(stderr, "stopped after {} of {} jobs; nothing was written\n", replayed.sums.jobs, log.jobs.size());
        return 75;
    }
    double const spent_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (file) {
        file->close(replayed, log, spec);
    }
    report::ReplayReport const report{words.log, log, spec, replayed};
    fmt::print("{}", words.json ? report::replay_json(report) + "\n" : report::replay_page(report));
    if (!words.quiet) {
        auto const next = file ? "h5dump -n " + shell_word(words.output)
                               : std::string("the same with -o replay.h5 keeps every job and how full the machine was");
        fmt::print(stderr, "{} jobs in {:.2f} s: {:.0f} jobs/s{}\nnext: {}\n", replayed.sums.jobs, spent_s,
                   static_cast<double>(replayed.sums.jobs) / std::max(spent_s, 1e-6), file ? ", written to " + words.output : "", next);
    }
    return 0;
}

} // namespace aidc
