// Weather tables: columns with units, three ways to give humidity, gaps, and the line of what is wrong.
#include "sim/scenario/weather_csv.hpp"
#include "tests/unit/sim/scenario/weather_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double altitude_m = 500.0;

/// A year of equal lines after "YYYY-MM-DD HH:00,"; `changed` replaces hours of the common year, "" leaves them out.
std::string table(std::string const& names, std::string const& values, std::map<std::size_t, std::string> const& changed = {},
                  bool leap = false)
{
    return "time," + names + "\n" + year_of_lines(leap, [&](std::size_t month, std::size_t day, std::size_t hour, std::size_t index) {
               auto const other = changed.find(index);
               auto const& text = other == changed.end() ? values : other->second;
               return text.empty() ? "" : fmt::format("2023-{:02d}-{:02d} {:02d}:00,{}\n", month, day, hour, text);
           });
}

WeatherYear read(std::string const& text)
{
    Folder const folder;
    return read_csv_year(folder.write("a.csv", text), altitude_m);
}

std::string fault(std::string const& text)
{
    Folder const folder;
    auto const file = folder.write("a.csv", text);
    return text_of(problems_of([&] { read_csv_year(file, altitude_m); }));
}

} // namespace

TEST_CASE("a table of dry bulb and humidity is a year; without pressure it has that of its altitude")
{
    auto const year = read(table("dry_bulb_C,relative_humidity_pct", "20,50", {{4000, "-3.5,90"}}));
    REQUIRE(year.hours.size() == 8760);
    CHECK(year.filled_hours == 0);
    CHECK(year.hours[4000].dry_bulb_C == -3.5);
    CHECK(year.hours[0].pressure_Pa == pressure_at_altitude_Pa(altitude_m));
    CHECK(year.hours[0].wet_bulb_C == air_from_relative_humidity(20.0, 0.5, pressure_at_altitude_Pa(altitude_m)).wet_bulb_C);
}

TEST_CASE("humidity may be a share, a dew point or a wet bulb, and pressure has any unit")
{
    // ASHRAE Fundamentals 2017, ch. 1, table 2: water saturates at 1.7057 kPa at 15 C; wet bulb by the equation of moist_air.hpp.
    for (auto const& [names, values] : std::vector<std::pair<std::string, std::string>>{
             {"dry_bulb_C,relative_humidity_share,pressure_kPa", "25,0.6,100"},
             {"dry_bulb_C,relative_humidity_pct,pressure_Pa", "25,60,100000"},
             {"Tdb_C,RH_pct,P_hPa", "25,60,1000"},
         }) {
        CHECK(read(table(names, values)).hours[17].humidity_ratio == air_from_relative_humidity(25.0, 0.6, 100000.0).humidity_ratio);
    }
    CHECK_THAT(read(table("dry_bulb_C,dew_point_C", "25,15")).hours[0].dew_point_C, WithinAbs(15.0, 1e-6));
    CHECK_THAT(read(table("dry_bulb_C,wet_bulb_C", "25,18")).hours[0].wet_bulb_C, WithinAbs(18.0, 1e-6));
    CHECK_THAT(read(table("dry_bulb_C,wet_bulb_C", "-5,-6")).hours[0].wet_bulb_C, WithinAbs(-6.0, 1e-6));
}

TEST_CASE("a leap year loses its 29 February, and month, day and hour serve as time")
{
    CHECK(read(table("dry_bulb_C,RH_pct", "20,50", {{1416, "7,50"}}, true)).hours[1416].dry_bulb_C == 7.0);
    auto const text = "month,day,hour,dry_bulb_C,RH_pct\n" + year_of_lines(false, [](auto month, auto day, auto hour, auto index) {
                          return fmt::format("{},{},{},{},50\n", month, day, hour, index % 24);
                      });
    CHECK(read(text).hours[24 * 100 + 13].dry_bulb_C == 13.0);
}

TEST_CASE("empty fields and hours without a line are filled and counted; one humidity stands in for another")
{
    auto const year = read(table("dry_bulb_C,RH_pct", "20,50", {{10, ",50"}, {11, "NA,50"}, {12, ""}, {13, "24,50"}, {20, "20,"}}));
    CHECK(year.filled_hours == 4);
    CHECK_THAT(year.hours[12].dry_bulb_C, WithinRel(23.0, 1e-12)); // from 20 to 24 in four steps
    auto const both = read(table("dry_bulb_C,RH_pct,dew_point_C", "20,50,9.3", {{10, "20,,15"}}));
    CHECK(both.filled_hours == 0);
    CHECK_THAT(both.hours[10].dew_point_C, WithinAbs(15.0, 1e-6));
}

TEST_CASE("a gap too long to fill is a problem")
{
    std::map<std::size_t, std::string> gap;
    for (std::size_t hour = 30; hour < 37; ++hour) {
        gap[hour] = "";
    }
    CHECK_THAT(fault(table("dry_bulb_C,RH_pct", "20,50", gap)),
               ContainsSubstring("a.csv:32 ") && ContainsSubstring("more than 6 hours without dry bulb, from 01-02 06:00"));
    gap.erase(36);
    CHECK(fault(table("dry_bulb_C,RH_pct", "20,50", gap)).empty());
    CHECK_THAT(fault("time,dry_bulb_C,RH_pct\n2023-01-01 00:00,20,50\n"), ContainsSubstring("more than 6 hours without dry bulb"));
}

TEST_CASE("each bad value is named with its line")
{
    struct BadValue {
        std::string names, values, part;
    };
    for (auto const& c : std::vector<BadValue>{
             {"dry_bulb_C,wet_bulb_C", "20,21", "has a wet bulb of 21 C above the dry bulb of 20 C"},
             {"dry_bulb_C,wet_bulb_C", "40,5", "has a wet bulb of 5 C, lower than that of dry air of 40 C"},
             {"dry_bulb_C,dew_point_C", "20,22", "has a dew point of 22 C above the dry bulb of 20 C"},
             {"dry_bulb_C,RH_pct", "80,50", "has 80 as dry_bulb_C, outside -70 to 70"},
             {"dry_bulb_C,RH_pct", "20,150", "has 150 as RH_pct, outside 0 to 110"},
             {"dry_bulb_C,RH_pct", "warm,50", "has \"warm\" as dry_bulb_C, which is not a number"},
             {"dry_bulb_C,RH_pct", "20", "has 2 fields and the first line names 3"},
             {"dry_bulb_C,RH_pct,pressure_hPa", "20,50,101325", "has 101325 as pressure_hPa, outside 310 to 1200"},
         }) {
        INFO(c.part);
        auto const good = c.names == "dry_bulb_C,wet_bulb_C"            ? "20,15"
                          : c.names == "dry_bulb_C,RH_pct,pressure_hPa" ? "20,50,1013"
                          : c.names == "dry_bulb_C,dew_point_C"         ? "20,15"
                                                                        : "20,50";
        auto const text = fault(table(c.names, good, {{5, c.values}}));
        CHECK_THAT(text, ContainsSubstring("a.csv:7 "));
        CHECK_THAT(text, ContainsSubstring(c.part));
    }
    CHECK_THAT(fault(table("dry_bulb_C,RH_pct,pressure_kPa", "68,100,50")), ContainsSubstring("more steam than air"));
}

TEST_CASE("times that are none, doubled or out of order are problems")
{
    std::string const names = "time,dry_bulb_C,RH_pct\n";
    CHECK_THAT(fault(names + "2023-01-01 00:30,20,50\n"), ContainsSubstring("a.csv:2 ") && ContainsSubstring("no time of a full hour"));
    CHECK_THAT(fault(names + "2023-02-30 00:00,20,50\n"), ContainsSubstring("no time of a full hour"));
    CHECK_THAT(fault(names + "yesterday,20,50\n"), ContainsSubstring("no time of a full hour"));
    CHECK_THAT(fault(names + "2023-01-01 05:00,20,50\n2023-01-01 05:00,20,50\n"),
               ContainsSubstring("a.csv:3 ") && ContainsSubstring("is 01-01 05:00, not after the line before"));
}

TEST_CASE("column names are strict and carry their unit")
{
    auto const of = [](std::string const& names) { return fault(names + "\n"); };
    CHECK_THAT(of("time,dry_bulb,RH_pct"),
               ContainsSubstring("a column \"dry_bulb\" without unit (the name carries it); use one of dry_bulb_C"));
    CHECK_THAT(of("time,dry_bulb_C,relative_humidity"), ContainsSubstring("use one of relative_humidity_pct, relative_humidity_share"));
    CHECK_THAT(of("time,dry_blb_C,RH_pct"), ContainsSubstring("did you mean \"dry_bulb_C\"?"));
    CHECK_THAT(of("time,dry_bulb_C,RH_pct,cloudiness_of_the_sky"), ContainsSubstring("unknown column \"cloudiness_of_the_sky\"; known: "));
    CHECK_THAT(of("time,dry_bulb_C,Tdb_C,RH_pct"), ContainsSubstring("a second column for the same, \"Tdb_C\""));
    CHECK_THAT(of("dry_bulb_C,RH_pct"), ContainsSubstring("needs either a column \"time\" or the three"));
    CHECK_THAT(of("time,RH_pct"), ContainsSubstring("needs a column \"dry_bulb_C\""));
    CHECK_THAT(of("time,dry_bulb_C"), ContainsSubstring("needs a column of humidity"));
    CHECK_THAT(fault(""), ContainsSubstring("a.csv:1 "));
}

TEST_CASE("a scenario names its table under csv, and has one source of weather")
{
    Folder const folder;
    folder.write("year.csv", table("dry_bulb_C,RH_pct", "20,50", {{5, ",50"}}));
    folder.write("torn.csv", table("dry_bulb_C,RH_pct", "20,50", {{5, "x,50"}}));
    auto scenario = tree_of(fixture());
    scenario["climates"][0]["csv"] = "year.csv";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0", "needs either \"normals\" or \"epw\" or \"csv\""));
    scenario["climates"][0].erase("normals");
    CHECK(load_scenario_text(scenario.dump(), "case.json", folder.path()).buildout.climates[0].filled_hours == 1);
    scenario["climates"][0]["csv"] = "torn.csv";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0/csv", "torn.csv:7: has \"x\" as dry_bulb_C"));
}
