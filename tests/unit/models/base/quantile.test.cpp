#include "models/base/quantile.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Uniform numbers in (0, 1): splitmix64 (G. L. Steele et al., OOPSLA 2014).
class Uniform {
  public:
    explicit Uniform(std::uint64_t seed) : state_(seed) {}

    double operator()()
    {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        return (static_cast<double>(z >> 11) + 0.5) * 0x1p-53;
    }

  private:
    std::uint64_t state_;
};

/// P(first <= B <= last) of a binomial (n, p), term by term: C(n, k) p^k (1 - p)^(n - k).
double binomial_between(std::size_t n, double p, std::size_t first, std::size_t last)
{
    double sum = 0.0;
    for (std::size_t k = first; k <= last && k <= n; ++k) {
        auto const x = static_cast<double>(k), m = static_cast<double>(n);
        sum +=
            std::exp(std::lgamma(m + 1.0) - std::lgamma(x + 1.0) - std::lgamma(m - x + 1.0) + x * std::log(p) + (m - x) * std::log1p(-p));
    }
    return sum;
}

} // namespace

TEST_CASE("a quantile is the value of rank ceil(p n)", "[unit][base]")
{
    std::vector<double> const ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(quantile_of(ten, 0.1) == 1.0);  // ceil 1
    CHECK(quantile_of(ten, 0.5) == 5.0);  // ceil 5
    CHECK(quantile_of(ten, 0.51) == 6.0); // ceil 5.1
    CHECK(quantile_of(ten, 0.9) == 9.0);  // ceil 9
    CHECK(quantile_of(ten, 0.901) == 10.0);
    CHECK(quantile_of(ten, 0.001) == 1.0);
    std::vector<double> const one{7.0};
    CHECK(quantile_of(one, 0.1) == 7.0);
    CHECK(quantile_of(one, 0.9) == 7.0);
}

TEST_CASE("a share written as a decimal number counts as that number", "[unit][base]")
{
    // In binary numbers 0.07 x 100 is 7.000000000000001 and 0.55 x 100 is 55.00000000000001.
    CHECK(quantile_rank(100, 0.07) == 7);
    CHECK(quantile_rank(100, 0.55) == 55);
    CHECK(quantile_rank(1000, 0.9) == 900);
    CHECK(quantile_rank(1000, 0.9001) == 901);
}

TEST_CASE("what was not reached is counted and never dropped", "[unit][base]")
{
    std::vector<double> const two_of_four{10.0, 20.0, infinity, infinity};
    CHECK(quantile_of(two_of_four, 0.25) == 10.0);
    CHECK(quantile_of(two_of_four, 0.5) == 20.0); // of those that were reached alone it would be 10
    CHECK(quantile_of(two_of_four, 0.9) == infinity);
    CHECK(quantile_interval(two_of_four, 0.5).high == infinity);
}

TEST_CASE("a sample of nothing has no quantile", "[unit][base]")
{
    CHECK(std::isnan(quantile_of({}, 0.5)));
    CHECK(quantile_interval({}, 0.5).low == -infinity);
    CHECK(quantile_interval({}, 0.5).high == infinity);
}

TEST_CASE("the interval of a median has the ranks of the sign test", "[unit][base]")
{
    // n 10: P(B <= 1) = 11/1024 = 0.011, P(B <= 2) = 56/1024 = 0.055, so ranks 2 and 9 (Conover, Practical Nonparametric
    // Statistics, 3rd ed., table A3).
    CHECK(quantile_ranks(10, 0.5, 0.95).low == 2);
    CHECK(quantile_ranks(10, 0.5, 0.95).high == 9);
    // n 20: P(B <= 5) = 0.0207, P(B <= 6) = 0.0577, so ranks 6 and 15.
    CHECK(quantile_ranks(20, 0.5, 0.95).low == 6);
    CHECK(quantile_ranks(20, 0.5, 0.95).high == 15);
}

TEST_CASE("a small sample says nothing beyond its ends", "[unit][base]")
{
    // Five values: P(all above the median) = 1/32 = 0.031 > 0.025. Six: 1/64 = 0.016.
    std::vector<double> const five{1, 2, 3, 4, 5};
    CHECK(quantile_interval(five, 0.5).low == -infinity);
    CHECK(quantile_interval(five, 0.5).high == infinity);
    std::vector<double> const six{1, 2, 3, 4, 5, 6};
    CHECK(quantile_interval(six, 0.5).low == 1.0);
    CHECK(quantile_interval(six, 0.5).high == 6.0);
    // P(all 35 below the 0.9-quantile) = 0.9^35 = 0.02503 > 0.025; 0.9^36 = 0.0225.
    CHECK(quantile_ranks(35, 0.9, 0.95).high == 36);
    CHECK(quantile_ranks(36, 0.9, 0.95).high == 36);
}

TEST_CASE("the ranks of p and 1 - p are mirror images", "[unit][base]")
{
    auto const n = GENERATE(1u, 6u, 36u, 100u, 1000u);
    auto const p = GENERATE(0.1, 0.25, 0.5);
    auto const left = quantile_ranks(n, p, 0.95), right = quantile_ranks(n, 1.0 - p, 0.95);
    CHECK(left.low == n + 1 - right.high);
    CHECK(left.high == n + 1 - right.low);
}

TEST_CASE("each tail is as large as it may be and no larger", "[unit][base]")
{
    auto const n = GENERATE(7u, 50u, 333u, 1000u);
    auto const p = GENERATE(0.1, 0.5, 0.8, 0.9);
    auto const ranks = quantile_ranks(n, p, 0.95);
    if (ranks.low >= 1) {
        CHECK(binomial_between(n, p, 0, ranks.low - 1) <= 0.025);
    }
    CHECK(binomial_between(n, p, 0, ranks.low) > 0.025);
    if (ranks.high <= n) {
        CHECK(binomial_between(n, p, ranks.high, n) <= 0.025);
    }
    CHECK(binomial_between(n, p, ranks.high - 1, n) > 0.025);
}

TEST_CASE("the interval covers the quantile as often as the binomial distribution says", "[property][base]")
{
    auto const n = GENERATE(25u, 100u);
    auto const p = GENERATE(0.1, 0.5, 0.9);
    constexpr int samples = 4000;
    Uniform uniform(n + static_cast<std::uint64_t>(100.0 * p));
    int covered = 0;
    std::vector<double> sample(n);
    for (int i = 0; i < samples; ++i) {
        std::ranges::generate(sample, [&] { return uniform(); }); // its p-quantile is p
        std::ranges::sort(sample);
        auto const interval = quantile_interval(sample, p);
        covered += interval.low <= p && p <= interval.high ? 1 : 0;
    }
    auto const ranks = quantile_ranks(n, p, 0.95);
    double const expected = binomial_between(n, p, ranks.low, ranks.high - 1);
    CHECK(expected >= 0.95);
    // Four standard deviations of the simulated share.
    CHECK_THAT(covered / static_cast<double>(samples), WithinAbs(expected, 4.0 * std::sqrt(expected * (1.0 - expected) / samples)));
}
