// Text with places: file:line for every pointer, syntax errors and repeated keys.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

Problem only_problem(std::string const& text)
{
    auto const problems = problems_of([&] { parse_document(text, "a.json"); });
    REQUIRE(problems.size() == 1);
    return problems.front();
}

} // namespace

TEST_CASE("every value has its file and line, comments and lists over several lines included")
{
    auto const document = parse_document("// a comment\n"
                                         "{\n"
                                         "  \"a\": 1, \"b\":\n"
                                         "    2,   /* two\n"
                                         "    lines */ \"c\": [\n"
                                         "    10,\n"
                                         "    {\"d\": 3,\n"
                                         "     \"e\": {\"f\": null}}, 11\n"
                                         "  ]\n"
                                         "}\n",
                                         "a.json");
    CHECK(document.where("") == "a.json:2");
    CHECK(document.where("/a") == "a.json:3");
    CHECK(document.where("/b") == "a.json:3"); // where the key stands
    CHECK(document.where("/c") == "a.json:5");
    CHECK(document.where("/c/0") == "a.json:6");
    CHECK(document.where("/c/1") == "a.json:7");
    CHECK(document.where("/c/1/d") == "a.json:7");
    CHECK(document.where("/c/1/e") == "a.json:8");
    CHECK(document.where("/c/1/e/f") == "a.json:8");
    CHECK(document.where("/c/2") == "a.json:8");
    CHECK(document.root["c"][1]["d"] == 3);
}

TEST_CASE("a value that is not there has the place of its nearest ancestor")
{
    auto const document = parse_document("{\n\"a\": {\n\"b\": 1}}", "a.json");
    CHECK(document.where("/a/missing/deeper") == "a.json:2");
    CHECK(document.where("/nothing") == "a.json:1");
}

TEST_CASE("a number at the end of a line belongs to that line")
{
    auto const document = parse_document("[1\n,2\n,true\n]", "a.json");
    CHECK(document.where("/0") == "a.json:1");
    CHECK(document.where("/1") == "a.json:2");
    CHECK(document.where("/2") == "a.json:3");
}

TEST_CASE("keys with / and ~ are escaped in pointers")
{
    auto const document = parse_document("{\n\"a/b~c\": {\n\"d\": 1}}", "a.json");
    CHECK(pointer_step("a/b~c") == "a~1b~0c");
    CHECK(document.where("/a~1b~0c/d") == "a.json:3");
    CHECK(document.root.contains(Json::json_pointer("/a~1b~0c/d")));
}

TEST_CASE("places below a replaced value are forgotten, its neighbours keep theirs")
{
    auto document = parse_document("{\n\"a\": {\n\"b\": 1},\n\"a_b\": 2}", "a.json");
    document.forget_below("/a");
    CHECK(document.where("/a/b") == "a.json:2");
    CHECK(document.where("/a_b") == "a.json:4");
}

TEST_CASE("a repeated key is an error with its line")
{
    auto const problem = only_problem("{\n\"a\": {\n\"b\": 1,\n\"c\": 2,\n\"b\": 3}}");
    CHECK(problem.where == "a.json:5");
    CHECK(problem.pointer == "/a/b");
    CHECK_THAT(problem.message, ContainsSubstring("given twice"));
    CHECK(problems_of([] { parse_document(R"([{"a": 1}, {"a": 2}])", "a.json"); }).empty());
}

TEST_CASE("a syntax error names the line and what was expected")
{
    struct Case {
        std::string text, where, part;
    };
    for (auto const& c : std::vector<Case>{
             {"{\n\"a\": 1\n\"b\": 2}", "a.json:3", "expected"},
             {"{\n\"a\": [1, 2\n}", "a.json:3", "unexpected '}'"},
             {"{\n\"a\": NaN\n}", "a.json:2", "invalid literal"},
             {"{\n\"a\": 1e999\n}", "a.json:2", "number overflow"},
             {"{\n\"a\": \"open\n}", "a.json:2", "control character"},
             {"{\n\"a\": tru\n}", "a.json:2", "invalid literal"},
             {"{\n\"a\": 1,\n}", "a.json:3", "expected string literal"},
             {"{\n\"a\": \"\xff\"\n}", "a.json:2", "UTF-8"},
             {"", "a.json:1", "unexpected end of input"},
             {"{\n} {", "a.json:2", "expected end of input"},
         }) {
        INFO(c.text);
        auto const problem = only_problem(c.text);
        CHECK(problem.where == c.where);
        CHECK(problem.pointer.empty());
        CHECK_THAT(problem.message, ContainsSubstring("not valid JSON: "));
        CHECK_THAT(problem.message, ContainsSubstring(c.part));
        CHECK_THAT(problem.message, !ContainsSubstring("json.exception"));
        CHECK_THAT(problem.message, !ContainsSubstring("column"));
    }
}

TEST_CASE("what is nested without end is refused before anything walks it")
{
    CHECK(problems_of([] { parse_document(std::string(64, '[') + std::string(64, ']'), "a.json"); }).empty());
    CHECK_THAT(only_problem(std::string(100'000, '[')).message, ContainsSubstring("nested too deeply"));
}

TEST_CASE("a file that cannot be read is a problem, an empty one is an empty text")
{
    Folder const folder;
    CHECK(read_text(folder.write("empty.json", "")).empty());
    CHECK(read_text(folder.write("a.json", "{}\r\n")) == "{}\r\n");
    CHECK_THAT(text_of(problems_of([&] { read_text(folder.path() / "none.json"); })), ContainsSubstring("cannot be read"));
    CHECK_THAT(text_of(problems_of([&] { read_text(folder.path()); })), ContainsSubstring("cannot be read"));
}

TEST_CASE("edit distance counts single letters, and the nearest word is found only when it is near")
{
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3); // the textbook pair
    CHECK(edit_distance("pods", "pod") == 1);
    std::vector<std::string> const words{"units", "spare", "rating_kW"};
    CHECK(nearest("unit", words) == "units");
    CHECK(nearest("spaer", words) == "spare");
    CHECK(nearest("rating_MW", words) == "rating_kW");
    CHECK(nearest("completely_else", words).empty());
    CHECK(nearest("x", std::vector<std::string>{}).empty());
}
