#include "sim/cli/sweep_words.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

namespace aidc {
namespace {

/// Simulations at once: what Slurm gave this task, else the cores this process may use.
std::size_t default_jobs()
{
    auto const given = environment("SLURM_CPUS_PER_TASK");
    std::size_t cpus = 0;
    std::from_chars(given.data(), given.data() + given.size(), cpus);
    return cpus > 0 ? cpus : std::max(1U, std::thread::hardware_concurrency());
}

void add_folder(CLI::App& command, std::filesystem::path& folder) { command.add_option("DIR", folder, "Folder of the sweep")->required(); }

/// A sweep file gives what it says; words of the command line come on top.
SweepSpec spec_of(SweepWords const& words, CLI::App const& plan)
{
    auto spec = words.plan.spec;
    if (is_sweep_file(words.base)) {
        auto const asked = spec;
        spec = read_sweep_file(words.base);
        spec.vary.insert(spec.vary.end(), asked.vary.begin(), asked.vary.end());
        spec.set.insert(spec.set.end(), asked.set.begin(), asked.set.end());
        spec.replicates = plan.count("--replicates") > 0 ? asked.replicates : spec.replicates;
        spec.sample_seed = plan.count("--sample-seed") > 0 ? asked.sample_seed : spec.sample_seed;
        spec.block = plan.count("--block") > 0 ? asked.block : spec.block;
        spec.keep_invalid = spec.keep_invalid || asked.keep_invalid;
    }
    else {
        spec.scenario = words.base;
    }
    if (plan.count("--sample") > 0) {
        parse_sampling(words.sample, spec);
    }
    if (plan.count("--detail") > 0) {
        spec.operate = words.detail == "operate";
    }
    if (plan.count("--streams") > 0) {
        spec.streams = words.streams == "own" ? PointStreams::own : PointStreams::common;
    }
    return spec;
}

void add_plan(CLI::App& sweep, SweepWords& words, int& code)
{
    auto& request = words.plan;
    auto& spec = request.spec;
    request.options.jobs = default_jobs();
    auto* const plan = sweep.add_subcommand("plan", "Check every point of a sweep and make its folder");
    plan->add_option("BASE", words.base, "Scenario (JSON), or a sweep file")->required();
    plan->add_option("--vary", spec.vary, "A parameter: a list a,b,c, n values lo:hi:n, or a range lo:hi; may be repeated")
        ->type_name("[NAME:]/POINTER=VALUES")
        ->allow_extra_args(false);
    plan->add_option("--set", spec.set, "A value of all points; may be repeated")->type_name("/POINTER=VALUE")->allow_extra_args(false);
    plan->add_option("--sample", words.sample,
                     "How points are spread: grid, list, random:N, lhs:N, sobol:N, morris:N (trajectories), saltelli:N (base points)");
    plan->add_option("--sample-seed", spec.sample_seed, "Seed of the points");
    plan->add_option("--replicates", spec.replicates, "Runs of each point")->check(CLI::Range(1, 1'000'000));
    plan->add_option("--streams", words.streams, "common: replicate r draws the same in every point; own: every run its own draws")
        ->check(CLI::IsMember({"common", "own"}));
    plan->add_option("--detail", words.detail, "build: dates and ledger; operate: hour by hour as well")
        ->check(CLI::IsMember({"build", "operate"}));
    plan->add_option("--block", spec.block, "Runs of a block; default: some 20 s of work")->check(CLI::Range(1, 1'000'000));
    plan->add_flag("--keep-invalid", spec.keep_invalid, "Points that are no valid scenario stay in, and are recorded as failed");
    plan->add_option("-o,--output", request.folder, "Folder to make; default: the scenario's name with .sweep");
    plan->add_option("-j,--jobs", request.options.jobs, "Processes at once")->check(CLI::Range(1, 1024));
    plan->add_flag("-n,--dry-run", request.dry, "Check, count, estimate the time, show the first points, and write nothing");
    plan->add_flag("-q,--quiet", request.options.quiet, "No progress");
    plan->footer("Examples:\n  aidcsim sweep plan scenarios/langfang_2026.json --vary "
                 "lead:/makers/transformer_maker/quoted_lead_weeks=30,50,70 --replicates 50 --detail build -o leads\n"
                 "  aidcsim sweep plan scenarios/01_one_rack.json --vary /campuses/0/buildings/0/plant/fws_supply_C=25:40 --sample lhs:200 "
                 "-o study\n"
                 "  aidcsim sweep plan study.json -n");
    plan->callback([&words, plan, &code] {
        words.plan.spec = spec_of(words, *plan);
        code = sweep_plan(words.plan);
    });
}

void add_run(CLI::App& sweep, SweepWords& words, int& code)
{
    auto& worker = words.worker;
    worker.jobs = default_jobs();
    auto* const run = sweep.add_subcommand("run", "Do the blocks that are missing; run it again after anything went wrong");
    add_folder(*run, words.folder);
    run->add_option("-j,--jobs", worker.jobs, "Simulations at once; default: the cores of this process or Slurm task")
        ->check(CLI::Range(1, 1024));
    run->add_option("--task", words.task, "Part of the sweep: k/K (0/4 ... 3/4), or auto in a job array or under an MPI launcher")
        ->type_name("auto|k/K");
    run->add_flag("--retry-failed", worker.retry_failed, "Run again what failed");
    run->add_option("--time-limit", worker.limits.time_s, "Seconds that one simulation may take")->check(CLI::PositiveNumber);
    run->add_option("--memory-limit", worker.limits.memory_MB, "Megabytes that one simulation may take")->check(CLI::PositiveNumber);
    run->add_flag("-q,--quiet", worker.quiet, "No progress, no closing words");
    run->footer(
        "Examples:\n  aidcsim sweep run leads -j 8\n  aidcsim sweep run leads --task 0/4\n"
        "Exit codes: 0 every block of the task is there, 1 a block cannot be written, 2 bad input, 75 stopped by a signal: run it again");
    run->callback([&words, &code] {
        words.worker.task = parse_task(words.task, environment);
        code = sweep_run(words.folder, words.worker);
    });
}

void add_looks(CLI::App& sweep, SweepWords& words, int& code)
{
    auto* const status = sweep.add_subcommand("status", "How far a sweep is, what failed, and what to do next");
    add_folder(*status, words.status.folder);
    status->add_flag("--json", words.status.json, "One JSON object");
    status->add_flag("--all", words.status.all, "Every failed run");
    auto* const point = status->add_option("--point", words.point, "This point, and the command that runs it alone");
    status->footer("Exit codes: 0 complete, 3 something is missing or failed");
    status->callback([&words, point, &code] {
        if (point->count() > 0) {
            words.status.point = words.point;
        }
        code = sweep_status(words.status);
    });

    auto* const collect = sweep.add_subcommand("collect", "Put everything together in DIR/index.h5");
    add_folder(*collect, words.folder);
    collect->add_flag("--copy", words.collect.copy, "Copy the monthly series: one file that stands alone");
    collect->add_flag("-q,--quiet", words.collect.quiet, "No progress");
    collect->footer("Exit codes: 0 complete, 3 something is missing or failed");
    collect->callback([&words, &code] { code = sweep_collect(words.folder, words.collect); });
}

void add_script(CLI::App& sweep, SweepWords& words, std::string const& program, int& code)
{
    auto& options = words.script;
    options.program = program;
    auto* const script = sweep.add_subcommand("script", "A complete batch file: workers, top-up, collect");
    script->add_option("SYSTEM", words.system, "slurm, mpi, parallel or pbs")
        ->required()
        ->check(CLI::IsMember({"slurm", "mpi", "parallel", "pbs"}));
    add_folder(*script, words.folder);
    script->add_option("--tasks", options.tasks, "Workers; tens, not thousands")->check(CLI::Range(1, 1000));
    script->add_option("--cpus", options.cpus, "Simulations at once in each")->check(CLI::Range(1, 1024));
    script->add_option("--time", options.time, "Time limit of a job, HH:MM:SS; default: three times what the runs should take");
    script->add_option("--memory-limit", options.memory_MB, "Megabytes that one simulation may take")->check(CLI::PositiveNumber);
    script->add_option("--partition", options.partition, "Partition or queue");
    script->add_option("--account", options.account, "Account");
    script->add_option("-o,--output", words.output, "File to write; default: print it");
    script->footer("Example:\n  aidcsim sweep script slurm leads --tasks 16 --cpus 4 --time 02:00:00 -o leads.sh && bash leads.sh");
    script->callback([&words, &code] {
        for (auto const& [name, system] : batch_systems) {
            words.script.system = name == words.system ? system : words.script.system;
        }
        code = sweep_script(words.folder, words.script, words.output);
    });
}

} // namespace

void add_sweep(CLI::App& app, SweepWords& words, std::string const& program, int& code)
{
    auto* const sweep = app.add_subcommand("sweep", "Many points of a scenario, on a laptop or a cluster, and what they say");
    sweep->require_subcommand(1);
    sweep->footer("From plan to picture:\n  aidcsim sweep plan scenarios/langfang_2026.json --vary "
                  "lead:/makers/transformer_maker/quoted_lead_weeks=30,50,70 --replicates 50 --detail build -o leads\n"
                  "  aidcsim sweep run leads && aidcsim sweep collect leads && aidcsim sweep analyze leads");
    add_plan(*sweep, words, code);
    add_run(*sweep, words, code);
    add_looks(*sweep, words, code);
    add_script(*sweep, words, program, code);
    add_analyze(*sweep, words.analyze, code);
    add_optimize(*sweep, words.optimize, code);
}

} // namespace aidc
