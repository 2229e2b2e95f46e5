#include "models/buildout/need.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

/// Two campuses and one item: 25 units in lots of 10 for the first campus, 10 for the second.
Buildout two_campuses()
{
    Buildout b;
    b.campuses = {{.name = "near"}, {.name = "far"}};
    b.items = {{.name = "rack"}, {.name = "spare"}};
    b.makers = {{.name = "maker", .item = {0}, .lot_units = 10.0}};
    b.orders = {{.name = "first", .maker = {0}, .campus = {0}, .units = 25.0},
                {.name = "second", .maker = {0}, .campus = {1}, .units = 10.0}};
    b.lots = lots_of(b.orders, b.makers);
    b.activities = {{.name = "late", .campus = {0}, .goods = {{.item = {0}, .units = 8.0}}},
                    {.name = "early", .campus = {0}, .goods = {{.item = {0}, .units = 12.0}}},
                    {.name = "elsewhere", .campus = {1}, .goods = {{.item = {0}, .units = 4.0}}},
                    {.name = "other goods", .campus = {0}, .goods = {{.item = {1}, .units = 99.0}}}};
    return b;
}

Plan plan_of_two_campuses()
{
    return {.activities = {{.ready = 400, .started = 500},
                           {.ready = 90, .started = 100},
                           {.ready = 20, .started = 300},
                           {.ready = 1, .started = 1}},
            .lots = {{.dock = 30}, {.dock = 10}, {.dock = 20}, {.dock = 5}},
            .halls = {{}}};
}

} // namespace

TEST_CASE("lots serve activities in planned order, each by its first unit", "[unit][buildout]")
{
    // Lots of the first campus by dock: #1 (units 0 to 10), #2 (10 to 15), #0 (15 to 25).
    // Uses by ready: early (0 to 12), late (12 to 20).
    auto const needs = needs_of(two_campuses(), plan_of_two_campuses());
    REQUIRE(needs.size() == 4);
    CHECK(needs[1].activity == Id<Activity>{1});
    CHECK(needs[1].date == 100);
    CHECK(needs[2].activity == Id<Activity>{1}); // its first unit is the eleventh
    CHECK(needs[2].date == 100);
    CHECK(needs[0].activity == Id<Activity>{0}); // the sixteenth
    CHECK(needs[0].date == 500);
    CHECK(needs[3].activity == Id<Activity>{2}); // goods of a campus stay there
    CHECK(needs[3].date == 300);
}

TEST_CASE("a lot that begins where an activity ends belongs to the next one", "[unit][buildout]")
{
    auto b = two_campuses();
    b.activities[1].goods[0].units = 10.0;
    auto const needs = needs_of(b, plan_of_two_campuses());
    CHECK(needs[1].activity == Id<Activity>{1}); // units 0 to 10 of 0 to 10
    CHECK(needs[2].activity == Id<Activity>{0}); // units 10 to 15 of 10 to 18
    CHECK(needs[0].activity == Id<Activity>{0}); // 15 to 25
}

TEST_CASE("what nobody uses has no need", "[unit][buildout]")
{
    auto b = two_campuses();
    b.activities[0].goods[0].units = 3.0; // early 0 to 12, late 12 to 15; lot #0 begins at 15
    auto const needs = needs_of(b, plan_of_two_campuses());
    CHECK(!needs[0].activity);
    CHECK(needs[0].date == never);
}

TEST_CASE("parts go to a maker and serve no activity", "[unit][buildout]")
{
    auto b = two_campuses();
    b.orders[0].part_of = {1};
    auto const needs = needs_of(b, plan_of_two_campuses());
    CHECK(!needs[0].activity);
    CHECK(!needs[1].activity);
    CHECK(needs[3].activity == Id<Activity>{2});
}

TEST_CASE("an activity that is never ready in the plan has no date", "[unit][buildout]")
{
    auto plan = plan_of_two_campuses();
    plan.activities[0].ready = never;
    plan.activities[0].started = never;
    auto const needs = needs_of(two_campuses(), plan);
    CHECK(needs[0].activity == Id<Activity>{0});
    CHECK(needs[0].date == never);
}

TEST_CASE("several small uses within one lot are served one after the other", "[unit][buildout]")
{
    auto b = two_campuses();
    b.activities.resize(1);
    b.activities[0].goods = {{.item = {0}, .units = 4.0}, {.item = {0}, .units = 4.0}, {.item = {0}, .units = 4.0}};
    auto const needs = needs_of(
        b, {.activities = {{.ready = 5, .started = 7}}, .lots = {{.dock = 1}, {.dock = 2}, {.dock = 3}, {.dock = 4}}, .halls = {{}}});
    CHECK(needs[0].date == 7); // units 0 to 10
    CHECK(needs[1].date == 7); // 10 to 20 of 12
    CHECK(!needs[2].activity); // nothing is left
    CHECK(!needs[3].activity); // nobody there
}
