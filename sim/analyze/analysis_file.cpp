#include "sim/analyze/analyze.hpp"

#include "sim/analyze/levels.hpp"
#include "sim/record/h5.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace aidc {
namespace {

using Columns = std::vector<double>;

char const* const as_output = "in the units of the output";

template <class Rows, class Of> auto column_of(Rows const& rows, Of const& of)
{
    std::vector<std::decay_t<decltype(of(rows.front()))>> column;
    for (auto const& row : rows) {
        column.push_back(of(row));
    }
    return column;
}

std::int32_t whole(std::size_t n) { return static_cast<std::int32_t>(n); }

std::vector<std::string> names_of(Analysis const& analysis)
{
    return column_of(analysis.outputs, [](AnalyzedOutput const& output) { return output.name; });
}

std::vector<std::string> names_of(Sweep const& sweep)
{
    return column_of(sweep.points.parameters, [](Parameter const& parameter) { return parameter.name; });
}

/// Values as a column: a date that was not reached is missing, as times of CF are never infinite.
void write_values(h5::Group& group, AnalyzedOutput const& output, std::string const& axis, std::vector<double> values)
{
    for (double& value : values) {
        value = output.is_date && std::isinf(value) ? std::numeric_limits<double>::quiet_NaN() : value;
    }
    group.column({output.name, output.units, output.words.empty() ? output.text : output.text + ": " + output.words}, axis, values);
}

void write_outputs(h5::File& file, Analysis const& analysis)
{
    auto group =
        file.group("output", "Outputs over all runs, or points, that are there; quantiles are order statistics, infinite where not "
                             "reached");
    auto const& outputs = analysis.outputs;
    group.label_axis("output", names_of(analysis), "output");
    using Output = AnalyzedOutput const&;
    group.column({"measure", "", "as it was asked for"}, "output", column_of(outputs, [](Output o) { return o.text; }));
    group.column({"units", "", "of mean and quantiles"}, "output", column_of(outputs, [](Output o) { return o.units; }));
    group.column({"words", "", "what it is"}, "output", column_of(outputs, [](Output o) { return o.words; }));
    group.column({"over", "", "runs, or points: then each is a statistic over its replicates"}, "output",
                 column_of(outputs, [](Output o) { return std::string(o.of_points ? "points" : "runs"); }));
    group.column({"varies", "1", "is it not the same everywhere?"}, "output",
                 column_of(outputs, [](Output o) { return static_cast<std::int8_t>(o.study.all.varies()); }));
    auto const count = [&](char const* name, char const* words, std::size_t Distribution::*what) {
        group.column({name, "1", words}, "output", column_of(outputs, [what](Output o) { return whole(o.study.all.*what); }));
    };
    count("reached", "how many are finite", &Distribution::reached);
    count("never", "how many were not reached", &Distribution::never);
    count("absent", "how many are missing, failed or without a value", &Distribution::absent);
    auto const number = [&](char const* name, char const* words, double Distribution::*what) {
        group.column({name, "", words}, "output", column_of(outputs, [what](Output o) { return o.study.all.*what; }));
    };
    number("mean", "mean of those reached, in the units of the output", &Distribution::mean);
    number("p5", as_output, &Distribution::p5);
    number("p10", as_output, &Distribution::p10);
    number("p50", as_output, &Distribution::p50);
    number("p80", as_output, &Distribution::p80);
    number("p90", as_output, &Distribution::p90);
}

void write_parameters(h5::File& file, Sweep const& sweep)
{
    auto group = file.group("parameter", "What was varied");
    auto const& parameters = sweep.points.parameters;
    group.label_axis("parameter", names_of(sweep), "parameter");
    group.column({"pointers", "", "places in the scenario"}, "parameter", column_of(parameters, [](Parameter const& p) {
                     std::string all;
                     for (auto const& pointer : p.pointers) {
                         all += (all.empty() ? "" : " ") + pointer;
                     }
                     return all;
                 }));
    group.column({"kind", "", "number, day or text; of a text the number is its place in the list"}, "parameter",
                 column_of(parameters, [](Parameter const& p) { return std::string(word_of(level_scale(p))); }));
}

/// Levels of all parameters, one after the other.
void write_responses(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    auto group = file.group("response", "Outputs by level (or bin) of each parameter, averaged over everything else");
    auto const& parameters = sweep.points.parameters;
    std::vector<std::int32_t> parameter;
    std::vector<std::string> labels;
    Columns from, to;
    for (std::size_t j = 0; !analysis.outputs.empty() && j < parameters.size(); ++j) {
        for (auto const& level : analysis.outputs.front().study.responses[j].levels) {
            parameter.push_back(whole(j));
            labels.push_back(level_label(parameters[j], level.from, level.to));
            from.push_back(level.from);
            to.push_back(level.to);
        }
    }
    group.label_axis("output", names_of(analysis), "output");
    group.index_axis("level", labels.size(), "levels of all parameters");
    group.column({"parameter", "1", "row of /parameter"}, "level", parameter);
    group.column({"label", "", "the level in words"}, "level", labels);
    group.column({"from", "", "least value of the parameter (days since 1970-01-01, place in the list)"}, "level", from);
    group.column({"to", "", "greatest value of the parameter"}, "level", to);
    auto const matrix = [&](char const* name, char const* words, std::function<double(StudyLevel const&)> const& of) {
        Columns all;
        for (auto const& output : analysis.outputs) {
            for (auto const& response : output.study.responses) {
                std::ranges::transform(response.levels, std::back_inserter(all), of);
            }
        }
        group.matrix({name, "", words}, "output", "level", all);
    };
    matrix("mean", "mean of those reached", [](StudyLevel const& level) { return level.output.mean; });
    matrix("standard_error", "of the mean, as of independent runs", [](StudyLevel const& level) { return level.standard_error; });
    matrix("p10", as_output, [](StudyLevel const& level) { return level.output.p10; });
    matrix("p50", as_output, [](StudyLevel const& level) { return level.output.p50; });
    matrix("p90", as_output, [](StudyLevel const& level) { return level.output.p90; });
    matrix("reached", "how many are finite", [](StudyLevel const& level) { return static_cast<double>(level.output.reached); });
    matrix("never", "how many were not reached", [](StudyLevel const& level) { return static_cast<double>(level.output.never); });
}

/// Numbers by output and parameter.
class ByParameter {
  public:
    ByParameter(h5::File& file, char const* name, char const* title, Sweep const& sweep, Analysis const& analysis)
        : group_(file.group(name, title)), analysis_(analysis), parameters_(sweep.points.parameters.size())
    {
        group_.label_axis("output", names_of(analysis), "output");
        group_.label_axis("parameter", names_of(sweep), "parameter");
    }
    void matrix(char const* name, char const* words, std::function<double(OutputStudy const&, std::size_t)> const& of)
    {
        Columns all;
        for (auto const& output : analysis_.outputs) {
            for (std::size_t j = 0; j < parameters_; ++j) {
                all.push_back(of(output.study, j));
            }
        }
        group_.matrix({name, "", words}, "output", "parameter", all);
    }
    void column(char const* name, char const* words, std::function<double(OutputStudy const&)> const& of)
    {
        group_.column({name, "", words}, "output", column_of(analysis_.outputs, [&](AnalyzedOutput const& o) { return of(o.study); }));
    }

  private:
    h5::Group group_;
    Analysis const& analysis_;
    std::size_t parameters_;
};

void write_tornado(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    ByParameter group(file, "tornado", "How far the mean of an output moves with one parameter", sweep, analysis);
    using Study = OutputStudy const&;
    auto const level = [](Study s, std::size_t j, std::size_t k) {
        return k < s.responses[j].levels.size() ? s.responses[j].levels[k].output.mean : Distribution::none;
    };
    group.matrix("least_mean", "least mean of a level", [&](Study s, std::size_t j) { return level(s, j, s.responses[j].lowest); });
    group.matrix("greatest_mean", "greatest mean of a level", [&](Study s, std::size_t j) { return level(s, j, s.responses[j].highest); });
    group.matrix("least_level", "level of the least mean, counted in the parameter",
                 [](Study s, std::size_t j) { return static_cast<double>(s.responses[j].lowest); });
    group.matrix("greatest_level", "level of the greatest mean, counted in the parameter",
                 [](Study s, std::size_t j) { return static_cast<double>(s.responses[j].highest); });
    group.matrix("swing", "between these two", [](Study s, std::size_t j) { return s.responses[j].swing; });
    group.matrix("change", "from the mean at the first level to that at the last",
                 [](Study s, std::size_t j) { return s.responses[j].change; });
    group.matrix("rho", "Spearman's rank correlation", [](Study s, std::size_t j) { return s.responses[j].rho; });
}

void write_morris(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    ByParameter group(file, "morris", "Elementary effects over the whole range of a parameter, of trajectories without a missing point",
                      sweep, analysis);
    auto const of = [](auto what) { return [what](OutputStudy const& study, std::size_t j) { return what(study.morris->effects[j]); }; };
    using Effect = ElementaryEffect const&;
    group.matrix("mu_star", "mean of the absolute effects", of([](Effect e) { return e.mu_star; }));
    group.matrix("mu_star_low", "95 % interval", of([](Effect e) { return e.mu_star_95.low; }));
    group.matrix("mu_star_high", "95 % interval", of([](Effect e) { return e.mu_star_95.high; }));
    group.matrix("mu", "mean effect", of([](Effect e) { return e.mu; }));
    group.matrix("sigma", "standard deviation of the effects: curvature and interactions", of([](Effect e) { return e.sigma; }));
    group.column("used", "trajectories", [](OutputStudy const& study) { return static_cast<double>(study.morris->used); });
}

void write_sobol(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    ByParameter group(file, "sobol", "Shares of the variance over points, of base rows without a missing point", sweep, analysis);
    auto const of = [](auto what) { return [what](OutputStudy const& study, std::size_t j) { return what(study.sobol->indices[j]); }; };
    using Index = SobolIndex const&;
    group.matrix("first", "share that a parameter has by itself", of([](Index i) { return i.first; }));
    group.matrix("first_low", "95 % interval", of([](Index i) { return i.first_95.low; }));
    group.matrix("first_high", "95 % interval", of([](Index i) { return i.first_95.high; }));
    group.matrix("total", "share by itself and together with others", of([](Index i) { return i.total; }));
    group.matrix("total_low", "95 % interval", of([](Index i) { return i.total_95.low; }));
    group.matrix("total_high", "95 % interval", of([](Index i) { return i.total_95.high; }));
    group.column("used", "base rows", [](OutputStudy const& study) { return static_cast<double>(study.sobol->used); });
    group.column("variance", "variance over the A and B points", [](OutputStudy const& study) { return study.sobol->variance; });
}

void write_runs(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    auto group = file.group("run_value", "Outputs of every run; missing where the run is, or a date was not reached");
    group.index_axis("run", sweep.runs(), "run of the sweep");
    std::vector<std::int32_t> point;
    for (std::size_t i = 0; i < sweep.runs(); ++i) {
        point.push_back(whole(sweep.run(i).point));
    }
    group.column({"point", "1", "row of /point_value"}, "run", point);
    for (auto const& output : analysis.outputs) {
        write_values(group, output, "run", output.by_run);
    }
}

void write_points(h5::File& file, Sweep const& sweep, Analysis const& analysis)
{
    auto group = file.group("point", "Points: values of the parameters");
    auto const& points = sweep.points;
    group.index_axis("point", points.size(), "point of the sweep");
    for (std::size_t j = 0; j < points.parameters.size(); ++j) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < points.size(); ++i) {
            texts.push_back(points.value(i, j));
        }
        group.column({points.parameters[j].name, "1", "days since 1970-01-01 of a date, place in the list of a text"}, "point",
                     level_numbers(points, j));
        group.column({points.parameters[j].name + "_text", "", "the same as it is written"}, "point", texts);
    }

    auto values = file.group("point_value", "Outputs of every point: the statistic over the replicates that are there");
    values.index_axis("point", points.size(), "point of the sweep");
    values.column({"runs", "1", "replicates that are there"}, "point", column_of(analysis.runs_there, whole));
    for (auto const& output : analysis.outputs) {
        write_values(values, output, "point", output.by_point);
    }
    for (auto const& condition : analysis.conditions) {
        write_values(values, condition.output, "point", condition.output.by_point);
    }
    if (analysis.ranking) {
        std::vector<std::int32_t> rank(points.size());
        std::vector<std::int8_t> meets(points.size());
        for (std::size_t k = 0; k < points.size(); ++k) {
            rank[analysis.ranking->points[k].point] = whole(k);
            meets[analysis.ranking->points[k].point] = k < analysis.ranking->meeting ? 1 : 0;
        }
        values.column({"rank", "1", "0: the best"}, "point", rank);
        values.column({"meets", "1", "does it meet every condition?"}, "point", meets);
    }
}

void write_conditions(h5::File& file, Analysis const& analysis)
{
    auto group = file.group("condition", "What the best points have to meet");
    auto const& conditions = analysis.conditions;
    using Row = AnalyzedCondition const&;
    group.label_axis("condition", column_of(conditions, [](Row c) { return c.output.name; }), "condition");
    group.column({"measure", "", "as it was asked for"}, "condition", column_of(conditions, [](Row c) { return c.output.text; }));
    group.column({"at_most", "1", "1: at most the bound; 0: at least"}, "condition",
                 column_of(conditions, [](Row c) { return static_cast<std::int8_t>(c.at_most); }));
    group.column({"bound", "", "in the units of the measure"}, "condition", column_of(conditions, [](Row c) { return c.bound; }));
    group.column({"units", "", "of the measure"}, "condition", column_of(conditions, [](Row c) { return c.output.units; }));
}

} // namespace

void write_analysis(std::filesystem::path const& path, Sweep const& sweep, Analysis const& analysis)
{
    h5::File file(path);
    file.attribute("title", "Analysis of a sweep of " + sweep.manifest.sweep.scenario);
    file.attribute("program", sweep.manifest.program);
    file.attribute("sweep", sweep.identity);
    file.attribute("sampling", std::string(samplings[static_cast<std::size_t>(sweep.manifest.sweep.sampling)].first));
    file.attribute("replicates", static_cast<std::int64_t>(sweep.manifest.sweep.replicates));
    file.attribute("runs_missing", static_cast<std::int64_t>(analysis.missing));
    file.attribute("runs_failed", static_cast<std::int64_t>(analysis.failed));
    if (analysis.objective) {
        file.attribute(analysis.minimize ? "minimize" : "maximize", analysis.outputs[*analysis.objective].name);
    }
    write_outputs(file, analysis);
    write_parameters(file, sweep);
    write_responses(file, sweep, analysis);
    write_tornado(file, sweep, analysis);
    if (sweep.manifest.sweep.sampling == Sampling::morris) {
        write_morris(file, sweep, analysis);
    }
    if (sweep.manifest.sweep.sampling == Sampling::saltelli) {
        write_sobol(file, sweep, analysis);
    }
    write_runs(file, sweep, analysis);
    write_points(file, sweep, analysis);
    if (!analysis.conditions.empty()) {
        write_conditions(file, analysis);
    }
    file.commit();
}

} // namespace aidc
