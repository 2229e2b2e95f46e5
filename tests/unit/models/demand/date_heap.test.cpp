#include "models/demand/date_heap.hpp"

#include "tests/catch.hpp"

#include <map>
#include <random>
#include <set>

using namespace aidc;

TEST_CASE("the earliest date is first, of equal ones the lower key", "[unit][demand]")
{
    DateHeap dates;
    CHECK(dates.first_s() == std::numeric_limits<double>::infinity());
    dates.set(4, 2.0);
    dates.set(1, 3.0);
    dates.set(2, 2.0);
    CHECK(dates.first() == 2);
    dates.set(2, 5.0);
    CHECK(dates.first() == 4);
    dates.erase(4);
    dates.erase(4); // is out already
    dates.erase(77);
    CHECK(dates.first() == 1);
    CHECK(dates.size() == 2);
}

TEST_CASE("dates that are set, moved and taken out come in order", "[property][demand]")
{
    std::mt19937 random(11);
    DateHeap dates;
    std::map<std::uint32_t, double> by_key; // the reference
    for (int i = 0; i < 20'000; ++i) {
        auto const key = static_cast<std::uint32_t>(random() % 60);
        if (random() % 3 == 0) {
            dates.erase(key);
            by_key.erase(key);
        }
        else {
            by_key[key] = static_cast<double>(random() % 50);
            dates.set(key, by_key[key]);
        }
        std::set<std::pair<double, std::uint32_t>> ordered;
        for (auto const& [k, date_s] : by_key) {
            ordered.emplace(date_s, k);
        }
        REQUIRE(dates.size() == ordered.size());
        if (!ordered.empty()) {
            REQUIRE(dates.first_s() == ordered.begin()->first);
            REQUIRE(dates.first() == ordered.begin()->second);
        }
    }
}
