// --set: rows of lists by number and by name.
#include "sim/scenario/override.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

/// A tree after one change, or what is wrong with it.
struct After {
    Json root;
    std::string complaint;
};

After after(std::string const& change, Json const& tree)
{
    Document document{.root = tree, .origin = {}};
    std::vector<Problem> problems;
    apply(parse_override(change), document, problems);
    return {.root = document.root, .complaint = text_of(problems)};
}

Json const& rows()
{
    static Json const tree = Json::parse(R"({
        "makers": [{"name": "oem", "units": 1}, {"name": "h200 / north", "units": 2, "parts": [{"name": "oem", "share": 3}]}, {"units": 4}, 5],
        "crews": {"name": "builders", "0": 6}
    })");
    return tree;
}

} // namespace

TEST_CASE("a row is found by its name or its number, at every level")
{
    CHECK(after("/makers/oem/units=7", rows()).root["makers"][0]["units"] == 7);
    CHECK(after("/makers/0/units=7", rows()).root["makers"][0]["units"] == 7);
    CHECK(after("/makers/h200 ~1 north/units=7", rows()).root["makers"][1]["units"] == 7); // ~1 stands for /
    CHECK(after("/makers/h200 ~1 north/parts/oem/share=7", rows()).root["makers"][1]["parts"][0]["share"] == 7);
    CHECK(after("/makers/1/parts/oem/share=7", rows()).root["makers"][1]["parts"][0]["share"] == 7);
    CHECK(after("/makers/oem/new_key=7", rows()).root["makers"][0]["new_key"] == 7);
    CHECK(after("/makers/oem={\"name\": \"x\"}", rows()).root["makers"][0] == Json::parse(R"({"name": "x"})"));
    CHECK(after("/makers/2/units=7", rows()).root["makers"][2]["units"] == 7); // a row without a name
    CHECK(after("/crews/name=x", rows()).root["crews"]["name"] == "x");        // keys of objects are keys
    CHECK(after("/crews/0=7", rows()).root["crews"]["0"] == 7);
}

TEST_CASE("a row that does not exist is told with the nearest name, and nothing changes")
{
    struct Bad {
        char const *change, *part;
    };
    for (auto const& [change, part] : {
             Bad{"/makers/oen/units=7", "no row of /makers is called \"oen\"; did you mean \"oem\"?"},
             Bad{"/makers/1/parts/oe/share=7", "no row of /makers/1/parts is called \"oe\"; did you mean \"oem\"?"},
             Bad{"/makers/completely_else/units=7", "no row of /makers is called \"completely_else\"\n"},
             Bad{"/makers/-/units=7", "no row of /makers is called \"-\""},
             Bad{"/makers/4/units=7", "no such place"},
             Bad{"/makers/00/units=7", "no such place"},
             Bad{"/makers/oem/units/deep=7", "no such place"},
             Bad{"/maker/oem/units=7", "no such place"},
         }) {
        INFO(change);
        auto const result = after(change, rows());
        CHECK_THAT(result.complaint, ContainsSubstring(part));
        CHECK(result.root == rows());
    }
}

TEST_CASE("a row by name and by number is the same scenario")
{
    auto const path = source_folder() / "tests/fixtures/small_campus.json";
    for (auto const& [name, number] : std::vector<std::pair<std::string, std::string>>{
             {"/makers/rack_maker/transit_weeks", "/makers/1/transit_weeks"},
             {"/orders/gensets/placed", "/orders/0/placed"},
             {"/campuses/site/buildings/A/halls/1/design_MW", "/campuses/0/buildings/0/halls/1/design_MW"}, // a step of digits is a number
             {"/campuses/site/buildings/A/halls/1/activities/L3/work_days", "/campuses/0/buildings/0/halls/1/activities/1/work_days"},
         }) {
        std::string const value = name.ends_with("placed") ? "\"2026-02-01\"" : "2.2";
        INFO(name);
        auto const by_name = problems_of([&] { load_scenario(path, {{name, value}}); });
        auto const by_number = problems_of([&] { load_scenario(path, {{number, value}}); });
        REQUIRE(by_name.size() == by_number.size());
        if (by_name.empty()) {
            CHECK(load_scenario(path, {{name, value}}).resolved == load_scenario(path, {{number, value}}).resolved);
            CHECK(load_scenario(path, {{name, value}}).resolved != load_scenario(path).resolved);
        }
    }
}

TEST_CASE("a row that a template made is found by its name, and a template's own rows in the template")
{
    auto const path = source_folder() / "tests/fixtures/small_campus.json";
    auto const both = load_scenario(path, {{"/templates/hall/activities/L5/work_days", "9"}});
    auto const each = load_scenario(path, {{"/campuses/site/buildings/A/halls/0/activities/L5/work_days", "9"},
                                           {"/campuses/site/buildings/A/halls/1/activities/L5/work_days", "9"}});
    CHECK(both.resolved == each.resolved);
}

TEST_CASE("two values of which only one would count are refused")
{
    auto const path = source_folder() / "tests/fixtures/small_campus.json";
    for (auto const& [first, second] : std::vector<std::pair<Override, Override>>{
             {{"/makers/0/backlog_units", "40"}, {"/makers/gensets/backlog_units", "70"}},       // one row in two words
             {{"/makers/1/transit_weeks", "2"}, {"/makers/1/transit_days", "10"}},               // another unit
             {{"/makers/2/quoted_lead_weeks/low", "31"}, {"/makers/2/quoted_lead_weeks", "40"}}, // the whole after its part
             {{"/templates/hall/design_MW", "2"}, {"/templates/hall/design_kW", "2100"}},
         }) {
        INFO(first.pointer << " and " << second.pointer);
        auto const problems = problems_of([&] { load_scenario(path, {first, second}); });
        REQUIRE_FALSE(problems.empty());
        CHECK(problems.back().pointer == second.pointer);
    }
    CHECK(problems_of([&] { load_scenario(path, {{"/seed", "1"}, {"/seed", "2"}}); }).empty()); // the last one counts
}
