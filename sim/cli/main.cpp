/// \file
/// aidcsim: the command line. One function a command; errors become exit codes here and nowhere else.

#include "sim/cli/availability.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/contingency.hpp"
#include "sim/cli/replay.hpp"
#include "sim/cli/requests.hpp"
#include "sim/cli/sweep_words.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <thread>

namespace {

/// What stands behind `aidcsim run`.
struct RunWords {
    aidc::RunRequest request;
    aidc::ReplicatesOptions replicates{.count = 0, .jobs = std::max(1U, std::thread::hardware_concurrency())};
    std::string detail = "operate";
    bool dry = false;
};

/// What stands behind the other commands.
struct OtherWords {
    std::vector<std::string> files;
    std::string file;
    std::string other;
    bool json = false;
    bool all = false;
    bool table = false;
};

std::string words_of(int argc, char** argv)
{
    std::string words;
    for (int i = 0; i < argc; ++i) {
        words += (i > 0 ? " " : "") + std::string(argv[i]);
    }
    return words;
}

/// Where this program is, for batch files.
std::string program_path(char const* word)
{
    std::error_code none;
    auto const path = std::filesystem::read_symlink("/proc/self/exe", none);
    return path.empty() ? word : path.string();
}

/// Many replicates instead of one.
void add_replicates(CLI::App& run, RunWords& words)
{
    auto* const one = run.add_option("--replicate", words.request.replicate, "Which replicate of the seed");
    auto* const many = run.add_option("--replicates", words.replicates.count, "Run replicates 0 ... N-1 into one file of dates and odds")
                           ->type_name("N")
                           ->check(CLI::Range(1, 1'000'000))
                           ->excludes(one);
    run.add_option("-j,--jobs", words.replicates.jobs, "Processes at once, for --replicates; default: number of cores")
        ->check(CLI::Range(1, 1024))
        ->needs(many);
}

void add_run(CLI::App& app, RunWords& words, int& code)
{
    auto& request = words.request;
    auto* const run = app.add_subcommand("run", "Run one scenario and write a result file (HDF5)");
    run->add_option("SCENARIO", request.scenario, "Scenario file (JSON)")->required();
    run->add_option("-o,--output", request.output, "Result file; default: the scenario's name with .h5");
    run->add_option("--set", request.set, "Override a value, e.g. /makers/0/backlog_units=1000; may be repeated")
        ->type_name("/POINTER=VALUE")
        ->allow_extra_args(false);
    run->add_option("--seed", request.seed, "Seed of all draws");
    add_replicates(*run, words);
    run->add_option("--detail", words.detail, "build: dates and ledger; operate: hour by hour as well")
        ->check(CLI::IsMember({"build", "operate"}));
    run->add_flag("-n,--dry-run", words.dry, "Print the resolved scenario and stop");
    run->add_flag("--force", request.force, "Replace an existing result");
    run->add_flag("--reproducible", request.reproducible, "Leave out host, times and command line: equal inputs give equal bytes");
    run->add_flag("-q,--quiet", request.quiet, "No progress, no closing words");
    run->footer("Examples:\n  aidcsim run scenarios/01_one_rack.json\n  aidcsim run scenarios/langfang_2026.json -o a.h5 --seed 1 --set "
                "/makers/0/backlog_units=1000\n  aidcsim run scenarios/langfang_2026.json -o odds.h5 --replicates 200 --detail build\n"
                "Exit codes: 0 ok, 1 run failed, 2 bad input, 75 stopped by a signal");
    run->callback([&] {
        request.detail = words.detail == "build" ? aidc::Detail::build : aidc::Detail::operate;
        code = words.dry                     ? aidc::print_resolved(request)
               : words.replicates.count == 0 ? aidc::run(request)
                                             : aidc::run_replicated(request, words.replicates);
    });
}

void add_others(CLI::App& app, OtherWords& words, int& code)
{
    auto* const check = app.add_subcommand("check", "Check scenario files: every problem at once, with file, line and pointer");
    check->add_option("SCENARIO", words.files, "Scenario files")->required();
    check->callback([&] { code = aidc::check(words.files); });
    check->footer("Example:\n  aidcsim check scenarios/*.json");

    auto* const show = app.add_subcommand("show", "A page about a result file: what came when, and what held it");
    show->add_option("RESULT", words.file, "Result file (.h5)")->required();
    show->add_flag("--json", words.json, "One JSON object with everything instead of a page");
    show->add_flag("--all", words.all, "Every hall, order and item; else what matters most");
    show->callback([&] { code = aidc::show(words.file, words.json, words.all); });
    show->footer("Example:\n  aidcsim show results/langfang_2026.h5");

    auto* const diff = app.add_subcommand("diff", "What moved between two results, and why: a waterfall by cause for each date");
    diff->add_option("BEFORE", words.file, "Result file (.h5)")->required();
    diff->add_option("AFTER", words.other, "Result file (.h5)")->required();
    diff->callback([&] { code = aidc::diff(words.file, words.other); });
    diff->footer("Example:\n  aidcsim diff before.h5 after.h5\nExit codes: 0 nothing moved, 4 something did");

    auto* const baseline = app.add_subcommand("baseline", "Freeze the plan of a scenario: the dates of its median run");
    baseline->add_option("SCENARIO", words.file, "Scenario file (JSON)")->required();
    baseline->add_option("-o,--output", words.other, "File to write; default: print it");
    baseline->add_option("--set", words.files, "Override a value first; may be repeated")
        ->type_name("/POINTER=VALUE")
        ->allow_extra_args(false);
    baseline->callback([&] { code = aidc::baseline(words.file, words.other, words.files); });
    baseline->footer("Example:\n  aidcsim baseline scenarios/langfang_2026.json -o plan.json");

    auto* const schema = app.add_subcommand("schema", "Print the JSON Schema of scenarios");
    schema->add_flag("--table", words.table, "A Markdown table of all keys instead");
    schema->callback([&] { code = aidc::print_schema(words.table); });
    schema->footer("Example:\n  aidcsim schema > scenario.schema.json");

    app.add_subcommand("version", "Print program, compiler and libraries")->callback([&] { code = aidc::print_version(); });
}

void add_contingency(CLI::App& app, aidc::ContingencyWords& words, int& code)
{
    auto* const command = app.add_subcommand("contingency", "Take out every unit in turn at design load and weather: what falls, and when");
    command->add_option("SCENARIO", words.scenario, "Scenario file (JSON)")->required();
    command->add_option("--order", words.order, "1: every unit; 2: every two of them as well")->check(CLI::Range(1, 2));
    command->add_option("--set", words.set, "Override a value first; may be repeated")
        ->type_name("/POINTER=VALUE")
        ->allow_extra_args(false);
    command->add_flag("--json", words.json, "JSON instead of a table; scripts/plot_contingency.py draws it");
    command->add_flag("--all", words.all, "Those that lose nothing as well");
    command->add_flag("-q,--quiet", words.quiet, "No progress");
    command->footer(
        "Examples:\n  aidcsim contingency scenarios/langfang_2026.json\n  aidcsim contingency scenarios/langfang_2026.json --order 2 "
        "--json > pairs.json\nExit codes: 0 ok, 2 bad input, 4 the tier that the scenario states is missed, 75 stopped by a signal");
    command->callback([&] { code = aidc::contingency(words); });
}

void add_availability(CLI::App& app, aidc::AvailabilityWords& words, int& code)
{
    auto* const command =
        app.add_subcommand("availability", "What years of outages cost: every unit fails and is repaired, each distinct loss is "
                                           "raced once");
    command->add_option("SCENARIO", words.scenario, "Scenario file (JSON)")->required();
    command->add_option("--years", words.years, "Years of outages")->check(CLI::Range(1, 1'000'000))->capture_default_str();
    command->add_option("-o,--output", words.output, "Result file (HDF5)");
    command->add_flag("--force", words.force, "Replace an existing result");
    command->add_option("--busy", words.busy, "Share of the accelerators at work; default: all")->check(CLI::Range(0.0, 1.0));
    command->add_option("--seed", words.seed, "Seed of all draws");
    command->add_option("--set", words.set, "Override a value first; may be repeated")
        ->type_name("/POINTER=VALUE")
        ->allow_extra_args(false);
    command->add_flag("-q,--quiet", words.quiet, "No progress");
    command->footer("Example:\n  aidcsim availability scenarios/langfang_2026.json --years 1000 -o years.h5\n"
                    "Exit codes: 0 ok, 2 bad input, 75 stopped by a signal");
    command->callback([&] { code = aidc::availability(words); });
}

/// Checkpoints and interruptions of all jobs.
void add_disturbances(CLI::App& command, aidc::ReplayWords& words)
{
    command.add_option("--checkpoint-every-min", words.checkpoint_every_min, "Work between two checkpoints; default: none is written")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--checkpoint-write-s", words.checkpoint_write_s, "A job stands while one is written")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--restart-min", words.restart_min, "From an interruption until a job works again")->check(CLI::NonNegativeNumber);
    command.add_option("--interruptions-per-year", words.interruptions_per_year, "Of one processor at work; each stops its whole job")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--seed", words.seed, "Seed of the interruptions");
}

void add_replay(CLI::App& app, aidc::ReplayWords& words, int& code)
{
    auto* const command = app.add_subcommand("replay", "Replay a log of jobs on a machine without a campus: waits, slowdown, utilization");
    command->add_option("LOG", words.log, "Log of jobs: SWF, Philly, PAI, Batsim or CSV, gzipped or not")->required();
    command->add_option("--processors", words.processors, "Of the machine; default: as the log says of its own")
        ->check(CLI::Range(1U, std::numeric_limits<std::uint32_t>::max()));
    auto* const machines = command->add_flag("--machines", words.machines, "Reservations name machines of one processor, leftmost first");
    command->add_option("--cells", words.cells, "Processors of each cell (hall, fabric domain) that a job would rather not leave")
        ->allow_extra_args(false)
        ->delimiter(',')
        ->check(CLI::Range(1U, std::numeric_limits<std::uint32_t>::max()))
        ->excludes(machines);
    command->add_option("--policy", words.policy, "Who runs next")
        ->check(CLI::IsMember({"fcfs", "easy", "priority"}))
        ->capture_default_str();
    command->add_option("--format", words.format, "Of the log; guess: told by what it begins with")
        ->check(CLI::IsMember({"guess", "swf", "philly", "pai", "batsim", "csv"}))
        ->capture_default_str();
    command->add_flag("--skip-bad-rows", words.skip_bad_rows, "Leave out what cannot be read or run, and count it");
    command->add_option("--jobs", words.jobs, "Only the first N jobs")
        ->type_name("N")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    add_disturbances(*command, words);
    command->add_option("-o,--output", words.output, "Result file (HDF5)");
    command->add_flag("--force", words.force, "Replace an existing result");
    command->add_flag("--json", words.json, "One JSON object instead of a page");
    command->add_flag("-q,--quiet", words.quiet, "No progress, no closing words");
    command->footer("Examples:\n  aidcsim replay philly.csv.gz --processors 768 --policy easy -o philly.h5\n"
                    "  aidcsim replay workload.json --machines\n"
                    "  aidcsim replay jobs.csv --cells 1024,1024 --checkpoint-every-min 30 --checkpoint-write-s 60 --restart-min 10 "
                    "--interruptions-per-year 0.2\n"
                    "Exit codes: 0 ok, 2 bad input, 75 stopped by a signal");
    command->callback([&] { code = aidc::replay(words); });
}

void add_requests(CLI::App& app, aidc::RequestWords& words, int& code)
{
    auto* const command = app.add_subcommand(
        "requests", "What a log of requests to a language model says: rate, tokens, burstiness, slots that keep waits rare");
    command
        ->add_option("LOG", words.log,
                     "Log of requests: CSV with TIMESTAMP,ContextTokens,GeneratedTokens or arrival_s,prompt_tokens,output_tokens")
        ->required();
    auto* const times = command->add_option("--service-s", words.service_s, "Mean service time, exponential; may be repeated")
                            ->check(CLI::PositiveNumber)
                            ->allow_extra_args(false);
    auto* const rate =
        command->add_option("--tokens-per-s", words.tokens_per_s, "Of one accelerator with all its slots busy, prompts and outputs")
            ->check(CLI::PositiveNumber)
            ->excludes(times);
    command->add_option("--slots", words.slots, "Requests at once on one accelerator")->check(CLI::PositiveNumber)->needs(rate);
    command->add_option("--tokens-each", words.tokens_each, "auto: each request its own; a number: exponential about it")
        ->capture_default_str()
        ->needs(rate);
    command->add_option("--wait", words.wait_probability, "Largest share of requests that wait for a slot")
        ->check(CLI::Range(1e-6, 0.999))
        ->capture_default_str();
    command->add_flag("--skip-bad-rows", words.skip_bad_rows, "Leave out what cannot be read, and count it");
    command->add_flag("--json", words.json, "One JSON object instead of a page");
    command->footer("Examples:\n  aidcsim requests AzureLLMInferenceTrace_code.csv.gz\n"
                    "  aidcsim requests requests.csv --tokens-per-s 2000 --slots 16 --wait 0.05\n"
                    "Exit codes: 0 ok, 2 bad input");
    command->callback([&] { code = aidc::requests(words); });
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app{"aidcsim: when each megawatt of an AI datacenter comes alive, and how it then runs", "aidcsim"};
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    app.footer("Start with:\n  aidcsim run scenarios/01_one_rack.json && aidcsim show 01_one_rack.h5");

    RunWords words;
    words.request.command_line = words_of(argc, argv);
    OtherWords others;
    int code = 0;
    add_run(app, words, code);
    add_others(app, others, code);
    aidc::ContingencyWords contingency;
    add_contingency(app, contingency, code);
    aidc::AvailabilityWords availability;
    add_availability(app, availability, code);
    aidc::ReplayWords replay;
    add_replay(app, replay, code);
    aidc::RequestWords requests;
    add_requests(app, requests, code);
    aidc::SweepWords sweep;
    aidc::add_sweep(app, sweep, program_path(argv[0]), code);
    return aidc::with_exit_code([&] {
        try {
            app.parse(argc, argv);
        }
        catch (CLI::ParseError const& error) {
            return app.exit(error) == 0 ? 0 : 2;
        }
        return code;
    });
}
