// Entries that a scenario takes by "use" and overrides in place.
#include "sim/scenario/catalogue.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr auto pumps = R"({
  "format": "aidcsim-catalogue",
  "entries": {
    "pump": {
      "text": "a pump",
      "flow_kg_per_s": {"value": 5, "source": "data sheet", "confidence": "published"},
      "motor": {
        "power_kW": {"value": 3, "source": "data sheet", "confidence": "published"},
        "poles": {"value": [2, 4], "source": "data sheet", "confidence": "estimate"}
      }
    },
    "big_pump": {"use": "pump", "flow_kg_per_s": {"value": 50, "source": "guess", "confidence": "estimate"}}
  }
})";

struct Expanded {
    Document document;
    std::vector<Problem> problems;
};

/// A scenario with the catalogue above and its own templates.
Expanded expanded(std::string const& scenario, std::string const& catalogue = pumps)
{
    Folder const folder;
    Expanded result;
    Catalogue entries;
    auto const raw = parse_document(scenario, "s.json");
    entries.add_file(folder.write("pumps.json", catalogue), result.problems);
    entries.add_templates(raw, result.problems);
    result.document = expand(raw, entries, result.problems);
    return result;
}

std::string root_of(std::string const& scenario)
{
    auto const [document, problems] = expanded(scenario);
    CHECK(text_of(problems).empty());
    return document.root.dump();
}

} // namespace

TEST_CASE("use puts the entry in, without its sources and remarks")
{
    CHECK(root_of(R"({"p": {"use": "pump"}})") == R"({"p":{"flow_kg_per_s":5,"motor":{"power_kW":3,"poles":[2,4]}}})");
}

TEST_CASE("what stands beside use overrides key by key, deeply; a list and a sourced value replace")
{
    CHECK(root_of(R"({"p": {"use": "pump", "name": "x", "motor": {"power_kW": 9}}})")
          == R"({"p":{"flow_kg_per_s":5,"motor":{"power_kW":9,"poles":[2,4]},"name":"x"}})");
    CHECK(root_of(R"({"p": {"use": "pump", "motor": {"poles": [6]}}})")
          == R"({"p":{"flow_kg_per_s":5,"motor":{"power_kW":3,"poles":[6]}}})");
    CHECK(root_of(R"({"p": {"use": "pump", "flow_kg_per_s": {"value": 7, "source": "test bench"}}})")
          == R"({"p":{"flow_kg_per_s":7,"motor":{"power_kW":3,"poles":[2,4]}}})");
}

TEST_CASE("a distribution of another shape replaces, one parameter overrides")
{
    std::string const templates = R"("templates": {"t": {"work_days": {"shape": "uniform", "low": 1, "high": 2}}})";
    CHECK(root_of("{" + templates + R"(, "a": {"use": "t", "work_days": {"shape": "exponential", "mean": 3}}})")
          == R"({"a":{"work_days":{"shape":"exponential","mean":3}}})");
    CHECK(root_of("{" + templates + R"(, "a": {"use": "t", "work_days": {"high": 5}}})")
          == R"({"a":{"work_days":{"shape":"uniform","low":1,"high":5}}})");
}

TEST_CASE("entries use entries, and a use inside an override replaces what stood there")
{
    CHECK(root_of(R"({"p": {"use": "big_pump"}})") == R"({"p":{"flow_kg_per_s":50,"motor":{"power_kW":3,"poles":[2,4]}}})");
    CHECK(root_of(R"({"templates": {"m": {"power_kW": 1}}, "p": {"use": "pump", "motor": {"use": "m"}}})")
          == R"({"p":{"flow_kg_per_s":5,"motor":{"power_kW":1}}})");
}

TEST_CASE("values point to the file they were written in")
{
    auto const [document, problems] = expanded("{\n\"p\": {\"use\": \"pump\",\n\"motor\": {\n\"power_kW\": 9}}}");
    CHECK_THAT(document.where("/p/flow_kg_per_s"), ContainsSubstring("pumps.json:6"));
    CHECK_THAT(document.where("/p/motor/poles/1"), ContainsSubstring("pumps.json:9"));
    CHECK(document.where("/p/motor/power_kW") == "s.json:4");
}

TEST_CASE("a value that replaced an object has no places of the old one")
{
    auto const document = expanded("{\"templates\": {\n\"m\": {}}, \"p\": {\"use\": \"pump\",\n\"motor\": {\"use\": \"m\"}}}").document;
    CHECK(document.where("/p/motor/power_kW") == "s.json:2");
}

TEST_CASE("an unknown name is a problem with a suggestion")
{
    auto const problems = expanded("{\n\"p\": {\"use\": \"pmp\"}}").problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "s.json:2");
    CHECK(names(problems, "/p/use", "no catalogue entry or template is called \"pmp\"; did you mean \"pump\"?"));
    CHECK(names(expanded(R"({"p": {"use": "something_else_entirely"}})").problems, "/p/use", "is called \"something_else_entirely\""));
    CHECK(names(expanded(R"({"p": {"use": 5}})").problems, "/p/use", "needs the name"));
}

TEST_CASE("an entry that uses itself is named once a place, however often it does")
{
    auto const problems =
        expanded(
            R"({"templates": {"a": {"x": {"use": "b"}, "y": {"use": "b"}, "z": {"use": "b"}}, "b": {"p": {"use": "a"}, "q": {"use": "a"}}}, "p": {"use": "a"}})")
            .problems;
    CHECK(problems.size() == 6);
    CHECK(names(problems, "/p/x/p/use", "uses itself: a uses b uses a; break the circle"));
}

TEST_CASE("every value of a catalogue file says where it comes from")
{
    auto const with = [](std::string const& entry) {
        return expanded("{}", R"({"format": "aidcsim-catalogue", "entries": {"e": )" + entry + "}}").problems;
    };
    CHECK(names(with(R"({"a": 5})"), "/entries/e/a", "has no source"));
    CHECK(names(with(R"({"a": {"b": [1]}})"), "/entries/e/a/b", "has no source"));
    CHECK(names(with(R"({"a": {"value": 5}})"), "/entries/e/a", "has no source"));
    CHECK(names(with(R"({"a": {"value": 5, "source": "x"}})"), "/entries/e/a", "needs a \"confidence\", one of published, seed, estimate"));
    CHECK(names(with(R"({"a": {"value": 5, "source": "", "confidence": "seed"}})"), "/entries/e/a/source", "needs a text"));
    CHECK(names(with(R"({"a": {"value": 5, "source": "x", "confidence": "sure"}})"), "/entries/e/a/confidence", "is not one of"));
    CHECK(names(with(R"({"a": {"value": 5, "source": "x", "confidence": "seed", "date": 1}})"), "/entries/e/a/date", "unknown key"));
    CHECK(names(with("7"), "/entries/e", "is an object"));
}

TEST_CASE("a scenario may give a source, and then in full")
{
    CHECK(root_of(R"({"a": {"value": 5, "source": "x"}, "b": {"value": [{"c": 1}], "source": "y", "confidence": "seed"}})")
          == R"({"a":5,"b":[{"c":1}]})");
    CHECK(names(expanded(R"({"a": {"value": 5, "source": 7}})").problems, "/a/source", "needs a text"));
    CHECK(names(expanded(R"({"a": {"value": 5, "source": "x", "confidense": "seed"}})").problems, "/a/confidense", "unknown key"));
    CHECK(names(expanded(R"({"a": {"text": 5}})").problems, "/a/text", "needs to be a text"));
}

TEST_CASE("what is no catalogue and a name given twice are problems")
{
    for (auto const* const text : {"[]", "7", "{}", R"({"format": 5, "entries": {}})", R"({"format": "aidcsim-catalogue"})",
                                   R"({"format": "aidcsim-catalogue", "entries": []})"}) {
        INFO(text);
        CHECK_THAT(text_of(expanded("{}", text).problems), ContainsSubstring("is no catalogue"));
    }
    CHECK(names(expanded(R"({"templates": {"pump": {}}})").problems, "/templates/pump", "this name is taken by"));
    CHECK(names(expanded(R"({"templates": []})").problems, "/templates", "needs an object of named entries"));
    CHECK(names(expanded(R"({"templates": {"a": 5}})").problems, "/templates/a", "is an object"));
}

TEST_CASE("a catalogue named twice, unreadable or misnamed is a problem of the scenario")
{
    Folder const folder;
    folder.write("pumps.json", pumps);
    folder.write("torn.json", "{\n\"format\":");
    auto scenario = tree_of(fixture());
    auto const problems = [&](char const* catalogue) {
        scenario["catalogue"] = Json::parse(catalogue);
        return problems_in(scenario, folder.path());
    };
    CHECK(problems(R"(["pumps.json"])").empty());
    CHECK_THAT(text_of(problems(R"(["pumps.json", "pumps.json"])")), ContainsSubstring("is named twice"));
    CHECK(names(problems(R"(["none.json"])"), "/catalogue/0", "none.json: cannot be read"));
    CHECK(names(problems(R"(["torn.json"])"), "/catalogue/0", "torn.json:2: not valid JSON"));
    CHECK(names(problems("[5]"), "/catalogue/0", "needs the path"));
    CHECK(names(problems("\"pumps.json\""), "/catalogue", "needs a list"));
}

TEST_CASE("the files that were read are named with their fingerprints")
{
    Folder const folder;
    folder.write("pumps.json", pumps);
    auto scenario = tree_of(fixture());
    scenario["catalogue"] = {"pumps.json"};
    auto const loaded = load_scenario_text(scenario.dump(), "case.json", folder.path());
    REQUIRE(loaded.inputs.size() == 2);
    CHECK(loaded.inputs[0].path == "case.json");
    CHECK(loaded.inputs[1].sha256.size() == 64);
}
