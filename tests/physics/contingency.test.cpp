#include "models/outage/contingency.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_race.hpp"

#include <algorithm>
#include <map>
#include <string>

using namespace aidc;
using aidc::testing::SmallCampus;
using aidc::testing::SmallRows;

namespace {

constexpr double most_s = 3600.0;

std::map<std::string, ContingencyResult> run_all(Moment const& moment)
{
    std::map<std::string, ContingencyResult> all;
    for (auto const& single : single_contingencies(moment.site, moment.commissioned)) {
        all.emplace(single.name, run_contingency(moment, single, most_s, true));
    }
    return all;
}

std::vector<ContingencyResult> values(std::map<std::string, ContingencyResult> const& all)
{
    std::vector<ContingencyResult> results;
    for (auto const& [name, result] : all) {
        results.push_back(result);
    }
    return results;
}

} // namespace

TEST_CASE("every unit once, and what falls with it, on a campus of single paths", "[reference][outage]")
{
    SmallCampus const campus;
    auto const moment = campus.moment();
    auto const singles = single_contingencies(moment.site, moment.commissioned);
    std::vector<std::string> names;
    for (auto const& single : singles) {
        names.push_back(single.name);
    }
    CHECK(names
          == std::vector<std::string>{"grid lost", "grid", "transformer", "one of 2 gensets", "bus", "one of 2 ups", "busway",
                                      "one of 6 coolers", "one of 2 fws_pumps", "one of 4 cdus (site/A/1, h200)"});
    CHECK(singles[3].grid_lost);
    CHECK(singles[3].alike == 2);
    CHECK_FALSE(singles[0].can_be_planned);

    auto const all = run_all(moment);
    struct Verdict {
        char const* name;
        double racks, at_end;
        bool planned_loses;
        char const* why;
    };
    std::vector<Verdict> const verdicts{
        {"grid lost", 0, 0, false, "battery until the gensets run"},
        {"grid", 0, 0, false, "the same; on purpose they run before it is switched off"},
        {"transformer", 0, 0, false, "the same"},
        {"one of 2 gensets", 0, 0, false, "the other has 300 kW for 230 kW"},
        {"bus", 8, 8, true, "nothing else leads to the UPS, and its battery is empty within the hour"},
        {"one of 2 ups", 8, 0, true, "150 kW for 217 kW: the load is dropped, and boots under a cap of 0.69"},
        {"busway", 8, 8, true, "nothing else leads to the hall"},
        {"one of 6 coolers", 0, 0, false, "five of 60 kW for 180 kW of heat"},
        {"one of 2 fws_pumps", 0, 0, false, "either carries the building"},
        {"one of 4 cdus (site/A/1, h200)", 2, 2, true, "its pod has no other"},
    };
    for (auto const& verdict : verdicts) {
        INFO(verdict.name << ": " << verdict.why);
        auto const& result = all.at(verdict.name);
        CHECK(result.failed.most_racks_lost == verdict.racks);
        CHECK(result.failed.racks_lost_at_end == verdict.at_end);
        CHECK(loses(result.failed) == (verdict.racks > 0.0));
        CHECK((result.planned && loses(*result.planned)) == verdict.planned_loses);
    }
    CHECK_FALSE(all.at("grid lost").planned.has_value());
    // 2 x 150 kW less one for what the hall draws: 150/217.3.
    CHECK_THAT(lost_until(all.at("one of 2 ups").failed, 2.0 * most_s).sum() - lost_until(all.at("one of 2 ups").failed, most_s).sum(),
               WithinRel((1.0 - 150.0 / 217.3) * most_s, 0.01));

    auto const results = values(all);
    CHECK(breaks_tier(Tier::none, results).empty());
    auto const maintained = breaks_tier(Tier::concurrently_maintainable, results);
    auto const tolerant = breaks_tier(Tier::fault_tolerant, results);
    for (auto const& verdict : verdicts) {
        INFO(verdict.name);
        CHECK((std::ranges::find(maintained, verdict.name) != maintained.end()) == verdict.planned_loses);
        CHECK((std::ranges::find(tolerant, verdict.name) != tolerant.end()) == (verdict.planned_loses || verdict.racks > 0.0));
    }
}

TEST_CASE("two units: every pair of places once, and twice the same place where there are two", "[reference][outage]")
{
    SmallCampus campus;
    campus.buildings[0].plant.mass.tcs_supply_m3 = 0.05; // for a throttle within minutes
    campus.buildings[0].plant.mass.tcs_return_m3 = 0.05;
    auto const moment = campus.moment();
    auto const singles = single_contingencies(moment.site, moment.commissioned);
    auto const pairs = double_contingencies(singles, moment.commissioned);
    CHECK(pairs.size() == 10 * 9 / 2 + 5); // two gensets, UPS, coolers, FWS pumps, CDUs
    auto const run = [&](std::string const& name) {
        auto const pair = std::ranges::find(pairs, name, &Contingency::name);
        REQUIRE(pair != pairs.end());
        CHECK_FALSE(pair->can_be_planned);
        auto const result = run_contingency(moment, *pair, most_s, true);
        CHECK_FALSE(result.planned.has_value());
        return result.failed;
    };
    CHECK(run("one of 2 gensets + one of 2 gensets").racks_lost_at_end == 8.0); // and the grid: battery only
    CHECK(run("one of 2 fws_pumps + one of 2 fws_pumps").racks_lost_at_end == 8.0);
    CHECK(run("one of 4 cdus (site/A/1, h200) + one of 4 cdus (site/A/1, h200)").most_racks_lost == 4.0); // two pods
    CHECK_FALSE(loses(run("one of 6 coolers + one of 6 coolers")));
    CHECK_FALSE(loses(run("one of 2 gensets + one of 6 coolers")));
    CHECK_FALSE(loses(run("grid lost + one of 2 fws_pumps")));
    auto const both = run("transformer + one of 2 ups"); // as one UPS lost, on gensets: shed to 0.69 all the same
    CHECK(both.most_racks_lost == 8.0);
    CHECK(both.racks_lost_at_end == 0.0);
}

TEST_CASE("a 2N hall is concurrently maintainable and fault tolerant", "[reference][outage]")
{
    SmallCampus campus;
    campus.make_two_n();
    CHECK(check_chain(campus.power.chain).empty());
    auto const moment = campus.moment();
    auto const all = run_all(moment);
    CHECK(all.size() == 16); // six places on either side, all feeds, coolers, pumps, CDUs
    auto const results = values(all);
    CHECK(breaks_tier(Tier::concurrently_maintainable, results).empty());
    CHECK(breaks_tier(Tier::fault_tolerant, results).empty());
    // Both sides at once are too many.
    auto const pairs = double_contingencies(single_contingencies(moment.site, moment.commissioned), moment.commissioned);
    auto const buses = std::ranges::find_if(pairs, [](Contingency const& pair) {
        return pair.name.find("(bus A)") != std::string::npos && pair.name.find("(bus B)") != std::string::npos;
    });
    REQUIRE(buses != pairs.end());
    CHECK(run_contingency(moment, *buses, most_s, false).failed.racks_lost_at_end == 8.0);
}
