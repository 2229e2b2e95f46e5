// What one key alone cannot tell: names, dates, supply, demand, climates.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

TEST_CASE("the fixture itself is sound") { CHECK(text_of(problems_in(tree_of(fixture()))).empty()); }

TEST_CASE("faults of the frame: format, version, dates, step, names")
{
    check_all({
        {R"({"op": "replace", "path": "/format", "value": "other"})", "/format", "is \"other\"; this program reads \"aidcsim-scenario\""},
        {R"({"op": "replace", "path": "/version", "value": 2})", "/version", "reads version 1"},
        {R"({"op": "replace", "path": "/end", "value": "2026-01-01"})", "/end", "is not after the start"},
        {R"({"op": "replace", "path": "/step_h", "value": 0.7})", "/step_h", "must be whole seconds that divide a day"},
        {R"({"op": "replace", "path": "/step_h", "value": 25})", "/step_h", "at most 24"},
        {R"({"op": "add", "path": "/factors/-", "value": {"name": "weather", "rho": 0.1}})", "/factors/1/name",
         "is the name of an earlier one"},
        {R"({"op": "copy", "from": "/calendars/0", "path": "/calendars/-"})", "/calendars/1/name", "is the name of an earlier one"},
        {R"({"op": "copy", "from": "/crews/0", "path": "/crews/-"})", "/crews/1/name", "is the name of an earlier one"},
        {R"({"op": "copy", "from": "/racks/0", "path": "/racks/-"})", "/racks/1/name", "is the name of an earlier one"},
    });
}

TEST_CASE("faults of calendars and kinds of racks")
{
    check_all({
        {R"({"op": "replace", "path": "/calendars/0/days_off", "value": ["sunday", "sonntag"]})", "/calendars/0/days_off/1",
         "\"sonntag\" is no day of the week; one of sunday, monday"},
        {R"({"op": "replace", "path": "/calendars/0/days_off", "value": ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]})",
         "/calendars/0/days_off", "takes every day off"},
        {R"({"op": "replace", "path": "/calendars/0/holidays/0/until", "value": "2026-10-01"})", "/calendars/0/holidays/0",
         "ends before it begins"},
        {R"({"op": "replace", "path": "/racks/0/idle_share", "value": 0.9})", "/racks/0/idle_share", "must not be above draw_share 0.85"},
        {R"({"op": "replace", "path": "/racks/0/accelerator/tdp_W", "value": 2000})", "/racks/0/server", "accelerators alone draw 48.0 kW"},
    });
}

TEST_CASE("faults of climates")
{
    check_all({
        {R"({"op": "copy", "from": "/climates/0", "path": "/climates/-"})", "/climates/1/name", "is the name of an earlier one"},
        {R"({"op": "replace", "path": "/climates/0/design/wet_bulb_C", "value": 36})", "/climates/0/design", "wet bulb above its dry bulb"},
        {R"({"op": "replace", "path": "/climates/0/design/wet_bulb_C", "value": 5})", "/climates/0/design/wet_bulb_C",
         "lower than that of dry air"},
        {R"({"op": "remove", "path": "/climates/0/normals"})", "/climates/0", "needs either \"normals\" or \"epw\""},
        {R"({"op": "add", "path": "/climates/0/epw", "value": "x.epw"})", "/climates/0", "needs either \"normals\" or \"epw\""},
        {R"({"op": "replace", "path": "/climates/0/normals/dry_bulb_mean_C/6", "value": -27.2})", "/climates/0/normals/dry_bulb_mean_C/6",
         "no place changes that fast"},
        {R"({"op": "replace", "path": "/climates/0/normals/dry_bulb_mean_C", "value": [50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50]},
             {"op": "replace", "path": "/climates/0/normals/daily_range_K/0", "value": 30})",
         "/climates/0/normals/daily_range_K/0", "afternoons of 65 C"},
    });
}

TEST_CASE("faults of makers: one source of lead times, and all of it")
{
    check_all({
        {R"({"op": "copy", "from": "/makers/0", "path": "/makers/-"})", "/makers/2/name", "is the name of an earlier one"},
        {R"({"op": "add", "path": "/makers/1/quoted_lead_weeks", "value": 20})", "/makers/1", "it would be counted twice"},
        {R"({"op": "remove", "path": "/makers/0/quoted_lead_weeks"})", "/makers/0", "has neither a capacity nor a quoted lead time"},
        {R"({"op": "remove", "path": "/makers/1/touch_weeks"})", "/makers/1", "has a capacity and no touch time"},
        {R"({"op": "add", "path": "/makers/0/backlog_units", "value": 5})", "/makers/0", "has a queue or a touch time but no capacity"},
        {R"({"op": "remove", "path": "/makers/1/others"})", "/makers/1", "has a quota but nobody to share with"},
        {R"({"op": "add", "path": "/makers/1/others/0/order_units", "value": 5})", "/makers/1/others/0", "needs both \"order_units\""},
        {R"({"op": "replace", "path": "/makers/1/capacity/0/units_per_year", "value": 0})", "/makers/1/capacity/0/units_per_year",
         "is 0 and must be above 0"},
        {R"({"op": "replace", "path": "/makers/1/capacity/1/from", "value": "2024-06-01"})", "/makers/1/capacity/1/from",
         "is not after the step before"},
        {R"({"op": "replace", "path": "/makers/0/quoted_lead_weeks/factor", "value": "wether"})", "/makers/0/quoted_lead_weeks",
         "no factor is called \"wether\"; did you mean \"weather\"?"},
        {R"({"op": "replace", "path": "/makers/0/item", "value": "b200"})", "/campuses/0/buildings/0/halls/0/racks/0/rack",
         "nobody makes the item \"h200\""},
    });
}

TEST_CASE("faults of orders, shocks and contracts")
{
    check_all({
        {R"({"op": "copy", "from": "/orders/0", "path": "/orders/-"})", "/orders/2/name", "is the name of an earlier one"},
        {R"({"op": "replace", "path": "/orders/0/maker", "value": "oen"})", "/orders/0/maker",
         "no maker is called \"oen\"; did you mean \"oem\"?"},
        {R"({"op": "replace", "path": "/orders/0/campus", "value": "sit"})", "/orders/0/campus",
         "no campus is called \"sit\"; did you mean \"site\"?"},
        {R"({"op": "replace", "path": "/orders/0/placed", "value": "2025-12-31"})", "/orders/0/placed",
         "2025-12-31 is before the start of the scenario, 2026-01-01"},
        {R"({"op": "replace", "path": "/orders/0/units", "value": 1e12})", "/orders/0/units", "more than 100000 lots"},
        {R"({"op": "copy", "from": "/shocks/0", "path": "/shocks/-"})", "/shocks/1/name", "is the name of an earlier one"},
        {R"({"op": "replace", "path": "/shocks/0/item", "value": "transformers"})", "/shocks/0/item",
         "no item of a maker is called \"transformers\"; did you mean \"transformer\"?"},
        {R"({"op": "replace", "path": "/shocks/0/until", "value": "2026-02-01"})", "/shocks/0/until", "is not after \"from\""},
        {R"({"op": "replace", "path": "/shocks/0/holds_transit", "value": false}, {"op": "remove", "path": "/shocks/0/capacity_factor"})",
         "/shocks/0", "changes nothing"},
        {R"({"op": "replace", "path": "/shocks/0/from", "value": "2025-02-01"})", "/shocks/0/from", "is before the start"},
        {R"({"op": "copy", "from": "/demand/contracts/0", "path": "/demand/contracts/-"})", "/demand/contracts/1/name",
         "is the name of an earlier one"},
        {R"({"op": "replace", "path": "/demand/contracts/0/campus", "value": "elsewhere"})", "/demand/contracts/0/campus",
         "no campus is called \"elsewhere\""},
        {R"({"op": "replace", "path": "/demand/contracts/0/committed/1/from", "value": "2026-05-01"})",
         "/demand/contracts/0/committed/1/from", "is not after the step before"},
        {R"({"op": "replace", "path": "/demand/contracts/0/busy_mean", "value": 0.8})", "/demand/contracts/0/busy_swing",
         "more than all accelerators busy"},
    });
}

TEST_CASE("problems of many parts are told together")
{
    auto const problems = problems_in(patched(R"([
        {"op": "replace", "path": "/orders/0/placed", "value": "2025-12-31"},
        {"op": "replace", "path": "/orders/1/maker", "value": "nobody"},
        {"op": "replace", "path": "/campuses/0/buildings/0/halls/0/racks/0/racks", "value": 9},
        {"op": "replace", "path": "/campuses/0/transformers/spare", "value": 2},
        {"op": "replace", "path": "/climates/0/design/wet_bulb_C", "value": 36}])"));
    CHECK(names(problems, "/orders/0/placed", "before the start"));
    CHECK(names(problems, "/orders/1/maker", "no maker"));
    CHECK(names(problems, "/campuses/0/buildings/0/halls/0/racks", "pods"));
    CHECK(names(problems, "/campuses/0/transformers/spare", "nothing would be firm"));
    CHECK(names(problems, "/climates/0/design", "wet bulb"));
    for (auto const& problem : problems) {
        CHECK(problem.where.starts_with("case.json:"));
    }
}
