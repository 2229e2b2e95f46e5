#include "models/demand/bursts.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

using namespace aidc;

namespace {

constexpr double rate_per_s = 20.0;
constexpr double span_s = 20'000.0;

/// Uniform, 0 < u < 1; the same on every machine.
class Draws {
  public:
    explicit Draws(std::uint64_t seed = 20231116) : bits_(seed) {}
    double uniform() { return (static_cast<double>(bits_() >> 12) + 0.5) / 4503599627370496.0; }
    double exponential(double mean) { return -mean * std::log(uniform()); }

  private:
    std::mt19937_64 bits_;
};

/// Poisson dates of bunches of one size.
std::vector<double> bunches(int size)
{
    Draws draws;
    std::vector<double> arrival_s;
    for (double t_s = draws.exponential(size / rate_per_s); t_s < span_s; t_s += draws.exponential(size / rate_per_s)) {
        arrival_s.insert(arrival_s.end(), static_cast<std::size_t>(size), t_s);
    }
    return arrival_s;
}

} // namespace

TEST_CASE("Poisson arrivals have index and peakedness 1", "[unit][demand]")
{
    auto const arrival_s = bunches(1);
    Draws draws(7); // not the draws of the arrivals
    std::vector<double> service_s(arrival_s.size());
    for (double& s : service_s) {
        s = draws.exponential(2.0);
    }
    // The variance of n independent counts has the relative error sqrt(2/n): 3 of these; counts 2 service times apart are taken as such.
    CHECK_THAT(index_of_dispersion(arrival_s, 1.0), WithinAbs(1.0, 3.0 * std::sqrt(2.0 / 20'000)));
    CHECK_THAT(index_of_dispersion(arrival_s, 10.0), WithinAbs(1.0, 3.0 * std::sqrt(2.0 / 2'000)));
    CHECK_THAT(peakedness(arrival_s, 2.0), WithinAbs(1.0, 3.0 * std::sqrt(2.0 / 5'000)));
    CHECK_THAT(peakedness(arrival_s, service_s), WithinAbs(1.0, 3.0 * std::sqrt(2.0 / 5'000)));
}

TEST_CASE("bunches of b have index b and peakedness (1 + b)/2 for exponential times, b for equal ones", "[unit][demand]")
{
    // Batch Poisson: A. E. Eckberg, ITC 10, 1983; each bunch leaves together where times are equal, so that the number busy is b Poisson.
    int const b = 9;
    auto const arrival_s = bunches(b);
    std::vector<double> const equal_s(arrival_s.size(), 2.0);
    CHECK_THAT(index_of_dispersion(arrival_s, 10.0), WithinRel(9.0, 3.0 * std::sqrt(2.0 / 2'000)));
    CHECK_THAT(peakedness(arrival_s, 2.0), WithinRel(5.0, 3.0 * std::sqrt(2.0 / 5'000)));
    CHECK_THAT(peakedness(arrival_s, equal_s), WithinRel(9.0, 3.0 * std::sqrt(2.0 / 5'000)));
}

TEST_CASE("regular arrivals have index 0 and the peakedness of their renewal process", "[unit][demand]")
{
    std::vector<double> arrival_s;
    for (int i = 0; i <= 4096; ++i) {
        arrival_s.push_back(100.0 + 0.25 * i);
    }
    CHECK(index_of_dispersion(arrival_s, 1.0) == 0.0);
    // z = 1/(1 - phi(1/s)) - s/d with the Laplace transform phi = e^(-d/s) of the time d between arrivals (Eckberg 1983, renewal
    // input), but for what is left after five service times: e^-5 of X.
    for (double const s : {0.25, 1.0, 4.0}) {
        double const z = 1.0 / (1.0 - std::exp(-0.25 / s)) - s / 0.25;
        CHECK_THAT(peakedness(arrival_s, s), WithinAbs(z, 2e-4));
    }
    // Equal times of 3.5 arrivals: three busy half of the time and four the other half. Variance 1/4, mean 3.5.
    std::vector<double> const equal_s(arrival_s.size(), 3.5 * 0.25);
    CHECK_THAT(peakedness(arrival_s, equal_s), WithinRel(0.25 / 3.5, 1e-4)); // begins between two arrivals
}

TEST_CASE("for long service peakedness tends to half of one and the index", "[unit][demand]")
{
    // Slow bursts: bunches whose members come within about a second of each other.
    Draws draws;
    std::vector<double> arrival_s;
    for (double t_s = 0.0; t_s < span_s; t_s += 4.0) {
        auto const members = static_cast<int>(draws.uniform() * 20.0);
        for (int i = 0; i < members; ++i) {
            arrival_s.push_back(t_s + i / 20.0);
        }
    }
    // Members 0...19 alike: mean 9.5, variance 33.25. Bunches come regularly, so the index is that of their sizes, 3.5.
    double const index = index_of_dispersion(arrival_s, 4.0);
    CHECK_THAT(index, WithinRel(3.5, 3.0 * std::sqrt(2.0 / 5'000)));
    CHECK_THAT(peakedness(arrival_s, 100.0), WithinRel((1.0 + index) / 2.0, 3.0 * std::sqrt(2.0 / 100.0)));
    CHECK(peakedness(arrival_s, 0.02) < 1.5); // short service sees hardly a burst
}
