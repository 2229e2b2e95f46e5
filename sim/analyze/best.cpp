#include "sim/analyze/best.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace aidc {
namespace {

/// What a measure varies over the points; 1 where it does not.
double spread_of(std::vector<double> const& values)
{
    double least = std::numeric_limits<double>::infinity(), greatest = -least;
    for (double const value : values) {
        if (std::isfinite(value)) {
            least = std::min(least, value);
            greatest = std::max(greatest, value);
        }
    }
    return greatest > least ? greatest - least : 1.0;
}

/// What points are sorted by: 0 a number, 1 never, 2 none; then the number, less being better.
std::tuple<int, double> rank_of(double objective, bool minimize)
{
    if (!std::isfinite(objective)) {
        return {std::isnan(objective) ? 2 : 1, 0.0};
    }
    return {0, minimize ? objective : -objective};
}

} // namespace

Ranking rank_points(std::size_t points, std::vector<double> const& objective, bool minimize, std::vector<Condition> const& conditions,
                    std::vector<std::vector<double>> const& measured)
{
    AIDC_EXPECT(conditions.size() == measured.size());
    AIDC_EXPECT(objective.empty() || objective.size() == points);
    std::vector<double> spread;
    for (auto const& values : measured) {
        AIDC_EXPECT(values.size() == points);
        spread.push_back(spread_of(values));
    }
    Ranking ranking;
    for (std::size_t i = 0; i < points; ++i) {
        auto& ranked = ranking.points.emplace_back(RankedPoint{.point = i});
        for (std::size_t c = 0; c < conditions.size(); ++c) {
            if (!conditions[c].holds(measured[c][i])) {
                ++ranked.missed;
                ranked.by += conditions[c].missed(measured[c][i]) / spread[c];
            }
        }
        bool const meets = ranked.missed == 0;
        ranking.meeting += meets ? 1 : 0;
        ranking.absent += meets && !objective.empty() && std::isnan(objective[i]) ? 1 : 0;
    }
    auto const value = [&](RankedPoint const& p) { return objective.empty() ? std::tuple(0, 0.0) : rank_of(objective[p.point], minimize); };
    std::ranges::stable_sort(ranking.points, {}, [&](RankedPoint const& p) { return std::tuple(p.missed, p.by, value(p)); });
    return ranking;
}

} // namespace aidc
