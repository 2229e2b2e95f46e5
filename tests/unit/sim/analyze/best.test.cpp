#include "sim/analyze/best.hpp"

#include "tests/catch.hpp"

#include <limits>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

MeasureNames const names{.names = {"cost", "date_x", "power"}, .is_date = {false, true, false}, .start = "2026-01-01"};

std::vector<Condition> conditions(std::vector<std::string> const& texts)
{
    std::vector<Condition> parsed;
    for (auto const& text : texts) {
        parsed.push_back(parse_condition(text, names));
    }
    return parsed;
}

std::vector<std::size_t> order(Ranking const& ranking)
{
    std::vector<std::size_t> points;
    for (auto const& ranked : ranking.points) {
        points.push_back(ranked.point);
    }
    return points;
}

using Order = std::vector<std::size_t>;

} // namespace

TEST_CASE("without conditions points are sorted by the objective, ties in their order", "[unit][sweep]")
{
    std::vector<double> const cost{3, 1, 2, 1, 3};
    auto const least = rank_points(5, cost, true, {}, {});
    CHECK(order(least) == Order{1, 3, 2, 0, 4});
    CHECK(least.meeting == 5);
    CHECK(order(rank_points(5, cost, false, {}, {})) == Order{0, 4, 2, 1, 3});
}

TEST_CASE("objectives that were not reached come after all numbers, those without a value last, either way", "[unit][sweep]")
{
    std::vector<double> const cost{infinity, not_a_number, 5, infinity, 7};
    auto const least = rank_points(5, cost, true, {}, {});
    CHECK(order(least) == Order{2, 4, 0, 3, 1});
    CHECK(least.absent == 1);
    CHECK(order(rank_points(5, cost, false, {}, {})) == Order{4, 2, 0, 3, 1});
}

TEST_CASE("points that meet every condition come first, and only they count as meeting", "[unit][sweep]")
{
    // The cheapest, 1, is too late; 3 has too little power.
    std::vector<double> const cost{4, 1, 3, 2};
    std::vector<double> const date{10 * 86400.0, 12 * 86400.0, 9 * 86400.0, 8 * 86400.0}, power{5, 5, 5, 4};
    auto const ranking = rank_points(4, cost, true, conditions({"date_x <= 2026-01-11", "power >= 5"}), {date, power});
    CHECK(ranking.meeting == 2);
    CHECK(order(ranking) == Order{2, 0, 1, 3}); // 1 misses by 1 of 4 days of spread less a tick, 3 by the whole spread of power
    CHECK(ranking.points[0].missed == 0);
    CHECK(ranking.points[2].missed == 1);
    CHECK_THAT(ranking.points[2].by, WithinAbs(0.25, 1e-6));
    CHECK(ranking.points[3].by == 1.0);
}

TEST_CASE("without an objective points that meet the conditions stay in their order", "[unit][sweep]")
{
    auto const ranking = rank_points(4, {}, true, conditions({"power >= 5"}), {{7, 1, 5, 6}});
    CHECK(order(ranking) == Order{0, 2, 3, 1});
    CHECK(ranking.meeting == 3);
    CHECK(ranking.absent == 0);
}

TEST_CASE("dates that were not reached and values that are none meet nothing and come last", "[unit][sweep]")
{
    auto const ranking =
        rank_points(4, {1, 2, 3, 4}, true, conditions({"date_x <= 2026-01-02"}), {{infinity, not_a_number, 5 * 86400.0, 86400.0}});
    CHECK(ranking.meeting == 1);
    CHECK(order(ranking) == Order{3, 2, 0, 1});
}

TEST_CASE("if none meets the conditions the nearest come first: fewest missed, then least", "[unit][sweep]")
{
    // Spreads 10 and 100. Point 0 misses one by 0.5, 1 misses both by little, 2 misses one by 0.2, as does 3, which is dearer.
    auto const ranking = rank_points(4, {1, 1, 2, 3}, true, conditions({"cost <= 0", "power >= 100"}), {{0, 1, 0, 0}, {50, 99, 80, 80}});
    CHECK(ranking.meeting == 0);
    CHECK(order(ranking) == Order{2, 3, 0, 1});
}

TEST_CASE("a measure that is the same everywhere is missed by its own size", "[unit][sweep]")
{
    auto const ranking = rank_points(2, {}, true, conditions({"cost <= 1"}), {{3, 3}});
    CHECK(ranking.points[0].by == 2.0);
    CHECK(order(ranking) == Order{0, 1});
}
