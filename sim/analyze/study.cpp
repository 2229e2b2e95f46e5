#include "sim/analyze/study.hpp"

#include "models/base/error.hpp"
#include "models/base/quantile.hpp"
#include "models/base/sum.hpp"
#include "models/study/response.hpp"
#include "sim/analyze/levels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace aidc {
namespace {

constexpr std::uint64_t bootstrap_seed = 1; ///< Intervals are the same whenever a sweep is looked at

/// A parameter's value of every run.
std::vector<double> for_runs(std::vector<double> const& by_point, std::size_t runs)
{
    std::size_t const each = runs / by_point.size();
    std::vector<double> all(runs);
    for (std::size_t i = 0; i < runs; ++i) {
        all[i] = by_point[i / each];
    }
    return all;
}

/// The runs of each level; levels hold every value of the parameter, without overlap.
std::vector<std::vector<double>> split(std::vector<Response> const& levels, std::vector<double> const& parameter,
                                       std::vector<double> const& values)
{
    std::vector<std::vector<double>> parts(levels.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const level = std::ranges::lower_bound(levels, parameter[i], {}, &Response::to);
        parts[static_cast<std::size_t>(level - levels.begin())].push_back(values[i]);
    }
    return parts;
}

StudyResponse response(std::vector<double> const& parameter, std::vector<double> const& values)
{
    StudyResponse found;
    auto const levels = response_of(parameter, values);
    auto const parts = split(levels, parameter, values);
    for (std::size_t k = 0; k < levels.size(); ++k) {
        found.levels.push_back(
            {.from = levels[k].from, .to = levels[k].to, .standard_error = levels[k].standard_error, .output = distribution_of(parts[k])});
    }
    found.rho = rank_correlation(parameter, values).rho;
    auto const mean = [&](std::size_t k) { return found.levels[k].output.mean; };
    for (std::size_t k = 0; k < levels.size(); ++k) {
        found.lowest = std::isnan(mean(found.lowest)) || mean(k) < mean(found.lowest) ? k : found.lowest;
        found.highest = std::isnan(mean(found.highest)) || mean(k) > mean(found.highest) ? k : found.highest;
    }
    if (!levels.empty()) {
        found.swing = mean(found.highest) - mean(found.lowest);
        found.change = mean(levels.size() - 1) - mean(0);
    }
    return found;
}

/// Is there a level at which the output was never reached at all?
bool has_lost_level(StudyResponse const& response)
{
    return std::ranges::any_of(response.levels, [](StudyLevel const& l) { return l.output.reached == 0 && l.output.never > 0; });
}

std::vector<std::size_t> by_swing(std::vector<StudyResponse> const& responses)
{
    std::vector<std::size_t> order(responses.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto const size = [&](std::size_t j) {
        double const swing = std::isnan(responses[j].swing) ? -1.0 : responses[j].swing;
        return std::pair(has_lost_level(responses[j]), swing);
    };
    std::ranges::stable_sort(order, std::ranges::greater{}, size);
    return order;
}

} // namespace

namespace {

/// Where a value lies between the ends of its parameter, 0 ... 1.
double taken_at(Points const& points, std::size_t point, std::size_t j)
{
    auto const& parameter = points.parameters[j];
    auto const& value = points.value(point, j);
    if (parameter.kind == Parameter::Kind::values) {
        auto const place = static_cast<double>(std::ranges::find(parameter.values, value) - parameter.values.begin());
        return parameter.values.size() < 2 ? 0.0 : place / static_cast<double>(parameter.values.size() - 1);
    }
    if (parameter.kind == Parameter::Kind::days) {
        return (number_of(parameter, value) - parameter.from) / (parameter.to - parameter.from);
    }
    return points.unit.point(point)[j];
}

} // namespace

StudyPoints study_points(Sampling sampling, Points const& points)
{
    StudyPoints study{.sampling = sampling, .count = points.size(), .unit = points.unit, .values = {}};
    for (std::size_t j = 0; j < points.parameters.size(); ++j) {
        study.values.push_back(level_numbers(points, j));
    }
    for (std::size_t i = 0; i < points.unit.size(); ++i) {
        for (std::size_t j = 0; j < points.parameters.size(); ++j) {
            study.taken.push_back(taken_at(points, i, j));
        }
    }
    return study;
}

Distribution distribution_of(std::vector<double> values)
{
    Distribution d;
    d.absent = std::erase_if(values, [](double value) { return std::isnan(value); });
    d.reached = static_cast<std::size_t>(std::ranges::count_if(values, [](double value) { return std::isfinite(value); }));
    d.never = values.size() - d.reached;
    if (values.empty()) {
        return d;
    }
    std::ranges::sort(values);
    d.p5 = quantile_of(values, 0.05);
    d.p10 = quantile_of(values, 0.1);
    d.p50 = quantile_of(values, 0.5);
    d.p80 = quantile_of(values, 0.8);
    d.p90 = quantile_of(values, 0.9);
    std::erase_if(values, [](double value) { return std::isinf(value); });
    if (!values.empty()) {
        d.least = values.front();
        d.greatest = values.back();
        double const middle = quantile_of(values, 0.5); // taken off, so that equal values have exactly their mean
        Sum beyond;
        for (double const value : values) {
            beyond += value - middle;
        }
        d.mean = middle + beyond / static_cast<double>(values.size());
    }
    return d;
}

OutputStudy study_of(StudyPoints const& points, std::vector<double> const& values, std::vector<double> const& by_point)
{
    AIDC_EXPECT(by_point.size() == points.count && points.count > 0 && values.size() % points.count == 0);
    OutputStudy study{.all = distribution_of(values)};
    for (auto const& parameter : points.values) {
        study.responses.push_back(response(for_runs(parameter, values.size()), values));
    }
    study.by_swing = by_swing(study.responses);
    if (points.sampling == Sampling::morris) {
        study.morris = morris_effects(points.unit, by_point, bootstrap_seed, points.taken);
    }
    if (points.sampling == Sampling::saltelli) {
        study.sobol = sobol_indices(points.values.size(), by_point, bootstrap_seed);
    }
    return study;
}

} // namespace aidc
