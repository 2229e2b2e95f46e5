#include "models/study/response.hpp"

#include "models/study/sampling.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <numeric>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::vector<double> counted(std::size_t n)
{
    std::vector<double> values(n);
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

} // namespace

TEST_CASE("few values of a parameter are levels of their own, in order", "[unit][study]")
{
    auto const r = response_of(std::vector{2.0, 1.0, 2.0, 1.0, 2.0, 1.0}, std::vector{10.0, 1.0, 20.0, 2.0, 60.0, 3.0});
    REQUIRE(r.size() == 2);
    CHECK(r[0].from == 1.0);
    CHECK(r[0].to == 1.0);
    CHECK(r[0].count == 3);
    CHECK(r[0].mean == 2.0);
    CHECK_THAT(r[0].standard_error, WithinRel(1.0 / std::sqrt(3.0), 1e-15)); // s^2 = (1 + 0 + 1)/2
    CHECK(r[0].p10 == 1.0);                                                  // rank ceil 0.3
    CHECK(r[0].p50 == 2.0);                                                  // rank ceil 1.5
    CHECK(r[0].p90 == 3.0);                                                  // rank ceil 2.7
    CHECK(r[1].mean == 30.0);
    CHECK_THAT(r[1].standard_error, WithinRel(std::sqrt(700.0 / 3.0), 1e-15)); // s^2 = (400 + 100 + 900)/2
}

TEST_CASE("many values are put into bins of equal count", "[unit][study]")
{
    // 1 ... 80 in 8 bins of ten; the mean of 10 k + 1 ... 10 k + 10 is 10 k + 5.5, s^2 = (10^2 - 1) 10/9/12 = 55/6.
    auto const values = counted(80);
    auto const r = response_of(values, values);
    REQUIRE(r.size() == 8);
    for (std::size_t k = 0; k < 8; ++k) {
        auto const first = 10.0 * static_cast<double>(k);
        CHECK(r[k].from == first + 1.0);
        CHECK(r[k].to == first + 10.0);
        CHECK(r[k].count == 10);
        CHECK_THAT(r[k].mean, WithinRel(first + 5.5, 1e-15));
        CHECK_THAT(r[k].standard_error, WithinRel(std::sqrt(55.0 / 60.0), 1e-14));
        CHECK(r[k].p10 == first + 1.0);
        CHECK(r[k].p50 == first + 5.0);
        CHECK(r[k].p90 == first + 9.0);
    }
}

TEST_CASE("counts that do not divide differ by one", "[unit][study]")
{
    auto const most = GENERATE(1u, 3u, 7u, 8u);
    auto const values = counted(100);
    auto const r = response_of(values, values, most);
    CHECK(r.size() == most);
    std::size_t all = 0;
    for (auto const& bin : r) {
        CHECK((bin.count == 100 / most || bin.count == 100 / most + (100 % most == 0 ? 0 : 1)));
        all += bin.count;
    }
    CHECK(all == 100);
}

TEST_CASE("eight different values are levels, nine are bins", "[unit][study]")
{
    auto const eight = counted(8), nine = counted(9);
    CHECK(response_of(eight, eight).size() == 8);
    std::vector<double> uneven(100, 2.0); // a level stays one however few its points are
    uneven.insert(uneven.end(), eight.begin(), eight.end());
    CHECK(response_of(uneven, uneven).size() == 8);
    CHECK(response_of(uneven, uneven)[0].count == 1);
    auto const r = response_of(nine, nine);
    CHECK(r.size() == 8);
    CHECK(r[0].from == 1.0);
    CHECK(r[0].to == 2.0);
    CHECK(r[7].from == 9.0);
}

TEST_CASE("ties stay together and the rest is shared out again", "[unit][study]")
{
    // Three bins: sixty zeros fill the first, the values 1 ... 30 the other two.
    std::vector<double> parameter(60, 0.0);
    for (double const x : counted(30)) {
        parameter.push_back(x);
    }
    auto const r = response_of(parameter, std::vector<double>(90, 1.0), 3);
    REQUIRE(r.size() == 3);
    CHECK(r[0].to == 0.0);
    CHECK(r[0].count == 60);
    CHECK(r[1].from == 1.0);
    CHECK(r[1].to == 15.0);
    CHECK(r[2].count == 15);
}

TEST_CASE("equal outputs have exactly their mean and no spread", "[unit][study]")
{
    for (auto const& level : response_of(std::vector{1.0, 1.0, 1.0, 2.0, 2.0, 2.0}, std::vector<double>(6, 0.1))) {
        CHECK(level.mean == 0.1);
        CHECK(level.standard_error == 0.0);
    }
}

TEST_CASE("outputs that are missing are left out, a level that never came stays", "[unit][study]")
{
    auto const r = response_of(std::vector{1.0, 1.0, 1.0, 2.0, 2.0, 3.0}, std::vector{4.0, infinity, 6.0, infinity, not_a_number, 7.0});
    REQUIRE(r.size() == 3);
    CHECK(r[0].count == 2);
    CHECK(r[0].mean == 5.0);
    CHECK(r[1].from == 2.0);
    CHECK(r[1].count == 0);
    CHECK(std::isnan(r[1].mean));
    CHECK(std::isnan(r[1].p90));
    CHECK(r[2].count == 1);
    CHECK(r[2].p10 == 7.0);
    CHECK(std::isnan(r[2].standard_error)); // one output has no spread
    CHECK(response_of({}, {}).empty());
}

TEST_CASE("averaged over a balanced design, the response is the partial dependence", "[unit][study]")
{
    // y = x1^2 + x1 x2 + sin(2 pi x3): partial dependence on x1 is x1^2 + x1/2, on the bin [l, l + 1/8) its mean
    // l^2 + l/8 + 1/192 + l/2 + 1/32.
    auto const design = sobol_points(4096, 3, 1);
    std::vector<double> parameter, outputs;
    for (std::size_t i = 0; i < design.size(); ++i) {
        auto const x = design.point(i);
        parameter.push_back(x[0]);
        outputs.push_back(x[0] * x[0] + x[0] * x[1] + std::sin(6.283185307179586 * x[2]));
    }
    auto const r = response_of(parameter, outputs);
    REQUIRE(r.size() == 8);
    for (std::size_t k = 0; k < 8; ++k) {
        double const l = static_cast<double>(k) / 8.0;
        CHECK(r[k].count == 512);
        CHECK_THAT(r[k].mean, WithinAbs(l * l + l / 8.0 + 1.0 / 192.0 + l / 2.0 + 1.0 / 32.0, 0.01));
    }
}

TEST_CASE("rank correlation is one of what only rises, whatever its shape", "[unit][study]")
{
    auto const x = counted(20);
    std::vector<double> up, down;
    for (double const value : x) {
        up.push_back(std::exp(value));
        down.push_back(1.0 / value);
    }
    CHECK_THAT(rank_correlation(x, up).rho, WithinRel(1.0, 1e-15));
    CHECK_THAT(rank_correlation(x, down).rho, WithinRel(-1.0, 1e-15));
}

TEST_CASE("rank correlation by hand, without and with ties", "[unit][study]")
{
    // Ranks of y: 2 1 4 3 5; differences squared 1 1 1 1 0: 1 - 6 x 4/(5 x 24) = 0.8.
    CHECK_THAT(rank_correlation(counted(5), std::vector{20.0, 10.0, 40.0, 30.0, 50.0}).rho, WithinRel(0.8, 1e-14));
    // Ranks of y: 1.5 1.5 3 4: sum of products 1.5 + 0.5 + 0.25 + 2.25 = 4.5, squares 5 and 1 + 1 + 0.25 + 2.25 = 4.5.
    CHECK_THAT(rank_correlation(counted(4), std::vector{7.0, 7.0, 8.0, 9.0}).rho, WithinRel(4.5 / std::sqrt(5.0 * 4.5), 1e-14));
}

TEST_CASE("rank correlation leaves missing outputs out and is nothing without variation", "[unit][study]")
{
    auto const r = rank_correlation(counted(7), std::vector{20.0, 10.0, infinity, 40.0, 30.0, not_a_number, 50.0});
    CHECK(r.count == 5);
    CHECK_THAT(r.rho, WithinRel(0.8, 1e-14)); // the five of the case above
    CHECK(std::isnan(rank_correlation(counted(3), std::vector{1.0, 1.0, 1.0}).rho));
    CHECK(std::isnan(rank_correlation(counted(2), std::vector{infinity, infinity}).rho));
    CHECK(rank_correlation({}, {}).count == 0);
}
