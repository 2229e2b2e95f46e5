// Sites and work: what fits where, who waits for whom, what is granted.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const building = "/campuses/0/buildings/0";
std::string const hall = building + "/halls/0";

std::string put(std::string const& path, std::string const& value)
{
    return R"({"op": "add", "path": ")" + path + R"(", "value": )" + value + "}";
}
std::string drop(std::string const& path) { return R"({"op": "remove", "path": ")" + path + "\"}"; }

} // namespace

TEST_CASE("faults of campuses, buildings and unit groups")
{
    check_all({
        {put("/campuses", "[]") + "," + put("/orders", "[]") + "," + put("/demand", "{}"), "/campuses", "is empty"},
        {put("/campuses/0/climate", "\"wild\""), "/campuses/0/climate", "no climate is called \"wild\"; did you mean \"mild\"?"},
        {R"({"op": "copy", "from": "/campuses/0", "path": "/campuses/-"})", "/campuses/1/name", "is the name of an earlier one"},
        {R"({"op": "copy", "from": ")" + building + R"(", "path": "/campuses/0/buildings/-"})", "/campuses/0/buildings/1/name",
         "\"site/A\" is the name of an earlier one"},
        {R"({"op": "copy", "from": ")" + hall + R"(", "path": ")" + building + R"(/halls/-"})", building + "/halls/1/name",
         "\"site/A/1\" is the name of an earlier one"},
        {put("/campuses/0/transformers/spare", "2"), "/campuses/0/transformers/spare", "is 2 of 2 units (nothing would be firm)"},
        {put("/campuses/0/gensets/spare", "3"), "/campuses/0/gensets/spare", "nothing would be firm"},
        {put(hall + "/ups/spare", "3"), hall + "/ups/spare", "nothing would be firm"},
        {put(building + "/plant/coolers/spare", "4"), building + "/plant/coolers/spare", "nothing would be firm"},
        {drop("/campuses/0/transformers/to_repair_days"), "/campuses/0/transformers", "needs both \"to_failure\" and \"to_repair\""},
    });
}

TEST_CASE("faults of a plant: temperatures out of order, machines that cannot be")
{
    auto const plant = building + "/plant";
    check_all({
        {put(plant + "/coolers/rating/water_outlet_C", "34"), plant + "/coolers/rating", "needs water_inlet > water_outlet > air_inlet"},
        {put(plant + "/coolers/rating/water_inlet_C", "40"), plant + "/coolers/rating", "needs water_inlet > water_outlet > air_inlet"},
        {put(plant + "/fan_wall/air_return_C", "20"), plant + "/fan_wall", "needs air_return > water_outlet > water_inlet"},
        {put(plant + "/fws_set_point_C", "41"), plant, "needs fws_min <= fws_set_point <= fws_max"},
        {put(plant + "/tcs_set_point_C", "36"), plant, "fws_set_point below tcs_set_point"},
        {put(plant + "/coolers/rating/air_kg_per_s", "1"), plant + "/coolers/rating", "no such machine is possible: dry cooler sizing"},
        {put(plant + "/fan_wall/air_kg_per_s", "0.5"), plant + "/fan_wall", "no such machine is possible: fan wall sizing"},
        {put(plant + "/cdu/fws_rated_flow_L_per_min", "5"), plant + "/cdu", "no such machine is possible: CDU sizing"},
        {put(plant + "/coolers/pads/effectiveness", "0") + "," + put("/climates/0/design", R"({"dry_bulb_C": 55, "wet_bulb_C": 30})"),
         plant + "/coolers", "reject no heat at the design weather of mild"},
    });
}

TEST_CASE("faults of a hall: racks that do not fit")
{
    check_all({
        {put(hall + "/racks/0/rack", "\"h20\""), hall + "/racks/0/rack", "no kind of rack is called \"h20\"; did you mean \"h200\"?"},
        {put(hall + "/racks/0/racks_per_pod", "3"), hall + "/racks/0/racks_per_pod", "is 3 and a pod has 2 positions"},
        {put(hall + "/position_max_kW", "30"), hall + "/racks/0/rack",
         "h200 does not fit a position of this hall: it needs 32.0 kW and gets 30.0 kW"},
        {put("/racks/0/supply_max_C", "30"), hall + "/racks/0/rack", "it needs coolant of at most 30 C and gets 40 C"},
        {put("/racks/0/bus_V", "800"), hall + "/racks/0/rack", "it needs 800 V and gets 54 V"},
        {put("/racks/0/mass_kg", "2000") + "," + put(hall + "/floor_max_kg", "1500"), hall + "/racks/0/rack",
         "it weighs 2000 kg and the floor carries 1500 kg"},
        {put(building + "/plant/cdu/tcs_rated_flow_L_per_min", "30"), hall + "/racks/0/rack", "L/min of coolant and gets 15 L/min"},
        {put("/racks/0/barred_regions", R"(["CN"])"), "/orders/0/campus", "export rules keep h200 out of it"},
        {put("/racks/0/go_live_unit_racks", "3"), hall + "/racks/0/racks",
         "is 4 and h200 goes live by 3 racks (the rest would never be live)"},
        {put(building + "/plant/cdu/rated_heat_kW", "40"), hall + "/racks/0/racks_per_pod", "puts 51 kW of liquid heat on a CDU of 40 kW"},
        {put(hall + "/racks/0/racks", "6"), hall + "/racks", "need 3 pods and the hall has 2"},
        {put(hall + "/design_kW", "100"), hall + "/racks", "need 0.13 MW and the hall is built for 0.10 MW"},
        {put(hall + "/racks", "[]"), hall + "/racks", "is empty (nothing would ever be live)"},
        {put(hall + "/pods", "4000000000") + "," + put(hall + "/positions_per_pod", "4000000000"), hall + "/pods",
         "more than 100000 positions"},
        {put(hall + "/racks/-", R"({"rack": "h200", "racks": 1, "racks_per_pod": 1})"), hall + "/racks/1/rack",
         "stands in an earlier line"},
        {put(hall + "/built", "true"), hall + "/built", "is true beside activities or \"install\""},
        {drop(hall + "/install"), hall + "/install", "missing (no rack would come in)"},
    });
}

TEST_CASE("faults of activities: unknown names, crews, circles")
{
    auto const work = hall + "/activities";
    check_all({
        {put(work + "/0/crew", "\"fiters\""), work + "/0/crew", "no crew is called \"fiters\"; did you mean \"fitters\"?"},
        {put(work + "/0/calendar", "\"five_days\""), work + "/0/calendar",
         "no calendar is called \"five_days\"; did you mean \"six_days\"?"},
        {put(work + "/0/teams", "3"), work + "/0/teams", "is 3 and crew fitters has 2 teams (it would never start)"},
        {put(work + "/1/teams", "3"), work + "/1/teams", "stands without a crew"},
        {put("/crews/0/teams", "0.5") + "," + put(work + "/0/teams", "0.5"), hall + "/install/crew", "is 1 and crew fitters has 0.5 teams"},
        {put(work + "/1/after/0", "\"fit_uot\""), work + "/1/after/0",
         "no activity is called \"site/A/1/fit_uot\"; did you mean \"site/A/1/fit_out\"?"},
        {put(work + "/1/links/0/activity", "\"nowhere\""), work + "/1/links/0/activity", "no activity is called"},
        {put(hall + "/install/after/0", "\"L9\""), hall + "/install/after/0", "no activity is called \"site/A/1/L9\""},
        {put(hall + "/install/crew", "\"x\""), hall + "/install/crew", "no crew is called \"x\""},
        {put("/campuses/0/activities/2/goods/0/item", "\"transfomer\""), "/campuses/0/activities/2/goods/0/item",
         "no item of a maker is called \"transfomer\""},
        {put(work + "/0/work_days/factor", "\"luck\""), work + "/0/work_days", "no factor is called \"luck\""},
        {put("/campuses/0/activities/1/not_before", "\"2025-06-01\""), "/campuses/0/activities/1/not_before", "is before the start"},
        {put(work + "/1/name", "\"fit_out\""), work + "/1/name", "\"site/A/1/fit_out\" is the name of an earlier activity"},
        {put(work + "/1/name", "\"install/h200/1\"") + "," + put(work + "/2/after/0", "\"fit_out\"") + ","
             + put(hall + "/install/after/0", "\"fit_out\""),
         hall + "/install", "implies an activity \"site/A/1/install/h200/1\""},
        {put(work + "/0/stage", "\"L6\""), work + "/0/stage", "\"L6\" is not one of permit, energy_quota"},
    });
}

TEST_CASE("a circle is told in the order of waiting")
{
    auto const work = hall + "/activities";
    auto const problems = problems_in(patched("[" + put(work + "/0/after", R"(["L5"])") + "]"));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].pointer == work + "/0");
    CHECK_THAT(problems[0].message,
               ContainsSubstring("site/A/1/fit_out waits for site/A/1/L5 waits for site/A/1/L3 waits for site/A/1/fit_out; cut one link"));
    CHECK(names(problems_in(patched("[" + put(work + "/0/after", R"(["fit_out"])") + "]")), work + "/0",
                "site/A/1/fit_out waits for site/A/1/fit_out;"));
}

TEST_CASE("faults of grants")
{
    auto const of_hall = hall + "/activities/0/grants/0";
    auto const of_site = "/campuses/0/activities/2/grants/0";
    check_all({
        {put(of_hall, "{}"), of_hall, "needs exactly one of \"term\", \"group\", \"import_MW\""},
        {put(of_hall, R"({"term": "space", "group": "ups", "share": 1})"), of_hall, "needs exactly one of"},
        {put(of_hall, R"({"term": "space"})"), of_hall, "needs one of \"it_MW\" and \"share\""},
        {put(of_hall, R"({"term": "space", "share": 1, "it_kW": 5})"), of_hall, "needs one of \"it_MW\" and \"share\""},
        {put(of_hall, R"({"term": "space", "share": 1, "units": 5})"), of_hall, "mixes kinds of grants"},
        {put(of_hall, R"({"term": "spice", "share": 1})"), of_hall + "/term", "\"spice\" cannot be granted here"},
        {put(of_hall, R"({"term": "racks", "share": 1})"), of_hall + "/term", "\"racks\" cannot be granted here"},
        {put(of_site, R"({"term": "space", "share": 1})"), std::string(of_site) + "/term", "cannot be granted here"},
        {put(of_site, R"({"group": "ups", "share": 1})"), std::string(of_site) + "/group", "\"ups\" is no group of units here"},
        {put(of_site, R"({"group": "transformers"})"), of_site, "needs one of \"units\" and \"share\", above 0"},
        {put(of_site, R"({"group": "transformers", "units": 1, "share": 0.5})"), of_site, "needs one of \"units\" and \"share\", above 0"},
        {put(of_site, R"({"group": "transformers", "share": 0.75})"), of_site, "is 1.5 of 2 units"},
        {put(of_site, R"({"group": "transformers", "units": 1, "it_kW": 5})"), of_site, "mixes kinds of grants"},
        {put(of_site, R"({"group": "transformers", "units": 3})"), "/campuses/0/activities/2",
         "puts unit 3 of site/transformers into service and there are 2"},
        {put("/campuses/0/activities/1/grants/0/share", "1"), "/campuses/0/activities/1/grants/0", "mixes kinds of grants"},
    });
}

TEST_CASE("a term that nobody grants is told for its hall")
{
    auto const work = hall + "/activities";
    check_all({
        {drop(work + "/0/grants/0"), hall, "hall site/A/1 never gets \"space\""},
        {drop(work + "/0/grants/1"), hall, "never gets \"network\""},
        {drop(work + "/1/grants/0"), hall, "never gets \"distribution\""},
        {drop(work + "/2/grants/0"), hall, "never gets \"cooling\""},
        {drop(work + "/2/grants/1"), hall, "never gets \"handover\""},
        {drop("/campuses/0/activities/1/grants/0"), hall, "never gets \"utility\""},
        {drop("/campuses/0/activities/2/grants/0"), hall, "never gets \"substation\""},
        {drop("/campuses/0/activities/3/grants/0"), hall, "never gets \"backup\""},
        {drop(building + "/activities/0/grants/0"), hall, "no activity puts the coolers of its building into service"},
    });
}

TEST_CASE("without gensets, or without load on them, nobody needs to grant backup")
{
    auto const no_grant = drop("/campuses/0/activities/3/grants/0");
    CHECK(text_of(problems_in(patched("[" + no_grant + "," + put(hall + "/backup_share", "0") + "]"))).empty());
    CHECK(text_of(problems_in(patched("[" + no_grant + "," + drop("/campuses/0/gensets") + "]"))).empty());
}

TEST_CASE("racks may wait for work of a building that stands later in the file")
{
    auto const later = R"({"op": "copy", "from": ")" + building + R"(", "path": "/campuses/0/buildings/-"},)"
                       + put("/campuses/0/buildings/1/name", "\"B\"");
    auto const enough = put("/orders/0/units", "1000") + "," + put("/orders/1/units", "1000");
    CHECK(text_of(problems_in(patched("[" + later + "," + enough + "," + put(hall + "/install/after/-", "\"site/B/coolers\"") + "]")))
              .empty());
}

TEST_CASE("predecessors are looked up from the hall outwards, and by full name")
{
    auto const scenario = load_scenario(fixture());
    auto const& activities = scenario.buildout.activities;
    auto const named = [&](std::string const& name) {
        return *std::find_if(activities.begin(), activities.end(), [&](Activity const& a) { return a.name == name; });
    };
    auto const after = named("site/A/1/L5").after;
    CHECK(activities[after[0].from.row].name == "site/A/1/L3");
    CHECK(activities[after[1].from.row].name == "site/A/coolers");
    auto const links = named("site/A/1/L3").after;
    CHECK(activities[links[1].from.row].name == "site/grid");
    CHECK(activities[links[2].from.row].name == "site/yard");
    CHECK(links[2].start_to_start);
    CHECK(links[2].lag_s == 3.0 * 86400.0);
    CHECK(activities[named("site/A/1/install/h200/2").after[0].from.row].name == "site/A/1/L3");
}
