#include "sim/sweep/parameter.hpp"

#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <cmath>

using namespace aidc;
using namespace aidc::test;

namespace {

using Texts = std::vector<std::string>;

std::string complaint_about(std::string const& vary)
{
    return complaint_of([&] { parse_vary(vary); });
}

} // namespace

TEST_CASE("a parameter is called after its first pointer, or as it is told", "[unit][sweep]")
{
    CHECK(parse_vary("/makers/0/backlog_units=1,2").name == "makers_0_backlog_units");
    CHECK(parse_vary("/makers/h200-oem/unit price=1,2").name == "makers_h200_oem_unit_price");
    auto const lead = parse_vary("lead:/makers/0/lead_weeks,/makers/1/lead_weeks=1,2");
    CHECK(lead.name == "lead");
    CHECK(lead.pointers == Texts{"/makers/0/lead_weeks", "/makers/1/lead_weeks"});
}

TEST_CASE("a list holds JSON values and bare words, each as it is", "[unit][sweep]")
{
    CHECK(parse_vary("/a=1,2.5,-3e2").values == Texts{"1", "2.5", "-300.0"});
    CHECK(parse_vary("/a=air,wet").values == Texts{"\"air\"", "\"wet\""});
    CHECK(parse_vary("/a=true,false,null").values == Texts{"true", "false", "null"});
    CHECK(parse_vary("/a=[1,2],[3,4]").values == Texts{"[1,2]", "[3,4]"});
    CHECK(parse_vary("/a={\"x\":1},{\"x\":2}").values == Texts{"{\"x\":1}", "{\"x\":2}"});
    CHECK(parse_vary("/a=2026-07-01,2026-08-01").values == Texts{"\"2026-07-01\"", "\"2026-08-01\""});
    CHECK(parse_vary("/a=\"x,y\",\"z\"").values == Texts{"\"x,y\"", "\"z\""}); // commas inside quotes part nothing
    CHECK(parse_vary("/a=\"\"").values == Texts{"\"\""});
    CHECK(parse_vary("/a=x=y").values == Texts{"\"x=y\""}); // the first equals sign counts
    CHECK(parse_vary("/a=7").values == Texts{"7"});
    CHECK_FALSE(parse_vary("/a=7").is_range());
}

TEST_CASE("a range with a count holds evenly spread values with both ends", "[unit][sweep]")
{
    CHECK(parse_vary("/a=10:50:5").values == Texts{"10", "20", "30", "40", "50"}); // whole numbers stay whole: counts stay counts
    CHECK(parse_vary("/a=-1:1:3").values == Texts{"-1", "0", "1"});
    CHECK(parse_vary("/a=1:1.5:3").values == Texts{"1", "1.25", "1.5"});
    auto const decades = parse_vary("/a=1:1000:4:log").values; // 1, 10, 100, 1000
    REQUIRE(decades.size() == 4);
    CHECK(decades.front() == "1");
    CHECK(decades.back() == "1000");
    CHECK_THAT(std::stod(decades[1]), WithinRel(10.0, 1e-14));
    CHECK_THAT(std::stod(decades[2]), WithinRel(100.0, 1e-14));
    // 181 days from 2026-07-01 to 2026-12-29: halves at day 90.5, rounded away from the first.
    CHECK(parse_vary("/a=2026-07-01:2026-12-29:3").values == Texts{"\"2026-07-01\"", "\"2026-09-30\"", "\"2026-12-29\""});
    CHECK(parse_vary("/a=2026-07-01:2026-07-03:9").values == Texts{"\"2026-07-01\"", "\"2026-07-02\"", "\"2026-07-03\""});
}

TEST_CASE("a range without a count takes all numbers or days between its ends", "[unit][sweep]")
{
    auto const linear = parse_vary("/a=20:60");
    REQUIRE(linear.is_range());
    CHECK(linear.values.empty());
    CHECK(value_at(linear, 0.0) == "20");
    CHECK(value_at(linear, 0.25) == "30");
    CHECK(value_at(linear, 1.0) == "60");
    auto const log = parse_vary("/a=1:10000:log");
    CHECK(log.log);
    CHECK_THAT(std::stod(value_at(log, 0.25)), WithinRel(10.0, 1e-14)); // 10^(4/4)
    CHECK(value_at(log, 1.0) == "10000");                               // the end is met, not nearly met
    auto const days = parse_vary("/a=2024-02-28:2024-03-01");
    CHECK(days.kind == Parameter::Kind::days);
    CHECK(value_at(days, 0.5) == "\"2024-02-29\"");
    CHECK(days.from == 19781.0); // days from 1970-01-01: 54 years with 13 leap days before 2024, 58 days of 2024
}

TEST_CASE("each value of a list has an equal part of the unit interval", "[unit][sweep]")
{
    auto const p = parse_vary("/a=x,y,z");
    std::vector<int> times(3);
    constexpr int n = 3000;
    for (int i = 0; i < n; ++i) {
        auto const value = value_at(p, (i + 0.5) / n);
        ++times[static_cast<std::size_t>(std::ranges::find(p.values, value) - p.values.begin())];
    }
    CHECK(times == std::vector<int>{1000, 1000, 1000});
    CHECK(value_at(p, 0.0) == "\"x\"");
    CHECK(value_at(p, 1.0) == "\"z\"");
    // Levels 0, 1/3, 2/3, 1 of Morris reach all of four values and all of two.
    auto const four = parse_vary("/a=1,2,3,4"), two = parse_vary("/a=1,2");
    for (std::size_t k = 0; k < 4; ++k) {
        CHECK(value_at(four, static_cast<double>(k) / 3.0) == std::to_string(k + 1));
        CHECK(value_at(two, static_cast<double>(k) / 3.0) == (k < 2 ? "1" : "2"));
    }
}

TEST_CASE("values as numbers: numbers, days since 1970, truths, and places in the list", "[unit][sweep]")
{
    CHECK(number_of(parse_vary("/a=1.5,2"), "1.5") == 1.5);
    CHECK(number_of(parse_vary("/a=2026-01-01,2027-01-01"), "\"2026-01-01\"") == 20454.0); // 56 * 365 + 14 leap days
    CHECK(number_of(parse_vary("/a=true,false"), "true") == 1.0);
    CHECK(number_of(parse_vary("/a=air,wet"), "\"wet\"") == 1.0);
    CHECK(number_of(parse_vary("/a=[3],[4],[5]"), "[5]") == 2.0);
}

TEST_CASE("what is no parameter is refused with its pointer and the way out", "[unit][sweep]")
{
    struct Bad {
        char const *vary, *part;
    };
    for (auto const& [vary, part] : {
             Bad{"makers/0/x=1", "has not the form"},
             Bad{"/makers/0/x", "has not the form"},
             Bad{"=1", "has not the form"},
             Bad{"", "has not the form"},
             Bad{"lead/makers/0/x=1", "has not the form"},
             Bad{"lead=/makers/0/x", "has not the form"},
             Bad{":/a=1", "letters, digits and _ only"},
             Bad{"two words:/a=1", "letters, digits and _ only"},
             Bad{"a:b:/a=1", "letters, digits and _ only"},
             Bad{"/a,b=1", "\"b\" is no JSON pointer"},
             Bad{"/a,=1", "\"\" is no JSON pointer"},
             Bad{"/a=", "has no values"},
             Bad{"/a=1,,2", "empty value"},
             Bad{"/a=1,2,", "empty value"},
             Bad{"/a=2:1", "empty range"},
             Bad{"/a=2:2", "empty range"},
             Bad{"/a=2:2:5", "empty range"},
             Bad{"/a=2027-01-01:2026-01-01", "empty range"},
             Bad{"/a=1:2:1", "2 or more"},
             Bad{"/a=1:2:0", "2 or more"},
             Bad{"/a=1:2:2.5", "2 or more"},
             Bad{"/a=1:2:-3", "2 or more"},
             Bad{"/a=1:2:many", "2 or more"},
             Bad{"/a=1:2:1e9", "2 or more"},
             Bad{"/a=0:2:log", "logarithm"},
             Bad{"/a=-1:2:5:log", "logarithm"},
             Bad{"/a=2026-01-01:2027-01-01:log", "logarithm"},
             Bad{"/a=1:2:5:lag", "lo:hi:n:log"}, // a range of other meaning must not come of it
             Bad{"/a=1:2:log:5", "lo:hi:n:log"},
         }) {
        INFO(vary);
        CHECK_THAT(complaint_about(vary), ContainsSubstring(part));
    }
}

TEST_CASE("texts with colons that are no range stay texts", "[unit][sweep]")
{
    CHECK(parse_vary("/a=12:30h,x:y").values == Texts{"\"12:30h\"", "\"x:y\""});
    CHECK(parse_vary("/a=nan:2").values == Texts{"\"nan:2\""});
}

TEST_CASE("a value that a list has twice is found, however it is written", "[unit][sweep]")
{
    CHECK(repeated_value(parse_vary("/a=1,2,1")) == "1");
    CHECK(repeated_value(parse_vary("/a=air,air")) == "\"air\"");
    CHECK(repeated_value(parse_vary("/a=40,40.0")) == "40.0"); // the same number
    CHECK_FALSE(repeated_value(parse_vary("/a=1000,1e3")).empty());
    CHECK(repeated_value(parse_vary("/a=1,2,\"1\"")).empty()); // a text is no number
}

TEST_CASE("numbers of a list are of one kind: values, or places", "[unit][sweep]")
{
    auto const mixed = parse_vary("/a=2,auto,7");
    CHECK(number_of(mixed, "2") == 0.0);
    CHECK(number_of(mixed, "\"auto\"") == 1.0);
    CHECK(number_of(mixed, "7") == 2.0);
    auto const half_dated = parse_vary("/a=2026-01-01,never");
    CHECK(number_of(half_dated, "\"2026-01-01\"") == 0.0);
    CHECK(number_of(half_dated, "\"never\"") == 1.0);
}
