// The resolved scenario reads back to itself, and --set changes it.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

Json resolved_with(std::string const& set) { return Json::parse(load_scenario(fixture(), {parse_override(set)}).resolved); }

Problem fault_of(std::string const& set)
{
    auto const problems = problems_of([&] { load_scenario(fixture(), {parse_override(set)}); });
    INFO(set << "\n" << text_of(problems));
    REQUIRE(problems.size() == 1);
    return problems.front();
}

} // namespace

TEST_CASE("what is resolved reads back to the same, for every scenario")
{
    for (auto const& file : all_scenarios()) {
        INFO(file);
        auto const scenario = load_scenario(file);
        auto const again = load_scenario_text(scenario.resolved, "resolved.json", file.parent_path());
        CHECK(again.resolved == scenario.resolved);
        CHECK(again.buildout.activities.size() == scenario.buildout.activities.size());
        CHECK(again.buildout.lots.size() == scenario.buildout.lots.size());
        CHECK(again.buildout.groups.size() == scenario.buildout.groups.size());
        auto const is_data = [](InputFile const& input) { return input.path.ends_with(".csv"); };
        auto const data = std::ranges::count_if(scenario.inputs, is_data);
        CHECK(std::ssize(again.inputs) == 1 + data); // catalogues and templates are taken in
    }
}

TEST_CASE("what is resolved is SI and shows the defaults")
{
    auto const resolved = Json::parse(load_scenario(fixture()).resolved);
    CHECK(resolved["step_s"] == 3600.0);
    CHECK(resolved["makers"][0]["quoted_lead_s"]["low"] == 4 * 604800.0);
    CHECK(resolved["makers"][0]["our_quota"] == 1.0);
    CHECK(resolved["climates"][0]["normals"]["relative_humidity_share"][0] == 0.44);
    CHECK(resolved["campuses"][0]["buildings"][0]["halls"][0]["ups"]["square_loss"] == 0.01);
    CHECK(resolved["campuses"][0]["built"] == false);
    CHECK_FALSE(resolved.contains("templates"));
}

TEST_CASE("the buildout holds what the scenario says, in SI")
{
    auto const b = load_scenario(fixture()).buildout;
    CHECK(b.start_day == 20454); // 2026-01-01
    CHECK(b.end == 365 * day_ticks);
    CHECK(b.calendars[0].start_weekday == 4); // a Thursday
    CHECK(b.calendars[0].day_off[0]);
    CHECK(b.lots.size() == 4); // 4 racks in lots of 2, 2 transformers in lots of 1
    CHECK(b.makers[1].capacity[0].from == 0);
    CHECK(b.makers[1].capacity[1].from == 151 * day_ticks); // 1 June
    CHECK(b.shocks[0].until == 59 * day_ticks);             // 1 March
    CHECK(b.halls[0].lines[0].racks == 4);
    CHECK(b.curves.size() == 1);
    CHECK(b.climates[0].hours.size() == 8760);
    CHECK(b.activities.size() == 4 + 1 + 3 + 4); // campus, building, hall, install and burn-in of two pods
}

TEST_CASE("an override takes /pointer=value and nothing else")
{
    auto const change = parse_override("/a/b=1=2");
    CHECK(change.pointer == "/a/b");
    CHECK(change.value == "1=2");
    for (auto const* const text : {"", "a=1", "/a", "=1", "seed 5"}) {
        INFO(text);
        CHECK_THAT(text_of(problems_of([&] { parse_override(text); })), ContainsSubstring("has not the form /pointer=value"));
    }
}

TEST_CASE("an override changes a value, of any type, also one from a template")
{
    CHECK(resolved_with("/seed=7")["seed"] == 7);
    CHECK(resolved_with("/name=other")["name"] == "other");
    CHECK(resolved_with("/name=\"5\"")["name"] == "5");
    CHECK(resolved_with("/shocks/0/holds_transit=false")["shocks"][0]["holds_transit"] == false);
    CHECK(resolved_with("/shocks=[]")["shocks"].empty());
    CHECK(resolved_with("/makers/0/transit_days={\"shape\": \"exponential\", \"mean\": 2}")["makers"][0]["transit_s"]["mean"] == 172800.0);
    CHECK(resolved_with("/campuses/0/buildings/0/halls/0/ups/units=4")["campuses"][0]["buildings"][0]["halls"][0]["ups"]["units"] == 4);
}

TEST_CASE("an override adds an optional key, a later one wins")
{
    CHECK(resolved_with("/racks/0/accelerator/throttle_case_C=90")["racks"][0]["accelerator"]["throttle_case_C"] == 90.0);
    CHECK(resolved_with("/orders/0/units=20")["orders"][0]["units"] == 20.0);
    CHECK(resolved_with("/makers/0/ship_every_days=7")["makers"][0]["ship_every_s"] == 604800.0);
    auto const twice = load_scenario(fixture(), {parse_override("/seed=1"), parse_override("/seed=2")});
    CHECK(Json::parse(twice.resolved)["seed"] == 2);
}

TEST_CASE("an override in another unit replaces the value")
{
    auto const changed = resolved_with("/step_min=30");
    CHECK(changed["step_s"] == 1800.0);
    CHECK(resolved_with("/makers/0/ship_every_weeks=2")["makers"][0]["ship_every_s"] == 1209600.0);
}

TEST_CASE("each faulty --set is a problem of --set")
{
    struct Case {
        std::string set, pointer, part;
    };
    for (auto const& c : std::vector<Case>{
             {"/campusses/0/region=US", "/campusses/0/region", "no such place in the scenario; did you mean \"/campuses/0/region\"?"},
             {"/orders/9/units=5", "/orders/9/units", "did you mean \"/orders/0/units\"?"},
             {"/orders/-=5", "/orders/-", "no row of /orders is called \"-\""},
             {"/orders/01/units=5", "/orders/01/units", "no such place"},
             {"/orders/99999999999999999999999/units=5", "/orders/99999999999999999999999/units", "no such place"},
             {"/x/y/z/completely/different=5", "/x/y/z/completely/different", "no such place in the scenario"},
             {"/seeed=5", "/seeed", "did you mean \"seed\"?"},
             {"/seed=five", "/seed", "needs a number, not the text \"five\""},
             {"/seed=-1", "/seed", "is -1 and must be a whole number"},
             {"/seed=null", "/seed", "needs a number, not null"},
             {"/seed=", "/seed", "needs a number, not the text \"\""},
             {"/seed=1e999", "/seed", "needs a number"},
             {"/a~b=5", "/a~b", "is no JSON pointer"},
             {"/a~=5", "/a~", "is no JSON pointer"},
             {"/name=\xff", "/name", "no UTF-8"},
             {"/end=2025-01-01", "/end", "is not after the start"},
             {"/demand={\"use\": 5}", "/demand/use", "unknown key"},
         }) {
        INFO(c.set);
        auto const problem = fault_of(c.set);
        INFO(problem.where << " " << problem.pointer << " " << problem.message);
        CHECK_THAT(problem.message, ContainsSubstring(c.part));
        CHECK(problem.pointer == c.pointer);
        CHECK(problem.where == "--set");
    }
}

TEST_CASE("a problem inside a value of --set points to --set, not to what stood there")
{
    auto const problem = fault_of("/demand/contracts/0/committed=[{\"from\": \"2026-05-01\"}]");
    CHECK(problem.where == "--set");
    CHECK(problem.pointer == "/demand/contracts/0/committed/0/it");
}
