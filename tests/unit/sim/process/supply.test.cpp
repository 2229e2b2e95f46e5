#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

constexpr double made_by_line_days = 0.01 / day_s; ///< Law T3: what a line makes may come two ticks late

/// One of the dates of every lot [days].
std::vector<double> days_of(Plan const& dates, Tick LotDates::*date)
{
    std::vector<double> all;
    for (auto const& lot : dates.lots) {
        all.push_back(in_days(lot.*date));
    }
    return all;
}

void check_days(std::vector<double> const& got, std::vector<double> const& expected, double margin_days = 0.0)
{
    REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        CAPTURE(i, got[i], expected[i]);
        CHECK((got[i] == expected[i] || std::abs(got[i] - expected[i]) <= margin_days));
    }
}

constexpr double not_reached = HUGE_VAL;

Tick day(double n) { return ticks(n * day_s); }

/// Orders "0", "1", ... of two units, one lot each, at a maker with a quoted lead of 10 days and 5 days of transit: ordered on
/// day n, such a lot is made and shipped on day n + 10 and at the border on day n + 15.
Buildout quoted(std::vector<double> const& placed_days)
{
    auto b = bare(1000.0);
    auto const maker = add_maker(
        b, {.name = "maker", .item = add_item(b, "item"), .lead = days(10.0), .transit = days(5.0), .lot_units = 2.0, .unit_price = 100.0});
    for (double const placed : placed_days) {
        add_order(b, {.name = std::to_string(b.orders.size()), .maker = maker, .units = 2.0, .placed = day(placed)});
    }
    return b;
}

Shock shock(double from_days, double until_days)
{
    return {.name = "shock", .item = id<Item>(0), .from = day(from_days), .until = until_days == not_reached ? never : day(until_days)};
}

} // namespace

TEST_CASE("a lot that is given to somebody else queues again at the end, once", "[process][supply]")
{
    // One unit a day; three lots of two units, each taken away when it is due (days 2, 4, 6) and made again behind the others.
    auto b = bare(100.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 2.0);
    b.makers[line.row].decommit_probability = 1.0 - 1e-12;
    add_order(b, {.name = "ours", .maker = line, .units = 6.0});
    auto const dates = built(b);
    check_days(days_of(dates, &LotDates::made), {8, 10, 12}, made_by_line_days);
    CHECK(std::ranges::all_of(dates.lots, [](LotDates const& lot) { return lot.decommits == 1; }));
    check_days(days_of(built(b, {.draws = Draws::median}), &LotDates::made), {2, 4, 6}, made_by_line_days); // never in the plan
}

TEST_CASE("a quoted lead time begins again when the lot is given to somebody else", "[process][supply]")
{
    auto b = quoted({0, 7});
    b.makers[0].decommit_probability = 1.0 - 1e-12;
    check_days(days_of(built(b), &LotDates::made), {20, 27});
}

TEST_CASE("the share of lots that are given to somebody else is the probability", "[process][supply]")
{
    double const p = 0.3;
    auto b = quoted(std::vector<double>(20000, 0.0));
    b.makers[0].decommit_probability = p;
    std::vector<double> taken;
    for (auto const& lot : built(b).lots) {
        taken.push_back(lot.decommits);
        REQUIRE(in_days(lot.made) == 10.0 + 10.0 * lot.decommits);
    }
    auto const share = estimate(taken); // binomial
    CAPTURE(share.mean, share.error);
    CHECK(std::abs(share.mean - p) <= 3.0 * share.error);
}

TEST_CASE("an option is exercised when less of the watched order is on the dock on the day of decision", "[process][supply]")
{
    // The watched order of 10 units: 5 on the dock on day 15, 5 on day 45. The option is decided on day 30: half is there.
    auto const placed = [](double on_dock_below) {
        auto b = quoted({0});
        b.makers[0].lot_units = 5.0;
        b.makers[0].ship_every_s = 30.0 * day_s; // quoted: the next lot follows so much later
        b.orders[0].units = 10.0;
        add_order(b, {.name = "option",
                      .maker = id<Maker>(0),
                      .units = 5.0,
                      .option = Option{.decided = day(30.0), .watched = id<Order>(0), .on_dock_below = on_dock_below}});
        auto const dates = built(b);
        CHECK(in_days(dates.lots[0].dock) == 15.0);
        CHECK(in_days(dates.lots[1].dock) == 45.0);
        return std::vector<double>{in_days(dates.lots[2].placed), in_days(dates.lots[2].dock), dates.lots[2].paid};
    };
    check_days(placed(0.5), {not_reached, not_reached, 0.0});
    check_days(placed(0.51), {30.0, 45.0, 500.0});
}

TEST_CASE("what is not made when its order is cancelled is withdrawn, what is being made as well", "[process][supply]")
{
    // One unit a day, three days of touch time, lots of two: ours leave the line on days 2 and 4; on day 5 the third is half made.
    // The other order of two, waiting since day 1, is on the line from day 5 to 7.
    auto b = bare(100.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 2.0);
    b.makers[line.row].lead = days(3.0);
    b.makers[line.row].unit_price = 10.0;
    add_order(b, {.name = "ours", .maker = line, .units = 10.0, .cancelled = day(5.0)});
    add_order(b, {.name = "other", .maker = line, .units = 2.0, .placed = day(1.0)});
    auto const dates = built(b);
    // The second was off the line and under test on day 5: it is ours, and made on day 7.
    check_days(days_of(dates, &LotDates::made), {5, 7, not_reached, not_reached, not_reached, 10}, made_by_line_days);
    std::vector<double> paid;
    for (auto const& lot : dates.lots) {
        paid.push_back(lot.paid);
    }
    CHECK(paid == std::vector<double>{20, 20, 0, 0, 0, 20});
}

TEST_CASE("a quoted lot that is due after the day of cancellation does not come", "[process][supply]")
{
    auto b = quoted({0, 4});
    b.orders[0].cancelled = day(10.0); // due that very day: made
    b.orders[1].cancelled = day(13.0);
    auto const dates = built(b);
    check_days(days_of(dates, &LotDates::made), {10, not_reached});
    CHECK(dates.lots[1].paid == 0.0);
}

TEST_CASE("lots wait for the qualification of their maker", "[process][supply]")
{
    // Qualified 15 days after day 20. On the line from then on, one unit a day; an order placed later does not wait for it.
    auto b = bare(200.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 4.0);
    b.makers[line.row].qualified_from = day(20.0);
    b.makers[line.row].qualification = days(15.0);
    add_order(b, {.name = "early", .maker = line, .units = 4.0, .placed = day(3.0)});
    add_order(b, {.name = "late", .maker = line, .units = 4.0, .placed = day(60.0)});
    auto const dates = built(b);
    check_days(days_of(dates, &LotDates::supplied), {35, 60});
    check_days(days_of(dates, &LotDates::made), {39, 64}, made_by_line_days);
}

TEST_CASE("goods at a closed border wait for its end and the release, or each for its own licence", "[process][shock]")
{
    // At the border on days 29, 30, 50, 59 and 60; closed from day 30 to 60 (that day it is open).
    std::vector<double> const placed{14, 15, 35, 44, 45};
    auto b = quoted(placed);
    b.shocks = {shock(30.0, 60.0)};
    b.shocks[0].holds_transit = true;
    b.shocks[0].release = days(4.0);
    check_days(days_of(built(b), &LotDates::dock), {29, 64, 64, 64, 60});
    b.shocks[0].licence = days(12.0); // even after the end
    check_days(days_of(built(b), &LotDates::dock), {29, 42, 62, 71, 60});
    b.shocks[0].until = never;
    check_days(days_of(built(b), &LotDates::dock), {29, 42, 62, 71, 72});
    b.shocks[0].licence = {};
    check_days(days_of(built(b), &LotDates::dock), {29, not_reached, not_reached, not_reached, not_reached});
    check_days(days_of(built(b, {.draws = Draws::median}), &LotDates::dock), {29, 30, 50, 59, 60}); // no shock in the plan
}

TEST_CASE("a shock looks at the region of the campus and at the maker", "[process][shock]")
{
    auto b = quoted({15});
    auto const dock = [&b](auto const& change) {
        b.shocks = {shock(30.0, 60.0)};
        b.shocks[0].holds_transit = true;
        change(b.shocks[0]);
        return in_days(built(b).lots[0].dock);
    };
    CHECK(dock([](Shock&) {}) == 60.0);
    CHECK(dock([](Shock& s) { s.region = "here"; }) == 60.0);
    CHECK(dock([](Shock& s) { s.region = "elsewhere"; }) == 30.0);
    CHECK(dock([](Shock& s) { s.item = {}, s.maker = id<Maker>(0); }) == 60.0);
    add_maker(b, {.name = "another", .item = id<Item>(0)});
    CHECK(dock([](Shock& s) { s.item = {}, s.maker = id<Maker>(1); }) == 30.0);
}

TEST_CASE("a quota lets so many units pass in each period, in the order of arrival", "[process][shock]")
{
    // Lots of two, at the border: four on day 31, one on 45, two on 52. Four units pass in each ten days from day 30 to 60.
    auto b = quoted({16, 16, 16, 16, 30, 37, 37});
    b.shocks = {shock(30.0, 60.0)};
    b.shocks[0].quota_units = 4.0;
    b.shocks[0].quota_period_s = 10.0 * day_s;
    check_days(days_of(built(b), &LotDates::dock), {31, 31, 40, 40, 50, 52, 60});
    // A lot that is larger than the quota passes alone: one a period, and the last when the shock is over.
    b.shocks[0].quota_units = 1.0;
    check_days(days_of(built(b), &LotDates::dock), {31, 40, 50, 60, 60, 60, 60});
}

TEST_CASE("slow ports add up for lots that are shipped while they last", "[process][shock]")
{
    // Shipped on days 10, 20, 30, 40.
    auto b = quoted({0, 10, 20, 30});
    b.shocks = {shock(20.0, 40.0), shock(30.0, 35.0)};
    b.shocks[0].delay = days(7.0);
    b.shocks[1].name = "second";
    b.shocks[1].delay = days(11.0);
    check_days(days_of(built(b), &LotDates::dock), {15, 32, 53, 45});
}

TEST_CASE("prices multiply on the day of the order, tariffs add up on the day on the dock", "[process][shock]")
{
    // Two units at 100. Prices 1.5 from day 10 to 30 and 2 from day 20 on; tariffs of 10 % from day 25 to 36, 30 % from day 35 on.
    auto b = quoted({5, 10, 20, 30});
    b.shocks = {shock(10.0, 30.0), shock(20.0, not_reached), shock(25.0, 36.0), shock(35.0, not_reached)};
    b.shocks[0].price_factor = 1.5;
    b.shocks[1].price_factor = 2.0;
    b.shocks[2].tariff = 0.1;
    b.shocks[3].tariff = 0.3;
    auto const dates = built(b); // on the dock on days 20, 25, 35, 45
    std::vector<double> paid;
    std::vector<double> tariffs;
    for (auto const& lot : dates.lots) {
        paid.push_back(lot.paid);
        tariffs.push_back(lot.tariff);
    }
    check_days(paid, {200.0, 300.0, 600.0, 400.0}, 1e-9);
    check_days(tariffs, {0.0, 30.0, 600.0 * 0.4, 400.0 * 0.3}, 1e-9);
}

TEST_CASE("a line that is stopped goes on where it was", "[process][shock]")
{
    // One unit a day, lots of two: day 3 is the middle of the second; half the output from day 3 to 7, none from day 8 to 10.
    // Day 7: 3 + 2 = 5 made; day 8: 6; then 7 on day 11 and 8 on day 12.
    auto b = bare(100.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 2.0);
    add_order(b, {.name = "ours", .maker = line, .units = 8.0});
    b.shocks = {shock(3.0, 7.0), shock(8.0, 10.0)};
    b.shocks[0].capacity_factor = 0.5;
    b.shocks[1].capacity_factor = 0.0;
    check_days(days_of(built(b), &LotDates::made), {2, 5, 8, 12}, made_by_line_days);
}

namespace {

Buildout with_random_shock(double up_days, double down_days, double horizon_days)
{
    auto b = bare(horizon_days);
    add_line(b, "line", 1.0 / day_s, 1.0);
    b.shocks = {shock(0.0, 0.0)};
    b.shocks[0].random = true;
    b.shocks[0].capacity_factor = 0.0;
    b.shocks[0].between = exponential(up_days * day_s);
    b.shocks[0].lasts = exponential(down_days * day_s);
    return b;
}

} // namespace

TEST_CASE("random shocks come as often, and last as long, as an alternating renewal process says", "[process][shock]")
{
    // Up with mean 1/l, down with mean 1/m, both exponential, up at first: a Markov chain with
    //     P(up at t) = m/(l + m) + l/(l + m) exp(-(l + m) t)
    // so up to T it is up for U = m T/(l + m) + l/(l + m)^2 (1 - exp(-(l + m) T)) and shocks begin l U times, on average.
    double const l = 1.0 / 90.0;
    double const m = 1.0 / 30.0;
    double const horizon = 400.0;
    double const up = m * horizon / (l + m) + l / ((l + m) * (l + m)) * (1.0 - std::exp(-(l + m) * horizon));
    auto const b = with_random_shock(1.0 / l, 1.0 / m, horizon);
    std::vector<double> count;
    std::vector<double> up_days;
    for (std::uint32_t r = 0; r < 4000; ++r) {
        auto const met = draw_shocks(b, Streams(b.seed, r), Draws::seeded);
        double down = 0.0;
        Tick before = 0;
        for (auto const& one : met) {
            REQUIRE(one.from >= before);
            before = one.until;
            down += in_days(std::min(one.until, b.end)) - in_days(one.from);
        }
        count.push_back(static_cast<double>(met.size()));
        up_days.push_back(horizon - down);
    }
    auto const begun = estimate(count);
    auto const lasted = estimate(up_days);
    CAPTURE(begun.mean, begun.error, l * up, lasted.mean, lasted.error, up);
    CHECK(std::abs(begun.mean - l * up) <= 3.0 * begun.error);
    CHECK(std::abs(lasted.mean - up) <= 3.0 * lasted.error);
    CHECK(draw_shocks(b, Streams(b.seed, 0), Draws::median).empty());
}

TEST_CASE("a line under random shocks makes what it has capacity for, run by run", "[process][shock]")
{
    // One unit a day, 40 % of it while a shock lasts: lots of one unit made by the end = the whole part of the integral.
    for (std::uint32_t r = 0; r < 20; ++r) {
        auto b = with_random_shock(20.0, 8.0, 300.0);
        b.shocks[0].capacity_factor = 0.4;
        add_order(b, {.name = "ours", .maker = id<Maker>(0), .units = 300.0});
        auto const made = days_of(built(b, {.replicate = r}), &LotDates::made);
        double units = 300.0;
        for (auto const& one : draw_shocks(b, Streams(b.seed, r), Draws::seeded)) {
            units -= 0.6 * (in_days(std::min(one.until, b.end)) - in_days(one.from));
        }
        CAPTURE(r, units);
        REQUIRE(std::abs(units - std::round(units)) > made_by_line_days);
        CHECK(std::ranges::count_if(made, [](double date) { return date != not_reached; }) == static_cast<std::ptrdiff_t>(units));
    }
}

TEST_CASE("a shock that may not come at all comes as often as its probability", "[process][shock]")
{
    auto b = bare(100.0);
    b.shocks = {shock(10.0, 20.0)};
    b.shocks[0].probability = 0.35;
    std::vector<double> came;
    for (std::uint32_t r = 0; r < 20000; ++r) {
        came.push_back(static_cast<double>(draw_shocks(b, Streams(b.seed, r), Draws::seeded).size()));
    }
    auto const share = estimate(came);
    CAPTURE(share.mean, share.error);
    CHECK(std::abs(share.mean - 0.35) <= 3.0 * share.error);
}

TEST_CASE("a line that is stopped again while it makes one lot waits again", "[process][shock]")
{
    // One unit a day, one lot of ten, no output on days 2-3, 5-6 and 7-8: made on day 13.
    auto b = bare(100.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 10.0);
    add_order(b, {.name = "ours", .maker = line, .units = 10.0});
    for (double const from : {2.0, 5.0, 7.0}) {
        b.shocks.push_back(shock(from, from + 1.0));
        b.shocks.back().capacity_factor = 0.0;
    }
    check_days(days_of(built(b), &LotDates::made), {13}, made_by_line_days);
}
