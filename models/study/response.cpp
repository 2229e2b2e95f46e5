#include "models/study/response.hpp"

#include "models/base/error.hpp"
#include "models/base/quantile.hpp"
#include "models/base/sum.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aidc {
namespace {

/// One run as seen by one parameter.
struct Point {
    double x{};
    double y{};
};

/// The points in order of x.
std::vector<Point> by_parameter(std::span<double const> parameter, std::span<double const> outputs)
{
    AIDC_EXPECT(parameter.size() == outputs.size());
    AIDC_EXPECT(std::ranges::none_of(parameter, [](double x) { return std::isnan(x); }));
    std::vector<Point> points;
    points.reserve(parameter.size());
    for (std::size_t i = 0; i < parameter.size(); ++i) {
        points.push_back({.x = parameter[i], .y = outputs[i]});
    }
    std::ranges::stable_sort(points, {}, &Point::x);
    return points;
}

std::size_t different_values(std::span<Point const> sorted)
{
    std::size_t count = sorted.empty() ? 0 : 1;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        count += sorted[i].x != sorted[i - 1].x ? 1 : 0;
    }
    return count;
}

Response summary(std::span<Point const> bin)
{
    Response response{.from = bin.front().x, .to = bin.back().x};
    std::vector<double> reached;
    for (auto const& point : bin) {
        if (std::isfinite(point.y)) {
            reached.push_back(point.y);
        }
    }
    response.count = reached.size();
    if (reached.empty()) {
        return response;
    }
    std::ranges::sort(reached);
    auto const n = static_cast<double>(reached.size());
    // The median is taken off first, so that equal outputs have exactly their mean and no spread.
    double const middle = quantile_of(reached, 0.5);
    Sum beyond_middle, squares;
    for (double const y : reached) {
        beyond_middle += y - middle;
    }
    response.mean = middle + beyond_middle / n;
    for (double const y : reached) {
        squares += (y - response.mean) * (y - response.mean);
    }
    if (reached.size() >= 2) {
        response.standard_error = std::sqrt(squares / (n - 1.0) / n);
    }
    response.p10 = quantile_of(reached, 0.1);
    response.p50 = middle;
    response.p90 = quantile_of(reached, 0.9);
    return response;
}

/// Ranks from 1; equal values share their mean rank.
std::vector<double> mean_ranks(std::span<double const> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        for (std::size_t at = begin; at < end; ++at) {
            ranks[order[at]] = 0.5 * static_cast<double>(begin + 1 + end);
        }
    }
    return ranks;
}

} // namespace

std::vector<Response> response_of(std::span<double const> parameter, std::span<double const> outputs, std::size_t most)
{
    AIDC_EXPECT(most >= 1);
    auto const points = by_parameter(parameter, outputs);
    bool const binned = different_values(points) > most;
    std::vector<Response> responses;
    for (std::size_t begin = 0, end = 0; begin < points.size(); begin = end) {
        std::size_t const bins_left = most - responses.size();
        end = begin + (binned ? (points.size() - begin + bins_left - 1) / bins_left : 1);
        while (end < points.size() && points[end].x == points[end - 1].x) {
            ++end;
        }
        responses.push_back(summary(std::span(points).subspan(begin, end - begin)));
    }
    return responses;
}

RankCorrelation rank_correlation(std::span<double const> parameter, std::span<double const> outputs)
{
    std::vector<double> x, y;
    for (auto const& point : by_parameter(parameter, outputs)) {
        if (std::isfinite(point.y)) {
            x.push_back(point.x);
            y.push_back(point.y);
        }
    }
    auto const r = mean_ranks(x), s = mean_ranks(y);
    double const middle = 0.5 * static_cast<double>(x.size() + 1);
    Sum both, first, second;
    for (std::size_t i = 0; i < x.size(); ++i) {
        both += (r[i] - middle) * (s[i] - middle);
        first += (r[i] - middle) * (r[i] - middle);
        second += (s[i] - middle) * (s[i] - middle);
    }
    double const spread = std::sqrt(first * second);
    return {.count = x.size(), .rho = spread > 0.0 ? both / spread : std::numeric_limits<double>::quiet_NaN()};
}

} // namespace aidc
