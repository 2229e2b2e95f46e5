#include "models/cooling/throttle.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {
constexpr Throttle throttle{.limit_C = 85.0, .trip_C = 105.0, .least_share = 0.1};
} // namespace

TEST_CASE("power is full up to the limit, cut in proportion, and off at the trip", "[unit][cooling]")
{
    CHECK(allowed_power_share(throttle, 20.0) == 1.0);
    CHECK(allowed_power_share(throttle, 85.0) == 1.0);
    CHECK_THAT(allowed_power_share(throttle, 95.0), WithinRel(0.55, 1e-12)); // half way between 1 and 0.1
    CHECK_THAT(allowed_power_share(throttle, 105.0 - 1e-9), WithinAbs(0.1, 1e-9));
    CHECK(allowed_power_share(throttle, 105.0) == 0.0);
    CHECK(allowed_power_share(throttle, 130.0) == 0.0);
}

TEST_CASE("a hotter chip is never allowed more", "[unit][cooling]")
{
    double before = 1.0;
    for (double case_C = 60.0; case_C < 120.0; case_C += 0.25) {
        double const now = allowed_power_share(throttle, case_C);
        CHECK(now <= before);
        before = now;
    }
}

TEST_CASE("a throttled chip settles where the law and its temperature agree", "[unit][cooling]")
{
    // Hand calculation: b = 0.045 1/K, inlet 45, rise 50 K: s = (1 + 0.045 x 40)/(1 + 0.045 x 50) = 2.8/3.25, case 88.08.
    CHECK_THAT(settled_power_share(throttle, 45.0, 50.0), WithinRel(2.8 / 3.25, 1e-12));
    double const inlet_C = GENERATE(20.0, 45.0, 60.0, 80.0);
    double const rise_K = GENERATE(5.0, 30.0, 60.0, 150.0);
    double const share = settled_power_share(throttle, inlet_C, rise_K);
    REQUIRE(share > 0.0);
    CHECK_THAT(allowed_power_share(throttle, inlet_C + share * rise_K), WithinRel(share, 1e-9));
}

TEST_CASE("a chip that trips even at its least power is off", "[unit][cooling]")
{
    CHECK(settled_power_share(throttle, 40.0, 45.0) == 1.0);  // case exactly at the limit
    CHECK(settled_power_share(throttle, 100.0, 60.0) == 0.0); // 100 + 0.1 x 60 = 106
    CHECK(settled_power_share(throttle, 106.0, 0.0) == 0.0);
    CHECK_THAT(settled_power_share(throttle, 100.0, 49.9), WithinAbs(0.1, 1e-3)); // just below
}

TEST_CASE("leakage is off by default and linear in temperature", "[unit][cooling]")
{
    CHECK(leakage_factor({}, 95.0) == 1.0);
    CHECK(leaking_power_W({}, 1000.0, 40.0, 0.05) == 1000.0);
    Leakage const leakage{.per_K = 0.004, .reference_C = 65.0};
    CHECK(leakage_factor(leakage, 65.0) == 1.0);
    CHECK_THAT(leakage_factor(leakage, 90.0), WithinRel(1.1, 1e-12));
    CHECK_THAT(leakage_factor(leakage, 40.0), WithinRel(0.9, 1e-12));
}

TEST_CASE("the leaking power is the fixed point of its own heat", "[unit][cooling]")
{
    Leakage const leakage{.per_K = 0.004, .reference_C = 65.0};
    // Hand calculation: 1000 x (1 - 0.1)/(1 - 0.16) = 1071.43 W.
    CHECK_THAT(leaking_power_W(leakage, 1000.0, 40.0, 0.04), WithinRel(1071.428571, 1e-9));
    double const inlet_C = GENERATE(20.0, 45.0);
    double const resistance = GENERATE(0.0, 0.03, 0.1);
    double iterated_W = 1000.0;
    for (int i = 0; i < 200; ++i) {
        iterated_W = 1000.0 * leakage_factor(leakage, inlet_C + iterated_W * resistance);
    }
    CHECK_THAT(leaking_power_W(leakage, 1000.0, inlet_C, resistance), WithinRel(iterated_W, 1e-12));
}

TEST_CASE("leakage that feeds itself is refused by name", "[unit][cooling]")
{
    Leakage const leakage{.per_K = 0.005, .reference_C = 65.0};
    CHECK_THAT(leakage_gain(leakage, 1000.0, 0.2), WithinRel(1.0, 1e-12));
    CHECK_THROWS_AS(leaking_power_W(leakage, 1000.0, 40.0, 0.201), SolverError);
    CHECK_THROWS_WITH(leaking_power_W(leakage, 1000.0, 40.0, 0.3), ContainsSubstring("thermal run-away"));
    CHECK_NOTHROW(leaking_power_W(leakage, 1000.0, 40.0, 0.19));
}
