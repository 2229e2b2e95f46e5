#include "sim/search/goal.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

Layout layout()
{
    return {.start = "2026-01-01",
            .operate = false,
            .figures = {{"live_W", "W", "live power"},
                        {"date_x", "seconds since 2026-01-01T00:00:00Z", "a date"},
                        {"goods_paid", "1", "money"}},
            .campuses = {"site"},
            .month_ends_s = {}};
}

SearchSpec spec()
{
    return {.levers = {"crews:/crews/0/teams=1:9:9"},
            .minimize = "mean: goods_paid/1e6 + 2.5*crews",
            .subject_to = {"P80: date_x <= 2026-01-31"}};
}

std::vector<Problem> problems_of(SearchSpec const& asked)
{
    try {
        static_cast<void>(wanted_of(asked, layout(), SearchSpace(asked.levers)));
    }
    catch (InputErrors const& errors) {
        return errors.problems();
    }
    return {};
}

} // namespace

TEST_CASE("expressions know figures and levers", "[unit][sweep]")
{
    auto const wanted = wanted_of(spec(), layout(), SearchSpace(spec().levers));
    CHECK(wanted.names.names == std::vector<std::string>{"live_W", "date_x", "goods_paid", "crews"});
    CHECK(wanted.objective.of_run(std::vector{0.0, 0.0, 3e6, 4.0}) == 13.0); // 3 + 2.5 x 4
    CHECK_FALSE(wanted.goal.maximize);
    REQUIRE(wanted.goal.bounds.size() == 1);
    CHECK_THAT(wanted.goal.bounds[0].bound, WithinAbs(31.0 * 86400.0, 1.0)); // until the end of 31 January
}

TEST_CASE("every expression that is wrong is named with its option", "[unit][sweep]")
{
    auto asked = spec();
    asked.minimize = "mean: goods_payd";
    asked.subject_to = {"P80: date_y <= 2026-01-31", "live_W < 5"};
    auto const problems = problems_of(asked);
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].where == "--minimize");
    CHECK_THAT(problems[0].message, ContainsSubstring("did you mean \"goods_paid\""));
    CHECK(problems[1].where == "--subject-to");
    CHECK_THAT(problems[1].message, ContainsSubstring("did you mean \"date_x\""));
    CHECK_THAT(problems[2].message, ContainsSubstring("<="));
}

TEST_CASE("a search has one objective, and no lever is called like a figure", "[unit][sweep]")
{
    auto none = spec(), two = spec(), same = spec();
    none.minimize = "";
    two.maximize = "live_W";
    same.levers = {"live_W:/crews/0/teams=1:9:9"};
    same.minimize = "mean: goods_paid";
    CHECK_THAT(problems_of(none).at(0).message, ContainsSubstring("is missing"));
    CHECK_THAT(problems_of(two).at(0).message, ContainsSubstring("one objective"));
    CHECK_THAT(problems_of(same).at(0).message, ContainsSubstring("name live_W of a figure"));
}

TEST_CASE("a quantile has the interval of order statistics, a mean that of its standard error", "[unit][sweep]")
{
    auto const wanted = wanted_of(spec(), layout(), SearchSpace(spec().levers));
    std::vector<double> days;
    for (int i = 40; i >= 1; --i) {
        days.push_back(i);
    }
    auto const p80 = estimate_of(wanted.conditions[0].measure, days);
    CHECK(p80.value == 32.0); // rank 0.8 x 40
    // Binomial (40, 0.8): P(B <= 26) = 0.0194 and P(B <= 27) = 0.0432; P(B >= 37) = 0.0285, P(B >= 38) = 0.0079 (tables).
    CHECK(p80.low == 27.0);
    CHECK(p80.high == 38.0);
    auto const mean = estimate_of(wanted.objective, {1.0, 2.0, 3.0, 4.0});
    CHECK(mean.value == 2.5);
    CHECK_THAT(mean.high - mean.value, WithinRel(1.96 * std::sqrt(5.0 / 3.0 / 4.0), 1e-12)); // variance 5/3 of four numbers
    CHECK(mean.not_reached == 0.0);
}

TEST_CASE("dates never reached are last in a quantile, counted, and take a mean away", "[unit][sweep]")
{
    auto const wanted = wanted_of(spec(), layout(), SearchSpace(spec().levers));
    double const never = std::numeric_limits<double>::infinity();
    auto const p80 = estimate_of(wanted.conditions[0].measure, {1.0, never, 2.0, 3.0, never});
    CHECK(p80.value == never); // rank 4 of 5
    CHECK(p80.not_reached == 0.4);
    CHECK(estimate_of(wanted.conditions[0].measure, {1.0, never, 2.0, 3.0, 4.0}).value == 4.0);
    CHECK(std::isinf(estimate_of(wanted.objective, {1.0, never}).value));
    CHECK(std::isnan(estimate_of(wanted.objective, {1.0, std::nan("")}).value));
}
