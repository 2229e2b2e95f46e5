#include "sim/search/spec.hpp"

#include "models/base/error.hpp"
#include "tests/unit/sim/search/case.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

std::vector<Problem> problems_of(std::filesystem::path const& path)
{
    try {
        static_cast<void>(read_search_file(path));
    }
    catch (InputErrors const& errors) {
        return errors.problems();
    }
    return {};
}

} // namespace

TEST_CASE("a search file says what the command line says", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const path = folder.path / "plan.json";
    test::write(path, R"({"format": "aidcsim-search", "version": 1, "scenario": "../base.json", // a comment
        "levers": ["a:/a=1,2"], "maximize": "live_W", "subject_to": ["P10: x >= 5"], "method": "isres", "detail": "operate", "seed": 7})");
    CHECK(is_search_file(path));
    auto const spec = read_search_file(path);
    CHECK(spec.scenario == (folder.path.parent_path() / "base.json").string());
    CHECK(spec.levers == std::vector<std::string>{"a:/a=1,2"});
    CHECK(spec.maximize == "live_W");
    CHECK(spec.subject_to == std::vector<std::string>{"P10: x >= 5"});
    CHECK(spec.method == SearchMethod::isres);
    CHECK(spec.operate);
    CHECK(spec.seed == 7);
    CHECK(spec.replicates == 40); // the default
}

TEST_CASE("a search file with faults is refused with place and nearest key", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const path = folder.path / "plan.json";
    test::write(path, R"({"format": "aidcsim-search", "version": 1, "scenario": "b.json", "lever": ["a:/a=1,2"], "method": "isress"})");
    auto const problems = problems_of(path);
    REQUIRE(problems.size() == 2);
    CHECK_THAT(problems[0].message + problems[1].message, ContainsSubstring("levers") && ContainsSubstring("isres"));
    test::write(path, R"({"format": "aidcsim-search", "version": 2, "scenario": "b.json", "levers": []})");
    CHECK_THAT(problems_of(path).at(0).message, ContainsSubstring("version"));
    test::write(path, R"({"format": "aidcsim-scenario"})");
    CHECK_FALSE(is_search_file(path));
    CHECK_FALSE(is_search_file(folder.path / "none.json"));
}
