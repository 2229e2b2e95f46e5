// Measured heat as a table: what is read, what is refused with file and line, and where it fits.
#include "sim/scenario/trace_csv.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const good = "time,p[1],p[2],twb\n0,1000,2000,10\n15,1500.5,0,11\n30,2e3,1,-3\n";

/// Problems of a table that is read with the prefix "p[" and a wet bulb.
std::vector<Problem> problems_in_csv(std::string const& text)
{
    Folder const folder;
    auto const path = folder.write("heat.csv", text);
    return problems_of([&] { read_trace(path, "p[", "twb"); });
}

/// One problem, in a line of the file, that says so.
void check_one(std::string const& text, std::string const& line, std::string const& part)
{
    INFO(text);
    auto const problems = problems_in_csv(text);
    INFO(text_of(problems));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].where, ContainsSubstring("heat.csv:" + line));
    CHECK_THAT(problems[0].message, ContainsSubstring(part));
}

/// The fixture with a trace of its hall; `more` are further patches.
std::vector<Problem> problems_in_scenario(std::string const& csv, std::string const& hall = "site/A/1", std::string const& twice = "")
{
    Folder const folder;
    folder.write("heat.csv", csv);
    std::string const trace = R"({"hall": ")" + hall + R"(", "csv": "heat.csv", "columns": "p["})";
    return problems_in(patched(R"([{"op": "add", "path": "/traces", "value": [)" + trace + twice + "]}]"), folder.path());
}

} // namespace

TEST_CASE("a table is read by the names of its columns, in their order")
{
    Folder const folder;
    auto const table = read_trace(folder.write("heat.csv", good), "p[", "twb");
    CHECK(table.step_s == 15.0);
    CHECK(table.columns == 2);
    CHECK(table.heat_W == std::vector<double>{1000, 2000, 1500.5, 0, 2000, 1});
    CHECK(table.wet_bulb_C == std::vector<double>{10, 11, -3});
    // Columns in another order, some that nobody asked for, line ends of another system, an empty last line.
    auto const other = read_trace(folder.write("other.csv", "x,p[2],time,p[1]\r\n9,2000,0,1000\r\n9,0,15,1500.5\r\n\r\n"), "p[", "");
    CHECK(other.columns == 2);
    CHECK(other.heat_W == std::vector<double>{2000, 1000, 0, 1500.5});
    CHECK(other.wet_bulb_C.empty());
}

TEST_CASE("a table without its columns is refused at its first line, all that is missing at once")
{
    check_one("t,p[1],twb\n0,1,1\n15,1,1\n", "1", "has no column \"time\"");
    check_one("time,q[1],twb\n0,1,1\n15,1,1\n", "1", "has no column that begins with \"p[\"");
    check_one("time,p[1],wet\n0,1,1\n15,1,1\n", "1", "has no column \"twb\"");
    auto const problems = problems_in_csv("a,b,c\n0,1,1\n15,1,1\n");
    CHECK(problems.size() == 3);
    CHECK(problems_in_csv("").size() == 3);
}

TEST_CASE("a field that is wrong is told with its line")
{
    check_one("time,p[1],twb\n0,1,1\n15,much,1\n30,1,1\n", "3", "field 2 (\"much\") is not a number");
    check_one("time,p[1],twb\n0,1,1\n15,,1\n30,1,1\n", "3", "field 2 (\"\") is not a number");
    check_one("time,p[1],twb\n0,1,1\n15,nan,1\n30,1,1\n", "3", "is not a number");
    check_one("time,p[1],twb\n0,1,1\n15,inf,1\n30,1,1\n", "3", "is not a number");
    check_one("time,p[1],twb\n0,1,1\n15,12kW,1\n30,1,1\n", "3", "field 2 (\"12kW\") is not a number");
    check_one("time,p[1],twb\n0,1,1\n15,1\n30,1,1\n", "3", "field 3 (\"\") is not a number"); // a line cut short
    check_one("time,p[1],twb\n0,1,1\n15,-1,1\n30,1,1\n", "3", "field 2 is -1 and must be at least 0");
    check_one("time,p[1],twb\n0,1,1\n15,1,-70\n30,1,1\n", "3", "field 3 is -70 and must be at least -60");
}

TEST_CASE("times begin at 0, rise, and are equally apart")
{
    check_one("time,p[1],twb\n5,1,1\n20,1,1\n", "2", "begins at 5 s and a trace begins at 0");
    check_one("time,p[1],twb\n0,1,1\n0,1,1\n", "3", "comes at 0 s after 0 s; times must rise");
    check_one("time,p[1],twb\n0,1,1\n15,1,1\n30,1,1\n46,1,1\n", "5",
              "comes 16 s after the sample before, and the first step is 15 s; steps must be equal");
    check_one("time,p[1],twb\n0,1,1\n", "3", "has fewer than two samples");
}

TEST_CASE("several problems of a table are told at once, and not more than some dozens of them")
{
    auto const problems = problems_in_csv("time,p[1],twb\n0,-1,1\n15,x,1\n31,1,y\n");
    INFO(text_of(problems));
    REQUIRE(problems.size() == 4);
    CHECK_THAT(problems[0].where, ContainsSubstring(":2"));
    CHECK_THAT(problems[1].where, ContainsSubstring(":3"));
    CHECK_THAT(problems[2].where, ContainsSubstring(":4"));
    CHECK_THAT(problems[3].where, ContainsSubstring(":4"));
    std::string many = "time,p[1],twb\n";
    for (int i = 0; i < 1000; ++i) {
        many += std::to_string(15 * i) + ",x,1\n";
    }
    CHECK(problems_in_csv(many).size() == 20);
}

TEST_CASE("faults of a table are told where the scenario names it")
{
    CHECK(text_of(problems_in_scenario(good)).empty());
    auto const problems = problems_in_scenario("time,p[1]\n0,-1\n15,x\n");
    INFO(text_of(problems));
    CHECK(problems.size() == 2);
    CHECK(names(problems, "/traces/0/csv", "heat.csv:2: field 2 is -1"));
    CHECK(names(problems, "/traces/0/csv", "heat.csv:3: field 2 (\"x\") is not a number"));
    CHECK(names(problems_of([] {
                    load_scenario_text(patched(R"([{"op": "add", "path": "/traces",
                        "value": [{"hall": "site/A/1", "csv": "none.csv", "columns": "p["}]}])")
                                           .dump(2),
                                       "case.json", source_folder());
                }),
                "/traces/0/csv", "none.csv: cannot be read"));
}

TEST_CASE("a trace fits its hall: a full pod for each column, one trace a hall, a hall that is there")
{
    // The hall has four racks in two pods.
    auto const wide = problems_in_scenario("time,p[1],p[2],p[3]\n0,1,1,1\n15,1,1,1\n");
    INFO(text_of(wide));
    CHECK(wide.size() == 1);
    CHECK(names(wide, "/traces/0/columns", "name 3 columns and the first line of racks of site/A/1 makes 2 full pods"));
    CHECK(names(problems_in_scenario(good, "site/A/9"), "/traces/0/hall", "no hall is called \"site/A/9\"; did you mean \"site/A/1\"?"));
    CHECK(names(problems_in_scenario(good, "site/A/1", R"(, {"hall": "site/A/1", "csv": "heat.csv", "columns": "p["})"), "/traces/1/hall",
                "replays a trace already"));
}

TEST_CASE("tables of several halls stand in one row, each from its own column on")
{
    Folder const folder;
    auto const csv = folder.write("heat.csv", good);
    auto const scenario = load_scenario(
        fixture(), {{.pointer = "/traces",
                     .value = R"([{"hall": "site/A/1", "csv": ")" + csv.string() + R"(", "columns": "p[", "wet_bulb": "twb"}])"}});
    REQUIRE(scenario.buildout.traces.size() == 1);
    auto const& trace = scenario.buildout.traces[0];
    CHECK(trace.columns == 2);
    CHECK(trace.step_s == 15.0);
    CHECK(trace.first.row == 0);
    CHECK(trace.wet_bulb_C.size() == 3);
}
