#include "sim/analyze/levels.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

std::string_view scale_of(std::string const& values) { return word_of(level_scale(parse_vary("x:/x=" + values))); }

} // namespace

TEST_CASE("lists and ranges are numbers, days or words", "[unit][sweep]")
{
    CHECK(scale_of("1,2.5,-3e2") == "number");
    CHECK(scale_of("true,false") == "number");
    CHECK(scale_of("1:5") == "number");
    CHECK(scale_of("1:5:3") == "number");
    CHECK(scale_of("2026-01-01,2026-03-01") == "day");
    CHECK(scale_of("2026-01-01:2026-03-01") == "day");
    CHECK(scale_of("a,b") == "text");
    CHECK(scale_of("1,auto") == "text");
    CHECK(scale_of("2026-01-01,later") == "text");
    CHECK(scale_of("[1,2],[3,4]") == "text");
}

TEST_CASE("the number of a value is itself, its day, or its place among words", "[unit][sweep]")
{
    CHECK(level_number(parse_vary("x:/x=1,2.5"), "2.5") == 2.5);
    CHECK(level_number(parse_vary("x:/x=false,true"), "true") == 1.0);
    CHECK(level_number(parse_vary("x:/x=1970-01-02,1970-01-05"), "\"1970-01-05\"") == 4.0);
    auto const mixed = parse_vary("x:/x=1,auto,0");
    CHECK(level_number(mixed, "1") == 0.0);
    CHECK(level_number(mixed, "\"auto\"") == 1.0);
    CHECK(level_number(mixed, "0") == 2.0);
}

TEST_CASE("levels are called as they are written, bins by their ends or their middle", "[unit][sweep]")
{
    auto const list = parse_vary("x:/x=30,50.25");
    CHECK(level_label(list, 50.25, 50.25) == "50.25");
    CHECK(level_label(parse_vary("x:/x=false,true"), 1.0, 1.0) == "true");
    CHECK(level_label(parse_vary("x:/x=maker_a,maker_b"), 1.0, 1.0) == "maker_b");
    auto const range = parse_vary("x:/x=30:90");
    CHECK(level_label(range, 30.123456, 37.654321) == "30.12 ... 37.65");
    CHECK(level_middle(range, 30.0, 38.0) == "~34");
    CHECK(level_middle(list, 30.0, 30.0) == "30");
    auto const days = parse_vary("x:/x=1970-01-01:1971-01-01");
    CHECK(level_label(days, 1.0, 3.0) == "1970-01-02 ... 1970-01-04");
    CHECK(level_middle(days, 1.0, 3.0) == "~1970-01-03");
}

TEST_CASE("values of points are short, but those of lists are as they are written", "[unit][sweep]")
{
    CHECK(short_value(parse_vary("x:/x=30:90"), "52.60905979194592") == "52.609");
    CHECK(short_value(parse_vary("x:/x=30,52.60905979194592"), "52.60905979194592") == "52.60905979194592");
    CHECK(short_value(parse_vary("x:/x=a,b"), "\"b\"") == "b");
    CHECK(short_value(parse_vary("x:/x=2026-01-01:2026-03-01"), "\"2026-02-01\"") == "2026-02-01");
}
