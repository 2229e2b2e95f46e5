#include "models/demand/contract.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <numbers>

using namespace aidc;

namespace {

constexpr DailyShape evening{.busy_mean = 0.6, .busy_swing = 0.4, .peak_s = 21.0 * hour_s};

Tick at(double day, double hour) { return ticks(day * day_s + hour * hour_s); }

/// Busy share at one time, from the definition of the shape.
double busy_at(DailyShape const& shape, double t_s)
{
    return shape.busy_mean * (1.0 + shape.busy_swing * std::cos(2.0 * std::numbers::pi * (t_s - shape.peak_s) / day_s));
}

double busy_s(Tick from, Tick to) { return mean_busy(evening, from, to) * seconds(to - from); }

} // namespace

TEST_CASE("whole days are busy by the mean", "[unit][demand]")
{
    auto const days = GENERATE(1, 2, 30, 3652);
    auto const start = GENERATE(Tick{0}, at(3.0, 7.5), Tick{987654321});
    CHECK_THAT(mean_busy(evening, start, start + days * day_ticks), WithinRel(0.6, 1e-14));
}

TEST_CASE("the mean share agrees with the integral of the shape", "[analytic][demand]")
{
    Tick const from = at(5.0, GENERATE(0.0, 6.25, 20.0));
    Tick const to = from + ticks(hour_s * GENERATE(0.5, 1.0, 13.0, 40.0));
    constexpr int points = 20000;
    double sum = 0.0;
    for (int i = 0; i < points; ++i) {
        sum += busy_at(evening, seconds(from) + (i + 0.5) / points * seconds(to - from));
    }
    CHECK_THAT(mean_busy(evening, from, to), WithinRel(sum / points, 1e-7)); // midpoint rule
}

TEST_CASE("the half days around the peak and around the trough are known", "[analytic][demand]")
{
    // Mean of the cosine over its upper half is 2/pi.
    CHECK_THAT(mean_busy(evening, at(4.0, 15.0), at(5.0, 3.0)), WithinRel(0.6 * (1.0 + 0.4 * 2.0 / std::numbers::pi), 1e-12));
    CHECK_THAT(mean_busy(evening, at(4.0, 3.0), at(4.0, 15.0)), WithinRel(0.6 * (1.0 - 0.4 * 2.0 / std::numbers::pi), 1e-12));
}

TEST_CASE("the busiest minute of the day is at the peak", "[unit][demand]")
{
    Tick const minute = ticks(60.0);
    Tick const peak = at(2.0, 21.0) - minute / 2;
    double const most = mean_busy(evening, peak, peak + minute);
    CHECK_THAT(most, WithinRel(0.6 * 1.4, 1e-5)); // mean (1 + swing); the cosine falls by 6e-7 within the minute
    for (Tick t = at(2.0, 0.0); t < at(3.0, 0.0); t += minute) {
        REQUIRE(mean_busy(evening, t, t + minute) <= most + 1e-9);
    }
    Tick const trough = at(2.0, 9.0) - minute / 2;
    CHECK_THAT(mean_busy(evening, trough, trough + minute), WithinRel(0.6 * 0.6, 1e-5));
}

TEST_CASE("busy time adds up over any cut of the interval", "[conservation][demand]")
{
    Tick const from = at(GENERATE(0.0, 100.0, 3000.0), 4.0) + 17;
    Tick const span = GENERATE(ticks(3600.0), day_ticks, 10 * day_ticks + 12345);
    auto const pieces = GENERATE(2, 3, 7, 24, 97);
    double sum_s = 0.0;
    for (int i = 0; i < pieces; ++i) {
        sum_s += busy_s(from + span * i / pieces, from + span * (i + 1) / pieces);
    }
    // Relative to the length of a day's sine (1/omega = 13,751 s) where that is longer than the interval.
    CHECK_THAT(sum_s, WithinAbs(busy_s(from, from + span), 1e-12 * pieces * std::max(seconds(span), 13751.0)));
}

TEST_CASE("every day is like the first, to the last bit", "[unit][demand]")
{
    auto const day = GENERATE(1, 365, 100000);
    auto const hour = GENERATE(0, 5, 21, 23);
    Tick const from = ticks(hour * hour_s);
    CHECK(mean_busy(evening, from + day * day_ticks, from + day * day_ticks + ticks(hour_s / 2.0))
          == mean_busy(evening, from, from + ticks(hour_s / 2.0)));
}

TEST_CASE("without a swing the share is the mean at any time", "[unit][demand]")
{
    DailyShape const flat{.busy_mean = 0.7, .busy_swing = 0.0, .peak_s = 0.0};
    CHECK(mean_busy(flat, 5, 6) == 0.7);
    CHECK(mean_busy(flat, 0, at(9.0, 1.0)) == 0.7);
}

TEST_CASE("the mean share never leaves its range", "[property][demand]")
{
    DailyShape const wild{.busy_mean = 0.5, .busy_swing = 1.0, .peak_s = 3.0 * hour_s}; // between 0 and 1
    for (int i = 0; i < 24 * 60; ++i) {
        double const busy = mean_busy(wild, ticks(60.0 * i), ticks(60.0 * (i + 1)));
        REQUIRE(busy >= -1e-12);
        REQUIRE(busy <= 1.0 + 1e-12);
    }
}
