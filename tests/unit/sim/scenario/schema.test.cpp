// The JSON Schema that editors use agrees with the reader.
#include "tests/unit/sim/scenario/schema_walk.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string fault_after(std::string const& patch) { return Schema().fault(patched("[" + patch + "]")); }

} // namespace

TEST_CASE("every scenario keeps the schema, as written and as resolved")
{
    Schema const schema;
    for (auto const& file : all_scenarios()) {
        INFO(file);
        CHECK(schema.fault(tree_of(file)) == "");
        CHECK(schema.fault(Json::parse(load_scenario(file).resolved)) == "");
    }
}

TEST_CASE("the schema finds what an editor should underline")
{
    CHECK_THAT(fault_after(R"({"op": "add", "path": "/seeed", "value": 5})"), ContainsSubstring("/seeed (additionalProperties)"));
    CHECK_THAT(fault_after(R"({"op": "remove", "path": "/name"})"), ContainsSubstring("allOf"));
    CHECK_THAT(fault_after(R"({"op": "replace", "path": "/seed", "value": 1.5})"), ContainsSubstring("/seed"));
    CHECK_THAT(fault_after(R"({"op": "replace", "path": "/racks/0/liquid_share", "value": 1.5})"),
               ContainsSubstring("/racks/0/liquid_share"));
    CHECK_THAT(fault_after(R"({"op": "replace", "path": "/climates/0/normals/relative_humidity_pct/3", "value": 101})"),
               ContainsSubstring("relative_humidity_pct"));
    CHECK_THAT(fault_after(R"({"op": "replace", "path": "/campuses/0/activities/0/stage", "value": "L9"})"), ContainsSubstring("/stage"));
    CHECK_THAT(fault_after(R"({"op": "replace", "path": "/campuses/0/activities/0/work_weeks/shape", "value": "normal"})"),
               ContainsSubstring("/work_weeks"));
}

TEST_CASE("beside a use anything may be absent, also deeper, but nothing may be misspelt")
{
    CHECK(fault_after(R"({"op": "replace", "path": "/campuses/0/buildings/0", "value": {"use": "b", "plant": {"cdu": {"approach_K": 3}}}})")
          == "");
    CHECK(fault_after(R"({"op": "replace", "path": "/makers/0", "value": {"use": "m", "transit_days": {"low": 3}}})") == "");
    CHECK_THAT(
        fault_after(R"({"op": "replace", "path": "/campuses/0/buildings/0", "value": {"use": "b", "plant": {"cdu": {"aproach_K": 3}}}})"),
        ContainsSubstring("aproach_K"));
}

TEST_CASE("no default lies outside of its own range")
{
    auto const defs = Json::parse(scenario_schema()).at("$defs");
    std::size_t seen = 0;
    for (auto const& [name, definition] : defs.items()) {
        auto const properties = definition.value("properties", Json::object());
        for (auto const& [key, property] : properties.items()) {
            auto const plain = property.contains("else") ? property["else"] : property;
            if (plain.contains("default") && plain.contains("minimum")) {
                INFO(name << "." << key);
                CHECK(plain["default"] >= plain["minimum"]);
                ++seen;
            }
        }
    }
    CHECK(seen > 20);
}

TEST_CASE("the table has a row for each key, with the need to give it")
{
    auto const table = scenario_table();
    CHECK_THAT(table, ContainsSubstring("| `campuses[].buildings[].halls[].pods` | whole number | **required** |"));
    CHECK_THAT(table, ContainsSubstring("| `step` | _s, _min, _h, _days, _weeks, _months, _years | 3600 s |"));
    CHECK_THAT(table, ContainsSubstring("| `campuses[].buildings[].plant.tcs_coolant` | one of water, pg25, pg20, pg30, pg40, pg50, "
                                        "hfe_7100, therminol_d12, texatherm_22 | pg25 |"));
}
