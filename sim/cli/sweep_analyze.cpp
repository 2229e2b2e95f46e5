#include "sim/cli/sweep_analyze.hpp"

#include "sim/cli/sweep_analyze_page.hpp"
#include "sim/run/shell_word.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace aidc {
namespace {

constexpr int incomplete = 3;

int sweep_analyze(AnalyzeWords const& words)
{
    auto request = words.request;
    request.minimize = words.maximize.empty();
    if (!words.minimize.empty() || !words.maximize.empty()) {
        request.objective = request.minimize ? words.minimize : words.maximize;
    }
    auto const sweep = open_sweep(words.folder);
    auto const analysis = analyze(sweep, request);
    for (auto const& complaint : analysis.complaints) {
        fmt::print(stderr, "warning: {}; taken as missing\n", complaint);
    }
    auto const file = words.folder / "analysis.h5";
    fmt::print("{}\n", words.json ? report::json(sweep, analysis, words.best) : report::page(sweep, analysis, words.best));
    std::fflush(stdout); // the page is there even if the file cannot be written
    write_analysis(file, sweep, analysis);
    if (!request.quiet) {
        fmt::print(stderr, "written to {}\nnext: scripts/plot_sweep.py {}\n", file.string(), shell_word(words.folder.string()));
    }
    return analysis.complete() ? 0 : incomplete;
}

} // namespace

void add_analyze(CLI::App& sweep, AnalyzeWords& words, int& code)
{
    auto& request = words.request;
    auto* const analyze = sweep.add_subcommand("analyze", "What a sweep says: quantiles, what moves what, and the best points");
    analyze->add_option("DIR", words.folder, "Folder of the sweep")->required();
    analyze
        ->add_option("--of", request.of, "An output, \"[mean|min|max|sd|P1...P99:] EXPRESSION\" of figures and parameters; may be repeated")
        ->type_name("MEASURE")
        ->allow_extra_args(false);
    auto* const least = analyze->add_option("--minimize", words.minimize, "Sort points: the least first")->type_name("MEASURE");
    analyze->add_option("--maximize", words.maximize, "Sort points: the greatest first")->type_name("MEASURE")->excludes(least);
    analyze->add_option("--where", request.where, "Only points that meet it, \"MEASURE <= BOUND\" or >=; may be repeated")
        ->type_name("CONDITION")
        ->allow_extra_args(false);
    analyze->add_option("--best", words.best, "Points to show")->type_name("N")->check(CLI::Range(1, 1'000'000));
    analyze->add_flag("--json", words.json, "One JSON object instead of a page");
    analyze->add_flag("-q,--quiet", request.quiet, "No progress, no closing words");
    analyze->footer(
        "Examples:\n  aidcsim sweep analyze leads\n  aidcsim sweep analyze leads --of first_live --of \"P80: date_langfang_complete\"\n"
        "  aidcsim sweep analyze leads --minimize \"goods_paid/1e6\" --where \"P80: date_langfang_complete <= 2027-12-31\"\n"
        "Writes DIR/analysis.h5 as well. Exit codes: 0 every run is there, 2 bad input, 3 runs are missing or failed and left out");
    analyze->callback([&words, &code] { code = sweep_analyze(words); });
}

} // namespace aidc
