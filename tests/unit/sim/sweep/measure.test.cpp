#include "sim/sweep/measure.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <limits>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

MeasureNames const names{.names = {"live_W", "date_target_400_MW", "date_b", "goods_paid", "crews", "2x"},
                         .is_date = {false, true, true, false, false, false},
                         .start = "2026-01-01"};

/// live_W, date_target_400_MW, date_b, goods_paid, crews, 2x.
std::vector<double> const run{4e8, 86400.0, not_a_number, 3e9, 5.0, 7.0};

double value(std::string const& text) { return Measure(text, names).of_run(run); }

/// What is wrong with a measure, in words; "" when nothing is.
std::string complaint(std::string const& text)
{
    try {
        Measure const measure(text, names);
        return "";
    }
    catch (InputErrors const& errors) {
        return errors.problems().front().message;
    }
}

std::string condition_complaint(std::string const& text)
{
    try {
        static_cast<void>(parse_condition(text, names));
        return "";
    }
    catch (InputErrors const& errors) {
        return errors.problems().front().where + " " + errors.problems().front().message;
    }
}

} // namespace

TEST_CASE("a measure is a name or an expression of names", "[unit][sweep]")
{
    CHECK(value("live_W") == 4e8);
    CHECK(value("  live_W  ") == 4e8);
    CHECK(value("goods_paid/1e9 + 0.5*crews") == 5.5);
    CHECK(value("mean: goods_paid/1e9 + 0.5*crews") == 5.5);
    CHECK(value("min(crews, 3) + max(1, 2)") == 5.0);
    CHECK(value("crews^2 - (crews - 1)*2") == 17.0);
    CHECK(value("42") == 42.0);
}

TEST_CASE("a name that begins with a digit can stand alone only", "[unit][sweep]")
{
    CHECK(value("2x") == 7.0);
    CHECK(value("P80: 2x") == 7.0);
    CHECK_THAT(complaint("2x + 1"), ContainsSubstring("is no expression"));
}

TEST_CASE("comparisons and the question mark are part of an expression", "[unit][sweep]")
{
    CHECK(value("crews > 3 ? 1 : 2") == 1.0);
    CHECK(value("max: crews > 9 ? 1 : 2") == 2.0);
    CHECK(value("(crews >= 5) + (crews == 5) + (crews != 5) + (crews <= 4)") == 2.0);
}

TEST_CASE("a date that was not reached counts as infinity, alone and in expressions", "[unit][sweep]")
{
    CHECK(value("date_b") == infinity);
    CHECK(value("date_b/86400 + crews") == infinity);
    CHECK(value("-date_b") == -infinity);
    CHECK(value("date_b > date_target_400_MW ? 1 : 0") == 1.0);
    CHECK(std::isnan(value("date_b - date_b")));
    auto without = run;
    without[0] = not_a_number; // no date: there is no value
    CHECK(std::isnan(Measure("live_W", names).of_run(without)));
    CHECK(std::isnan(Measure("live_W + crews", names).of_run(without)));
    CHECK(Measure("crews", names).of_run(without) == 5.0);
}

TEST_CASE("each run has its own value, whatever was asked before", "[unit][sweep]")
{
    Measure measure("live_W/1e6 + crews", names);
    auto other = run;
    other[0] = 1e6;
    CHECK(measure.of_run(run) == 405.0);
    CHECK(measure.of_run(other) == 6.0);
    Measure const moved = std::move(measure);
    CHECK(moved.of_run(run) == 405.0);
}

TEST_CASE("statistics over the runs of a point", "[unit][sweep]")
{
    // Of 1 ... 10: mean 5.5, rank ceil(p 10), standard deviation sqrt(82.5/9).
    std::vector<double> const ten{10, 3, 1, 2, 9, 8, 7, 6, 5, 4};
    auto const of = [&](std::string const& word) { return Measure(word + ": crews", names).of_runs(ten); };
    CHECK(Measure("crews", names).of_runs(ten) == 5.5);
    CHECK(of("mean") == 5.5);
    CHECK(of("min") == 1.0);
    CHECK(of("max") == 10.0);
    CHECK(of("P1") == 1.0);
    CHECK(of("P10") == 1.0);
    CHECK(of("P11") == 2.0);
    CHECK(of("p50") == 5.0);
    CHECK(of("P70") == 7.0);
    CHECK(of("P80") == 8.0);
    CHECK(of("P99") == 10.0);
    CHECK_THAT(of("sd"), WithinRel(std::sqrt(82.5 / 9.0), 1e-15));
}

TEST_CASE("quantiles take what was not reached as last, a mean becomes infinite, a deviation is none", "[unit][sweep]")
{
    std::vector<double> const runs{5, infinity, 1, 2};
    auto const of = [&](std::string const& text, std::vector<double> const& values) { return Measure(text, names).of_runs(values); };
    CHECK(of("P50: date_b", runs) == 2.0);
    CHECK(of("P75: date_b", runs) == 5.0);
    CHECK(of("P80: date_b", runs) == infinity);
    CHECK(of("min: date_b", runs) == 1.0);
    CHECK(of("max: date_b", runs) == infinity);
    CHECK(of("date_b", runs) == infinity);
    CHECK(std::isnan(of("sd: date_b", runs)));
    CHECK(of("-date_b", {-infinity, 1.0}) == -infinity);
    CHECK(std::isnan(of("-date_b", {-infinity, infinity})));
}

TEST_CASE("a point without a run, or with a run without a value, has no statistic", "[unit][sweep]")
{
    for (auto const* const text : {"crews", "min: crews", "max: crews", "sd: crews", "P80: crews"}) {
        CHECK(std::isnan(Measure(text, names).of_runs({})));
        CHECK(std::isnan(Measure(text, names).of_runs({1.0, not_a_number, 3.0})));
    }
    CHECK(std::isnan(Measure("sd: crews", names).of_runs({1.0})));
    CHECK(Measure("crews", names).of_runs({1.0}) == 1.0);
}

TEST_CASE("only a date alone is a date", "[unit][sweep]")
{
    CHECK(Measure("date_b", names).is_date());
    CHECK(Measure("P80: date_b", names).is_date());
    CHECK(Measure("max:date_b", names).is_date());
    CHECK_FALSE(Measure("sd: date_b", names).is_date());
    CHECK_FALSE(Measure("date_b + 0", names).is_date());
    CHECK_FALSE(Measure("crews", names).is_date());
}

TEST_CASE("a measure knows its text, its statistic and the names that it uses", "[unit][sweep]")
{
    Measure const measure(" P80: live_W/1e6 + crews ", names);
    CHECK(measure.text() == "P80: live_W/1e6 + crews");
    CHECK(measure.statistic() == Statistic::quantile);
    CHECK_FALSE(measure.is_name());
    CHECK(Measure("P80: crews", names).is_name());
    auto uses = measure.uses();
    std::ranges::sort(uses);
    CHECK(uses == std::vector<std::size_t>{0, 4});
}

TEST_CASE("bad measures are refused with the reason", "[unit][sweep]")
{
    CHECK(complaint("zzzzzz") == "no figure or parameter is called \"zzzzzz\"");
    CHECK(complaint("live_w + 1") == "no figure or parameter is called \"live_w\"; did you mean \"live_W\"?");
    CHECK(complaint("date_target_40_MW") == "no figure or parameter is called \"date_target_40_MW\"; did you mean \"date_target_400_MW\"?");
    CHECK(complaint("median: crews") == "the statistic \"median\" is none of mean, min, max, sd, P1 ... P99");
    for (auto const* const text : {"P0: crews", "P100: crews", "P: crews", "P8x: crews", "P-5: crews"}) {
        CHECK_THAT(complaint(text), ContainsSubstring("statistic") || ContainsSubstring("expression"));
    }
    for (auto const* const text :
         {"", "  ", "P80:", "mean: ", "crews +", "(crews", "crews crews", "#", "crews, live_W", "\"crews\"", ":"}) {
        CHECK(complaint(text) != "");
    }
    CHECK_THAT(complaint("crews = 3"), ContainsSubstring("compare with =="));
    CHECK_THAT(complaint("crews, live_W"), ContainsSubstring("one at a time"));
}

TEST_CASE("a condition is a measure with a bound", "[unit][sweep]")
{
    auto const most = parse_condition("P80: goods_paid/1e9 + crews <= 8.5", names);
    CHECK(most.at_most);
    CHECK(most.bound == 8.5);
    CHECK(most.measure.text() == "P80: goods_paid/1e9 + crews");
    CHECK(most.holds(8.5));
    CHECK_FALSE(most.holds(8.6));
    CHECK(most.missed(8.0) == 0.0);
    CHECK(most.missed(10.0) == 1.5);

    auto const least = parse_condition("live_W>=4e8", names);
    CHECK_FALSE(least.at_most);
    CHECK(least.holds(4e8));
    CHECK_FALSE(least.holds(3e8));
    CHECK(least.missed(3e8) == 1e8);
    CHECK(parse_condition("(crews >= 5)*live_W <= -3", names).bound == -3.0);
    CHECK(parse_condition("(crews <= 5)*live_W <= -3", names).measure.of_run(run) == 4e8);
}

TEST_CASE("no value and a date that was not reached meet no bound from above", "[unit][sweep]")
{
    auto const most = parse_condition("date_b <= 2027-06-30", names);
    CHECK_FALSE(most.holds(infinity));
    CHECK_FALSE(most.holds(not_a_number));
    CHECK(most.missed(infinity) == infinity);
    CHECK(most.missed(not_a_number) == infinity);
    auto const least = parse_condition("crews >= 3", names);
    CHECK_FALSE(least.holds(not_a_number));
    CHECK(least.holds(infinity));
}

TEST_CASE("a day as a bound holds from its first to its last tick", "[unit][sweep]")
{
    // 2026-01-11 is ten days after the start; a date of its midnight is shown as that day.
    auto const until = parse_condition("date_b <= 2026-01-11", names);
    CHECK(until.holds(10.0 * day_s));
    CHECK(until.holds(11.0 * day_s - 1.0 / ticks_per_second));
    CHECK_FALSE(until.holds(11.0 * day_s));
    auto const from = parse_condition("P80: date_b >= 2026-01-11", names);
    CHECK(from.holds(10.0 * day_s));
    CHECK_FALSE(from.holds(10.0 * day_s - 1.0 / ticks_per_second));
    CHECK(parse_condition("date_b >= 2025-12-31", names).bound == -day_s); // before the start
}

TEST_CASE("bad conditions are refused with the reason", "[unit][sweep]")
{
    CHECK_THAT(condition_complaint("crews"), ContainsSubstring("MEASURE <= BOUND"));
    CHECK_THAT(condition_complaint("crews < 3"), ContainsSubstring("MEASURE <= BOUND"));
    CHECK_THAT(condition_complaint("<= 3"), ContainsSubstring("MEASURE <= BOUND"));
    CHECK_THAT(condition_complaint("crews <= "), ContainsSubstring("needs a number behind the sign"));
    CHECK_THAT(condition_complaint("crews <= 3 MW"), ContainsSubstring("needs a number behind the sign, not \"3 MW\""));
    CHECK_THAT(condition_complaint("crews <= inf"), ContainsSubstring("needs a number"));
    CHECK_THAT(condition_complaint("crews <= 2027-06-30"), ContainsSubstring("needs a number"));
    CHECK_THAT(condition_complaint("date_b <= 500"), ContainsSubstring("needs a day"));
    CHECK_THAT(condition_complaint("date_b <= 2027-02-30"), ContainsSubstring("needs a day"));
    CHECK_THAT(condition_complaint("crew <= 3"), ContainsSubstring("did you mean \"crews\""));
}
