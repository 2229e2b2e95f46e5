#include "models/study/sampling.hpp"

#include "models/study/draws.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace aidc;

namespace {

std::vector<double> column(UnitPoints const& design, std::size_t j)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < design.size(); ++i) {
        values.push_back(design.point(i)[j]);
    }
    return values;
}

/// Is there exactly one of the values in each of as many equal cells of the unit interval?
bool one_in_each_cell(std::vector<double> values)
{
    std::ranges::sort(values);
    auto const n = static_cast<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const first = static_cast<double>(i);
        if (!(first / n <= values[i] && values[i] < (first + 1.0) / n)) {
            return false;
        }
    }
    return true;
}

/// Star discrepancy of points in two dimensions, exact: the largest difference between share of points and area over all boxes
/// [0, x) x [0, y) and [0, x] x [0, y] whose corners are coordinates of points or 1.
double star_discrepancy(UnitPoints const& design)
{
    auto xs = column(design, 0), ys = column(design, 1);
    xs.push_back(1.0);
    ys.push_back(1.0);
    auto const n = static_cast<double>(design.size());
    double worst = 0.0;
    for (double const x : xs) {
        for (double const y : ys) {
            int open = 0, closed = 0;
            for (std::size_t i = 0; i < design.size(); ++i) {
                open += xs[i] < x && ys[i] < y ? 1 : 0;
                closed += xs[i] <= x && ys[i] <= y ? 1 : 0;
            }
            worst = std::max({worst, x * y - open / n, closed / n - x * y});
        }
    }
    return worst;
}

/// One row of the file new-joe-kuo-6.21201 (F. Kuo's page of Sobol' generators, UNSW): degree, inner coefficients, m_1 ... m_s.
struct JoeKuo {
    unsigned degree;
    unsigned inner;
    std::array<std::uint64_t, 5> m;
};
constexpr std::array joe_kuo{
    JoeKuo{1, 0, {1}},
    JoeKuo{2, 1, {1, 3}},
    JoeKuo{3, 1, {1, 3, 1}},
    JoeKuo{3, 2, {1, 1, 1}},
    JoeKuo{4, 1, {1, 1, 3, 3}},
    JoeKuo{4, 4, {1, 3, 5, 13}},
    JoeKuo{5, 2, {1, 1, 5, 5, 17}},
    JoeKuo{5, 4, {1, 1, 5, 5, 5}},
    JoeKuo{5, 7, {1, 1, 7, 11, 19}},
};

/// First 52 digits of coordinate `dimension` of point i of the Sobol' sequence without shift, by the recurrence of S. Joe, F. Y. Kuo,
/// "Notes on generating Sobol' sequences" (2008), in the order of the Gray code.
std::uint64_t sobol_digits(std::size_t i, std::size_t dimension)
{
    std::array<std::uint64_t, 52> m{};
    m.fill(1);
    if (dimension >= 1) {
        auto const& row = joe_kuo[dimension - 1];
        for (unsigned k = 0; k < 52; ++k) {
            if (k < row.degree) {
                m[k] = row.m[k];
                continue;
            }
            m[k] = m[k - row.degree] ^ (m[k - row.degree] << row.degree);
            for (unsigned l = 1; l < row.degree; ++l) {
                m[k] ^= ((row.inner >> (row.degree - 1 - l)) & 1u) * (m[k - l] << l);
            }
        }
    }
    std::uint64_t const gray = i ^ (i >> 1);
    std::uint64_t digits = 0;
    for (unsigned k = 0; k < 52; ++k) {
        digits ^= ((gray >> k) & 1u) * (m[k] << (51 - k));
    }
    return digits;
}

std::uint64_t cell(double x) { return static_cast<std::uint64_t>(std::floor(x * 0x1p52)); }

} // namespace

TEST_CASE("random bits are those of the standard's 64-bit Mersenne twister", "[unit][study]")
{
    // ISO C++20, [rand.predef]: the 10,000th value of mt19937_64 with seed 5489 is 9981545732273789042.
    Draws draws(5489);
    for (int i = 1; i < 10000; ++i) {
        draws.bits_52();
    }
    CHECK(draws.bits_52() == 9981545732273789042u >> 12);
}

TEST_CASE("a whole number below n comes up as often as any other", "[property][study]")
{
    auto const n = GENERATE(1u, 2u, 3u, 7u, 10u);
    constexpr int draws = 20000;
    Draws stream(n);
    std::vector<int> counts(n);
    for (int i = 0; i < draws; ++i) {
        ++counts.at(stream.below(n));
    }
    for (int const count : counts) {
        double const p = 1.0 / n;
        CHECK_THAT(count, WithinAbs(draws * p, 4.0 * std::sqrt(draws * p * (1.0 - p)) + 1e-9)); // binomial, four standard deviations
    }
}

TEST_CASE("numbers that do not divide 2^32 are not favoured", "[property][study]")
{
    // Of 2^32 = 1.333 n values, plain scaling would make every third number twice as probable as the others: 1/2 instead of 1/3.
    constexpr std::size_t n = 3u << 30;
    constexpr int draws = 20000;
    Draws stream(1);
    int third = 0;
    for (int i = 0; i < draws; ++i) {
        third += stream.below(n) % 3 == 0 ? 1 : 0;
    }
    CHECK_THAT(third / static_cast<double>(draws), WithinAbs(1.0 / 3.0, 4.0 * std::sqrt(2.0 / 9.0 / draws)));
}

TEST_CASE("every order of three is as probable as the others", "[property][study]")
{
    constexpr int draws = 12000;
    Draws stream(2);
    std::array<int, 1000> counts{};
    for (int i = 0; i < draws; ++i) {
        std::array order{1u, 2u, 3u};
        stream.shuffle(std::span<unsigned>(order));
        ++counts[100 * order[0] + 10 * order[1] + order[2]];
    }
    for (std::size_t const order : {123u, 132u, 213u, 231u, 312u, 321u}) {
        CHECK_THAT(counts[order], WithinAbs(draws / 6.0, 4.0 * std::sqrt(draws * 5.0 / 36.0)));
    }
}

TEST_CASE("random and Sobol' points lie on a grid inside the cube and come back with the same seed", "[unit][study]")
{
    auto const make = GENERATE(&random_points, &sobol_points);
    auto const design = make(500, 7, 11);
    CHECK(design.size() == 500);
    CHECK(design == make(500, 7, 11));
    CHECK(design != make(500, 7, 12));
    for (double const x : design.row_major) {
        REQUIRE((x > 0.0 && x < 1.0));
        REQUIRE(std::fmod(x * 0x1p53, 2.0) == 1.0); // odd multiples of 2^-53, exactly
    }
    auto const longer = make(700, 7, 11); // goes on where the shorter one ended
    CHECK(std::ranges::equal(design.row_major, std::span(longer.row_major).first(design.row_major.size())));
}

TEST_CASE("random points have the mean and variance of the uniform distribution", "[property][study]")
{
    auto const design = random_points(20000, 3, 5);
    for (std::size_t j = 0; j < 3; ++j) {
        double mean = 0.0, square = 0.0;
        for (double const x : column(design, j)) {
            mean += x / 20000.0;
            square += (x - 0.5) * (x - 0.5) / 20000.0;
        }
        CHECK_THAT(mean, WithinAbs(0.5, 4.0 * std::sqrt(1.0 / 12.0 / 20000.0)));
        CHECK_THAT(square, WithinAbs(1.0 / 12.0, 4.0 * std::sqrt(1.0 / 180.0 / 20000.0))); // Var (x - 1/2)^2 = 1/80 - 1/144
    }
}

TEST_CASE("a Latin hypercube has one point in each stratum of each dimension", "[unit][study]")
{
    auto const n = GENERATE(1u, 2u, 7u, 100u, 1000u, 4096u);
    auto const design = latin_hypercube(n, 5, n);
    CHECK(design.size() == n);
    for (std::size_t j = 0; j < 5; ++j) {
        CHECK(one_in_each_cell(column(design, j)));
    }
    CHECK(design == latin_hypercube(n, 5, n));
    CHECK(design != latin_hypercube(n, 5, n + 1));
    CHECK_FALSE(one_in_each_cell(column(random_points(100, 1, 1), 0))); // the check can fail
}

TEST_CASE("the dimensions of a Latin hypercube are in different orders", "[property][study]")
{
    auto const design = latin_hypercube(1000, 2, 3);
    double both = 0.0;
    for (std::size_t i = 0; i < design.size(); ++i) {
        both += 12.0 * (design.point(i)[0] - 0.5) * (design.point(i)[1] - 0.5) / 1000.0;
    }
    CHECK_THAT(both, WithinAbs(0.0, 4.0 / std::sqrt(1000.0))); // correlation of independent orders
}

TEST_CASE("Sobol' points are those of Joe and Kuo, shifted", "[unit][study]")
{
    auto const design = sobol_points(1000, joe_kuo.size() + 1, 17);
    auto const origin = design.point(0); // the point 0 of the sequence, so that it is the shift itself
    for (std::size_t i = 0; i < design.size(); ++i) {
        for (std::size_t j = 0; j < design.parameters; ++j) {
            REQUIRE((cell(design.point(i)[j]) ^ cell(origin[j])) == sobol_digits(i, j));
        }
    }
    // The sequence as listed in the documentation of boost::random::sobol, which begins at i = 1.
    CHECK(sobol_digits(2, 0) == cell(0.75));
    CHECK(sobol_digits(2, 1) == cell(0.25));
    CHECK(sobol_digits(4, 0) == cell(0.375));
    CHECK(sobol_digits(4, 1) == cell(0.375));
}

TEST_CASE("every block of 2^k Sobol' points is balanced in every dimension", "[unit][study]")
{
    auto const k = GENERATE(0u, 1u, 4u, 7u, 10u);
    std::size_t const n = std::size_t{1} << k;
    auto const design = sobol_points(2 * n, 40, 23 + k);
    for (std::size_t j = 0; j < design.parameters; ++j) {
        auto const all = column(design, j);
        auto const half = all.begin() + static_cast<std::ptrdiff_t>(n);
        CHECK(one_in_each_cell({all.begin(), half}));
        CHECK(one_in_each_cell({half, all.end()}));
    }
}

TEST_CASE("the last dimension there is is balanced too", "[unit][study]")
{
    auto const design = sobol_points(256, most_sobol_dimensions, 29);
    CHECK(one_in_each_cell(column(design, most_sobol_dimensions - 1)));
}

TEST_CASE("the shift makes the mean of a Sobol' design right on average", "[property][study]")
{
    // f = x y, mean 1/4. Four points a design: many designs, not many points, must do it. Var of one mean <= Var f = 1/9 - 1/16.
    double mean = 0.0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        auto const design = sobol_points(4, 2, seed);
        for (std::size_t i = 0; i < 4; ++i) {
            mean += design.point(i)[0] * design.point(i)[1] / 4.0 / 2000.0;
        }
    }
    CHECK_THAT(mean, WithinAbs(0.25, 4.0 * std::sqrt((1.0 / 9.0 - 1.0 / 16.0) / 2000.0)));
}

TEST_CASE("Sobol' points fill the square more evenly than random ones", "[property][study]")
{
    // One box is known: of the single point (1/2, 1/2), 1 - 1/4 of [0, 1/2] x [0, 1/2].
    CHECK(star_discrepancy({.parameters = 2, .row_major = {0.5, 0.5}}) == 0.75);
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        CHECK(star_discrepancy(sobol_points(256, 2, seed)) < 0.5 * star_discrepancy(random_points(256, 2, seed)));
    }
}

TEST_CASE("a trajectory moves every parameter once, by two thirds", "[unit][study]")
{
    auto const parameters = GENERATE(1u, 2u, 9u);
    auto const design = morris_trajectories(50, parameters, 31);
    REQUIRE(design.size() == 50 * (parameters + 1));
    std::set<double> const levels(design.row_major.begin(), design.row_major.end());
    CHECK(levels == std::set<double>{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0});
    for (std::size_t trajectory = 0; trajectory < 50; ++trajectory) {
        std::set<std::size_t> moved;
        for (std::size_t step = 0; step < parameters; ++step) {
            auto const before = design.point(trajectory * (parameters + 1) + step);
            auto const after = design.point(trajectory * (parameters + 1) + step + 1);
            for (std::size_t j = 0; j < parameters; ++j) {
                if (before[j] != after[j]) {
                    CHECK_THAT(std::abs(after[j] - before[j]), WithinAbs(2.0 / 3.0, 1e-15)); // p/(2(p - 1)), p = 4
                    moved.insert(j);
                }
            }
            CHECK(moved.size() == step + 1);
        }
    }
    CHECK(design == morris_trajectories(50, parameters, 31));
    CHECK(design != morris_trajectories(50, parameters, 32));
}

TEST_CASE("each parameter is as often the first to move as any other", "[property][study]")
{
    auto const design = morris_trajectories(4000, 4, 43);
    std::array<int, 4> first{};
    for (std::size_t i = 0; i < design.size(); i += 5) {
        ++first.at(static_cast<std::size_t>(std::ranges::mismatch(design.point(i), design.point(i + 1)).in1 - design.point(i).begin()));
    }
    for (int const count : first) {
        CHECK_THAT(count, WithinAbs(1000.0, 4.0 * std::sqrt(4000.0 * 0.25 * 0.75))); // binomial, four standard deviations
    }
}

TEST_CASE("all levels of a trajectory design are equally probable", "[property][study]")
{
    auto const design = morris_trajectories(4000, 3, 37);
    for (std::size_t j = 0; j < 3; ++j) {
        auto const values = column(design, j);
        for (double const level : {0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0}) {
            // The rows of a trajectory hang together: 4,000 independent ones stand for the bound.
            auto const share = static_cast<double>(std::ranges::count(values, level)) / static_cast<double>(values.size());
            CHECK_THAT(share, WithinAbs(0.25, 4.0 * std::sqrt(0.25 * 0.75 / 4000.0)));
        }
    }
}

TEST_CASE("a Saltelli row differs from A in one column, where it equals B", "[unit][study]")
{
    auto const parameters = GENERATE(1u, 2u, 6u);
    auto const design = saltelli_points(64, parameters, 41);
    auto const both = sobol_points(64, 2 * parameters, 41);
    REQUIRE(design.size() == 64 * (parameters + 2));
    for (std::size_t i = 0; i < 64; ++i) {
        auto const row = [&](std::size_t k) { return design.point(i * (parameters + 2) + k); };
        auto const a = row(0), b = row(parameters + 1);
        CHECK(std::ranges::equal(a, both.point(i).first(parameters)));
        CHECK(std::ranges::equal(b, both.point(i).last(parameters)));
        for (std::size_t j = 0; j < parameters; ++j) {
            for (std::size_t k = 0; k < parameters; ++k) {
                CHECK(row(1 + j)[k] == (k == j ? b[k] : a[k]));
                CHECK(a[k] != b[k]);
            }
        }
    }
}

TEST_CASE("a design of no points is empty", "[unit][study]")
{
    CHECK(random_points(0, 2, 1).size() == 0);
    CHECK(latin_hypercube(0, 2, 1).size() == 0);
    CHECK(sobol_points(0, 2, 1).size() == 0);
    CHECK(morris_trajectories(0, 2, 1).size() == 0);
    CHECK(saltelli_points(0, 2, 1).size() == 0);
}
