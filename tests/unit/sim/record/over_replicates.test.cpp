#include "sim/record/over_replicates.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace aidc;

TEST_CASE("each column has its own mean and quantiles", "[unit][record]")
{
    OverReplicates numbers(2);
    for (double const x : {3.0, 1.0, 4.0, 2.0}) {
        numbers.add(std::array{x, 10.0 * x});
    }
    numbers.sort();
    CHECK(numbers.row_major() == std::vector<double>{3.0, 30.0, 1.0, 10.0, 4.0, 40.0, 2.0, 20.0}); // as they came
    CHECK(numbers.means() == std::vector<double>{2.5, 25.0});
    CHECK(numbers.quantiles(0.5) == std::vector<double>{2.0, 20.0}); // rank 2 of 4
    CHECK(numbers.quantiles(0.9) == std::vector<double>{4.0, 40.0});
    CHECK(numbers.sorted(1)[3] == 40.0);
}

TEST_CASE("what was not reached is the largest of its column", "[unit][record]")
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    OverReplicates numbers(1);
    for (double const x : {infinity, 1.0, infinity}) {
        numbers.add(std::array{x});
    }
    numbers.sort();
    CHECK(numbers.quantiles(0.3) == std::vector<double>{1.0});
    CHECK(numbers.quantiles(0.5) == std::vector<double>{infinity});
}

TEST_CASE("of no replicates there is no number", "[unit][record]")
{
    OverReplicates numbers(1);
    numbers.sort();
    CHECK(std::isnan(numbers.means()[0]));
    CHECK(std::isnan(numbers.quantiles(0.5)[0]));
}
