#include "models/reliability/timers.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <vector>

using namespace aidc;

TEST_CASE("the first timer is the one with the earliest date, the lowest number of equal ones", "[unit][reliability]")
{
    auto const count = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{64}, std::size_t{100});
    Timers timers(count);
    std::vector<double> dates(count, never_s); // the same by a search of all
    CHECK(timers.first() == 0);
    std::uint32_t state = 7;
    for (int i = 0; i < 2000; ++i) {
        state = state * 1664525u + 1013904223u; // Numerical Recipes: any numbers do
        std::size_t const timer = (state >> 8) % count;
        dates[timer] = state % 11 == 0 ? never_s : (state >> 20) % 50;
        timers.set(timer, dates[timer]);
        auto const expected = static_cast<std::size_t>(std::ranges::min_element(dates) - dates.begin());
        REQUIRE(timers.first() == expected);
        REQUIRE(timers.date_s(expected) == dates[expected]);
    }
}
