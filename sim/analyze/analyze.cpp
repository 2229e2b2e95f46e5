#include "sim/analyze/analyze.hpp"

#include "models/base/error.hpp"
#include "sim/run/shell_word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace aidc {
namespace {

/// Everything that was asked for, understood: measures of outputs, then of conditions.
struct Questions {
    std::vector<Measure> measures;
    std::vector<Condition> conditions;
    std::size_t outputs{};
    std::optional<std::size_t> objective;
};

/// Problems of one option are collected, so that all are told at once.
template <class Action> void collecting(std::vector<Problem>& problems, char const* option, Action const& action)
{
    try {
        action();
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            problems.push_back({fmt::format("{} {}", option, problem.where), problem.pointer, problem.message});
        }
    }
}

Questions understand(Sweep const& sweep, AnalyzeRequest const& request)
{
    auto const& layout = sweep.manifest.layout;
    auto const names = measure_names(layout, sweep.points.parameters);
    Questions questions;
    std::vector<Problem> problems;
    auto const ask = [&](std::string const& text) {
        Measure measure(text, names);
        auto const known = std::ranges::find(questions.measures, measure.text(), &Measure::text);
        auto const place = static_cast<std::size_t>(known - questions.measures.begin());
        if (known == questions.measures.end()) {
            questions.measures.push_back(std::move(measure));
        }
        return place;
    };
    for (auto const& text : request.of.empty() ? usual_outputs(layout) : request.of) {
        collecting(problems, "--of", [&] { ask(text); });
    }
    if (request.objective) {
        collecting(problems, request.minimize ? "--minimize" : "--maximize", [&] { questions.objective = ask(*request.objective); });
    }
    questions.outputs = questions.measures.size();
    for (auto const& text : request.where) {
        collecting(problems, "--where", [&] {
            questions.conditions.push_back(parse_condition(text, names));
            questions.measures.push_back(Measure(questions.conditions.back().measure.text(), names));
        });
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    return questions;
}

/// Names of datasets: a name as it is, an expression with _ for all but letters and digits.
class DatasetNames {
  public:
    std::string of(std::string const& text)
    {
        std::string plain;
        for (char const c : text) {
            bool const is_letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
            if (is_letter || (!plain.empty() && plain.back() != '_')) {
                plain += is_letter ? c : '_';
            }
        }
        auto name = plain;
        for (int n = 2; std::ranges::find(taken_, name) != taken_.end(); ++n) {
            name = fmt::format("{}_{}", plain, n);
        }
        taken_.push_back(name);
        return name;
    }

  private:
    std::vector<std::string> taken_{"", "run", "point", "replicate", "status"}; ///< Axes and columns beside them
};

AnalyzedOutput output_of(Measure const& measure, Sweep const& sweep, DatasetNames& names)
{
    AnalyzedOutput output{.text = measure.text(), .name = names.of(measure.text()), .units = {}, .words = {}};
    auto const& figures = sweep.manifest.layout.figures;
    output.is_date = measure.is_date();
    output.of_points = measure.statistic() != Statistic::mean;
    if (measure.is_name() && measure.uses().front() < figures.size()) {
        auto const& figure = figures[measure.uses().front()];
        bool const is_span = figure.units.starts_with("seconds since") && !measure.is_date();
        output.units = is_span ? "s" : figure.units;
        output.words = figure.text;
    }
    return output;
}

} // namespace

Analysis analyze(Sweep const& sweep, AnalyzeRequest const& request)
{
    auto const questions = understand(sweep, request);
    auto read = read_outputs(sweep, questions.measures, request.quiet);
    if (read.missing + read.failed == sweep.runs()) {
        throw InputErrors(
            {{sweep.folder.string(), "",
              fmt::format("has no run to look at ({} missing, {} failed{}); do them with: aidcsim sweep run {}", read.missing, read.failed,
                          read.complaints.empty() ? "" : "; " + read.complaints.front(), shell_word(sweep.folder.string()))}});
    }
    Analysis analysis{.outputs = {},
                      .objective = questions.objective,
                      .minimize = request.minimize,
                      .missing = read.missing,
                      .failed = read.failed,
                      .runs_there = read.runs_there,
                      .complaints = read.complaints};
    DatasetNames names;
    auto const points = study_points(sweep.manifest.sweep.sampling, sweep.points);
    for (std::size_t m = 0; m < questions.outputs; ++m) {
        auto& output = analysis.outputs.emplace_back(output_of(questions.measures[m], sweep, names));
        output.by_run = std::move(read.by_run[m]);
        output.by_point = read.by_point[m];
        output.study = study_of(points, output.of_points ? output.by_point : output.by_run, output.by_point);
    }
    for (std::size_t c = 0; c < questions.conditions.size(); ++c) {
        auto const& condition = questions.conditions[c];
        auto& said = analysis.conditions.emplace_back(AnalyzedCondition{.output = output_of(condition.measure, sweep, names)});
        said.output.by_point = read.by_point[questions.outputs + c];
        said.at_most = condition.at_most;
        said.bound = condition.bound;
    }
    if (request.objective || !request.where.empty()) {
        auto const conditions = std::vector(read.by_point.begin() + static_cast<std::ptrdiff_t>(questions.outputs), read.by_point.end());
        auto const objective = questions.objective ? read.by_point[*questions.objective] : std::vector<double>();
        analysis.ranking = rank_points(sweep.points.size(), objective, request.minimize, questions.conditions, conditions);
    }
    return analysis;
}

} // namespace aidc
