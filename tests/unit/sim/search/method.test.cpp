#include "sim/search/method.hpp"

#include "tests/unit/sim/search/case.hpp"

#include "tests/catch.hpp"

#include <set>

using namespace aidc;
using test::FunctionSearch;
using test::Numbers;

namespace {

constexpr std::array every_method{SearchMethod::chosen, SearchMethod::isres, SearchMethod::cobyla,
                                  SearchMethod::direct, SearchMethod::crs,   SearchMethod::sbplx};

/// min x0^2 + 2 x1^2 + 3 x2^2 + 4 x3^2 with x0 + x1 + x2 + x3 >= 24, on whole numbers 0 ... 20. Without whole numbers, by Lagrange,
/// x_j = lambda/(2 w_j) with weights w: 11.52, 5.76, 3.84, 2.88, cost 276.48. On whole numbers no plan costs less than that, and
/// 11, 6, 4, 3 costs 121 + 72 + 48 + 36 = 277.
FunctionSearch convex()
{
    return {.space = SearchSpace({"a:/a=0:20:21", "b:/b=0:20:21", "c:/c=0:20:21", "d:/d=0:20:21"}),
            .goal = {.maximize = false, .bounds = {{.at_most = false, .bound = 24.0}}},
            .function = [](std::vector<double> const& x, Replicates) {
                return Numbers{x[0] * x[0] + 2 * x[1] * x[1] + 3 * x[2] * x[2] + 4 * x[3] * x[3], x[0] + x[1] + x[2] + x[3]};
            }};
}

/// Rastrigin's function moved to (1.5, -2.25, 0.75), which is on the levers; least value 0 there, local minima every 2.5.
FunctionSearch multimodal()
{
    return {.space = SearchSpace({"a:/a=-5:5:41", "b:/b=-5:5:41", "c:/c=-5:5:41"}),
            .goal = {},
            .function = [](std::vector<double> const& x, Replicates) {
                constexpr std::array at{1.5, -2.25, 0.75};
                double sum = 30.0;
                for (std::size_t j = 0; j < 3; ++j) {
                    double const z = x[j] - at[j];
                    sum += z * z - 10.0 * std::cos(2.0 * std::numbers::pi * z / 2.5);
                }
                return Numbers{sum};
            }};
}

} // namespace

TEST_CASE("every method finds the convex optimum on whole numbers under a constraint", "[unit][sweep]")
{
    for (auto const method : every_method) {
        auto function = convex();
        auto search = function.search();
        run_search(search, {.method = method, .seed = 1, .start = function.middle(), .evaluations = 600});
        INFO("method " << static_cast<int>(method));
        CHECK(search.best()->objective.value == 277.0);
        CHECK(function.goal.is_feasible(*search.best()));
        CHECK(function.evaluated <= 600);
    }
}

TEST_CASE("auto finds the convex optimum with 200 of 194,481 plans from any start", "[unit][sweep]")
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        auto function = convex();
        std::mt19937_64 bits(seed);
        auto search = function.search();
        run_search(search, {.method = SearchMethod::chosen, .seed = seed, .start = function.space.random(bits), .evaluations = 200});
        INFO("seed " << seed);
        CHECK(search.best()->objective.value == 277.0);
    }
}

TEST_CASE("auto finds the lowest of many minima", "[unit][sweep]")
{
    std::size_t found = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        auto function = multimodal();
        auto search = function.search();
        run_search(search, {.method = SearchMethod::chosen, .seed = seed, .start = {5, 35, 30}, .evaluations = 400});
        found += search.best()->objective.value < 1e-9 ? 1 : 0;
    }
    CHECK(found >= 19); // 64 minima; 400 of 68,921 plans
}

TEST_CASE("all looks at every plan, and is what auto does when the budget allows it", "[unit][sweep]")
{
    FunctionSearch function{.space = SearchSpace({"a:/a=0:9:10", "b:/b=x,y,z"}),
                            .goal = {.maximize = true, .bounds = {}},
                            .function = [](std::vector<double> const& x, Replicates) {
                                return Numbers{x[0] == 7.0 && x[1] == 2.0 ? 1.0 : 0.0}; // nothing leads there
                            }};
    CHECK(method_for(SearchMethod::chosen, 30.0, 30) == SearchMethod::all);
    CHECK(method_for(SearchMethod::chosen, 31.0, 30) == SearchMethod::cobyla);
    CHECK(method_for(SearchMethod::direct, 30.0, 30) == SearchMethod::direct);
    auto search = function.search();
    run_search(search, {.method = SearchMethod::chosen, .seed = 1, .start = {0, 0}, .evaluations = 30});
    CHECK(function.evaluated == 30);
    CHECK(search.best()->plan == Steps{7, 2});
}

TEST_CASE("polishing trades one lever for another along a constraint", "[unit][sweep]")
{
    // min 3 a + 2 b with a + b >= 10: from (10, 0), where no single step helps, to (0, 10).
    FunctionSearch function{.space = SearchSpace({"a:/a=0:10:11", "b:/b=0:10:11"}),
                            .goal = {.maximize = false, .bounds = {{.at_most = false, .bound = 10.0}}},
                            .function = [](std::vector<double> const& x, Replicates) {
                                return Numbers{3.0 * x[0] + 2.0 * x[1], x[0] + x[1]};
                            }};
    auto search = function.search();
    search.allow(200);
    search.ask({10, 0});
    polish(search);
    CHECK(search.best()->plan == Steps{0, 10});
}

TEST_CASE("without a feasible plan the nearest to the constraints is the best", "[unit][sweep]")
{
    auto function = convex();
    function.goal.bounds = {{.at_most = false, .bound = 100.0}}; // 80 is the most
    auto search = function.search();
    run_search(search, {.method = SearchMethod::chosen, .seed = 1, .start = function.middle(), .evaluations = 200});
    CHECK(search.best()->plan == Steps{20, 20, 20, 20});
    CHECK_FALSE(function.goal.is_feasible(*search.best()));
}

TEST_CASE("plans without a number are passed over, even the start", "[unit][sweep]")
{
    auto function = convex();
    auto const inner = function.function;
    function.function = [inner](std::vector<double> const& x, Replicates r) {
        auto numbers = inner(x, r);
        numbers[0] = static_cast<int>(x[0] + x[1]) % 3 == 2 ? std::numeric_limits<double>::quiet_NaN() : numbers[0];
        return numbers; // 11 + 6 has no number
    };
    double least = std::numeric_limits<double>::infinity();
    Steps plan(4, 0);
    do {
        auto const e = *function.evaluate(plan, {});
        least = function.goal.is_feasible(e) ? std::min(least, e.objective.value) : least;
    } while (function.space.next(plan));
    auto search = function.search();
    run_search(search, {.method = SearchMethod::chosen, .seed = 1, .start = {10, 10, 10, 10}, .evaluations = 400});
    CHECK(search.best()->objective.value <= 1.02 * least);
    CHECK(function.goal.is_feasible(*search.best()));
}

TEST_CASE("a longer search begins with the plans of a shorter one", "[unit][sweep]")
{
    for (auto const method : every_method) {
        auto function = multimodal();
        auto brief = function.search(), longer = function.search();
        run_search(brief, {.method = method, .seed = 3, .start = {5, 35, 30}, .evaluations = 90});
        run_search(longer, {.method = method, .seed = 3, .start = {5, 35, 30}, .evaluations = 150});
        INFO("method " << static_cast<int>(method));
        REQUIRE(brief.asked().size() == 90);
        for (std::size_t i = 0; i < 90; ++i) {
            CHECK(brief.asked()[i]->plan == longer.asked()[i]->plan);
        }
    }
}

TEST_CASE("a search ends when every plan is known, whatever the budget", "[unit][sweep]")
{
    for (auto const method : every_method) {
        FunctionSearch function{.space = SearchSpace({"a:/a=0,1,2", "b:/b=0,1"}),
                                .goal = {},
                                .function = [](std::vector<double> const& x, Replicates) { return Numbers{x[0] - x[1]}; }};
        auto search = function.search();
        run_search(search, {.method = method, .seed = 1, .start = {1, 1}, .evaluations = 1000});
        CHECK(search.asked().size() <= 6);
        CHECK(search.best()->plan == Steps{0, 1});
    }
}

TEST_CASE("an error of an evaluation comes out of the method", "[unit][sweep]")
{
    for (auto const method : every_method) {
        auto function = convex();
        std::size_t calls = 0;
        auto const inner = function.function;
        function.function = [&calls, inner](std::vector<double> const& x, Replicates r) {
            return ++calls == 20 ? throw std::domain_error("disk full") : inner(x, r);
        };
        auto search = function.search();
        CHECK_THROWS_AS(run_search(search, {.method = method, .seed = 1, .start = function.middle(), .evaluations = 100}),
                        std::domain_error);
    }
}

TEST_CASE("neighbours are one step up and down, less those beyond the ends", "[unit][sweep]")
{
    auto function = multimodal();
    auto search = function.search();
    search.allow(100);
    ask_neighbours(search, {0, 20, 40});
    std::set<Steps> plans;
    for (auto const* const e : search.asked()) {
        plans.insert(e->plan);
    }
    CHECK(plans == std::set<Steps>{{1, 20, 40}, {0, 19, 40}, {0, 21, 40}, {0, 20, 39}});
}
