#include "models/base/duration.hpp"

#include "tests/catch.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

using namespace aidc;

namespace {

using Shape = Duration::Shape;

Duration of(Shape shape, double a, double b = 0.0, double c = 0.0) { return {.shape = shape, .parameter_s = {a, b, c}, .factor = {}}; }

/// Mean by the midpoint rule over the quantile function.
double mean_s(Duration const& duration, int points)
{
    double sum_s = 0.0;
    for (int i = 0; i < points; ++i) {
        sum_s += quantile_s(duration, (i + 0.5) / points);
    }
    return sum_s / points;
}

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

double normal_score(double u) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * u); }

double correlation(std::vector<double> const& x, std::vector<double> const& y)
{
    auto const n = static_cast<double>(x.size());
    double sx = 0.0, sy = 0.0, sxx = 0.0, syy = 0.0, sxy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sx += x[i];
        sy += y[i];
        sxx += x[i] * x[i];
        syy += y[i] * y[i];
        sxy += x[i] * y[i];
    }
    return (sxy - sx * sy / n) / std::sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
}

} // namespace

TEST_CASE("a constant is its value whatever is drawn", "[unit][base]")
{
    auto const u = GENERATE(1e-12, 0.5, 1.0 - 1e-12);
    CHECK(quantile_s(Duration::fixed(42.0), u) == 42.0);
    CHECK(median_s(Duration::fixed(42.0)) == 42.0);
}

TEST_CASE("a uniform span is linear in the drawn number", "[unit][base]")
{
    auto const u = GENERATE(0.25, 0.5, 0.9);
    CHECK_THAT(quantile_s(of(Shape::uniform, 10.0, 30.0), u), WithinRel(10.0 + 20.0 * u, 1e-15)); // F^-1(u) = low + u (high - low)
}

TEST_CASE("a triangular span has the quantiles of its closed form", "[unit][base]")
{
    // Mode below the median: high - sqrt(u' (high - low)(high - mode)) with u' = 1 - u = 1/2: 40 - sqrt(300).
    CHECK_THAT(median_s(of(Shape::triangular, 10.0, 20.0, 40.0)), WithinRel(40.0 - std::sqrt(300.0), 1e-14));
    // Mode above the median: low + sqrt(u (high - low)(mode - low)): sqrt(6).
    CHECK_THAT(median_s(of(Shape::triangular, 0.0, 3.0, 4.0)), WithinRel(std::sqrt(6.0), 1e-14));
    // At u = (mode - low)/(high - low) = 1/3 it is the mode.
    CHECK_THAT(quantile_s(of(Shape::triangular, 10.0, 20.0, 40.0), 1.0 / 3.0), WithinRel(20.0, 1e-14));
    // Mean = (low + mode + high)/3.
    CHECK_THAT(mean_s(of(Shape::triangular, 10.0, 20.0, 40.0), 20000), WithinRel(70.0 / 3.0, 1e-6));
    // F(15) = (15 - 10)^2 / ((30 - 10)(20 - 10)) = 1/8.
    CHECK_THAT(quantile_s(of(Shape::triangular, 10.0, 20.0, 30.0), 0.125), WithinRel(15.0, 1e-14));
}

TEST_CASE("the mean of a PERT span is (low + 4 mode + high) / 6", "[unit][base]")
{
    double const mode_s = GENERATE(2.0, 3.0, 6.0, 9.5, 10.0);
    // Mean of Malcolm's beta distribution, by numeric integration of the quantile function.
    CHECK_THAT(mean_s(of(Shape::pert, 2.0, mode_s, 10.0), 10000), WithinRel((2.0 + 4.0 * mode_s + 10.0) / 6.0, 2e-5));
}

TEST_CASE("a symmetric PERT span is the beta distribution (3, 3)", "[unit][base]")
{
    auto const u = GENERATE(0.01, 0.1, 0.5, 0.8, 0.99);
    double const x = quantile_s(of(Shape::pert, 0.0, 1.0, 2.0), u) / 2.0;
    CHECK_THAT(x * x * x * (10.0 - 15.0 * x + 6.0 * x * x), WithinAbs(u, 1e-12)); // closed form of the distribution function
}

TEST_CASE("a lognormal span has exactly the given median and p90", "[unit][base]")
{
    auto const d = of(Shape::lognormal, 100.0, 150.0);
    CHECK_THAT(median_s(d), WithinRel(100.0, 1e-14));
    CHECK_THAT(quantile_s(d, 0.9), WithinRel(150.0, 1e-13));
    CHECK_THAT(quantile_s(d, 0.1), WithinRel(100.0 * 100.0 / 150.0, 1e-13)); // mirror image in the logarithm
    CHECK(quantile_s(of(Shape::lognormal, 100.0, 100.0), 0.99) == 100.0);    // no spread
    CHECK_THAT(quantile_s(d, 0.8413447460685429),
               WithinRel(100.0 * std::exp(std::log(1.5) / 1.2815515655446004), 1e-12)); // one sigma; z(0.9) of tables
}

TEST_CASE("an exponential span has the quantiles of its closed form", "[unit][base]")
{
    auto const d = of(Shape::exponential, 50.0);
    CHECK_THAT(median_s(d), WithinRel(50.0 * std::numbers::ln2, 1e-14));            // mean x ln 2
    CHECK_THAT(quantile_s(d, 1.0 - 1.0 / std::numbers::e), WithinRel(50.0, 1e-14)); // F(mean) = 1 - 1/e
    CHECK_THAT(quantile_s(d, 1e-12), WithinRel(50.0e-12, 1e-11));                   // -ln(1 - u) -> u
    CHECK_THAT(mean_s(d, 200000), WithinRel(50.0, 1e-5));
}

TEST_CASE("a Weibull span has the quantiles and the mean of its closed form", "[unit][base]")
{
    auto const weibull = [](double scale_s, double k) { return Duration{.shape = Shape::weibull, .parameter_s = {scale_s}, .number = k}; };
    CHECK_THAT(quantile_s(weibull(50.0, 2.5), 1.0 - 1.0 / std::numbers::e), WithinRel(50.0, 1e-14)); // F(scale) = 1 - 1/e for every k
    CHECK_THAT(median_s(weibull(50.0, 2.0)), WithinRel(50.0 * std::sqrt(std::numbers::ln2), 1e-14)); // Rayleigh: scale sqrt(ln 2)
    CHECK_THAT(mean_s(weibull(50.0, 2.0)), WithinRel(25.0 * std::sqrt(std::numbers::pi), 1e-14));    // Gamma(3/2) = sqrt(pi)/2
    CHECK_THAT(mean_s(weibull(50.0, 0.5)), WithinRel(100.0, 1e-14));                                 // Gamma(3) = 2
    CHECK_THAT(mean_s(weibull(50.0, 3.0)), WithinRel(mean_s(weibull(50.0, 3.0), 200000), 1e-5));
    auto const u = GENERATE(1e-9, 0.3, 0.999);
    CHECK_THAT(quantile_s(weibull(50.0, 1.0), u), WithinRel(quantile_s(of(Shape::exponential, 50.0), u), 1e-14)); // k = 1
}

TEST_CASE("an empirical span gives back its sample", "[unit][base]")
{
    Duration const d{.shape = Shape::empirical, .number = 1.0, .sample_s = {1.0, 2.0, 2.0, 9.0}};
    // Rank ceil(4 u).
    CHECK(quantile_s(d, 1e-12) == 1.0);
    CHECK(quantile_s(d, 0.25) == 1.0);
    CHECK(quantile_s(d, 0.26) == 2.0);
    CHECK(median_s(d) == 2.0);
    CHECK(quantile_s(d, 0.75) == 2.0);
    CHECK(quantile_s(d, 0.76) == 9.0);
    CHECK(quantile_s(d, 1.0 - 1e-12) == 9.0);
    CHECK(mean_s(d) == 3.5);
    CHECK(mean_s(d, 4000) == 3.5); // every value as often as any other
}

TEST_CASE("beyond a censored sample a span goes on as an exponential", "[unit][base]")
{
    Duration const d{.shape = Shape::empirical, .parameter_s = {30.0}, .number = 0.8, .sample_s = {1.0, 2.0, 3.0, 10.0}};
    CHECK(quantile_s(d, 0.2) == 1.0); // each value stands for a fifth
    CHECK(quantile_s(d, 0.21) == 2.0);
    CHECK(quantile_s(d, 0.8) == 10.0);
    CHECK_THAT(quantile_s(d, 0.9), WithinRel(10.0 + 30.0 * std::numbers::ln2, 1e-14)); // half of the rest
    CHECK_THAT(mean_s(d), WithinRel(0.8 * 4.0 + 0.2 * 40.0, 1e-14));
    CHECK_THAT(mean_s(d), WithinRel(mean_s(d, 200000), 1e-4));
}

TEST_CASE("a span made longer is the same distribution in a smaller unit", "[unit][base]")
{
    auto const d = GENERATE(of(Shape::pert, 1.0, 2.0, 9.0), of(Shape::lognormal, 100.0, 150.0),
                            Duration{.shape = Shape::weibull, .parameter_s = {50.0}, .number = 3.0},
                            Duration{.shape = Shape::empirical, .parameter_s = {30.0}, .number = 0.8, .sample_s = {1.0, 10.0}});
    auto const u = GENERATE(0.1, 0.5, 0.95);
    CHECK_THAT(quantile_s(scaled(d, 7.0), u), WithinRel(7.0 * quantile_s(d, u), 1e-12));
    CHECK_THAT(mean_s(scaled(d, 7.0)), WithinRel(7.0 * mean_s(d), 1e-12));
}

TEST_CASE("empirical spans are equal by their values", "[unit][base]")
{
    Duration const d{.shape = Shape::empirical, .number = 1.0, .sample_s = {1.0, 2.0}};
    auto same = d, other = d;
    other.sample_s[1] = 3.0;
    CHECK(d == same);
    CHECK(d != other);
}

TEST_CASE("a distribution without width is its one value", "[unit][base]")
{
    auto const u = GENERATE(0.001, 0.5, 0.999);
    auto const shape = GENERATE(Shape::uniform, Shape::triangular, Shape::pert);
    CHECK(quantile_s(of(shape, 7.0, 7.0, 7.0), u) == 7.0);
}

TEST_CASE("a larger drawn number never gives a shorter span, and the span stays in its range", "[property][base]")
{
    auto const d = GENERATE(of(Shape::constant, 5.0), of(Shape::uniform, 1.0, 9.0), of(Shape::triangular, 1.0, 2.0, 9.0),
                            of(Shape::triangular, 1.0, 1.0, 9.0), of(Shape::triangular, 1.0, 9.0, 9.0), of(Shape::pert, 1.0, 2.0, 9.0),
                            of(Shape::pert, 1.0, 1.0, 9.0), of(Shape::pert, 1.0, 9.0, 9.0));
    double before_s = 1.0;
    for (int i = 0; i <= 2000; ++i) {
        double const u = i == 0 ? 1e-12 : (i == 2000 ? 1.0 - 1e-12 : i / 2000.0);
        double const now_s = quantile_s(d, u);
        REQUIRE(now_s >= before_s * (1.0 - 1e-12));
        REQUIRE(now_s <= 9.0);
        before_s = now_s;
    }
}

TEST_CASE("unbounded spans also grow with the drawn number", "[property][base]")
{
    auto const d = GENERATE(of(Shape::lognormal, 100.0, 150.0), of(Shape::exponential, 50.0));
    double before_s = 0.0;
    for (int i = 1; i < 2000; ++i) {
        double const now_s = quantile_s(d, i / 2000.0);
        REQUIRE(now_s > before_s);
        before_s = now_s;
    }
}

TEST_CASE("without a common share the own number is left as it is", "[unit][base]")
{
    auto const u = GENERATE(1e-15, 0.1, 0.7, 1.0 - 1e-15);
    CHECK(correlated_uniform(0.0, 0.999, u) == u);
}

TEST_CASE("the common share acts on normal scores", "[unit][base]")
{
    CHECK_THAT(correlated_uniform(0.6, 0.5, 0.5), WithinAbs(0.5, 1e-15));
    // Both scores 1: z = sqrt(1/2) + sqrt(1/2) = sqrt(2), and Phi(sqrt 2) = (1 + erf 1)/2.
    double const one_sigma = 0.5 * (1.0 + std::erf(1.0 / std::numbers::sqrt2));
    CHECK_THAT(correlated_uniform(0.5, one_sigma, one_sigma), WithinRel(0.5 * (1.0 + std::erf(1.0)), 1e-13));
    // Factor at +1 sigma, own at -1 sigma, rho 0.64: z = 0.8 - 0.6 = 0.2.
    CHECK_THAT(correlated_uniform(0.64, one_sigma, 1.0 - one_sigma), WithinRel(0.5 * (1.0 + std::erf(0.2 / std::numbers::sqrt2)), 1e-12));
}

TEST_CASE("the extremes of a correlated number stay inside (0, 1)", "[unit][base]")
{
    double const tiny = 1e-300;
    CHECK(correlated_uniform(0.5, tiny, tiny) > 0.0);
    double const high = correlated_uniform(0.5, 1.0 - 0x1p-53, 1.0 - 0x1p-53);
    CHECK(high < 1.0);
}

TEST_CASE("two draws with one factor have normal scores of correlation rho", "[property][base]")
{
    double const rho = GENERATE(0.0, 0.3, 0.6, 0.9);
    constexpr int draws = 40000;
    Uniform uniform(20260215);
    std::vector<double> x, y;
    for (int i = 0; i < draws; ++i) {
        double const factor = uniform();
        x.push_back(normal_score(correlated_uniform(rho, factor, uniform())));
        y.push_back(normal_score(correlated_uniform(rho, factor, uniform())));
    }
    // Standard error of a correlation is (1 - rho^2)/sqrt(n), 0.005 at most here; four of them.
    CHECK_THAT(correlation(x, y), WithinAbs(rho, 4.0 * (1.0 - rho * rho) / std::sqrt(draws)));
}

TEST_CASE("a correlated number is uniform again", "[property][base]")
{
    double const rho = GENERATE(0.2, 0.5, 0.95);
    constexpr std::size_t draws = 40000;
    Uniform uniform(7);
    std::vector<double> u;
    for (std::size_t i = 0; i < draws; ++i) {
        double const factor = uniform();
        u.push_back(correlated_uniform(rho, factor, uniform()));
    }
    std::ranges::sort(u);
    double distance = 0.0;
    for (std::size_t i = 0; i < draws; ++i) {
        distance = std::max(distance, std::abs(u[i] - (static_cast<double>(i) + 0.5) / draws));
    }
    CHECK(distance < 1.95 / std::sqrt(static_cast<double>(draws))); // Kolmogorov-Smirnov, level 0.001
}
