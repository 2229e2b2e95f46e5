#include "models/cooling/secant_root.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <limits>

using namespace aidc;

TEST_CASE("a nearly straight function needs few evaluations", "[unit][cooling]")
{
    int evaluations = 0;
    auto const f = [&evaluations](double x) {
        ++evaluations;
        return x + 0.1 * x * x - 1.0;
    };
    double const root = secant_root(f, {.a = 0.0, .at_a = -1.0, .b = 2.0, .at_b = 1.4}, 1e-13, "test");
    CHECK_THAT(root, WithinAbs((std::sqrt(1.4) - 1.0) / 0.2, 1e-12)); // quadratic formula
    CHECK(evaluations <= 7);
}

TEST_CASE("a hooked function is still solved", "[unit][cooling]")
{
    auto const f = [](double x) { return std::pow(x, 9) - 1e-6; };
    CHECK_THAT(secant_root(f, {.a = 0.0, .at_a = -1e-6, .b = 1.0, .at_b = 1.0 - 1e-6}, 1e-18, "test"),
               WithinRel(std::pow(1e-6, 1.0 / 9.0), 1e-9));
}

TEST_CASE("an end that is a root is returned, a missing sign change is an error", "[unit][cooling]")
{
    auto const f = [](double x) { return x; };
    CHECK(secant_root(f, {.a = 0.0, .at_a = 0.0, .b = 1.0, .at_b = 1.0}, 1e-12, "test") == 0.0);
    CHECK(secant_root(f, {.a = -1.0, .at_a = -1.0, .b = 0.0, .at_b = 0.0}, 1e-12, "test") == 0.0);
    CHECK_THROWS_WITH(secant_root(f, {.a = 1.0, .at_a = 1.0, .b = 2.0, .at_b = 2.0}, 1e-12, "pump"),
                      ContainsSubstring("pump: no sign change"));
    auto const broken = [](double) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK_THROWS_WITH(secant_root(broken, {.a = -1.0, .at_a = -1.0, .b = 2.0, .at_b = 2.0}, 1e-12, "pump"),
                      ContainsSubstring("not a number"));
}
