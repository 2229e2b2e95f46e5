#include "sim/cli/sweep_optimize.hpp"

#include "models/base/error.hpp"
#include "sim/cli/sweep_optimize_facts.hpp"
#include "sim/cli/sweep_optimize_page.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/run/stop.hpp"
#include "sim/search/journal.hpp"
#include "sim/search/method.hpp"
#include "sim/search/result_file.hpp"
#include "sim/search/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

namespace aidc {
namespace {

constexpr int no_plan = 4;
constexpr int stopped = 75;

/// A search file gives what it says; words of the command line come on top.
SearchSpec spec_of(OptimizeWords const& words, CLI::App const& command)
{
    auto spec = words.spec;
    if (is_search_file(words.base)) {
        auto const asked = spec;
        spec = read_search_file(words.base);
        spec.levers.insert(spec.levers.end(), asked.levers.begin(), asked.levers.end());
        spec.set.insert(spec.set.end(), asked.set.begin(), asked.set.end());
        spec.subject_to.insert(spec.subject_to.end(), asked.subject_to.begin(), asked.subject_to.end());
        if (!asked.minimize.empty() || !asked.maximize.empty()) {
            spec.minimize = asked.minimize;
            spec.maximize = asked.maximize;
        }
        spec.replicates = command.count("--replicates") > 0 ? asked.replicates : spec.replicates;
        spec.evaluations = command.count("--evaluations") > 0 ? asked.evaluations : spec.evaluations;
        spec.seed = command.count("--seed") > 0 ? asked.seed : spec.seed;
    }
    else {
        spec.scenario = words.base.string();
    }
    for (auto const& [word, method] : search_methods) {
        spec.method = command.count("--method") > 0 && word == words.method ? method : spec.method;
    }
    spec.operate = command.count("--detail") > 0 ? words.detail == "operate" : spec.operate;
    return spec;
}

/// Opens the folder of a search that goes on.
SearchFolder folder_that_is(OptimizeWords const& words, CLI::App const& command)
{
    for (auto const* const option :
         {"--lever", "--set", "--minimize", "--maximize", "--subject-to", "--replicates", "--seed", "--method", "--detail", "-o"}) {
        if (command.count(option) > 0) {
            throw InputErrors({{option, "",
                                "stands beside the folder of a search (it was fixed when the search began); leave it out, or name a "
                                "scenario and a new folder"}});
        }
    }
    auto search = open_folder(words.base);
    if (command.count("--evaluations") > 0) {
        set_evaluations(search, words.spec.evaluations);
    }
    return search;
}

void print_plan_of_search(PlannedSearch const& planned)
{
    auto const& spec = planned.record.search;
    SearchSpace const space(spec.levers);
    auto const method = method_for(spec.method, space.plans(), spec.evaluations);
    double const plans = std::min<double>(space.plans(), spec.evaluations);
    for (std::size_t j = 0; j < space.size(); ++j) {
        auto const& values = space.lever(j).values;
        fmt::print("lever {:<24} {} ... {}, {} values; as written {}\n", space.lever(j).name, values.front(), values.back(), values.size(),
                   planned.record.as_written[j]);
    }
    fmt::print("{:.6g} plans, {} of them x {} replicates = {} runs, by {}; then {} fresh replicates of the best\n", space.plans(), plans,
               spec.replicates, plans * spec.replicates,
               std::ranges::find(search_methods, method, &std::pair<std::string_view, SearchMethod>::second)->first,
               fresh_replicates({.first = 0, .count = spec.replicates}).count);
    fmt::print("starts from {}\n", words_of(space, start_of(planned.record, space)));
}

/// A search of a folder, from its journal to its page.
class Run {
  public:
    Run(SearchFolder const& folder, OptimizeWords const& words)
        : folder_(folder), words_(words), spec_(folder.record.search), space_(spec_.levers),
          wanted_(wanted_of(spec_, folder.record.layout, space_)), journal_(folder.journal(), space_, wanted_.conditions.size()),
          maker_(std::filesystem::relative(folder.scenario()), spec_, space_),
          runs_(maker_, spec_, space_, wanted_,
                {.jobs = words.jobs, .limits = words.limits, .stop_asked = [this] { return stop_.asked(); }}),
          search_(space_, wanted_.goal, calls(), {.first = 0, .count = spec_.replicates}, journal_.known()), to_do_(left_to_do()),
          progress_(to_do_, "plans", words.quiet)
    {
    }

    int go()
    {
        auto const verdict = search_and_check(
            search_,
            {.method = spec_.method, .seed = spec_.seed, .start = start_of(folder_.record, space_), .evaluations = spec_.evaluations});
        if (search_.stopped()) {
            fmt::print(stderr, "stopped: {} plans are evaluated in {}; go on with: aidcsim sweep optimize {}\n", search_.asked().size(),
                       folder_.journal().string(), shell_word(folder_.folder.string()));
            return stopped;
        }
        write_search_h5(folder_.folder / "search.h5", search_, wanted_, verdict);
        if (report::never_varies(search_)) {
            fmt::print(stderr, "warning: the objective is the same for every plan that was looked at; no lever moves it\n");
        }
        print(verdict);
        return verdict.confirmed ? 0 : no_plan;
    }

  private:
    SearchCalls calls()
    {
        return {.evaluate = [this](Steps const& plan, Replicates which) -> std::optional<Evaluation> {
                    return stop_.asked() ? std::nullopt : runs_.evaluate(plan, which);
                },
                .note =
                    [this](Evaluation const& evaluation) {
                        journal_.append(evaluation);
                        progress_.done(std::min(++done_, to_do_)); // fresh replicates come on top
                    }};
    }

    std::size_t left_to_do() const
    {
        auto const all = static_cast<std::size_t>(std::min<double>(space_.plans(), spec_.evaluations));
        return all - std::min(all - 1, journal_.known().size());
    }

    void print(SearchVerdict const& verdict)
    {
        auto const* const plan = report::shown_plan(search_, wanted_.goal, verdict);
        report::Found const found{.folder = folder_,
                                  .search = search_,
                                  .wanted = wanted_,
                                  .verdict = verdict,
                                  .command = plan == nullptr ? "" : maker_.command(plan->plan, folder_.scenario().string(), 0)};
        fmt::print("{}\n", words_.json ? report::json(found) : report::page(found));
        if (!words_.quiet) {
            fmt::print(stderr, "{} simulations, {:.1f} s in all ({:.1f} s of CPU in simulations); tables in {}\n", runs_.runs(),
                       std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(), runs_.cpu_s(),
                       (folder_.folder / "search.h5").string());
        }
    }

    SearchFolder const& folder_;
    OptimizeWords const& words_;
    SearchSpec const& spec_;
    SearchSpace space_;
    Wanted wanted_;
    Journal journal_;
    PlanMaker maker_;
    StopOnSignal stop_;
    SearchRuns runs_;
    Search search_;
    std::size_t to_do_; ///< Plans, for the progress
    CountProgress progress_;
    std::size_t done_ = 0;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

int sweep_optimize(OptimizeWords const& words, CLI::App const& command)
{
    if (std::filesystem::is_directory(words.base)) {
        auto const search = folder_that_is(words, command);
        return Run(search, words).go();
    }
    auto const planned = plan_search(spec_of(words, command));
    for (auto const& invalid : planned.invalid) {
        fmt::print(stderr, "warning: no valid scenario: {}\n", invalid);
    }
    if (words.dry) {
        print_plan_of_search(planned);
        return 0;
    }
    auto folder = words.folder;
    if (folder.empty()) {
        folder = words.base.stem();
        folder += ".search";
    }
    auto const search = make_folder(planned, folder);
    return Run(search, words).go();
}

void add_request(CLI::App& optimize, SearchSpec& spec, OptimizeWords& words)
{
    optimize.add_option("--lever", spec.levers, "What may be changed: a list a,b,c, n values lo:hi:n, or a range lo:hi; may be repeated")
        ->type_name("[NAME:]/POINTER=VALUES")
        ->allow_extra_args(false);
    optimize.add_option("--minimize", spec.minimize, "What is to be small: figures, levers, + - * / ( ), mean: or P80: in front")
        ->type_name("MEASURE");
    optimize.add_option("--maximize", spec.maximize, "What is to be large")->type_name("MEASURE");
    optimize.add_option("--subject-to", spec.subject_to, "What must hold, e.g. \"P80: date_target_400_MW <= 2027-06-30\"; may be repeated")
        ->type_name("\"MEASURE <= BOUND\"")
        ->allow_extra_args(false);
    optimize.add_option("--set", spec.set, "A value of all plans; may be repeated")->type_name("/POINTER=VALUE")->allow_extra_args(false);
    optimize.add_option("--replicates", spec.replicates, "Runs of each plan, the same draws for every plan")->check(CLI::Range(1, 100'000));
    optimize.add_option("--evaluations", spec.evaluations, "Plans that may be looked at; may be raised later")
        ->check(CLI::Range(1, 1'000'000));
    optimize.add_option("--method", words.method, "auto, all, cobyla, direct, isres, crs, sbplx")
        ->check(CLI::IsMember({"auto", "all", "isres", "cobyla", "direct", "crs", "sbplx"}));
    optimize.add_option("--seed", spec.seed, "Seed of methods that draw");
    optimize.add_option("--detail", words.detail, "build: dates and ledger; operate: hour by hour as well")
        ->check(CLI::IsMember({"build", "operate"}));
}

} // namespace

void add_optimize(CLI::App& sweep, OptimizeWords& words, int& code)
{
    words.jobs = std::max(1U, std::thread::hardware_concurrency());
    auto* const optimize = sweep.add_subcommand("optimize", "Search for the plan that costs least and meets what must hold");
    optimize->add_option("BASE", words.base, "Scenario (JSON), a search file, or the folder of a search: it goes on")->required();
    add_request(*optimize, words.spec, words);
    optimize->add_option("-o,--output", words.folder, "Folder of the search; default: the base's name with .search");
    optimize->add_option("-j,--jobs", words.jobs, "Simulations at once")->check(CLI::Range(1, 1024));
    optimize->add_option("--time-limit", words.limits.time_s, "Seconds that one simulation may take")->check(CLI::PositiveNumber);
    optimize->add_option("--memory-limit", words.limits.memory_MB, "Megabytes that one simulation may take")->check(CLI::PositiveNumber);
    optimize->add_flag("-n,--dry-run", words.dry, "Check the request, say what would be done, and write nothing");
    optimize->add_flag("--json", words.json, "One JSON object instead of a page");
    optimize->add_flag("-q,--quiet", words.quiet, "No progress, no closing words");
    optimize->footer("Examples:\n  aidcsim sweep optimize scenarios/langfang_2026.json --lever crews:/crews/0/teams=2:8:7 --lever "
                     "lead:/makers/transformer_maker/quoted_lead_weeks=30,50,70 --minimize \"mean: goods_paid/1e6 + 20*crews - 0.5*lead\" "
                     "--subject-to \"P80: date_target_60_MW <= 2027-06-30\" -o plan\n"
                     "  aidcsim sweep optimize plan.json -n\n  aidcsim sweep optimize plan --evaluations 400\n"
                     "Exit codes: 0 found and confirmed by fresh replicates, 2 bad input, 4 no plan meets what must hold, 75 stopped by a "
                     "signal: run it "
                     "again");
    optimize->callback([&words, optimize, &code] { code = sweep_optimize(words, *optimize); });
}

} // namespace aidc
