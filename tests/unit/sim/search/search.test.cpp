#include "sim/search/search.hpp"

#include "tests/unit/sim/search/case.hpp"

#include "tests/catch.hpp"

using namespace aidc;
using test::FunctionSearch;
using test::Numbers;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Evaluation evaluation(double objective, std::vector<double> const& constraints, std::string const& error = "")
{
    Evaluation e{.plan = {0}, .replicates = {}, .objective = {.value = objective}, .constraints = {}, .error = error};
    for (double const value : constraints) {
        e.constraints.push_back({.value = value});
    }
    return e;
}

FunctionSearch parabola()
{
    return {.space = SearchSpace({"x:/x=0:10:11"}),
            .goal = {.maximize = false, .bounds = {{.at_most = false, .bound = 4.0}}},
            .function = [](std::vector<double> const& x, Replicates) {
                return Numbers{x[0] * x[0], x[0]};
            }};
}

} // namespace

TEST_CASE("what holds comes before what misses less, before what misses more, before what has no number", "[unit][sweep]")
{
    Goal const goal{.maximize = false, .bounds = {{.at_most = true, .bound = 100.0}, {.at_most = false, .bound = -2.0}}};
    auto const cheap = evaluation(1.0, {100.0, -2.0}), dear = evaluation(2.0, {0.0, 0.0});
    auto const near = evaluation(0.0, {101.0, 0.0}), far = evaluation(-5.0, {101.0, -3.0});
    auto const failed = evaluation(-9.0, {0.0, 0.0}, "no valid scenario"), empty = evaluation(none, {0.0, 0.0});
    std::vector<Evaluation const*> const order{&cheap, &dear, &near, &far, &failed};
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t j = 0; j < order.size(); ++j) {
            CHECK(goal.better(*order[i], *order[j]) == (i < j));
        }
    }
    CHECK_FALSE(goal.better(failed, empty));
    CHECK_FALSE(goal.better(empty, failed));
    CHECK(goal.is_feasible(cheap));
    CHECK_FALSE(goal.is_feasible(near));
    CHECK_FALSE(goal.is_feasible(failed));
    CHECK_FALSE(goal.is_feasible(evaluation(infinite, {0.0, 0.0})));
    CHECK(goal.missed(near, 0) == Approx(0.01)); // 1 of 100
    CHECK(goal.missed(far, 1) == Approx(0.5));   // 1 of 2
    CHECK(goal.violation(far) == Approx(0.51));
    Goal const strict{.maximize = false, .bounds = goal.bounds, .margins = {1.0, 0.0}};
    CHECK(strict.violation(cheap) == Approx(0.01)); // with a margin of 1
    CHECK(goal.missed(evaluation(0.0, {1e9, 0.0}), 0) < 10.0);
    CHECK(goal.missed(evaluation(0.0, {1e9, 0.0}), 0) > goal.missed(evaluation(0.0, {1e8, 0.0}), 0));
}

TEST_CASE("a date never reached misses more, the fewer replicates reach it, and more than any date that was", "[unit][sweep]")
{
    Goal const goal{.maximize = false, .bounds = {{.at_most = true, .bound = 100.0}}};
    auto never = evaluation(0.0, {infinite}), seldom = never;
    never.constraints[0].not_reached = 1.0;
    seldom.constraints[0].not_reached = 0.3;
    CHECK(goal.better(seldom, never));
    CHECK(goal.better(evaluation(0.0, {1e9}), seldom));
    CHECK_FALSE(goal.is_feasible(seldom));
}

TEST_CASE("to maximize is to minimize the negative", "[unit][sweep]")
{
    Goal const goal{.maximize = true, .bounds = {}};
    CHECK(goal.better(evaluation(2.0, {}), evaluation(1.0, {})));
    CHECK(goal.cost(evaluation(2.0, {})) == -2.0);
}

TEST_CASE("a plan is evaluated once, and only new plans count", "[unit][sweep]")
{
    auto function = parabola();
    auto search = function.search();
    CHECK(search.ask({5}) == nullptr); // nothing was allowed yet
    search.allow(2);
    auto const* const first = search.ask({5});
    REQUIRE(first != nullptr);
    CHECK(search.ask({5}) == first);
    CHECK(search.left() == 1);
    CHECK(search.find({5}) == first);
    CHECK(search.find({4}) == nullptr);
    REQUIRE(search.ask({4}) != nullptr);
    CHECK(search.best()->plan == Steps{4});
    CHECK(search.ask({3}) == nullptr); // spent
    CHECK(search.ask({5}) == first);
    CHECK(function.evaluated == 2);
    CHECK_FALSE(search.stopped());
    search.allow(3);
    REQUIRE(search.ask({3}) != nullptr);
    CHECK(search.best()->plan == Steps{4}); // 3 is cheaper and misses
}

TEST_CASE("other replicates are another evaluation, which does not count", "[unit][sweep]")
{
    auto function = parabola();
    auto search = function.search();
    search.allow(1);
    search.ask({5});
    auto const* const fresh = search.ask({5}, {.first = 10, .count = 200});
    REQUIRE(fresh != nullptr);
    CHECK(fresh->replicates.first == 10);
    CHECK(search.asked().size() == 1);
    CHECK(search.ask({5}, {.first = 10, .count = 200}) == fresh);
    CHECK(function.evaluated == 2);
}

TEST_CASE("a search that was stopped answers no more", "[unit][sweep]")
{
    auto function = parabola();
    function.stop_after = 1;
    auto search = function.search();
    search.allow(5);
    CHECK(search.ask({5}) != nullptr);
    CHECK(search.ask({6}) == nullptr);
    CHECK(search.stopped());
    CHECK(search.ask({5}) == nullptr);
    CHECK(search.asked().size() == 1);
}

TEST_CASE("a margin changes what is best", "[unit][sweep]")
{
    auto function = parabola();
    auto search = function.search();
    search.allow(5);
    for (std::uint32_t const x : {6U, 4U, 5U}) {
        search.ask({x});
    }
    CHECK(search.best()->plan == Steps{4});
    search.demand({0.5});
    CHECK(search.best()->plan == Steps{5});
    search.demand({});
    CHECK(search.best()->plan == Steps{4});
}

TEST_CASE("what an earlier part evaluated costs nothing and is taken up at the end", "[unit][sweep]")
{
    auto function = parabola();
    std::vector<Evaluation> const known{*function.evaluate({7}, {.first = 0, .count = 10}),
                                        *function.evaluate({4}, {.first = 0, .count = 10}),
                                        *function.evaluate({4}, {.first = 10, .count = 200})};
    Search search(function.space, function.goal,
                  {.evaluate = [](auto&&...) -> std::optional<Evaluation> {
                       FAIL("simulated");
                       return {};
                   },
                   .note = {}},
                  {.first = 0, .count = 10}, known);
    search.allow(1);
    CHECK(search.ask({7})->objective.value == 49.0);
    CHECK(search.left() == 0);
    search.take_up_rest();
    CHECK(search.asked().size() == 2); // not the one with fresh replicates
    CHECK(search.best()->plan == Steps{4});
}
