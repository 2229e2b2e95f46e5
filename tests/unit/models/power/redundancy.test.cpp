#include "models/power/redundancy.hpp"

#include "tests/catch.hpp"

#include <algorithm>

using namespace aidc;

namespace {

/// Least rating left over every choice of `spare` lost units of `units`, by counting all subsets.
double worst_case_W(int units, int spare, double rating_W)
{
    double worst_W = units * rating_W;
    for (unsigned lost = 0; lost < (1U << units); ++lost) {
        int const count = __builtin_popcount(lost);
        if (count <= spare) {
            worst_W = std::min(worst_W, (units - count) * rating_W);
        }
    }
    return std::max(0.0, worst_W);
}

} // namespace

TEST_CASE("firm watts are the worst case of every loss of spare units", "[unit][power]")
{
    auto const units = GENERATE(0, 1, 2, 5, 9);
    auto const spare = GENERATE(0, 1, 2, 3);
    CHECK(firm_W({.units = units, .spare = spare, .rating_W = 2.5e6}) == worst_case_W(units, spare, 2.5e6));
}

TEST_CASE("the site derates the firm watts", "[unit][power]")
{
    CHECK_THAT(firm_W({.units = 5, .spare = 1, .rating_W = 3e6}, 0.9), WithinRel(10.8e6, 1e-12)); // hand calculation
}

TEST_CASE("two sides carry what the weaker one carries", "[unit][power]")
{
    CHECK(firm_two_sided_W(10e6, 8e6) == 8e6);
    CHECK(firm_two_sided_W(0.0, 8e6) == 0.0);
}

TEST_CASE("distributed redundancy survives the loss of any one block", "[unit][power]")
{
    auto const blocks = GENERATE(2, 3, 4, 6);
    double const firm = firm_distributed_W(blocks, 2e6);
    CHECK(firm == worst_case_W(blocks, 1, 2e6));
    CHECK_THAT(firm / (blocks * 2e6), WithinRel((blocks - 1.0) / blocks, 1e-12)); // (k - 1)/k of the sum
}

TEST_CASE("engines lose power in thin and hot air", "[unit][power]")
{
    GensetDerate const law;
    CHECK(genset_derate(law, 500.0, 30.0) == 1.0);
    CHECK_THAT(genset_derate(law, 1500.0, 40.0), WithinRel(0.95, 1e-12));        // 5 x 1 %
    CHECK_THAT(genset_derate(law, 1500.0, 50.0), WithinRel(0.95 * 0.97, 1e-12)); // and 3 %
    CHECK(genset_derate(law, 20000.0, 50.0) == 0.0);
}
