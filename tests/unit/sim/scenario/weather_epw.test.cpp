// EnergyPlus weather files: 35 columns, codes of missing values, gaps, leap years, and the line of what is wrong.
#include "sim/scenario/weather_epw.hpp"
#include "tests/unit/sim/scenario/weather_case.hpp"

#include <cmath>

using namespace aidc;
using namespace aidc::test;

namespace {

/// Fields of one hour that a test changes.
struct Hour {
    std::string dry_bulb = "20.0", dew_point = "9.3", humidity = "50", pressure = "101325", radiation = "300", wind = "2.6";
};

std::string line(std::size_t month, std::size_t day, std::size_t hour, Hour const& h = {})
{
    return fmt::format("2020,{},{},{},60,A7A7*0?9,{},{},{},{},1300,1400,320,{},200,9999,30000,999999,9999,9999,180,{},5,4,24.1,77777,9,"
                       "999999999,14,0.0350,0,88,0.2,0.0,1.0\r\n",
                       month, day, hour, h.dry_bulb, h.dew_point, h.humidity, h.pressure, h.radiation, h.wind);
}

std::string const periods = "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\r\n";

std::string header(std::string const& last = periods)
{
    return "LOCATION,Somewhere,XX,Nowhere,TMY3,123456,-33.5,-70.25,-4.5,530.0\r\nDESIGN CONDITIONS,0\r\nTYPICAL/EXTREME PERIODS,0\r\n"
           "GROUND TEMPERATURES,0\r\nHOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\r\nCOMMENTS 1,made\r\nCOMMENTS 2,\r\n"
           + last;
}

/// Lines of a year, by hour; `changed` replaces hours of the common year.
std::string epw(std::map<std::size_t, Hour> const& changed = {}, bool leap = false)
{
    return header() + year_of_lines(leap, [&](std::size_t month, std::size_t day, std::size_t hour, std::size_t index) {
               auto const other = changed.find(index);
               return line(month, day, hour + 1, other == changed.end() ? Hour{} : other->second);
           });
}

EpwFile read(std::string const& text)
{
    Folder const folder;
    return read_epw(folder.write("a.epw", text));
}

std::string fault(std::string const& text)
{
    Folder const folder;
    auto const file = folder.write("a.epw", text);
    return text_of(problems_of([&] { read_epw_year(file); }));
}

std::map<std::size_t, Hour> run(std::size_t first, std::size_t count, Hour const& hour)
{
    std::map<std::size_t, Hour> hours;
    for (std::size_t i = first; i < first + count; ++i) {
        hours[i] = hour;
    }
    return hours;
}

} // namespace

TEST_CASE("the header says where the station is")
{
    auto const at = read(epw()).location;
    CHECK(at.name == "Somewhere");
    CHECK(at.region == "XX");
    CHECK(at.country == "Nowhere");
    CHECK(at.source == "TMY3");
    CHECK(at.station == "123456");
    CHECK(at.latitude_deg == -33.5);
    CHECK(at.longitude_deg == -70.25);
    CHECK(at.utc_offset_h == -4.5);
    CHECK(at.altitude_m == 530.0);
}

TEST_CASE("a year of hours is read in SI; hour 1 is the first hour of the day")
{
    auto const file = read(epw({{0, {.dry_bulb = "-5.5", .dew_point = "-8.1", .humidity = " 80", .wind = "7.2"}}}));
    REQUIRE(file.rows.size() == 8760);
    CHECK(file.rows[0].dry_bulb_C == -5.5);
    CHECK(file.rows[0].dew_point_C == -8.1);
    CHECK(file.rows[0].relative_humidity == 0.8);
    CHECK(file.rows[0].wind_m_per_s == 7.2);
    CHECK(file.rows[1].dry_bulb_C == 20.0);
    CHECK(file.rows[1].pressure_Pa == 101325.0);
    CHECK(file.rows[1].global_horizontal_W_per_m2 == 300.0);
    CHECK(file.rows[1].direct_normal_W_per_m2 == 200.0);
    CHECK(file.filled_hours == 0);
    CHECK_FALSE(file.had_leap_day);
}

TEST_CASE("29 February is left out")
{
    auto const file = read(epw({{1416, {.dry_bulb = "1.5"}}}, true)); // 1 March 00:00
    REQUIRE(file.rows.size() == 8760);
    CHECK(file.had_leap_day);
    CHECK(file.rows[1415].dry_bulb_C == 20.0);
    CHECK(file.rows[1416].dry_bulb_C == 1.5);
}

TEST_CASE("codes of missing values are counted by column; what no model needs stays missing")
{
    auto const file = read(epw());
    CHECK(file.missing[15] == 8760); // diffuse radiation is 9999 in every line
    CHECK(file.missing[17] == 8760); // illuminance 999999
    CHECK(file.missing[16] == 0);
    CHECK(file.missing[6] == 0);
    CHECK(file.missing[25] == 0); // a ceiling of 77777 means unlimited
    CHECK(std::isnan(file.rows[7].diffuse_horizontal_W_per_m2));
}

TEST_CASE("a short gap is filled in a straight line and counted")
{
    auto changed = run(100, 3, {.dry_bulb = "99.9"});
    changed[103] = {.dry_bulb = "24.0"};
    auto const file = read(epw(changed));
    CHECK(file.filled_hours == 3);
    CHECK(file.missing[6] == 3);
    CHECK_THAT(file.rows[100].dry_bulb_C, WithinRel(21.0, 1e-12)); // from 20 to 24 in four steps
    CHECK_THAT(file.rows[102].dry_bulb_C, WithinRel(23.0, 1e-12));
}

TEST_CASE("gaps at the ends of the year take the nearest hour")
{
    auto changed = run(0, 2, {.pressure = "999999"});
    changed[2] = {.pressure = "100000"};
    changed[8758] = {.pressure = "99000"};
    changed[8759] = {.pressure = "999999"};
    auto const file = read(epw(changed));
    CHECK(file.filled_hours == 3);
    CHECK(file.rows[0].pressure_Pa == 100000.0);
    CHECK(file.rows[8759].pressure_Pa == 99000.0);
}

TEST_CASE("a missing humidity comes from the dew point first")
{
    auto const file = read(epw(run(50, 30, {.dew_point = "12.0", .humidity = "999"})));
    CHECK(file.filled_hours == 0);
    CHECK(file.missing[8] == 30);
    CHECK_THAT(file.rows[60].relative_humidity, WithinRel(saturation_pressure_Pa(12.0) / saturation_pressure_Pa(20.0), 1e-12));
}

TEST_CASE("a gap too long to fill is a problem at its first line")
{
    CHECK(fault(epw(run(100, 6, {.dry_bulb = "99.9"}))).empty());
    auto const text = fault(epw(run(100, 7, {.dry_bulb = "99.9"})));
    CHECK_THAT(text, ContainsSubstring("a.epw:109 ")); // 8 header lines and 100 hours before it
    CHECK_THAT(text, ContainsSubstring("begins more than 6 hours without dry bulb"));
    CHECK_THAT(fault(epw(run(100, 7, {.dew_point = "99.9", .humidity = "999"}))), ContainsSubstring("without relative humidity"));
    CHECK_THAT(fault(epw(run(1416, 7, {.pressure = "999999"}), true)), ContainsSubstring("a.epw:1449 ")); // 24 lines of 29 February
    CHECK(fault(epw(run(100, 700, {.radiation = "9999", .wind = "999"}))).empty());
}

TEST_CASE("a humidity a little above saturation is saturation")
{
    Folder const folder;
    auto const year = read_epw_year(folder.write("a.epw", epw({{0, {.humidity = "105"}}})));
    CHECK(year.hours[0].wet_bulb_C == 20.0);
    CHECK(year.hours[0].humidity_ratio == saturation_humidity_ratio(20.0, 101325.0));
}

TEST_CASE("each bad field is named with its line")
{
    struct BadField {
        Hour hour;
        std::string part;
    };
    for (auto const& c : std::vector<BadField>{
             {{.dry_bulb = "warm"}, "has \"warm\" as dry bulb (field 7), which is not a number"},
             {{.dry_bulb = "nan"}, "which is not a number"},
             {{.dry_bulb = "20.0x"}, "which is not a number"},
             {{.dry_bulb = "75"}, "has 75 as dry bulb (field 7), outside -70 to 70; mend it or write 99.9 for missing"},
             {{.humidity = "-4"}, "has -4 as relative humidity (field 9), outside 0 to 110"},
             {{.pressure = "1013"}, "has 1013 as pressure (field 10), outside 31000 to 120000"},
             {{.radiation = "-5"}, "has -5 as global horizontal radiation (field 14)"},
             {{.wind = "70"}, "has 70 as wind speed (field 22), outside 0 to 40"},
         }) {
        INFO(c.part);
        auto const text = fault(epw({{0, c.hour}}));
        CHECK_THAT(text, ContainsSubstring("a.epw:9 "));
        CHECK_THAT(text, ContainsSubstring(c.part));
    }
    CHECK_THAT(fault(epw({{0, {.dry_bulb = "69", .humidity = "100", .pressure = "40000"}}})), ContainsSubstring("more steam than air"));
}

TEST_CASE("several bad lines are told together, and no more than twenty")
{
    CHECK_THAT(fault(epw({{0, {.dry_bulb = "x"}}, {90, {.wind = "y"}}})), ContainsSubstring("a.epw:9 ") && ContainsSubstring("a.epw:99 "));
    Folder const folder;
    auto const file = folder.write("a.epw", epw(run(0, 100, {.dry_bulb = "x"})));
    CHECK(problems_of([&] { read_epw(file); }).size() == 20);
}

TEST_CASE("hours that are missing, doubled or out of order are a problem at their line")
{
    auto const whole = epw();
    auto const third = whole.find(line(1, 1, 3));
    auto without = whole;
    without.erase(third, line(1, 1, 3).size());
    CHECK_THAT(fault(without), ContainsSubstring("a.epw:11 ") && ContainsSubstring("is 01-01 03:00 and 01-01 02:00 should follow"));
    auto doubled = whole;
    doubled.insert(third, line(1, 1, 3));
    CHECK_THAT(fault(doubled), ContainsSubstring("a.epw:12 ") && ContainsSubstring("is 01-01 02:00 and 01-01 03:00 should follow"));
    CHECK_THAT(fault(header() + line(1, 1, 1)), ContainsSubstring("is the last line, after 1 hours of 8760"));
    CHECK_THAT(fault(whole + line(1, 1, 1)), ContainsSubstring("a.epw:8769 "));
    CHECK_THAT(fault(header() + line(2, 30, 1)), ContainsSubstring("has no month, day and hour (1 to 24) that a year has"));
    CHECK_THAT(fault(header() + line(1, 1, 0)), ContainsSubstring("has no month, day and hour"));
}

TEST_CASE("what is no EPW file of one hourly year is a problem of its header")
{
    CHECK_THAT(fault(""), ContainsSubstring("is no EPW file"));
    CHECK_THAT(fault("time,dry_bulb_C\n1,2\n"), ContainsSubstring("a.epw:1 ") && ContainsSubstring("eight header lines"));
    CHECK_THAT(fault(header("DATA PERIODS,1,4,Data,Sunday, 1/ 1,12/31\r\n")),
               ContainsSubstring("a.epw:8 ") && ContainsSubstring("one record an hour"));
    auto nowhere = epw();
    nowhere.replace(nowhere.find("-33.5"), 5, "south");
    CHECK_THAT(fault(nowhere), ContainsSubstring("a.epw:1 ") && ContainsSubstring("latitude, longitude, time zone and altitude"));
    CHECK_THAT(fault(header() + "2020,1,1,1,60,A7,20.0\n"), ContainsSubstring("has 7 fields and an EPW line has 35 (at least 32)"));
}

TEST_CASE("a scenario reads its weather file beside itself; a missing one is a problem of the climate")
{
    Folder const folder;
    folder.write("year.epw", epw(run(100, 3, {.dry_bulb = "99.9"})));
    folder.write("torn.epw", epw({{0, {.dry_bulb = "warm"}}}));
    auto scenario = tree_of(fixture());
    scenario["climates"][0].erase("normals");
    scenario["climates"][0]["epw"] = "year.epw";
    CHECK(load_scenario_text(scenario.dump(), "case.json", folder.path()).buildout.climates[0].filled_hours == 3);
    scenario["climates"][0]["epw"] = "none.epw";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0/epw", "none.epw: cannot be read"));
    scenario["climates"][0]["epw"] = "torn.epw";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0/epw", "torn.epw:9: has \"warm\" as dry bulb"));
}
