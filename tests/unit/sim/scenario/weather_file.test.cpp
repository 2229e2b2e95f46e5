// Hourly weather files: 8760 hours, and the line of what is wrong.
#include "sim/scenario/weather_file.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string hour(std::string const& dry_bulb = "20.0", std::string const& humidity = "50", std::string const& pressure = "101325",
                 std::string const& day = "1,1")
{
    return "2020," + day + ",1,60,A7," + dry_bulb + ",9.3," + humidity + "," + pressure + ",0,0\r\n";
}

/// Eight header lines and `hours` equal hours, the first replaced.
std::string epw(std::string const& first, std::size_t hours = 8760, std::string const& more = "")
{
    std::string text;
    for (int i = 0; i < 8; ++i) {
        text += "HEADER\r\n";
    }
    text += first + more;
    for (std::size_t i = 1; i < hours; ++i) {
        text += hour();
    }
    return text;
}

std::string fault(std::string const& text)
{
    Folder const folder;
    auto const file = folder.write("a.epw", text);
    return text_of(problems_of([&] { read_epw(file); }));
}

} // namespace

TEST_CASE("a year of hours is read, 29 February left out")
{
    Folder const folder;
    auto const air = read_epw(folder.write("a.epw", epw(hour("-5.5", " 80"), 8760, hour("1", "1", "100000", "2,29"))));
    REQUIRE(air.size() == 8760);
    CHECK(air[0].dry_bulb_C == -5.5);
    CHECK(air[1].dry_bulb_C == 20.0);
    CHECK(air[1].pressure_Pa == 101325.0);
}

TEST_CASE("a humidity a little above saturation is saturation")
{
    Folder const folder;
    auto const air = read_epw(folder.write("a.epw", epw(hour("20", "105"))));
    CHECK(air[0].wet_bulb_C == 20.0);
}

TEST_CASE("each bad line is named")
{
    struct Case {
        std::string line, part;
    };
    for (auto const& c : std::vector<Case>{
             {"2020,1,1,1,60,A7,20.0\n", "has 7 fields and the relative humidity is field 9; is this an EPW file?"},
             {hour("warm"), "the dry bulb (field 7) is not a number"},
             {hour(""), "the dry bulb (field 7) is not a number"},
             {hour("nan"), "the dry bulb (field 7) is not a number"},
             {hour("inf"), "the dry bulb (field 7) is not a number"},
             {hour("20.0x"), "the dry bulb (field 7) is not a number"},
             {hour("99.9"), "dry bulb 99.9 C"},
             {hour("20", "999"), "humidity 999 %"},
             {hour("20", "50", "999999"), "missing or out of range"},
             {hour("69", "100", "40000"), "more steam than air"},
             {hour("20", "50", "101325", "x,1"), "the month (field 2) is not a number"},
         }) {
        INFO(c.line);
        auto const text = fault(epw(c.line));
        CHECK_THAT(text, ContainsSubstring("a.epw:9 "));
        CHECK_THAT(text, ContainsSubstring(c.part));
    }
}

TEST_CASE("a file with too few or too many hours, or none, is a problem")
{
    CHECK_THAT(fault(epw(hour(), 8759)), ContainsSubstring("has 8759 hours and a year has 8760"));
    CHECK_THAT(fault(epw(hour(), 8761)), ContainsSubstring("has 8761 hours"));
    CHECK_THAT(fault(""), ContainsSubstring("has 0 hours"));
}

TEST_CASE("a scenario reads its weather file beside itself; a missing one is a problem of the climate")
{
    Folder const folder;
    folder.write("year.epw", epw(hour()));
    folder.write("torn.epw", epw(hour("warm")));
    auto scenario = tree_of(fixture());
    scenario["climates"][0].erase("normals");
    scenario["climates"][0]["epw"] = "year.epw";
    CHECK(text_of(problems_in(scenario, folder.path())).empty());
    scenario["climates"][0]["epw"] = "none.epw";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0/epw", "none.epw: cannot be read"));
    scenario["climates"][0]["epw"] = "torn.epw";
    CHECK(names(problems_in(scenario, folder.path()), "/climates/0/epw", "torn.epw:9: the dry bulb (field 7) is not a number"));
}
