#include "sim/record/order_by.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <limits>

using namespace aidc;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// One order in two lots of 10; activity 0 uses the first lot and is ready after 1000 s, activity 1 the second after 5000 s.
Buildout two_lots()
{
    Buildout b;
    b.campuses = {{.name = "site"}};
    b.items = {{.name = "rack"}};
    b.makers = {{.name = "maker", .item = {0}, .lot_units = 10.0}};
    b.orders = {{.name = "racks", .maker = {0}, .campus = {0}, .units = 20.0}};
    b.lots = lots_of(b.orders, b.makers);
    b.activities = {{.name = "one", .campus = {0}, .goods = {{.item = {0}, .units = 10.0}}},
                    {.name = "two", .campus = {0}, .goods = {{.item = {0}, .units = 10.0}}}};
    return b;
}

Plan plan_of_two_lots()
{
    return {.activities = {{.started = ticks(1000.0)}, {.started = ticks(5000.0)}}, .lots = {{.dock = 1}, {.dock = 2}}, .halls = {{}}};
}

/// Rows of replicates from rows of lots or activities.
std::vector<std::vector<float>> by_replicate(std::vector<std::vector<float>> const& rows)
{
    std::vector<std::vector<float>> turned(rows[0].size());
    for (auto const& row : rows) {
        for (std::size_t r = 0; r < row.size(); ++r) {
            turned[r].push_back(row[r]);
        }
    }
    return turned;
}

ReplicateSet replicates(std::vector<std::vector<float>> const& lead_s, std::vector<std::vector<float>> const& retests_s)
{
    ReplicateSet set{.asked = lead_s[0].size()};
    set.replicates.resize(lead_s[0].size());
    set.lead_s = by_replicate(lead_s);
    set.retests_s = by_replicate(retests_s);
    return set;
}

} // namespace

TEST_CASE("the lot that asks for the earliest date decides, its retests included", "[unit][record]")
{
    // Lot 0: leads 100 to 500, q80 is the fourth of five, 400, with no retests: 1000 - 400 = 600.
    // Lot 1: lead 4000 and in two of five replicates 1000 of retests: q80 5000: 5000 - 5000 = 0.
    auto const set = replicates({{500, 100, 400, 200, 300}, {4000, 4000, 4000, 4000, 4000}}, {{0, 0, 0, 0, 0}, {0, 1000, 0, 1000, 0}});
    auto const rows = order_by_dates(two_lots(), plan_of_two_lots(), set);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].activity == Id<Activity>{1});
    CHECK(rows[0].need == ticks(5000.0));
    CHECK(rows[0].lead_q80_s == 5000.0);
    CHECK(rows[0].order_by_s == 0.0);
}

TEST_CASE("one lot in five that does not come leaves a date, two do not", "[unit][record]")
{
    auto const lead = std::vector<float>{100, 100, 100, 100, 100};
    auto const none = std::vector<float>(5, 0.0F);
    auto const once = order_by_dates(two_lots(), plan_of_two_lots(), replicates({{100, 200, 300, infinity, 50}, lead}, {none, none}));
    CHECK(once[0].order_by_s == 700.0); // rank 4 of 5 is 300
    auto const twice = order_by_dates(two_lots(), plan_of_two_lots(), replicates({{100, 200, infinity, infinity, 50}, lead}, {none, none}));
    CHECK(std::isinf(twice[0].lead_q80_s));
    CHECK(twice[0].order_by_s == -std::numeric_limits<double>::infinity());
    CHECK(twice[0].activity == Id<Activity>{0});
}

TEST_CASE("an order that was placed in some replicates is judged by those", "[unit][record]")
{
    auto const none = std::vector<float>(3, 0.0F);
    auto const rows =
        order_by_dates(two_lots(), plan_of_two_lots(), replicates({{missing, 100, missing}, {missing, 200, missing}}, {none, none}));
    CHECK(rows[0].order_by_s == 900.0);
    auto const never_placed = order_by_dates(two_lots(), plan_of_two_lots(), replicates({{missing}, {missing}}, {{0}, {0}}));
    CHECK(std::isnan(never_placed[0].order_by_s));
    CHECK(!never_placed[0].activity);
}

TEST_CASE("goods that nobody needs, or not before the end, have no date", "[unit][record]")
{
    auto plan = plan_of_two_lots();
    plan.activities[0].started = plan.activities[1].started = never;
    auto const set = replicates({{1}, {1}}, {{0}, {0}});
    CHECK(std::isnan(order_by_dates(two_lots(), plan, set)[0].order_by_s));
    auto b = two_lots();
    b.activities[0].goods.clear();
    b.activities[1].goods.clear();
    CHECK(!order_by_dates(b, plan_of_two_lots(), set)[0].activity);
}

TEST_CASE("orders for parts have no row", "[unit][record]")
{
    auto b = two_lots();
    b.orders.push_back({.name = "boards", .maker = {0}, .campus = {0}, .units = 10.0});
    b.orders.back().part_of = {0};
    b.lots = lots_of(b.orders, b.makers);
    auto plan = plan_of_two_lots();
    plan.lots.push_back({.dock = 1});
    auto const rows = order_by_dates(b, plan, replicates({{1}, {1}, {1}}, {{0}, {0}}));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].order == Id<Order>{0});
}
