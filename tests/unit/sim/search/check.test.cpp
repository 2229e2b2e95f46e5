#include "sim/search/check.hpp"

#include "models/base/quantile.hpp"
#include "tests/unit/sim/search/case.hpp"

#include "tests/catch.hpp"

#include <algorithm>

using namespace aidc;
using test::FunctionSearch;
using test::Numbers;

namespace {

/// Time 100 - 2 x and `luck` of each replicate; its P80 must be 60 or less; x costs.
FunctionSearch crews(std::function<double(std::uint32_t)> luck, double bound)
{
    return {.space = SearchSpace({"x:/x=0:40:41"}),
            .goal = {.maximize = false, .bounds = {{.at_most = true, .bound = bound}}},
            .function = [luck = std::move(luck)](std::vector<double> const& x, Replicates which) {
                std::vector<double> times;
                for (std::uint32_t r = which.first; r < which.first + which.count; ++r) {
                    times.push_back(100.0 - 2.0 * x[0] + luck(r));
                }
                std::ranges::sort(times);
                return Numbers{x[0], quantile_of(times, 0.8)};
            }};
}

} // namespace

TEST_CASE("a chance constraint ends where the quantile of the normal law says", "[unit][sweep]")
{
    // P80 of a normal number of deviation 10 is 8.416 (tables: z_0.8 = 0.8416): 100 - 2 x + 8.416 <= 59.4 from x = 24.5 on: 25.
    auto function = crews([](std::uint32_t r) { return 10.0 * test::normal(r); }, 59.4);
    auto search = function.search({.first = 0, .count = 4000});
    run_search(search, {.method = SearchMethod::direct, .seed = 1, .start = {0}, .evaluations = 40});
    auto const verdict = check_best(search);
    REQUIRE(verdict.confirmed == 0U);
    CHECK(verdict.checked[0].search->plan == Steps{25});
    CHECK(verdict.checked[0].fresh->replicates.first == 4000);
    CHECK(verdict.checked[0].fresh->replicates.count == 4000);
    CHECK_THAT(verdict.checked[0].fresh->constraints[0].value, WithinAbs(100.0 - 50.0 + 8.416, 0.7)); // 3 standard errors of the quantile
}

TEST_CASE("a plan whose draws were kind is found out, and the margin it fell short by is kept", "[unit][sweep]")
{
    // Replicates of the search are 5 faster than all others: 18 looks enough, 20 is.
    auto function = crews([](std::uint32_t r) { return r < 10 ? -5.0 : 0.0; }, 60.0);
    auto search = function.search({.first = 0, .count = 10});
    run_search(search, {.method = SearchMethod::all, .seed = 1, .start = {0}, .evaluations = 41});
    CHECK(search.best()->plan == Steps{18});
    auto const verdict = check_best(search);
    REQUIRE(verdict.checked.size() == 2);
    CHECK(verdict.checked[0].search->plan == Steps{18});
    CHECK_FALSE(verdict.checked[0].holds);
    CHECK(verdict.checked[0].fresh->constraints[0].value == 64.0);
    CHECK(verdict.checked[1].search->plan == Steps{20}); // not 19, which the margin of 5 rules out
    CHECK(verdict.confirmed == 1U);
    CHECK(verdict.checked[1].fresh->replicates.count == 200);
}

TEST_CASE("what is left of the budget goes into steps with the margin", "[unit][sweep]")
{
    // Of 1001 values of x, 100 may be looked at. The search ends at 17.5; what holds with the margin of 5 begins at 20.
    auto function = crews([](std::uint32_t r) { return r < 10 ? -5.0 : 0.0; }, 60.0);
    function.space = SearchSpace({"x:/x=0:40:1001"});
    auto search = function.search({.first = 0, .count = 10});
    auto const verdict = search_and_check(search, {.method = SearchMethod::chosen, .seed = 1, .start = {0}, .evaluations = 100});
    REQUIRE(verdict.confirmed);
    CHECK_THAT(verdict.checked.front().search->objective.value, WithinAbs(17.52, 1e-9)); // the first multiple of 0.04 from 17.5 on
    CHECK_THAT(verdict.checked[*verdict.confirmed].search->objective.value, WithinAbs(20.0, 1e-9));
    CHECK(search.asked().size() <= 100);
}

TEST_CASE("a date that fresh replicates do not reach is a reason for a wider margin", "[unit][sweep]")
{
    // Fresh replicates never arrive below x = 24: looked at are 20, then what has twice the room, 21, 22, 24.
    auto function = crews([](std::uint32_t) { return 0.0; }, 60.0);
    function.function = [](std::vector<double> const& x, Replicates which) {
        bool const late = which.first > 0 && x[0] < 24.0;
        return Numbers{x[0], late ? std::numeric_limits<double>::infinity() : 100.0 - 2.0 * x[0]};
    };
    auto search = function.search();
    auto const verdict = search_and_check(search, {.method = SearchMethod::all, .seed = 1, .start = {0}, .evaluations = 41});
    REQUIRE(verdict.confirmed);
    CHECK(verdict.checked[*verdict.confirmed].search->plan == Steps{24});
}

TEST_CASE("when fresh replicates miss at every turn nothing is confirmed", "[unit][sweep]")
{
    auto function = crews([](std::uint32_t r) { return r < 10 ? -50.0 : 50.0; }, 60.0);
    auto search = function.search({.first = 0, .count = 10});
    run_search(search, {.method = SearchMethod::all, .seed = 1, .start = {0}, .evaluations = 41});
    auto const verdict = check_best(search);
    CHECK_FALSE(verdict.confirmed);
    CHECK(verdict.checked.size() == 5);
    CHECK_FALSE(verdict.stopped);
}

TEST_CASE("where no plan is feasible there is nothing to check", "[unit][sweep]")
{
    auto function = crews([](std::uint32_t) { return 0.0; }, 10.0); // 20 is the least
    auto search = function.search();
    run_search(search, {.method = SearchMethod::all, .seed = 1, .start = {0}, .evaluations = 41});
    CHECK(check_best(search).checked.empty());
    CHECK(ranked(search, search.goal()).front()->plan == Steps{40});
}

TEST_CASE("a check that is stopped says so", "[unit][sweep]")
{
    auto function = crews([](std::uint32_t) { return 0.0; }, 60.0);
    function.stop_after = 41;
    auto search = function.search();
    run_search(search, {.method = SearchMethod::all, .seed = 1, .start = {0}, .evaluations = 41});
    auto const verdict = check_best(search);
    CHECK(verdict.stopped);
    CHECK(verdict.checked.empty());
}

TEST_CASE("plans of equal worth stay in the order in which they were asked for", "[unit][sweep]")
{
    FunctionSearch function{
        .space = SearchSpace({"x:/x=0:9:10"}), .goal = {}, .function = [](auto const&, Replicates) { return Numbers{1.0}; }};
    auto search = function.search();
    run_search(search, {.method = SearchMethod::all, .seed = 1, .start = {4}, .evaluations = 10});
    CHECK(search.best()->plan == Steps{4});
    CHECK(ranked(search, search.goal()).front()->plan == Steps{4});
    CHECK(ranked(search, search.goal()).back()->plan == Steps{9});
}
