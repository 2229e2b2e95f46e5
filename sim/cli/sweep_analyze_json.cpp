#include "sim/analyze/levels.hpp"
#include "sim/cli/json_text.hpp"
#include "sim/cli/show_facts.hpp"
#include "sim/cli/sweep_analyze_page.hpp"
#include "sim/sweep/point_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc::report {
namespace {

std::string count(std::size_t n) { return std::to_string(n); }

/// How values of one output are written: dates as days.
struct Values {
    Dates dates;
    bool is_date = false;

    std::string operator()(double value) const
    {
        return is_date ? text_or_null(std::isfinite(value) ? dates.text(value) : "") : number(value);
    }
};

std::string of(Distribution const& d, Values const& value)
{
    return object({{"reached", count(d.reached)},
                   {"never", count(d.never)},
                   {"absent", count(d.absent)},
                   {"mean", value(d.mean)},
                   {"p5", value(d.p5)},
                   {"p10", value(d.p10)},
                   {"p50", value(d.p50)},
                   {"p80", value(d.p80)},
                   {"p90", value(d.p90)}});
}

std::string of(Interval const& interval) { return "[" + number(interval.low) + ", " + number(interval.high) + "]"; }

std::string of(StudyResponse const& response, Parameter const& parameter, Values const& value)
{
    auto const level = [&](StudyLevel const& l) {
        return object({{"level", in_quotes(level_label(parameter, l.from, l.to))},
                       {"from", number(l.from)},
                       {"to", number(l.to)},
                       {"standard_error", number(l.standard_error)},
                       {"output", of(l.output, value)}});
    };
    return object({{"parameter", in_quotes(parameter.name)},
                   {"swing", number(response.swing)},
                   {"change", number(response.change)},
                   {"rho", number(response.rho)},
                   {"levels", list(response.levels, level)}});
}

/// One object a parameter, of what `one` makes of its place.
template <class One> std::string by_parameter(std::size_t parameters, One const& one)
{
    std::vector<std::size_t> places;
    for (std::size_t j = 0; j < parameters; ++j) {
        places.push_back(j);
    }
    return list(places, one);
}

std::string morris(MorrisResult const& result, std::vector<Parameter> const& parameters)
{
    return object({{"used", count(result.used)}, {"effects", by_parameter(parameters.size(), [&](std::size_t j) {
                                                      auto const& e = result.effects[j];
                                                      return object({{"parameter", in_quotes(parameters[j].name)},
                                                                     {"mu_star", number(e.mu_star)},
                                                                     {"mu_star_95", of(e.mu_star_95)},
                                                                     {"mu", number(e.mu)},
                                                                     {"sigma", number(e.sigma)}});
                                                  })}});
}

std::string sobol(SobolResult const& result, std::vector<Parameter> const& parameters)
{
    return object({{"used", count(result.used)},
                   {"variance", number(result.variance)},
                   {"indices", by_parameter(parameters.size(), [&](std::size_t j) {
                        auto const& i = result.indices[j];
                        return object({{"parameter", in_quotes(parameters[j].name)},
                                       {"first", number(i.first)},
                                       {"first_95", of(i.first_95)},
                                       {"total", number(i.total)},
                                       {"total_95", of(i.total_95)}});
                    })}});
}

std::string of(AnalyzedOutput const& output, std::vector<Parameter> const& parameters, Dates const& dates)
{
    auto const& study = output.study;
    Values const value{.dates = dates, .is_date = output.is_date};
    auto const response = [&](std::size_t j) { return of(study.responses[j], parameters[j], value); };
    return object({{"measure", in_quotes(output.text)},
                   {"units", text_or_null(output.units)},
                   {"difference_units", text_or_null(output.is_date ? "s" : output.units)},
                   {"words", text_or_null(output.words)},
                   {"over", output.of_points ? "\"points\"" : "\"runs\""},
                   {"varies", study.all.varies() ? "true" : "false"},
                   {"all", of(study.all, value)},
                   {"by_parameter", list(study.by_swing, response)},
                   {"morris", study.morris ? morris(*study.morris, parameters) : "null"},
                   {"sobol", study.sobol ? sobol(*study.sobol, parameters) : "null"}});
}

std::string best_points(Sweep const& sweep, Analysis const& analysis, std::size_t most, Dates const& dates)
{
    if (!analysis.ranking) {
        return "null";
    }
    auto const& ranking = *analysis.ranking;
    auto const& points = sweep.points;
    auto const value = [&](AnalyzedOutput const& output, std::size_t point) {
        return Values{.dates = dates, .is_date = output.is_date}(output.by_point[point]);
    };
    auto const one = [&](RankedPoint const& p) {
        auto const parameters = by_parameter(points.parameters.size(), [&](std::size_t j) {
            return object({{"name", in_quotes(points.parameters[j].name)}, {"value", points.value(p.point, j)}});
        });
        auto const conditions = list(analysis.conditions, [&](AnalyzedCondition const& c) { return value(c.output, p.point); });
        return object({{"point", count(p.point)},
                       {"meets", p.missed == 0 ? "true" : "false"},
                       {"runs", count(analysis.runs_there[p.point])},
                       {"objective", analysis.objective ? value(analysis.outputs[*analysis.objective], p.point) : "null"},
                       {"conditions", conditions},
                       {"parameters", parameters}});
    };
    auto const n = std::min(most, ranking.meeting > 0 ? ranking.meeting : ranking.points.size());
    auto const best = std::vector(ranking.points.begin(), ranking.points.begin() + static_cast<std::ptrdiff_t>(n));
    auto const first = best.front().point;
    return object({{"objective", analysis.objective ? in_quotes(analysis.outputs[*analysis.objective].text) : "null"},
                   {"minimize", analysis.minimize ? "true" : "false"},
                   {"meeting", count(ranking.meeting)},
                   {"points", list(best, one)},
                   {"command", in_quotes(command_of(sweep.manifest.sweep, points, first,
                                                    sweep.stream(first * sweep.manifest.sweep.replicates), sweep.scenario().string()))}});
}

} // namespace

std::string json(Sweep const& sweep, Analysis const& analysis, std::size_t best)
{
    auto const& parameters = sweep.points.parameters;
    auto const dates = dates_since(date_units(sweep.manifest.layout));
    auto const condition = [&](AnalyzedCondition const& c) {
        return object({{"measure", in_quotes(c.output.text)},
                       {"at_most", c.at_most ? "true" : "false"},
                       {"bound", Values{.dates = dates, .is_date = c.output.is_date}(c.bound)}});
    };
    return object({{"folder", in_quotes(sweep.folder.string())},
                   {"scenario", in_quotes(sweep.manifest.sweep.scenario)},
                   {"sampling", in_quotes(samplings[static_cast<std::size_t>(sweep.manifest.sweep.sampling)].first)},
                   {"points", count(sweep.points.size())},
                   {"replicates", count(sweep.manifest.sweep.replicates)},
                   {"runs", count(sweep.runs())},
                   {"runs_missing", count(analysis.missing)},
                   {"runs_failed", count(analysis.failed)},
                   {"outputs", list(analysis.outputs, [&](AnalyzedOutput const& output) { return of(output, parameters, dates); })},
                   {"conditions", list(analysis.conditions, condition)},
                   {"best", best_points(sweep, analysis, best, dates)}});
}

} // namespace aidc::report
