// Demand response by a price: the table that is read, what is refused with file and line, and the faults that come of it.
#include "sim/scenario/price_csv.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <fmt/format.h>

using namespace aidc;
using namespace aidc::test;

namespace {

// The layout of public tables of hourly prices: summer time begins at 02:00 on the second Sunday of March.
std::string const spring = "Datetime (UTC),Datetime (Local),Price (USD/MWh)\n"
                           "2024-03-10 07:00:00+00:00,2024-03-10 01:00:00-06:00,10\n"
                           "2024-03-10 08:00:00+00:00,2024-03-10 03:00:00-05:00,20.5\n"
                           "2024-03-10 09:00:00+00:00,2024-03-10 04:00:00-05:00,-3\n";

PriceTable read(std::string const& text, std::string const& time, std::string const& column)
{
    Folder const folder;
    return read_price(folder.write("price.csv", text), time, column);
}

/// One problem, in a line of the file, that says so.
void check_one(std::string const& text, std::string const& line, std::string const& part)
{
    INFO(text);
    Folder const folder;
    auto const path = folder.write("price.csv", text);
    auto const problems = problems_of([&] { read_price(path, "time", "p"); });
    INFO(text_of(problems));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].where, ContainsSubstring("price.csv" + line));
    CHECK_THAT(problems[0].message, ContainsSubstring(part));
}

/// The fixture's scenario with a price; rows are hours of 15 July from `from` on.
Json priced(std::string const& keys)
{
    return patched(R"([{"op": "add", "path": "/campuses/0/power", "value": {"price": {"csv": "price.csv", "column": "p", )" + keys
                   + "}}}]");
}

std::string hours(std::vector<double> const& prices, std::string const& day = "2026-07-15")
{
    std::string text = "# of a test\ntime,p\n";
    for (std::size_t h = 0; h < prices.size(); ++h) {
        text += fmt::format("{} {:02}:00,{}\n", day, h, prices[h]);
    }
    return text;
}

Scenario loaded(std::string const& csv, Json const& scenario)
{
    Folder const folder;
    folder.write("price.csv", csv);
    return load_scenario_text(scenario.dump(), "case.json", folder.path());
}

std::string const usual = R"("above_per_MWh": 1000, "import_cap_kW": 100)";

} // namespace

TEST_CASE("a table of prices is read by the names of its columns")
{
    auto const table = read("# a\n# b\np,time\n5,2021-02-15 01:30\n9e3,2021-02-15T01:45:00\n", "time", "p");
    CHECK(table.per_MWh == std::vector<double>{5.0, 9000.0});
    CHECK(table.first_s == 1613352600.0); // date -u -d '2021-02-15 01:30' +%s
    CHECK(table.step_s == 900.0);
}

TEST_CASE("times with an offset count in that of the first row, through the change to summer time")
{
    auto const local = read(spring, "Datetime (Local)", "Price (USD/MWh)");
    CHECK(local.step_s == 3600.0);
    CHECK(local.first_s == 1710032400.0); // date -u -d '2024-03-10 01:00' +%s
    CHECK(local.per_MWh == std::vector<double>{10.0, 20.5, -3.0});
    CHECK(read(spring, "Datetime (UTC)", "Price (USD/MWh)").first_s == local.first_s + 6.0 * 3600.0);
    CHECK(read("time,p\n2024-01-01 00:00Z,1\n2024-01-01 01:00Z,1\n", "time", "p").first_s == 1704067200.0);
}

TEST_CASE("mistakes in a table of prices are told with their line")
{
    std::string const first = "time,p\n2021-02-15 00:00,1\n2021-02-15 01:00,2\n";
    check_one("time,q\n2021-02-15 00:00,1\n2021-02-15 01:00,2\n", ":1", "has no column \"p\"; there are time, q");
    check_one("# x\nwhen,p\n2021-02-15 00:00,1\n2021-02-15 01:00,2\n", ":2", "has no column \"time\"");
    check_one(first + "2021-02-15 02:00,none\n", ":4", "has \"none\" as price, which is not a number");
    check_one(first + "2021-02-15 02:00\n", ":4", "has 1 fields and the names are 2");
    check_one(first + "2021-02-30 02:00,1\n", ":4", "has \"2021-02-30 02:00\" as time");
    check_one(first + "2021-02-15 2:00,1\n2021-02-15 03:00,1\n", ":4", "has \"2021-02-15 2:00\" as time");
    check_one(first + "2021-02-15 25:00,1\n", ":4", "as time");
    check_one(first + "2021-02-15 02:00 CST,1\n", ":4", "as time");
    check_one(first + "2021-02-15 01:00,1\n", ":4", "times must rise");
    check_one(first + "2021-02-15 00:30,1\n", ":4", "comes 1800 s before the row before it");
    check_one(first + "2021-02-15 03:00,1\n", ":4", "comes 7200 s after the row before and the first step is 3600 s");
    check_one(first + "2021-02-15 02:00-06:00,1\n", ":4", "do not both carry an offset");
    check_one("time,p\n2021-02-15 00:00,1\n", "", "has fewer than two rows");
    check_one("# nothing else\n", "", "has no line that names its columns");
}

TEST_CASE("each stretch of high prices caps the import, as a fault between the others")
{
    auto scenario = priced(usual);
    scenario["faults"] = Json::parse(R"([{"name": "hot", "campus": "site", "at": "2026-07-15", "at_h": 2, "for_h": 1, "warmer_K": 5}])");
    // Above 1,000, not at it: hours 1 and 2, and 5 to the last row's end.
    auto const s = loaded(hours({999, 1001, 9000, 1000, 30, 1000.5, 2000}), scenario);
    auto const& faults = s.buildout.faults;
    REQUIRE(faults.size() == 3);
    Tick const day = 195 * day_ticks; // 15 July of a common year
    CHECK(faults[0].name == "price_above_1000 #1");
    CHECK(faults[0].kind == Fault::Kind::import_cap);
    CHECK(faults[0].import_W == 100e3);
    CHECK(faults[0].campus == Id<Campus>{0});
    CHECK(faults[0].from == day + ticks(3600.0));
    CHECK(faults[0].until == day + ticks(3.0 * 3600.0));
    CHECK(faults[1].name == "hot");
    CHECK(faults[2].name == "price_above_1000 #2");
    CHECK(faults[2].from == day + ticks(5.0 * 3600.0));
    CHECK(faults[2].until == day + ticks(7.0 * 3600.0));
    CHECK(s.inputs.back().path.ends_with("price.csv"));
    CHECK(s.inputs.back().sha256.size() == 64);
}

TEST_CASE("rows outside the run are left out")
{
    auto const before =
        loaded(hours(std::vector<double>(24, 2000.0), "2025-12-31") + "2026-01-01 00:00,2000\n2026-01-01 01:00,0\n", priced(usual));
    REQUIRE(before.buildout.faults.size() == 1);
    CHECK(before.buildout.faults[0].from == 0);
    CHECK(before.buildout.faults[0].until == ticks(3600.0));
    CHECK(loaded(hours({5, 5}), priced(usual)).buildout.faults.empty());
}

TEST_CASE("a scenario with a price reads back to the same")
{
    Folder const folder;
    folder.write("price.csv", hours({1, 2000, 3}));
    auto const once = load_scenario_text(priced(usual).dump(), "case.json", folder.path());
    auto const again = load_scenario_text(once.resolved, "resolved.json", folder.path());
    CHECK(again.resolved == once.resolved);
    REQUIRE(again.buildout.faults.size() == 1);
    CHECK(again.buildout.faults[0].from == once.buildout.faults[0].from);
}

TEST_CASE("mistakes in a price")
{
    std::string const at = "/campuses/0/power/price";
    auto const complaint = [](std::string const& csv, std::string const& keys, std::string const& pointer, std::string const& part) {
        Folder const folder;
        folder.write("price.csv", csv);
        auto const problems = problems_in(priced(keys), folder.path());
        INFO(text_of(problems));
        CHECK(problems.size() == 1);
        CHECK(names(problems, pointer, part));
    };
    complaint(hours({1, 2}, "2021-02-15"), usual, at + "/csv", "price.csv has no price between start and end");
    complaint(hours({1, 2}, "2031-02-15"), usual, at + "/csv", "has no price between start and end");
    complaint(hours({1}), usual, at + "/csv", "price.csv: has fewer than two rows");
    complaint(hours({1, 2}), usual + R"(, "time": "when")", at + "/csv", "price.csv:2: has no column \"when\"");
    complaint(hours({1, 2}), R"("above": 1000, "import_cap_kW": 100)", at + "/above", "above_per_MWh");
    complaint(hours({1, 2}), R"("above_per_MWh": 1000)", at + "/import_cap", "missing");
    Json missing = priced(usual);
    missing["campuses"][0]["power"]["price"]["csv"] = "none.csv";
    CHECK(names(problems_in(missing), at + "/csv", "none.csv: cannot be read"));
}
