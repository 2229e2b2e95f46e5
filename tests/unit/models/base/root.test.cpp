#include "models/base/root.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <limits>
#include <numbers>

using namespace aidc;

TEST_CASE("a root is found to the width asked for", "[unit][base]")
{
    auto const tolerance = GENERATE(1e-3, 1e-8, 1e-13);
    CHECK_THAT(bracketed_root([](double x) { return x * x - 2.0; }, 0.0, 5.0, tolerance, "test"),
               WithinAbs(std::numbers::sqrt2, tolerance));
    // Falling function: cos x = 0 at pi/2.
    CHECK_THAT(bracketed_root([](double x) { return std::cos(x); }, 0.0, 3.0, tolerance, "test"),
               WithinAbs(std::numbers::pi / 2.0, tolerance));
}

TEST_CASE("a kink or a steep wall does not stop the search", "[unit][base]")
{
    CHECK_THAT(bracketed_root([](double x) { return x < 0.3 ? -1e-6 : 1e6 * (x - 0.3) + 1e-6; }, 0.0, 1.0, 1e-9, "test"),
               WithinAbs(0.3, 1e-9));
    CHECK_THAT(bracketed_root([](double x) { return std::exp(40.0 * x) - std::exp(10.0); }, 0.0, 1.0, 1e-10, "test"),
               WithinAbs(0.25, 1e-10));
}

TEST_CASE("an end that is already a root is returned as it is", "[unit][base]")
{
    auto const f = [](double x) { return x - 2.0; };
    CHECK(bracketed_root(f, 2.0, 5.0, 1e-6, "test") == 2.0);
    CHECK(bracketed_root(f, -1.0, 2.0, 1e-6, "test") == 2.0);
}

TEST_CASE("equal signs at both ends are a solver error that says where and what", "[unit][base]")
{
    auto const f = [](double x) { return x * x + 1.0; };
    CHECK_THROWS_AS(bracketed_root(f, -1.0, 3.0, 1e-6, "plant A"), SolverError);
    CHECK_THROWS_WITH(bracketed_root(f, -1.0, 3.0, 1e-6, "plant A"), ContainsSubstring("plant A: no sign change between -1.0"));
    CHECK_THROWS_WITH(bracketed_root(f, -1.0, 3.0, 1e-6, "plant A"), ContainsSubstring("3.000000 (10.000000)"));
}

TEST_CASE("not a number at an end is a solver error", "[unit][base]")
{
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(bracketed_root([nan](double x) { return x > 0.5 ? nan : -1.0; }, 0.0, 1.0, 1e-6, "test"), SolverError);
    CHECK_THROWS_AS(bracketed_root([nan](double x) { return x > 0.5 ? -1.0 : -nan; }, 0.0, 1.0, 1e-6, "test"), SolverError);
}
