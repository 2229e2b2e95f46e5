#include "sim/sweep/points.hpp"

#include "models/study/sampling.hpp"
#include "sim/sweep/point_words.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <set>

using namespace aidc;
using namespace aidc::test;

namespace {

std::vector<std::string> rows_of(Points const& points)
{
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::string row;
        for (std::size_t j = 0; j < points.parameters.size(); ++j) {
            row += (j > 0 ? " " : "") + points.value(i, j);
        }
        rows.push_back(row);
    }
    return rows;
}

SweepSpec spec_of(std::string const& sample, std::vector<std::string> vary)
{
    SweepSpec spec{.scenario = "x.json", .vary = std::move(vary)};
    parse_sampling(sample, spec);
    return spec;
}

std::string complaint_about(SweepSpec const& spec)
{
    return complaint_of([&] { make_points(spec); });
}

} // namespace

TEST_CASE("a grid has all combinations, the last parameter running fastest", "[unit][sweep]")
{
    auto const points = make_points(spec_of("grid", {"/a=1,2", "/b=x,y,z"}));
    CHECK(rows_of(points) == std::vector<std::string>{"1 \"x\"", "1 \"y\"", "1 \"z\"", "2 \"x\"", "2 \"y\"", "2 \"z\""});
    CHECK(points.unit.size() == 0);
    CHECK(make_points(spec_of("grid", {"/a=1:10:10", "/b=1:10:10", "/c=1:10:10"})).size() == 1000);
}

TEST_CASE("a list goes through all its columns at once", "[unit][sweep]")
{
    CHECK(rows_of(make_points(spec_of("list", {"/a=1,2,3", "/b=6,5,4"}))) == std::vector<std::string>{"1 6", "2 5", "3 4"});
    CHECK_THAT(complaint_about(spec_of("list", {"a:/a=1,2,3", "/b=6,5"})), ContainsSubstring("/b | has 2 values where a has 3"));
}

TEST_CASE("without parameters a sweep is one point, the scenario as written", "[unit][sweep]")
{
    for (auto const* const sample : {"grid", "list"}) {
        auto const points = make_points(spec_of(sample, {}));
        CHECK(points.size() == 1);
        CHECK(words_of(points, 0) == "as written");
        CHECK(overrides_of({.scenario = "x", .set = {"/a=1"}}, points, 0).size() == 1);
    }
    CHECK_THAT(complaint_about(spec_of("lhs:10", {})), ContainsSubstring("needs something to vary"));
}

TEST_CASE("a Latin hypercube has one point in each stratum of each range", "[unit][sweep]")
{
    auto const points = make_points(spec_of("lhs:50", {"/a=0:50", "/b=100:200"}));
    std::set<int> a, b;
    for (std::size_t i = 0; i < 50; ++i) {
        a.insert(static_cast<int>(std::stod(points.value(i, 0))));
        b.insert(static_cast<int>((std::stod(points.value(i, 1)) - 100.0) / 2.0));
    }
    CHECK(a.size() == 50); // 0 ... 49
    CHECK(b.size() == 50);
}

TEST_CASE("designs have as many points as they promise, and their unit points are those of the design", "[unit][sweep]")
{
    std::vector<std::string> const three{"/a=0:1", "/b=0:1", "/c=0:1"};
    CHECK(make_points(spec_of("random:7", three)).size() == 7);
    CHECK(make_points(spec_of("sobol:8", three)).size() == 8);
    CHECK(make_points(spec_of("morris:5", three)).size() == 5 * (3 + 1));
    CHECK(make_points(spec_of("saltelli:4", three)).size() == 4 * (3 + 2));
    auto spec = spec_of("saltelli:4", three);
    spec.sample_seed = 9;
    CHECK(make_points(spec).unit == saltelli_points(4, 3, 9));
    auto const points = make_points(spec);
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            CHECK(std::stod(points.value(i, j)) == points.unit.point(i)[j]); // of a range 0:1 the value is the place
        }
    }
}

TEST_CASE("points are a function of what was asked for: seeds and samplings differ, calls do not", "[unit][sweep]")
{
    for (auto const* const sample : {"random:20", "lhs:20", "sobol:16", "morris:4", "saltelli:4"}) {
        INFO(sample);
        auto spec = spec_of(sample, {"/a=0:1", "/b=2026-01-01:2027-01-01"});
        auto const once = points_csv(make_points(spec));
        CHECK(once == points_csv(make_points(spec)));
        spec.sample_seed = 2;
        CHECK(once != points_csv(make_points(spec)));
    }
}

TEST_CASE("every problem of the parameters is told at once", "[unit][sweep]")
{
    auto const text = complaint_about(spec_of("grid", {"/a=1:2", "nothing", "/b=2:1", "/c=1,2", "/c=3,4"}));
    CHECK_THAT(text, ContainsSubstring("\"nothing\" has not the form"));
    CHECK_THAT(text, ContainsSubstring("/b | has an empty range"));
    CHECK_THAT(text, ContainsSubstring("/a | is a range without steps, which grid cannot take"));
    CHECK_THAT(text, ContainsSubstring("/c | is varied twice"));
    CHECK_THAT(text, ContainsSubstring("has the name c of another parameter"));
}

TEST_CASE("names that index.h5 cannot have are known before anything is run", "[unit][sweep]")
{
    CHECK_THAT(complaint_about(spec_of("grid", {"point:/a=1,2"})), ContainsSubstring("has the name point"));
    CHECK_THAT(complaint_about(spec_of("grid", {"manifest:/a=1,2"})), ContainsSubstring("has the name manifest"));
    CHECK_THAT(complaint_about(spec_of("grid", {"a:/a=1,2", "a_text:/b=1,2"})), ContainsSubstring("has the name a_text"));
    CHECK_THAT(complaint_about(spec_of("grid", {"a_text:/a=1,2", "a:/b=1,2"})), ContainsSubstring("has the name a,"));
    CHECK(complaint_about(spec_of("grid", {"a_text:/a=1,2", "b:/b=1,2"})).empty());
}

TEST_CASE("samplings: words, numbers and limits", "[unit][sweep]")
{
    auto const of_word = [](std::string const& text) {
        return complaint_of([&] {
            SweepSpec spec;
            parse_sampling(text, spec);
        });
    };
    CHECK_THAT(of_word("sobel:8"), ContainsSubstring("did you mean \"sobol\"?"));
    for (auto const* const text : {"lhs:", "lhs:0", "lhs:-3", "lhs:3.5", "lhs:x", "lhs:3x", "lhs:99999999999"}) {
        INFO(text);
        CHECK_THAT(of_word(text), ContainsSubstring("whole number above 0"));
    }
    CHECK_THAT(complaint_about(spec_of("lhs", {"/a=1:2"})), ContainsSubstring("lhs needs a number of points"));
    CHECK_THAT(complaint_about(spec_of("saltelli:4000000", {"/a=1:2"})), ContainsSubstring("12000000 points (at most 10000000)"));
    CHECK_THAT(complaint_about(spec_of("grid", {"/a=1:2:4000", "/b=1:2:4000"})), ContainsSubstring("1.6e+07 combinations"));
}

TEST_CASE("a point sets the values of all points, then its own at each of its places", "[unit][sweep]")
{
    SweepSpec const spec{.scenario = "x.json", .vary = {"n:/a,/b=1,2", "/c=x,y"}, .set = {"/d=7"}};
    auto const overrides = overrides_of(spec, make_points(spec), 3);
    REQUIRE(overrides.size() == 4);
    CHECK((overrides[0].pointer == "/d" && overrides[0].value == "7"));
    CHECK((overrides[1].pointer == "/a" && overrides[1].value == "2"));
    CHECK((overrides[2].pointer == "/b" && overrides[2].value == "2"));
    CHECK((overrides[3].pointer == "/c" && overrides[3].value == "\"y\""));
}

TEST_CASE("a point in words, and the command that runs it alone in any shell", "[unit][sweep]")
{
    SweepSpec const spec{.scenario = "x.json", .vary = {"n:/a=1,2", "/c=it's,y"}, .set = {"/d=7"}, .operate = false};
    auto const points = make_points(spec);
    CHECK(words_of(points, 2) == "n=2, c=\"it's\"");
    CHECK(command_of(spec, points, 2, 5, "my x.json")
          == "aidcsim run 'my x.json' --replicate 5 --detail build --set /d=7 --set /a=2 --set '/c=\"it'\\''s\"'");
}

TEST_CASE("the table of points is CSV as RFC 4180 has it", "[unit][sweep]")
{
    auto const csv = points_csv(make_points(spec_of("list", {"a:/a=1,2", "/b=[1,2],\"wet\""})));
    CHECK(csv == "point,a,b\n0,1,\"[1,2]\"\n1,2,\"\"\"wet\"\"\"\n"); // quotes are doubled inside quotes
}

TEST_CASE("chosen cases may repeat a value, combinations may not", "[unit][sweep]")
{
    std::vector<std::string> const vary{"a:/x=1,1,2", "b:/y=1,2,2"};
    auto const cases = make_points({.vary = vary, .sampling = Sampling::list});
    REQUIRE(cases.size() == 3);
    CHECK(cases.value(1, 0) == "1");
    CHECK(cases.value(1, 1) == "2");
    CHECK_THROWS_AS(make_points({.vary = vary, .sampling = Sampling::grid}), InputErrors);
}
