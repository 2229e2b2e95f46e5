// Makers, orders, shocks, work and retrofit: what one key alone cannot tell.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const hall = "/campuses/0/buildings/0/halls/0";

std::string put(std::string const& pointer, std::string const& value)
{
    return R"({"op": "add", "path": ")" + pointer + R"(", "value": )" + value + "}";
}

Buildout resolved(std::string const& patch)
{
    return load_scenario_text(patched("[" + patch + "]").dump(2), "case.json", source_folder() / "scenarios").buildout;
}

/// A third maker, of memory, and racks that a line makes of it.
std::string const racks_of_memory =
    put("/makers/-", R"({"name": "fab", "item": "memory", "quoted_lead_weeks": 8, "transit_weeks": 1, "lot_units": 6})") + ","
    + R"({"op": "remove", "path": "/makers/0/quoted_lead_weeks"},{"op": "remove", "path": "/factors/0"},)"
    + put("/makers/0/touch_weeks", "1") + "," + put("/makers/0/capacity", R"([{"from": "2025-01-01", "units_per_year": 100}])") + ","
    + put("/makers/0/parts", R"([{"item": "memory", "units": 3}])");

} // namespace

TEST_CASE("faults of makers: parts, classes, ramps")
{
    check_all({
        {put("/makers/0/parts", R"([{"item": "transformer"}])"), "/makers/0/parts", "stand beside a quoted lead time"},
        {put("/makers/1/parts", R"([{"item": "h200s"}])"), "/makers/1/parts/0/item", "did you mean \"h200\"?"},
        {put("/makers/1/parts", R"([{"item": "transformer"}])"), "/makers/1/parts", "a part of itself"},
        {put("/makers/1/parts", R"([{"item": "h200", "maker": "works"}])"), "/makers/1/parts/0/maker", "works does not make h200"},
        {R"({"op": "copy", "from": "/makers/0", "path": "/makers/-"},)" + put("/makers/2/name", "\"oem2\"") + ","
             + put("/makers/1/parts", R"([{"item": "h200"}])"),
         "/makers/1/parts/0/maker", "several makers make h200; name one"},
        {put("/makers/1/others/-", R"({"name": "rest", "quota": 1})"), "/makers/1/others/1/name", "is the name of an earlier one"},
        {put("/makers/1/others/0/order_units", "1") + "," + put("/makers/1/others/0/between_min", "1"), "/makers/1/others/0/between_min",
         "is less than an hour"},
        {put("/makers/1/capacity/0/ramp", "true"), "/makers/1/capacity/0/ramp", "is the first step"},
        {put("/makers/1/decommit_probability", "1"), "/makers/1/decommit_probability", "at most 0.95"},
    });
}

TEST_CASE("faults of orders: second sources, options, cancellation, goods that nobody has ordered")
{
    check_all({
        {put("/orders/0/second_source", R"({"maker": "works", "share": 0.5})"), "/orders/0/second_source/maker",
         "works does not make what oem makes"},
        {put("/orders/1/second_source", R"({"maker": "works", "share": 1})"), "/orders/1/second_source/share", "both excluded"},
        {put("/orders/0/option", R"({"decided": "2026-01-01", "watched": "iron"})"), "/orders/0/option/decided", "is before \"placed\""},
        {put("/orders/0/option", R"({"decided": "2026-03-01", "watched": "irn"})"), "/orders/0/option/watched", "did you mean \"iron\"?"},
        {put("/orders/0/cancelled", "\"2026-01-10\""), "/orders/0/cancelled", "is not after \"placed\""},
        {put("/orders/0/units", "3"), hall + "/install", "site uses up 4 h200 and 3 are ordered"},
        {put("/orders/1/maker", "\"nobody\""), "/orders/1/maker", "no maker is called \"nobody\""},
    });
}

TEST_CASE("faults of shocks: neither or both of two, effects that cannot be")
{
    check_all({
        {put("/shocks/0/maker", "\"works\""), "/shocks/0", "needs either \"item\""},
        {put("/shocks/0/random", R"({"between_years": 1, "lasts_weeks": 1})"), "/shocks/0", "needs either \"from\""},
        {put("/shocks/0/random", R"({"between_s": 1, "lasts_s": 1})") + R"(,{"op": "remove", "path": "/shocks/0/from"},)"
             + R"({"op": "remove", "path": "/shocks/0/until"})",
         "/shocks/0/random", "more often than once an hour"},
        {put("/shocks/0/region", "\"US\""), "/shocks/0/region", "no campus is in region \"US\""},
        {put("/shocks/0/region", "\"CN\""), "/shocks/0/region", "stands beside a capacity_factor"},
        {put("/shocks/-", R"({"name": "s", "item": "h200", "from": "2026-02-01", "licence_weeks": 4})"), "/shocks/1",
         "has a licence and holds nothing"},
    });
}

TEST_CASE("faults of work: takes, blocks, crews that never have enough teams")
{
    check_all({
        {put(hall + "/activities/0/takes", R"([{"rack": "h200", "units": 5}])"), hall + "/activities/0/takes/0", "from 1 to the 4 planned"},
        {put("/campuses/0/activities/0/takes", R"([{"rack": "h200", "units": 1}])"), "/campuses/0/activities/0/takes/0",
         "move the activity into a hall"},
        {put(hall + "/activities/0/grants/0/rack", "\"h200\""), hall + "/activities/0/grants/0", "needs exactly one of"},
        {put("/campuses/0/activities/1/grants/0/on_site_kW", "5"), "/campuses/0/activities/1/grants/0", "needs exactly one of"},
        {put("/campuses/0/activities/3/grants/0/non_firm", "true"), "/campuses/0/activities/3/grants/0", "mixes kinds of grants"},
        {put("/factors/-", R"({"name": "unused", "rho": 0.5})"), "/factors/1", "no distribution names \"unused\""},
        {put("/crews/0/steps", R"([{"from": "2026-03-01", "teams": 3}, {"from": "2026-02-01", "teams": 1}])"), "/crews/0/steps/1/from",
         "is not after the step before"},
        {put(hall + "/racks/0/cluster_accelerators", "1000"), hall + "/racks/0/cluster_accelerators",
         "makes a cluster of 42 racks and the line has 4"},
    });
}

TEST_CASE("a ramp is read as months with the mean rate of each")
{
    auto const b = resolved(put("/makers/1/capacity/1/ramp", "true"));
    auto const& path = b.makers[1].capacity;
    // From 50 a year on 2025-01-01 to 80 on 2026-06-01: 516 days, 18 pieces of 30 days, the last of 6.
    REQUIRE(path.size() == 19);
    double const per_year = 1.0 / (365.25 * day_s);
    CHECK_THAT(path[0].units_per_s, WithinRel((50.0 + 30.0 * 15.0 / 516.0) * per_year, 1e-12));
    CHECK_THAT(path[17].units_per_s, WithinRel((50.0 + 30.0 * 513.0 / 516.0) * per_year, 1e-12));
    CHECK_THAT(path[18].units_per_s, WithinRel(80.0 * per_year, 1e-12));
    CHECK(path[18].from == 151 * day_ticks); // 2026-06-01 is day 151
    CHECK(path[0].from == 0);                // what lies before the start counts from it
}

TEST_CASE("an order of what has parts implies orders for the parts")
{
    auto const b = resolved(racks_of_memory);
    REQUIRE(b.orders.size() == 3);
    CHECK(b.orders[2].name == "racks/memory");
    CHECK(b.orders[2].units == 12.0); // 4 racks of 3
    CHECK(b.orders[2].part_of == id<Order>(0));
    CHECK(b.parts_of[0] == std::vector{id<Order>(2)});
    CHECK(b.lots.size() == 2 + 2 + 2); // racks by 2, transformers by 1, memory by 6
}

TEST_CASE("a second source takes its share of an order")
{
    auto const b = resolved(R"({"op": "copy", "from": "/makers/0", "path": "/makers/-"},)" + put("/makers/2/name", "\"other\"") + ","
                            + put("/orders/0/second_source", R"({"maker": "other", "share": 0.25})"));
    REQUIRE(b.orders.size() == 3);
    CHECK(b.orders[0].units == 3.0);
    CHECK(b.orders[1].name == "racks/second");
    CHECK(b.orders[1].units == 1.0);
    CHECK(b.orders[1].maker == id<Maker>(2));
}

TEST_CASE("a retrofit hall stands with the old racks and waits for the new ones")
{
    auto const retrofit =
        put("/racks/-", R"({"name": "new", "accelerator": {"tdp_W": 700}, "server": {"accelerators": 8, "power_kW": 10.6}, "servers": 3,
                               "liquid_share": 0.8, "cold_plate": {"conduction_K_per_W": 0.015, "convection_K_per_W": 0.015}, "tcs_flow_L_per_min_per_kW": 1.5})")
        + "," + put("/makers/0/item", "\"new\"") + "," + put(hall + "/built", "true") + ","
        + put(hall + "/racks/-", R"({"rack": "new", "racks": 4, "racks_per_pod": 2, "replaces": "h200"})") + ","
        + put(hall + "/activities", R"([{"name": "strip", "stage": "retrofit", "work_weeks": 4, "takes": [{"rack": "h200", "units": 4}]}])")
        + "," + put(hall + "/install/after", R"(["strip"])");
    auto const b = resolved(retrofit);
    auto const built = std::find_if(b.activities.begin(), b.activities.end(), [](Activity const& a) { return a.name == "site/A/1/built"; });
    REQUIRE(built != b.activities.end());
    auto const stands = [&built](std::uint32_t line) {
        return std::any_of(built->grants.begin(), built->grants.end(),
                           [line](Grant const& g) { return g.term == Term::racks && g.line == line; });
    };
    CHECK(stands(0));
    CHECK_FALSE(stands(1));
    CHECK(std::count_if(b.activities.begin(), b.activities.end(), [](Activity const& a) { return a.stage == Stage::install; })
          == 2); // pods
}

TEST_CASE("a template is changed by --set before it is used")
{
    auto const scenario = load_scenario(fixture(), {parse_override("/templates/ups/units=5")});
    CHECK(Json::parse(scenario.resolved)["campuses"][0]["buildings"][0]["halls"][0]["ups"]["units"] == 5);
    CHECK_THAT(text_of(problems_of([] { load_scenario(fixture(), {parse_override("/templates/upss/units=5")}); })),
               ContainsSubstring("no such place in the scenario"));
}

TEST_CASE("a line of a template that is wrong in every use is told once, with a count")
{
    auto const copies = R"({"op": "copy", "from": "/campuses/0/buildings/0", "path": "/campuses/0/buildings/-"},)"
                        + put("/campuses/0/buildings/1/name", "\"B\"") + "," + put("/templates/ups/spare", "9");
    auto const problems = problems_in(patched("[" + copies + "]"));
    CHECK(std::count_if(problems.begin(), problems.end(),
                        [](Problem const& p) { return p.message.find("is 9 of 3 units") != std::string::npos; })
          == 1);
    CHECK_THAT(text_of(problems), ContainsSubstring("and so in 1 more places"));
}
