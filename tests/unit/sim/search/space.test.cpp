#include "sim/search/space.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <set>

using namespace aidc;

TEST_CASE("levers are lists: as written, of n values, or a range in 100 steps or whole days", "[unit][sweep]")
{
    SearchSpace const space({"a:/a=3,1,2", "b:/b=0:10:6", "c:/c=0:50", "d:/d=2026-01-01:2026-01-11", "e:/e=x,y"});
    REQUIRE(space.size() == 5);
    CHECK(space.lever(0).values == std::vector<std::string>{"3", "1", "2"});
    CHECK(space.lever(1).values == std::vector<std::string>{"0", "2", "4", "6", "8", "10"});
    CHECK(space.count(2) == 101); // 100 steps have 101 ends
    CHECK(space.count(3) == 11);  // 1 to 11 January
    CHECK(space.number({0, 0, 0, 0, 1}, 4) == 1.0);
    CHECK(space.number({0, 0, 50, 0, 0}, 2) == 25.0);
    CHECK(space.plans() == 3.0 * 6.0 * 101.0 * 11.0 * 2.0);
}

TEST_CASE("a place of the unit cube is the plan in whose part it lies", "[unit][sweep]")
{
    SearchSpace const space({"a:/a=0:3:4", "b:/b=0,1"});
    CHECK(space.at(std::vector{0.0, 0.0}) == Steps{0, 0});
    CHECK(space.at(std::vector{0.24, 0.49}) == Steps{0, 0});
    CHECK(space.at(std::vector{0.25, 0.5}) == Steps{1, 1});
    CHECK(space.at(std::vector{1.0, 1.0}) == Steps{3, 1}); // the upper edge belongs to the last
    CHECK(space.at(std::vector{-0.1, 1.1}) == Steps{0, 1});
    Steps plan{0, 0};
    std::size_t plans = 0;
    do {
        CHECK(space.at(space.unit(plan)) == plan);
        ++plans;
    } while (space.next(plan));
    CHECK(plans == 8);
    CHECK(plan == Steps{0, 0});
}

TEST_CASE("plans by chance reach every plan", "[unit][sweep]")
{
    SearchSpace const space({"a:/a=0,1,2", "b:/b=0,1"});
    std::mt19937_64 bits(1);
    std::set<Steps> seen;
    for (int i = 0; i < 200; ++i) {
        seen.insert(space.random(bits));
    }
    CHECK(seen.size() == 6);
}

TEST_CASE("a value of the scenario is the same in the list, else the nearest number or day, else the middle", "[unit][sweep]")
{
    SearchSpace const space({"a:/a=10,20,30", "b:/b=2026-01-01,2026-02-01,2026-03-01", "c:/c=x,y,z", "d:/d=5,1,9"});
    CHECK(space.nearest(0, "20") == 1);
    CHECK(space.nearest(0, "24.5") == 1);
    CHECK(space.nearest(0, "1000") == 2);
    CHECK(space.nearest(0, "") == 1);
    CHECK(space.nearest(0, "\"auto\"") == 1);
    CHECK(space.nearest(1, "\"2026-02-20\"") == 2);
    CHECK(space.nearest(1, "\"2025-02-20\"") == 0);
    CHECK(space.nearest(2, "\"z\"") == 2);
    CHECK(space.nearest(2, "\"other\"") == 1);
    CHECK(space.nearest(3, "2") == 1); // a list in the user's own order
}

TEST_CASE("levers that are none are refused in words", "[unit][sweep]")
{
    auto const refuses = [](std::vector<std::string> const& levers, std::string const& word) {
        try {
            SearchSpace const space(levers);
        }
        catch (InputErrors const& errors) {
            CHECK(errors.problems().front().where == "--lever");
            CHECK_THAT(errors.problems().front().message, ContainsSubstring(word));
            return;
        }
        FAIL("no error");
    };
    refuses({}, "something to change");
    refuses({"/a=5"}, "one value");
    refuses({"/a=5:1"}, "empty range");
    refuses({"/a="}, "no values");
    refuses({"/a=1,2", "/a=3,4"}, "name");
    refuses({"x:/a=1,2", "y:/a=3,4"}, "twice");
    refuses({"a=1,2"}, "form");
}
