#include "small_run.hpp"

#include "tests/catch.hpp"

using namespace aidc;
using namespace aidc::testing;

namespace {

/// A buildout with activities, one order in lots and halls of these names, and nothing else.
Buildout named(std::vector<std::string> const& activities, double units, std::vector<std::string> const& halls)
{
    Buildout b;
    for (auto const& name : activities) {
        b.activities.push_back({.name = name});
    }
    for (auto const& name : halls) {
        b.halls.push_back({.name = name});
    }
    b.makers.push_back({.name = "maker", .lot_units = 10.0});
    b.orders.push_back({.name = "order", .maker = {0}, .units = units});
    b.lots = lots_of(b.orders, b.makers);
    return b;
}

} // namespace

TEST_CASE("a plan follows the names when a variant has its rows in another order", "[unit][run]")
{
    auto const planned = named({"a", "b"}, 20, {"h1", "h2"});
    Plan const plan{
        .activities = {{.finished = 1}, {.finished = 2}}, .lots = {{.dock = 5}, {.dock = 6}}, .halls = {{{.from = 7, .it_W = 1.0}}, {}}};
    auto const fitted = fit_plan(plan, planned, named({"b", "a"}, 20, {"h2", "h1"}));
    CHECK(fitted.activities[0].finished == 2);
    CHECK(fitted.activities[1].finished == 1);
    CHECK(fitted.halls[0].empty());
    CHECK(fitted.halls[1].at(0).from == 7);
}

TEST_CASE("what a variant adds was not planned", "[unit][run]")
{
    auto const planned = named({"a"}, 10, {"h1"});
    Plan const plan{.activities = {{.finished = 1}}, .lots = {{.dock = 5}}, .halls = {{{.from = 7, .it_W = 1.0}}}};
    auto const fitted = fit_plan(plan, planned, named({"a", "new"}, 30, {"h1", "new"}));
    CHECK(fitted.activities.at(1).finished == never);
    CHECK(fitted.lots.at(0).dock == 5);
    CHECK(fitted.lots.at(2).dock == never);
    CHECK(fitted.halls.at(1).empty());
}

TEST_CASE("the plan of a buildout is the same when it is made twice", "[unit][run]")
{
    auto const buildout = load_scenario(fixture()).buildout;
    auto const one = make_plan(buildout);
    auto const two = make_plan(buildout);
    REQUIRE(one.halls.size() == buildout.halls.size());
    for (std::size_t h = 0; h < one.halls.size(); ++h) {
        REQUIRE(!one.halls[h].empty());
        REQUIRE(one.halls[h].size() == two.halls[h].size());
        for (std::size_t i = 0; i < one.halls[h].size(); ++i) {
            CHECK(one.halls[h][i].from == two.halls[h][i].from);
            CHECK(one.halls[h][i].it_W == two.halls[h][i].it_W);
        }
    }
}
