#include "models/base/sum.hpp"

#include "tests/catch.hpp"

using namespace aidc;

TEST_CASE("a sum starts at zero or at the value it is given", "[unit][base]")
{
    CHECK(Sum{} == 0.0);
    CHECK(Sum{2.5} == 2.5);
}

TEST_CASE("a small term beside a large one is not lost", "[unit][base]")
{
    // Neumaier's example: plain and Kahan summation both give 0, the sum is 2.
    Sum sum;
    for (double const term : {1.0, 1e100, 1.0, -1e100}) {
        sum += term;
    }
    CHECK(sum == 2.0);
}

TEST_CASE("the error does not grow with the number of terms", "[property][base]")
{
    auto const terms = GENERATE(10, 1000, 1000000);
    Sum sum;
    for (int i = 0; i < terms; ++i) {
        sum += 0.1;
    }
    CHECK_THAT(static_cast<double>(sum), WithinRel(0.1 * terms, 4e-16)); // two units in the last place
}

TEST_CASE("a sum times a factor keeps what was compensated", "[unit][base]")
{
    Sum sum{1e16};
    sum += 1.0; // no double between 1e16 and 1e16 + 2
    sum *= 0.5;
    sum += -5e15;
    CHECK(sum == 0.5);
}
