#include "models/outage/health.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_race.hpp"

using namespace aidc;
using aidc::testing::all_down;
using aidc::testing::down;
using aidc::testing::SmallCampus;
using aidc::testing::SmallRows;

TEST_CASE("units that are down are missing at their node, their machine or their pod", "[unit][outage]")
{
    SmallCampus const campus;
    auto const now = campus.moment();
    auto const well = health_of(now.site, now.commissioned, {});
    CHECK(well.units_up == std::vector<double>{1.0, 1.0, 2.0, 1.0, 2.0, 1.0});
    CHECK(well.up[0].outdoor == 6.0);
    CHECK(well.up[0].fws_pumps == 1.0);
    CHECK(well.faults.empty());

    std::vector const lost{down(SmallRows::grid),       down(SmallRows::gensets, 1), down(SmallRows::coolers, 4),
                           down(SmallRows::coolers, 5), down(SmallRows::fws_pumps),  down(SmallRows::cdus, 3)};
    auto const hurt = health_of(now.site, now.commissioned, lost);
    CHECK(hurt.units_up == std::vector<double>{0.0, 1.0, 1.0, 1.0, 2.0, 1.0});
    CHECK(hurt.up[0].outdoor == 4.0);
    CHECK(hurt.up[0].fws_pumps == 0.5);
    REQUIRE(hurt.faults.size() == 1);
    CHECK(hurt.faults[0].cdus == 0.0);
    CHECK(hurt.faults[0].pods == 1);
}

TEST_CASE("a group that stands on two nodes loses its unit where it stands", "[unit][outage]")
{
    SmallCampus campus;
    campus.power.units[SmallRows::gensets].count = 1;
    campus.power.chain.nodes[SmallRows::gensets].units = 1.0;
    auto other = campus.power.chain.nodes[SmallRows::gensets];
    campus.power.chain.nodes.push_back(other);
    campus.power.units.push_back({.group = {SmallRows::gensets}, .first = 1, .count = 1});
    auto now = campus.moment();
    auto const first = health_of(now.site, now.commissioned, std::array{down(SmallRows::gensets, 0)});
    CHECK(first.units_up[SmallRows::gensets] == 0.0);
    CHECK(first.units_up.back() == 1.0);
    now.commissioned[SmallRows::gensets] = 1.0; // the second is not there yet
    auto const early = health_of(now.site, now.commissioned, {});
    CHECK(early.units_up[SmallRows::gensets] == 1.0);
    CHECK(early.units_up.back() == 0.0);
}

TEST_CASE("a pod with a spare CDU does not feel the first, and half of one short runs at what is left", "[unit][outage]")
{
    SmallCampus campus;
    campus.buildings[0].sizing.cdus_per_pod = 3;
    campus.buildings[0].sizing.cdu_spare = 1;
    campus.groups[SmallRows::cdus].units = 12;
    auto const now = campus.moment();
    // Pod after pod: units 3, 4 and 5 are those of the second pod.
    auto const one = health_of(now.site, now.commissioned, std::array{down(SmallRows::cdus, 4)});
    REQUIRE(one.faults.size() == 1);
    CHECK(one.faults[0].cdus == 1.0);
    auto const two = health_of(now.site, now.commissioned, std::array{down(SmallRows::cdus, 4), down(SmallRows::cdus, 3)});
    REQUIRE(two.faults.size() == 1);
    CHECK(two.faults[0].cdus == 0.5); // one of two at work
    auto const apart = health_of(now.site, now.commissioned, std::array{down(SmallRows::cdus, 2), down(SmallRows::cdus, 3)});
    REQUIRE(apart.faults.size() == 2);
    CHECK(apart.faults[0].cdus == 1.0);
}

TEST_CASE("a leak that is found in time takes its rack, else its pod", "[unit][outage]")
{
    SmallCampus campus;
    campus.groups.push_back({.kind = UnitGroup::Kind::leak, .name = "leaks", .campus = {0}, .building = {0}, .units = 8});
    auto const row = static_cast<std::uint32_t>(campus.groups.size() - 1);
    auto const faults = [&] {
        auto const now = campus.moment();
        return health_of(now.site, now.commissioned, std::array{down(row, 5)}).faults;
    };
    // 0.3 L/min for 30 s is 0.15 L of 1 m3, of which 3 % may go.
    auto const found = faults();
    REQUIRE(found.size() == 1);
    CHECK(found[0].racks_off == 1);
    CHECK(found[0].cdus == 1.0);
    campus.power.leak.leak_m3_per_s = 2e-3; // 60 L
    auto const late = faults();
    REQUIRE(late.size() == 1);
    CHECK(late[0].racks_off == 0);
    CHECK(late[0].cdus == 0.0);
    CHECK(isolated_after_s({.leak_m3_per_s = 1e-3}, 1.0) == std::numeric_limits<double>::infinity()); // 30 L of 1 m3: just not
    CHECK(isolated_after_s({.leak_m3_per_s = 0.99e-3}, 1.0) == 30.0);
}

TEST_CASE("units of pods are counted pod after pod, line by line, hall by hall", "[unit][outage]")
{
    SmallCampus campus;
    campus.halls[0].lines.push_back({.kind = {0}, .racks = 3, .racks_per_pod = 2}); // two pods, one with one rack
    campus.halls.push_back(campus.halls[0]);
    auto const now = campus.moment();
    // Two CDUs a pod: line 0 has units 0...7, line 1 has 8...11, and the second hall begins at 12.
    auto const cdu = [&](std::uint32_t unit) { return place_of(now.site, {0}, unit, 2); };
    CHECK((cdu(0).hall.row == 0 && cdu(0).line == 0 && cdu(0).pod == 0));
    CHECK((cdu(7).line == 0 && cdu(7).pod == 3));
    CHECK((cdu(8).hall.row == 0 && cdu(8).line == 1 && cdu(8).pod == 0));
    CHECK((cdu(12).hall.row == 1 && cdu(12).line == 0 && cdu(12).pod == 0));
    // Racks: 8 + 3 in each hall.
    auto const rack = [&](std::uint32_t unit) { return place_of(now.site, {0}, unit, 0); };
    CHECK((rack(7).line == 0 && rack(7).pod == 3));
    CHECK((rack(10).hall.row == 0 && rack(10).line == 1 && rack(10).pod == 1));
    CHECK((rack(11).hall.row == 1 && rack(11).line == 0));
}
