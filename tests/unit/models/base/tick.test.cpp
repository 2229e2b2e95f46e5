#include "models/base/tick.hpp"

#include "tests/catch.hpp"

using namespace aidc;

TEST_CASE("every tick up to 2^53 goes to seconds and back", "[unit][base]")
{
    // 2^53 ticks = 8.8e12 s: the last count that a double holds exactly.
    auto const t =
        GENERATE(Tick{0}, Tick{1}, Tick{-1}, Tick{1023}, Tick{1025}, Tick{123456789012345}, (Tick{1} << 53) - 1, -(Tick{1} << 53) + 1);
    CHECK(ticks(seconds(t)) == t);
}

TEST_CASE("whole seconds, hours and days are exact", "[unit][base]")
{
    auto const n = GENERATE(0, 1, 7, 8760, 1000000);
    CHECK(ticks(n) == Tick{1024} * n); // 1 s = 1024 ticks
    CHECK(seconds(ticks(n * hour_s)) == n * hour_s);
    CHECK(ticks(n * day_s) == n * day_ticks);
    CHECK(seconds(n * day_ticks) == n * day_s);
}

TEST_CASE("a span goes to the nearest tick", "[unit][base]")
{
    CHECK(ticks(0.1) == 102); // 102.4
    CHECK(ticks(0.6 / 1024.0) == 1);
    CHECK(ticks(0.5 / 1024.0) == 1); // halves away from zero
    CHECK(ticks(-0.5 / 1024.0) == -1);
    CHECK(ticks(0.4 / 1024.0) == 0);
}

TEST_CASE("spans of the calendar have their lengths", "[unit][base]")
{
    CHECK(day_ticks == 86400 * 1024);
    CHECK(week_s == 604800.0);
    CHECK(year_s == 31557600.0); // Julian year
}

TEST_CASE("a date that was not reached sorts after every other", "[unit][base]") { CHECK(never > ticks(8.7e12)); }
