#include "models/base/quantile.hpp"

#include "models/base/error.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Least whole number in [first, last] from which on the test holds; last + 1 when it never does.
/// \pre once true, the test stays true
template <class Test> std::size_t least(std::size_t first, std::size_t last, Test const& test)
{
    std::size_t end = last + 1;
    while (first < end) {
        std::size_t const middle = first + (end - first) / 2;
        if (test(middle)) {
            end = middle;
        }
        else {
            first = middle + 1;
        }
    }
    return first;
}

} // namespace

std::size_t quantile_rank(std::size_t n, double p)
{
    AIDC_EXPECT(n >= 1);
    AIDC_EXPECT(p > 0.0 && p < 1.0);
    // p n of a decimal p may come out a little above a whole number: 0.07 * 100 = 7.000000000000001.
    auto const rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(n) * (1.0 - 1e-12)));
    return std::clamp<std::size_t>(rank, 1, n);
}

double quantile_of(std::span<double const> sorted, double p)
{
    return sorted.empty() ? std::numeric_limits<double>::quiet_NaN() : sorted[quantile_rank(sorted.size(), p) - 1];
}

RankInterval quantile_ranks(std::size_t n, double p, double confidence)
{
    AIDC_EXPECT(p > 0.0 && p < 1.0);
    AIDC_EXPECT(confidence > 0.0 && confidence < 1.0);
    if (n == 0) {
        return {.low = 0, .high = 1};
    }
    double const tail = (1.0 - confidence) / 2.0;
    boost::math::binomial const not_above(static_cast<double>(n), p);
    auto const too_heavy_below = [&](std::size_t low) { return cdf(not_above, static_cast<double>(low) - 1.0) > tail; };
    auto const light_above = [&](std::size_t high) { return cdf(complement(not_above, static_cast<double>(high) - 1.0)) <= tail; };
    return {.low = least(1, n, too_heavy_below) - 1, .high = least(1, n, light_above)};
}

QuantileInterval quantile_interval(std::span<double const> sorted, double p)
{
    auto const ranks = quantile_ranks(sorted.size(), p, 0.95);
    return {.low = ranks.low >= 1 ? sorted[ranks.low - 1] : -infinity,
            .high = ranks.high <= sorted.size() ? sorted[ranks.high - 1] : infinity};
}

} // namespace aidc
