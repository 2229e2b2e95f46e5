#include "models/demand/queueing.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace aidc;

namespace {

/// A row of an M/M/c table.
struct Exact {
    double servers{}, load{}, p_wait{}, mean_wait{};
};

// The chain of M/M/c summed by another program (a few lines of Python); load per server.
constexpr std::array<Exact, 9> mmc{{{1, 0.5, 0.5, 1.0},
                                    {1, 0.8, 0.8, 4.000000000000001},
                                    {2, 0.8, 0.7111111111111112, 1.7777777777777786},
                                    {8, 0.7, 0.27060293223000226, 0.11275122176250092},
                                    {8, 0.9, 0.701532990146257, 0.8769162376828215},
                                    {64, 0.8, 0.05605637555363585, 0.004379404340127802},
                                    {64, 0.95, 0.5880109319099819, 0.18375341622186916},
                                    {512, 0.95, 0.17253628469272328, 0.006739698620809497},
                                    {1024, 0.97, 0.2380018190549699, 0.007747455047362294}}};

/// Erlang C by the recursion 1/B(n) = 1 + n/a 1/B(n - 1): another way to the same number, for whole servers.
double erlang_c_by_recursion(std::uint64_t servers, double offered)
{
    long double inverse = 1.0L;
    for (std::uint64_t n = 1; n <= servers; ++n) {
        inverse = 1.0L + static_cast<long double>(n) / static_cast<long double>(offered) * inverse;
    }
    double const blocked = static_cast<double>(1.0L / inverse);
    return blocked / (1.0 - offered / static_cast<double>(servers) * (1.0 - blocked));
}

/// Least servers with Erlang C <= p, by bisection.
std::uint64_t least_servers(double offered, double p)
{
    auto low = static_cast<std::uint64_t>(offered); // too few
    auto high = 2 * low + 100;
    while (high - low > 1) {
        auto const middle = (low + high) / 2;
        (erlang_c_by_recursion(middle, offered) <= p ? high : low) = middle;
    }
    return high;
}

} // namespace

TEST_CASE("M/M/c waits as its chain says", "[unit][demand]")
{
    for (auto const& row : mmc) {
        CAPTURE(row.servers, row.load);
        CHECK_THAT(erlang_c(row.servers, row.load * row.servers), WithinRel(row.p_wait, 1e-12));
        CHECK_THAT(mmc_mean_wait(row.servers, row.load * row.servers), WithinRel(row.mean_wait, 1e-11));
    }
}

TEST_CASE("Erlang C holds from one server to a million, without overflow", "[unit][demand]")
{
    for (std::uint64_t const servers : {1U, 7U, 100U, 10'000U, 100'000U, 1'000'000U}) {
        for (double const load : {0.3, 0.9, 0.99, 0.9999}) {
            double const offered = load * static_cast<double>(servers);
            double const expected = erlang_c_by_recursion(servers, offered); // 0 where it is below the smallest double
            CAPTURE(servers, load, expected);
            CHECK_THAT(erlang_c(static_cast<double>(servers), offered), WithinRel(expected, 1e-9) || WithinAbs(expected, 1e-300));
        }
    }
    CHECK(erlang_c(100'000.0, 0.0) == 0.0);
    CHECK(erlang_c(100'000.0, 100'000.0) == 1.0);
    CHECK(erlang_c(3.0, 1e9) == 1.0);
    CHECK(mmc_mean_wait(3.0, 3.0) == std::numeric_limits<double>::infinity());
}

TEST_CASE("M/G/1 waits by Pollaczek and Khinchine", "[unit][demand]")
{
    struct Row {
        double offered, cv2, mean_wait;
    };
    // Computed by another program from the formula: M/D/1 and M/G/1.
    for (auto const& row : {Row{0.5, 0, 0.5}, Row{0.5, 4, 2.5}, Row{0.5, 16, 8.5}, Row{0.8, 0, 2.0}, Row{0.8, 4, 10.0}, Row{0.8, 16, 34.0},
                            Row{0.9, 0, 4.5}, Row{0.9, 4, 22.5}, Row{0.9, 16, 76.5}}) {
        CHECK_THAT(mg1_mean_wait(row.offered, row.cv2), WithinRel(row.mean_wait, 1e-12));
    }
}

TEST_CASE("Allen-Cunneen is exact for M/M/c and M/G/1, and as far off elsewhere as its page says", "[unit][demand]")
{
    CHECK(ggc_mean_wait(64.0, 60.8, 1.0, 1.0) == mmc_mean_wait(64.0, 60.8));
    CHECK(ggc_mean_wait(1.0, 0.8, 1.0, 4.0) == mg1_mean_wait(0.8, 4.0));
    struct Row {
        double offered, too_long;
    };
    // D/M/1: the mean wait is sigma/(1 - sigma), sigma = e^(-(1 - sigma)/a) (L. Kleinrock, Queueing Systems 1, 1975, section 6.4).
    for (auto const& row : {Row{0.5, 1.96}, Row{0.8, 1.186}, Row{0.9, 1.077}, Row{0.99, 1.007}}) {
        double sigma = 0.5;
        for (int i = 0; i < 10'000; ++i) {
            sigma = std::exp(-(1.0 - sigma) / row.offered);
        }
        CAPTURE(row.offered);
        CHECK_THAT(ggc_mean_wait(1.0, row.offered, 0.0, 1.0) / (sigma / (1.0 - sigma)), WithinAbs(row.too_long, 0.005));
    }
}

TEST_CASE("the safety factor is the one of Halfin and Whitt", "[unit][demand]")
{
    // beta = 1, by hand: Phi(1) = 0.841344746, phi(1) = 0.241970725, so p = 1/(1 + 3.477052).
    CHECK_THAT(safety_factor(1.0 / (1.0 + 0.841344746 / 0.241970725)), WithinAbs(1.0, 1e-8));
    // M/M/c with a = c - beta sqrt(c) tends to it as 1/sqrt(c): 100 times the servers, a tenth of the error.
    for (double const p : {0.001, 0.01, 0.05, 0.2, 0.5, 0.9}) {
        auto const error = [p](double c) { return erlang_c(c, c - safety_factor(p) * std::sqrt(c)) - p; };
        CHECK_THAT(error(1e6), WithinAbs(0.0, 0.011 * p));
        CHECK_THAT(error(1e6) / error(1e4), WithinAbs(0.1, 0.01));
    }
    CHECK(safety_factor(1.0 - 1e-12) < 1e-10);
    CHECK(safety_factor(1e-12) > 6.0);
}

TEST_CASE("the servers for Poisson arrivals are the exact answer", "[unit][demand]")
{
    for (double const offered : {0.01, 0.5, 1.0, 3.3, 10.0, 33.0, 100.0, 1000.0, 10'000.0, 90'000.0}) {
        for (double const p : {0.001, 0.01, 0.05, 0.2, 0.5, 0.8}) {
            auto const exact = least_servers(offered, p);
            CAPTURE(offered, p, exact);
            CHECK(servers_needed(offered, 1.0, p) == exact);
            if (p >= 0.01 && offered >= 0.1) { // square-root staffing alone: within one server
                CHECK_THAT(std::ceil(square_root_staffing(offered, 1.0, p)), WithinAbs(static_cast<double>(exact), 1.0));
            }
        }
    }
}

TEST_CASE("bunches need the square root of the peakedness more spare servers", "[unit][demand]")
{
    double const poisson = static_cast<double>(servers_needed(1e8, 1.0, 0.01)) - 1e8;
    CHECK_THAT(static_cast<double>(servers_needed(1e8, 49.0, 0.01)) - 1e8, WithinRel(7.0 * poisson, 1e-3)); // 7 = sqrt 49
    CHECK_THAT(static_cast<double>(servers_needed(1e8, 49.0, 0.01)) - 1e8, WithinRel(square_root_staffing(1e8, 49.0, 0.01) - 1e8, 1e-3));
    CHECK(servers_needed(0.0, 49.0, 0.01) == 0);
    CHECK(servers_needed(1e-9, 1.0, 0.01) == 1);
}

TEST_CASE("one server less would not do", "[unit][demand]")
{
    for (double const offered : {0.3, 20.0, 3000.0, 2e6}) {
        for (double const z : {0.5, 1.0, 12.0, 48.0}) {
            for (double const p : {0.001, 0.05, 0.5}) {
                auto const servers = static_cast<double>(servers_needed(offered, z, p));
                CAPTURE(offered, z, p, servers);
                CHECK(wait_probability(servers, offered, z) <= p);
                CHECK((servers == 1.0 || wait_probability(servers - 1.0, offered, z) > p));
            }
        }
    }
}

TEST_CASE("the load within a target is the inverse of the servers for it", "[unit][demand]")
{
    CHECK(offered_within(1.0, 48.0, 0.05) < 1e-12); // a bunch always finds it busy
    for (double const servers : {64.0, 5000.0, 1e6}) {
        for (double const z : {0.5, 1.0, 48.0}) {
            double const offered = offered_within(servers, z, 0.05);
            CAPTURE(servers, z, offered);
            CHECK_THAT(wait_probability(servers, offered, z), WithinRel(0.05, 1e-6));
            CHECK(static_cast<double>(servers_needed(offered * (1.0 - 1e-9), z, 0.05)) <= servers);
            CHECK(static_cast<double>(servers_needed(offered * (1.0 + 1e-9), z, 0.05)) == servers + 1.0);
        }
    }
    CHECK(offered_within(0.0, 1.0, 0.05) == 0.0);
}

TEST_CASE("Hayward's chance of a wait is Erlang's for Poisson arrivals, and Halfin and Whitt's at large loads", "[unit][demand]")
{
    CHECK(wait_probability(64.0, 60.8, 1.0) == erlang_c(64.0, 60.8));
    for (double const p : {0.01, 0.05, 0.2}) {
        CHECK_THAT(wait_probability(square_root_staffing(1e8, 48.0, p), 1e8, 48.0), WithinRel(p, 3e-3));
    }
}
