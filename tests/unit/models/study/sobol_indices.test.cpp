#include "models/study/sobol_indices.hpp"

#include "models/study/sampling.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pi = std::numbers::pi;

template <class F> std::vector<double> run(UnitPoints const& design, F const& f)
{
    std::vector<double> outputs;
    for (std::size_t i = 0; i < design.size(); ++i) {
        outputs.push_back(f(design.point(i)));
    }
    return outputs;
}

/// Saltelli rows whose A and B are independent random points.
UnitPoints independent_rows(std::size_t base, std::size_t parameters, std::uint64_t seed)
{
    auto const both = random_points(base, 2 * parameters, seed);
    UnitPoints design{.parameters = parameters, .row_major = {}};
    for (std::size_t i = 0; i < base; ++i) {
        for (std::size_t row = 0; row < parameters + 2; ++row) {
            for (std::size_t k = 0; k < parameters; ++k) {
                bool const of_b = row == parameters + 1 || row == k + 1;
                design.row_major.push_back(both.point(i)[of_b ? parameters + k : k]);
            }
        }
    }
    return design;
}

/// sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi]^3; T. Ishigami, T. Homma, Proc. ISUMA 1990, 398-403.
constexpr double a = 7.0, b = 0.1;
double ishigami(std::span<double const> u)
{
    auto const x = [&](std::size_t j) { return pi * (2.0 * u[j] - 1.0); };
    return std::sin(x(0)) + a * std::pow(std::sin(x(1)), 2) + b * std::pow(x(2), 4) * std::sin(x(0));
}

/// Its variances, by integration: E sin^2 = 1/2, E sin^4 = 3/8, E x^4 = pi^4/5, E x^8 = pi^8/9.
struct Ishigami {
    double one = 0.5 * std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2);             // E[y | x1] = (1 + b pi^4/5) sin x1 + a/2
    double two = a * a / 8.0;                                                    // a^2 (3/8 - 1/4)
    double one_three = 0.5 * b * b * std::pow(pi, 8) * (1.0 / 9.0 - 1.0 / 25.0); // b^2 (x3^4 - pi^4/5)^2 sin^2 x1
    double all = one + two + one_three;                                          // = 1/2 + a^2/8 + b pi^4/5 + b^2 pi^8/18
    std::array<double, 3> first{one / all, two / all, 0.0};
    std::array<double, 3> total{(one + one_three) / all, two / all, one_three / all};
};

/// Product of (|4 x - 2| + c)/(1 + c); I. M. Sobol', Math. Comput. Simul. 55 (2001); partial variances 1/(3 (1 + c)^2).
constexpr std::array g_constants{0.0, 1.0, 4.5, 9.0, 99.0, 99.0};
double g_function(std::span<double const> x)
{
    double y = 1.0;
    for (std::size_t j = 0; j < g_constants.size(); ++j) {
        y *= (std::abs(4.0 * x[j] - 2.0) + g_constants[j]) / (1.0 + g_constants[j]);
    }
    return y;
}

} // namespace

TEST_CASE("two base rows by hand", "[unit][study]")
{
    // a, ab, b = 1, 3, 5 and 2, 2, 6: mean 14/4 = 3.5, variance (6.25 + 2.25 + 2.25 + 6.25)/4 = 4.25;
    // first ((5 - 3.5)(3 - 1) + (6 - 3.5)(2 - 2))/2 = 1.5, total ((1 - 3)^2 + 0)/4 = 1.
    auto const r = sobol_indices(1, std::vector{1.0, 3.0, 5.0, 2.0, 2.0, 6.0}, 1);
    CHECK(r.used == 2);
    CHECK(r.mean == 3.5);
    CHECK_THAT(r.variance, WithinRel(4.25, 1e-15));
    CHECK_THAT(r.indices[0].first, WithinRel(1.5 / 4.25, 1e-15));
    CHECK_THAT(r.indices[0].total, WithinRel(1.0 / 4.25, 1e-15));
    // Of two rows a resample is the first twice, the second twice, or both. First twice: mean 3, variance 4, first 2 x 2/4 = 1,
    // total 4/2/4 = 0.5. Second twice: no change, 0. Each of the two has a probability of 1/4, so they are the interval's ends.
    CHECK_THAT(r.indices[0].first_95.low, WithinAbs(0.0, 1e-15));
    CHECK_THAT(r.indices[0].first_95.high, WithinRel(1.0, 1e-15));
    CHECK_THAT(r.indices[0].total_95.low, WithinAbs(0.0, 1e-15));
    CHECK_THAT(r.indices[0].total_95.high, WithinRel(0.5, 1e-15));
}

TEST_CASE("the closed form of the Ishigami function is as published", "[unit][study]")
{
    // First order: A. Saltelli et al., Global Sensitivity Analysis: The Primer, Wiley 2008, as quoted by SALib. Variance and
    // V_13 = 8 b^2 pi^8/225: documentation of OpenTURNS; the totals are that V_13 over that variance, with and without V_1.
    Ishigami const exact;
    CHECK_THAT(exact.all, WithinRel(0.5 + a * a / 8.0 + b * std::pow(pi, 4) / 5.0 + b * b * std::pow(pi, 8) / 18.0, 1e-14));
    CHECK_THAT(exact.one_three, WithinRel(8.0 * b * b * std::pow(pi, 8) / 225.0, 1e-14));
    CHECK_THAT(exact.first[0], WithinAbs(0.3139, 5e-5));
    CHECK_THAT(exact.first[1], WithinAbs(0.4424, 5e-5));
    CHECK_THAT(exact.total[0], WithinAbs(0.5576, 5e-5));
    CHECK_THAT(exact.total[2], WithinAbs(0.2437, 5e-5));
}

TEST_CASE("indices of the Ishigami function", "[unit][study]")
{
    Ishigami const exact;
    auto const r = sobol_indices(3, run(saltelli_points(4096, 3, 1), ishigami), 1);
    CHECK(r.used == 4096);
    CHECK_THAT(r.mean, WithinAbs(a / 2.0, 0.01));
    CHECK_THAT(r.variance, WithinRel(exact.all, 0.01));
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK_THAT(r.indices[j].first, WithinAbs(exact.first[j], 0.01));
        CHECK_THAT(r.indices[j].total, WithinAbs(exact.total[j], 0.01));
        CHECK(r.indices[j].first_95.contains(exact.first[j]));
        CHECK(r.indices[j].total_95.contains(exact.total[j]));
        CHECK(r.indices[j].first_95.contains(r.indices[j].first));
        CHECK(r.indices[j].total_95.contains(r.indices[j].total));
    }
}

TEST_CASE("indices of Sobol's g-function", "[unit][study]")
{
    std::array<double, g_constants.size()> partial{};
    double product = 1.0;
    for (std::size_t j = 0; j < partial.size(); ++j) {
        partial[j] = 1.0 / (3.0 * std::pow(1.0 + g_constants[j], 2));
        product *= 1.0 + partial[j];
    }
    double const variance = product - 1.0;
    auto const r = sobol_indices(partial.size(), run(saltelli_points(4096, partial.size(), 2), g_function), 2);
    CHECK_THAT(r.mean, WithinAbs(1.0, 0.005)); // each factor has mean 1
    CHECK_THAT(r.variance, WithinRel(variance, 0.01));
    for (std::size_t j = 0; j < partial.size(); ++j) {
        double const first = partial[j] / variance, total = partial[j] * product / (1.0 + partial[j]) / variance;
        CHECK_THAT(r.indices[j].first, WithinAbs(first, 0.01));
        CHECK_THAT(r.indices[j].total, WithinAbs(total, 0.01));
        CHECK(r.indices[j].first_95.contains(first));
        CHECK(r.indices[j].total_95.contains(total));
    }
}

TEST_CASE("intervals cover the indices as often as they say", "[property][study]")
{
    // Of 40 seeds at 95 % fewer than 34 cover with a probability of 0.3 % (binomial; 35: 1.4 %).
    auto const design = GENERATE(&saltelli_points, &independent_rows);
    Ishigami const exact;
    std::array<int, 3> first{}, total{};
    for (std::uint64_t seed = 100; seed < 140; ++seed) {
        auto const r = sobol_indices(3, run(design(512, 3, seed), ishigami), seed);
        for (std::size_t j = 0; j < 3; ++j) {
            first[j] += r.indices[j].first_95.contains(exact.first[j]) ? 1 : 0;
            total[j] += r.indices[j].total_95.contains(exact.total[j]) ? 1 : 0;
        }
    }
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(first[j] >= 34);
        CHECK(total[j] >= 34);
    }
}

TEST_CASE("intervals of independent rows are not wider than they need be", "[property][study]")
{
    // y = x1 x2, x in (-1, 1): S = 0, ST = 1. The spread of the estimates over 200 seeds is what 95 % intervals should span:
    // 2 x 1.96 standard deviations, which 200 values tell to 5 % (standard error), 20 % here.
    double sum = 0.0, squares = 0.0, width = 0.0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const outputs = run(independent_rows(256, 2, seed), [](auto x) { return (2.0 * x[0] - 1.0) * (2.0 * x[1] - 1.0); });
        auto const index = sobol_indices(2, outputs, seed).indices[0];
        sum += index.first;
        squares += index.first * index.first;
        width += (index.first_95.high - index.first_95.low) / 200.0;
    }
    double const deviation = std::sqrt((squares - sum * sum / 200.0) / 199.0);
    CHECK_THAT(width, WithinRel(2.0 * 1.96 * deviation, 0.2));
}

TEST_CASE("of a sum, first and total are the same and add up to one", "[property][study]")
{
    // y = 3 x1 + 4 x2: shares 9/25 and 16/25.
    auto const r = sobol_indices(3, run(saltelli_points(4096, 3, 3), [](auto x) { return 3.0 * x[0] + 4.0 * x[1]; }), 3);
    CHECK_THAT(r.indices[0].first, WithinAbs(0.36, 0.005));
    CHECK_THAT(r.indices[1].first, WithinAbs(0.64, 0.005));
    CHECK_THAT(r.indices[0].total, WithinAbs(0.36, 0.005));
    CHECK_THAT(r.indices[1].total, WithinAbs(0.64, 0.005));
    CHECK(r.indices[2].first == 0.0); // a parameter that does nothing changes nothing
    CHECK(r.indices[2].total == 0.0);
}

TEST_CASE("indices do not depend on where the output has its zero", "[unit][study]")
{
    auto const design = saltelli_points(512, 3, 4);
    auto const plain = sobol_indices(3, run(design, ishigami), 4);
    auto const shifted = sobol_indices(3, run(design, [](auto x) { return 1e9 + ishigami(x); }), 4);
    for (std::size_t j = 0; j < 3; ++j) {
        // Outputs of 1e9 are known to 1e-7 of which the indices keep seven digits.
        CHECK_THAT(shifted.indices[j].first, WithinAbs(plain.indices[j].first, 1e-7));
        CHECK_THAT(shifted.indices[j].total_95.high, WithinAbs(plain.indices[j].total_95.high, 1e-7));
    }
}

TEST_CASE("a base row with a missing output is left out as a whole", "[unit][study]")
{
    auto outputs = run(saltelli_points(100, 3, 5), ishigami);
    std::vector<double> kept(outputs.begin() + 10, outputs.end()); // without base rows 0 and 1, five outputs each
    outputs[2] = infinity;
    outputs[9] = std::numeric_limits<double>::quiet_NaN();
    auto const r = sobol_indices(3, outputs, 5), expected = sobol_indices(3, kept, 5);
    CHECK(r.used == 98);
    CHECK(r.mean == expected.mean);
    CHECK(r.variance == expected.variance);
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(r.indices[j].first == expected.indices[j].first);
        CHECK(r.indices[j].total_95 == expected.indices[j].total_95);
    }
}

TEST_CASE("without base rows or variance there are no indices", "[unit][study]")
{
    auto const none = sobol_indices(2, std::vector{1.0, infinity, 1.0, 1.0}, 1);
    CHECK(none.used == 0);
    CHECK(std::isnan(none.mean));
    CHECK(std::isnan(none.variance));
    REQUIRE(none.indices.size() == 2);
    CHECK(std::isnan(none.indices[0].first));
    CHECK(std::isnan(none.indices[1].total_95.low));
    CHECK(sobol_indices(2, {}, 1).used == 0);

    auto const one = sobol_indices(1, std::vector{1.0, 2.0, 3.0}, 1);
    CHECK(one.used == 1);
    CHECK(one.mean == 2.0);
    CHECK(std::isnan(one.indices[0].first));

    auto const still = sobol_indices(2, std::vector<double>(400, 0.1), 1);
    CHECK(still.used == 100);
    CHECK(still.mean == 0.1);
    CHECK(still.variance == 0.0);
    CHECK(std::isnan(still.indices[0].first));
    CHECK(std::isnan(still.indices[0].total));
    CHECK(std::isnan(still.indices[0].first_95.high));

    // All A and B are 1, AB is not: nothing to share out either.
    auto const only_between = sobol_indices(1, std::vector{1.0, 2.0, 1.0, 1.0, 3.0, 1.0}, 1);
    CHECK(only_between.variance == 0.0);
    CHECK(std::isnan(only_between.indices[0].total));
}

TEST_CASE("resamples without variance do not spoil an interval", "[unit][study]")
{
    // One of three base rows has all the variance: (2/3)^3 = 30 % of the resamples have none.
    std::vector<double> const outputs{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0};
    auto const r = sobol_indices(1, outputs, 1);
    CHECK(std::isfinite(r.indices[0].total_95.low));
    CHECK(std::isfinite(r.indices[0].total_95.high));
}

TEST_CASE("the same seed gives the same intervals", "[unit][study]")
{
    auto const outputs = run(saltelli_points(64, 3, 6), ishigami);
    auto const first = sobol_indices(3, outputs, 6), again = sobol_indices(3, outputs, 6), other = sobol_indices(3, outputs, 7);
    CHECK(first.indices[0].first_95 == again.indices[0].first_95);
    CHECK(first.indices[0].first == other.indices[0].first);
    CHECK(first.indices[0].first_95 != other.indices[0].first_95);
}
