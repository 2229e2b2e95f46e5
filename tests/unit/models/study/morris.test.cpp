#include "models/study/morris.hpp"

#include "models/study/sampling.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace aidc;

namespace {

template <class F> std::vector<double> run(UnitPoints const& design, F const& f)
{
    std::vector<double> outputs;
    for (std::size_t i = 0; i < design.size(); ++i) {
        outputs.push_back(f(design.point(i)));
    }
    return outputs;
}

/// The test function of M. D. Morris, Technometrics 33 (1991), of 20 parameters; its coefficients that are drawn from
/// N(0, 1) there are (-1)^i and (-1)^(i + j) here, as in G. Blatman, B. Sudret, Reliab. Eng. Syst. Saf. 95 (2010) 1216-1229.
double morris_function(std::span<double const> x)
{
    std::vector<double> w;
    for (std::size_t i = 0; i < 20; ++i) {
        bool const curved = i == 2 || i == 4 || i == 6;
        w.push_back(2.0 * ((curved ? 1.1 * x[i] / (x[i] + 0.1) : x[i]) - 0.5));
    }
    auto const sign = [](std::size_t n) { return n % 2 == 0 ? 1.0 : -1.0; };
    double y = 5.0 * w[0] * w[1] * w[2] * w[3];
    for (std::size_t i = 0; i < 20; ++i) {
        y += (i < 10 ? 20.0 : sign(i + 1)) * w[i];
        for (std::size_t j = i + 1; j < 20; ++j) {
            y += (j < 6 ? -15.0 : sign(i + j)) * w[i] * w[j];
            for (std::size_t l = j + 1; l < 5; ++l) {
                y -= 10.0 * w[i] * w[j] * w[l];
            }
        }
    }
    return y;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

TEST_CASE("two trajectories by hand", "[unit][study]")
{
    // One parameter, steps up and down by 2/3: effects 2/(2/3) = 3 and 4/(-2/3) = -6.
    UnitPoints const design{.parameters = 1, .row_major = {0.0, 2.0 / 3.0, 1.0, 1.0 / 3.0}};
    auto const r = morris_effects(design, std::vector{1.0, 3.0, 0.0, 4.0}, 1);
    CHECK(r.used == 2);
    CHECK_THAT(r.effects[0].mu, WithinRel(-1.5, 1e-15));
    CHECK_THAT(r.effects[0].mu_star, WithinRel(4.5, 1e-15));
    CHECK_THAT(r.effects[0].sigma, WithinRel(std::sqrt(40.5), 1e-15)); // 4.5^2 + 4.5^2 over 2 - 1
    CHECK_THAT(r.effects[0].mu_star_95.low, WithinRel(3.0, 1e-15));    // both resampled rows the first: one in four resamples
    CHECK_THAT(r.effects[0].mu_star_95.high, WithinRel(6.0, 1e-15));
}

TEST_CASE("effects of a linear function are its coefficients, without spread", "[unit][study]")
{
    // Coefficients are multiples of 3 and levels thirds: outputs are whole numbers, so that no rounding blurs the zero.
    auto const design = morris_trajectories(17, 4, 3);
    auto const outputs = run(design, [](std::span<double const> x) {
        double const sum = 6.0 * x[0] - 9.0 * x[1] + 300.0 * x[2];
        return std::round(sum) + 1e6;
    });
    auto const r = morris_effects(design, outputs, 1);
    CHECK(r.used == 17);
    std::array const coefficients{6.0, -9.0, 300.0, 0.0};
    for (std::size_t j = 0; j < 4; ++j) {
        auto const& e = r.effects[j];
        CHECK_THAT(e.mu, WithinRel(coefficients[j], 1e-15));
        CHECK_THAT(e.mu_star, WithinRel(std::abs(coefficients[j]), 1e-15));
        CHECK(e.sigma == 0.0);
        CHECK_THAT(e.mu_star_95.low, WithinRel(e.mu_star, 1e-14));
        CHECK_THAT(e.mu_star_95.high, WithinRel(e.mu_star, 1e-14));
    }
}

TEST_CASE("a product of two parameters shows as spread", "[property][study]")
{
    // y = x1 x2 + 2 x3: EE_1 = x2 on the levels 0, 1/3, 2/3, 1: mean 1/2, variance 5/36. The same for 2.
    auto const design = morris_trajectories(4000, 3, 5);
    auto const r = morris_effects(design, run(design, [](auto x) { return x[0] * x[1] + 2.0 * x[2]; }), 1);
    double const sigma = std::sqrt(5.0 / 36.0);
    for (std::size_t j = 0; j < 2; ++j) {
        CHECK_THAT(r.effects[j].mu, WithinAbs(0.5, 4.0 * sigma / std::sqrt(4000.0)));
        CHECK_THAT(r.effects[j].mu_star, WithinRel(r.effects[j].mu, 1e-12));
        // Var of (x - 1/2)^2 on the levels: (1/16 + 1/1296)/2 - (5/36)^2 = 1/81; that of the root by 1/(2 sigma).
        CHECK_THAT(r.effects[j].sigma, WithinAbs(sigma, 4.0 * (1.0 / 9.0) / (2.0 * sigma) / std::sqrt(4000.0)));
        CHECK(r.effects[j].mu_star_95.contains(0.5));
    }
    CHECK_THAT(r.effects[2].mu, WithinRel(2.0, 1e-14));
    CHECK(r.effects[2].sigma < 1e-14);
}

TEST_CASE("effects that cancel in the mean still count in mu star", "[property][study]")
{
    // y = (x1 - 1/2)(x2 - 1/2): EE_1 = x2 - 1/2 is +-1/2 or +-1/6: mu = 0, mu* = 1/3, Var |EE| = 5/36 - 1/9 = 1/36.
    auto const design = morris_trajectories(4000, 2, 7);
    auto const r = morris_effects(design, run(design, [](auto x) { return (x[0] - 0.5) * (x[1] - 0.5); }), 1);
    for (auto const& e : r.effects) {
        CHECK_THAT(e.mu, WithinAbs(0.0, 4.0 * std::sqrt(5.0 / 36.0 / 4000.0)));
        CHECK_THAT(e.mu_star, WithinAbs(1.0 / 3.0, 4.0 / 6.0 / std::sqrt(4000.0)));
        // A mean of many values is normal: the interval is that of mean +- 1.96 s/sqrt(n), to the noise of 1,000 resamples.
        CHECK_THAT(e.mu_star_95.high - e.mu_star_95.low, WithinRel(2.0 * 1.96 / 6.0 / std::sqrt(4000.0), 0.15));
    }
}

TEST_CASE("intervals of mu star cover it as often as they say", "[property][study]")
{
    // mu* = 1/3 as above, 40 trajectories. Of 40 seeds at 95 % fewer than 34 cover with a probability of 0.3 % (binomial).
    int covered = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        auto const design = morris_trajectories(40, 2, seed);
        auto const r = morris_effects(design, run(design, [](auto x) { return (x[0] - 0.5) * (x[1] - 0.5); }), seed);
        covered += r.effects[0].mu_star_95.contains(1.0 / 3.0) ? 1 : 0;
    }
    CHECK(covered >= 34);
}

TEST_CASE("the parameters of Morris's function fall into his three groups", "[unit][study]")
{
    // Morris (1991): the first ten matter; of them 1 to 7 have curvature or interactions and 8 to 10 are linear and
    // additive, with mu near 40 (2 beta) and little sigma; 11 to 20 hardly matter.
    auto const design = morris_trajectories(100, 20, 9);
    auto const e = morris_effects(design, run(design, morris_function), 1).effects;
    auto const star = [&](std::size_t first, std::size_t last, auto pick) {
        auto const range = std::span(e).subspan(first - 1, last - first + 1);
        return pick(range, {}, &ElementaryEffect::mu_star)->mu_star;
    };
    CHECK(star(1, 10, std::ranges::min_element) > 2.0 * star(11, 20, std::ranges::max_element));
    for (std::size_t i = 1; i <= 20; ++i) {
        auto const& one = e[i - 1];
        if (i <= 7) {
            CHECK(one.sigma > 0.4 * one.mu_star);
        }
        else if (i <= 10) {
            CHECK_THAT(one.mu, WithinAbs(40.0, 4.0 * one.sigma / std::sqrt(100.0) + 1e-9));
            CHECK(one.sigma < 0.3 * one.mu_star);
        }
        else {
            CHECK_THAT(one.mu, WithinAbs(i % 2 == 0 ? 2.0 : -2.0, 4.0 * one.sigma / std::sqrt(100.0) + 1e-9 + 2.0));
        }
    }
}

TEST_CASE("a trajectory with a missing output is left out as a whole", "[unit][study]")
{
    auto const design = morris_trajectories(20, 3, 11);
    auto outputs = run(design, [](auto x) { return x[0] * x[1] + std::exp(x[2]); });
    auto const whole = outputs;
    outputs[4 * 4 + 2] = infinity;
    outputs[7 * 4] = std::numeric_limits<double>::quiet_NaN();
    auto const r = morris_effects(design, outputs, 1);
    CHECK(r.used == 18);
    // The same as of a design without these trajectories.
    UnitPoints kept{.parameters = 3, .row_major = {}};
    std::vector<double> kept_outputs;
    for (std::size_t i = 0; i < design.size(); ++i) {
        if (i / 4 != 4 && i / 4 != 7) {
            kept.row_major.insert(kept.row_major.end(), design.point(i).begin(), design.point(i).end());
            kept_outputs.push_back(whole[i]);
        }
    }
    auto const expected = morris_effects(kept, kept_outputs, 1);
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(r.effects[j].mu == expected.effects[j].mu);
        CHECK(r.effects[j].sigma == expected.effects[j].sigma);
        CHECK(r.effects[j].mu_star_95 == expected.effects[j].mu_star_95);
    }
}

TEST_CASE("without a whole trajectory there are no effects, with one there is no spread", "[unit][study]")
{
    auto const design = morris_trajectories(2, 2, 13);
    std::vector<double> outputs{1.0, infinity, 3.0, 4.0, 5.0, infinity};
    auto const none = morris_effects(design, outputs, 1);
    CHECK(none.used == 0);
    REQUIRE(none.effects.size() == 2);
    CHECK(std::isnan(none.effects[1].mu));
    CHECK(std::isnan(none.effects[1].mu_star));
    CHECK(std::isnan(none.effects[1].mu_star_95.low));
    outputs[5] = 6.0;
    auto const one = morris_effects(design, outputs, 1);
    CHECK(one.used == 1);
    CHECK_THAT(one.effects[0].mu_star, WithinRel(1.5, 1e-15)); // 1/(2/3)
    CHECK(std::isnan(one.effects[0].sigma));
    CHECK(std::isnan(one.effects[0].mu_star_95.high));
}

TEST_CASE("an output that never changes has no effects", "[unit][study]")
{
    auto const design = morris_trajectories(10, 3, 15);
    for (auto const& e : morris_effects(design, std::vector<double>(design.size(), 0.1), 1).effects) {
        CHECK(e.mu_star == 0.0);
        CHECK(e.sigma == 0.0);
        CHECK(e.mu_star_95.high == 0.0);
    }
}
