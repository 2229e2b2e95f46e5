// Contracts in runs: who is served with what, until when, and the money of it, all by hand.
#include "demand_run.hpp"

using namespace aidc;
using namespace aidc::testing;

namespace {

/// Hall 1 has 480 H200 in racks of 24, hall 2 has 320 of a second kind in racks of 16.
Json two_kinds(std::string const& contracts)
{
    auto tree = demand_tree(R"({"contracts": [)" + contracts + "]}");
    tree["racks"].push_back(tree["racks"][0]);
    tree["racks"][1]["name"] = "small";
    tree["racks"][1]["servers"] = 2;
    tree["campuses"][0]["buildings"][0]["halls"][1]["racks"] = Json::parse(R"([{"rack": "small", "racks": 20, "racks_per_pod": 10}])");
    return tree;
}

std::string in_kW(std::string const& name, double it_kW, std::string const& more)
{
    return R"({"name": ")" + name + R"(", "campus": "site", "committed": [{"from": "2026-07-13", "it_kW": )" + std::to_string(it_kW)
           + "}], " + more + "}";
}

std::string const busy = R"("busy_mean": 1)";
constexpr double live_W = 40.0 * h200_budget_W;
constexpr double kWh = 3.6e6;

} // namespace

TEST_CASE("a contract of one kind is served with that kind, one of none with all that is left, in proportion", "[process][contract]")
{
    // Left behind "a": 10 racks of 31.875 kW and 20 of 21.25 kW, 743.75 kW. Half of it is 5 racks and 10 racks.
    auto const tree = two_kinds(contract("a", 240, busy) + "," + in_kW("b", 371.875, busy) + ","
                                + in_kW("c", 425.0, R"("rack": "small", "busy_mean": 1)"));
    auto const facts = run_demand(resolved(tree));
    CHECK_THAT(facts.at("contract a working")[0], WithinRel(240.0, 1e-9));
    CHECK_THAT(facts.at("contract b working")[0], WithinRel(5.0 * 24.0 + 10.0 * 16.0, 1e-9));
    CHECK_THAT(facts.at("contract c working")[0], WithinRel(10.0 * 16.0, 1e-9)); // what is left of its kind
    CHECK_THAT(facts.at("total contract c due_J")[0], WithinRel(425e3 * week_s, 1e-12));
    CHECK_THAT(facts.at("total contract c sold_J")[0], WithinRel(212.5e3 * week_s, 1e-12));
    CHECK_THAT(facts.at("total pool site/h200 busy")[0], WithinRel((240.0 + 120.0) * week_s, 1e-9));
    CHECK_THAT(facts.at("total pool site/small busy")[0], WithinRel((160.0 + 160.0) * week_s, 1e-9));
    for (auto const* pool : {"pool site/h200", "pool site/small"}) {
        CHECK(is_ladder(facts, pool, 1e-6));
    }
    // Power by kind: 15 of 20 racks busy, all of the others.
    double const part = h200_draw - h200_idle;
    double const it_W = 20.0 * h200_budget_W * (h200_idle + 0.75 * part) + 20.0 * 21.25e3 * h200_draw;
    CHECK_THAT(facts.at("campus site it_J")[0], WithinRel(it_W * hour_s, 1e-9));
}

TEST_CASE("racks without accelerators are sold, draw power, and are on no rung", "[process][contract]")
{
    auto tree = two_kinds(contract("a", 480, busy) + "," + in_kW("cabinets", 318.75, R"("rack": "small", "busy_mean": 0.5)"));
    tree["racks"][1]["servers"] = 3;
    tree["racks"][1]["server"] = Json::parse(R"({"accelerators": 0, "power_kW": 10.625})");
    auto const facts = run_demand(resolved(tree));
    CHECK(sum(facts.at("total pool site/small live")) == 0.0);
    CHECK(sum(facts.at("total contract cabinets busy_s")) == 0.0);
    CHECK_THAT(facts.at("total contract cabinets sold_J")[0], WithinRel(318.75e3 * week_s, 1e-12));
    // Ten of twenty cabinets, half of the time.
    double const part = h200_draw - h200_idle;
    double const it_W = 20.0 * h200_budget_W * (h200_draw + h200_idle + 0.25 * part);
    CHECK_THAT(facts.at("campus site it_J")[0], WithinRel(it_W * hour_s, 1e-9));
}

TEST_CASE("a product that displaces another is served first, and takes its share of what that is due", "[process][contract]")
{
    auto const facts =
        run_demand(resolved(demand_tree(R"({"contracts": [)" + in_kW("old", 1275.0, busy) + ","
                                        + in_kW("new", 400.0, busy + R"(, "displaces": [{"contract": "old", "share": 0.5}])") + "]}")));
    CHECK_THAT(facts.at("total contract new sold_J")[0], WithinRel(400e3 * week_s, 1e-12));
    CHECK_THAT(facts.at("total contract old due_J")[0], WithinRel((1275e3 - 200e3) * week_s, 1e-12));
    CHECK_THAT(facts.at("total contract old sold_J")[0], WithinRel((live_W - 400e3) * week_s, 1e-12));
}

TEST_CASE("more is displaced than there was: nothing is due, not less", "[process][contract]")
{
    auto const facts = run_demand(resolved(demand_tree(R"({"contracts": [)" + in_kW("old", 100.0, busy) + ","
                                                       + in_kW("new", 400.0, busy + R"(, "displaces": [{"contract": "old"}])") + "]}")));
    CHECK(facts.at("total contract old due_J")[0] == 0.0);
    CHECK(facts.at("total contract old damages")[0] == 0.0);
}

TEST_CASE("price, damages behind their grace, and their cap, until a date", "[process][contract]")
{
    std::string const terms =
        busy + R"(, "until": "2026-07-18", "price_per_kWh": 0.1, "damages_per_kWh": 0.2, "grace_h": 12, "damages_cap": )";
    double const short_kW = 1500.0 - live_W / 1e3; // 225
    auto const of = [&](char const* cap) {
        return run_demand(resolved(demand_tree(R"({"contracts": [)" + in_kW("a", 1500.0, terms + cap) + "]}")));
    };
    auto const open = of("1");
    CHECK_THAT(open.at("total contract a due_J")[0], WithinRel(1500e3 * 5.0 * day_s, 1e-12)); // what would come later is lost
    CHECK_THAT(open.at("total contract a revenue")[0], WithinRel(0.1 * live_W / 1e3 * 120.0, 1e-9));
    CHECK_THAT(open.at("total contract a damages")[0], WithinRel(0.2 * short_kW * 108.0, 1e-9));
    CHECK(open.at("contract a damages")[11] == 0.0);
    CHECK_THAT(open.at("contract a damages")[12], WithinRel(0.2 * short_kW, 1e-9));
    auto const capped = of("0.1");
    CHECK_THAT(capped.at("total contract a damages")[0], WithinRel(0.1 * 0.1 * 1500.0 * 120.0, 1e-9)); // 1,800 of 4,860
    CHECK_THAT(capped.at("total contract a revenue")[0], WithinRel(open.at("total contract a revenue")[0], 1e-12));
    CHECK_THAT(sum(capped.at("contract a damages")), WithinRel(0.2 * short_kW * 108.0, 1e-9)); // rows are before the cap
}

TEST_CASE("a term runs from the day on which the contract is served in full", "[process][contract]")
{
    auto const facts = run_demand(resolved(demand_tree(
        R"({"contracts": [{"name": "a", "campus": "site", "busy_mean": 1, "term_days": 2, "committed": [{"from": "2026-07-13", "it_kW": 1500}, {"from": "2026-07-15", "it_kW": 500}]}]})")));
    CHECK_THAT(facts.at("total contract a due_J")[0], WithinRel(1500e3 * 2.0 * day_s + 500e3 * 2.0 * day_s, 1e-12));
    CHECK(facts.at("contract a due_J")[95] > 0.0);
    CHECK(facts.at("contract a due_J")[96] == 0.0);
}

TEST_CASE("customers fill what they bought by a first-order lag, whatever the rows", "[process][contract]")
{
    auto const of = [](char const* step_h) {
        auto tree = demand_tree(R"({"contracts": [)" + contract("a", 960, R"("busy_mean": 0.5, "rack_up_days": 2, "mature": 0.9)") + "]}");
        tree["step_h"] = Json::parse(step_h);
        return run_demand(resolved(tree));
    };
    auto const hourly = of("1");
    double const lag_s = 2.0 * day_s / std::log(10.0);
    double const used_s = 0.9 * (week_s - lag_s * (1.0 - std::exp(-week_s / lag_s)));
    CHECK_THAT(hourly.at("total contract a allocated_s")[0], WithinRel(960.0 * used_s, 1e-9));
    CHECK_THAT(hourly.at("total pool site/h200 busy")[0], WithinRel(960.0 * used_s * 0.5, 1e-9));
    CHECK_THAT(of("6").at("total contract a allocated_s")[0], WithinRel(960.0 * used_s, 1e-9));
}

TEST_CASE("racks that come late: a date loses what came late, a term defers it", "[process][contract]")
{
    // Of the small campus 75 racks of 30 kW go live from November 2026 on; all are due on the first of October.
    auto const of = [](std::string const& ends) {
        return prepare({{.pointer = "/demand/contracts",
                         .value = R"([{"name": "a", "campus": "site", "rack": "rack30", "busy_mean": 1, "price_per_kWh": 1, )" + ends
                                  + R"(, "committed": [{"from": "2026-10-01", "it_kW": 300}]}])"}});
    };
    auto const served_days = [&](std::string const& ends) {
        auto const prepared = of(ends);
        auto const pick = [](World const& world, Tick) {
            auto const& book = world.contract_books[id<Contract>(0)].total;
            auto const first = world.sold[id<Contract>(0)].first_full;
            return std::vector<double>{book.due_J, book.sold_J, book.revenue, first == never ? -1.0 : seconds(first)};
        };
        return run_and_pick(prepared, {.detail = Detail::build}, pick);
    };
    auto const fixed = served_days(R"("until": "2027-03-01")");
    auto const term = served_days(R"("term_days": 100)");
    double const first_s = 273.0 * day_s; // 1 October
    REQUIRE(fixed[3] > first_s);
    CHECK(fixed[3] == term[3]);
    CHECK_THAT(fixed[0], WithinRel(300e3 * 151.0 * day_s, 1e-9)); // to 1 March
    CHECK(fixed[1] < fixed[0] - 300e3 * 20.0 * day_s);
    CHECK_THAT(fixed[1], WithinRel(300e3 * (first_s + 151.0 * day_s - fixed[3]), 1e-2)); // the first of its racks come a little earlier
    CHECK_THAT(term[0], WithinRel(300e3 * (term[3] - first_s + 100.0 * day_s), 1e-9));
    CHECK(term[1] >= 300e3 * 100.0 * day_s * (1.0 - 1e-9));
    CHECK_THAT(term[2], WithinRel(term[1] / kWh, 1e-9));
}

TEST_CASE("the grace begins with the shortfall, not with a rounding of what is served in full", "[process][contract]")
{
    // Twenty racks of 32,768.3 W: their 480 accelerators are due 1e-10 W more than they are.
    auto tree = demand_tree(
        R"({"contracts": [{"name": "a", "campus": "site", "rack": "h200", "busy_mean": 1, "price_per_kWh": 1, "damages_per_kWh": 1,
        "grace_h": 24, "committed": [{"from": "2026-07-13", "accelerators": 480}, {"from": "2026-07-16", "accelerators": 960}]}]})");
    tree["racks"][0]["overhead_W"] = 893.3;
    tree["templates"]["hall"]["racks"][0]["racks"] = 10;
    auto const b = resolved(tree);
    double const rack_W = budget_W(b.kinds[0]);
    REQUIRE(b.contracts[0].committed[0].it_W > 10.0 * rack_W + 10.0 * rack_W); // else it shows nothing
    auto const facts = run_demand(b);
    CHECK_THAT(facts.at("total contract a damages")[0],
               WithinRel(20.0 * 32.7683 * 72.0, 1e-9)); // four days less one, of the twenty that are not there
}
