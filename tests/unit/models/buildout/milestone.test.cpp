#include "models/buildout/milestone.hpp"

#include "models/buildout/buildout.hpp"
#include "tests/catch.hpp"

#include <algorithm>

using namespace aidc;

namespace {

constexpr Tick day(int n) { return n * day_ticks; }

/// Two campuses: one of halls a (20 W) and b (30 W), one of hall c (10 W).
Buildout three_halls()
{
    Buildout b;
    b.start_day = 20454; // 2026-01-01
    b.end = day(100);
    b.kinds.push_back({.server = {.accelerators = 1, .power_W = 10.0}, .servers = 1});
    b.campuses = {{.name = "one"}, {.name = "two"}};
    b.halls = {{.name = "one/A/a", .campus = {0}, .lines = {{.kind = {0}, .racks = 2}}},
               {.name = "one/A/b", .campus = {0}, .lines = {{.kind = {0}, .racks = 3}}},
               {.name = "two/A/c", .campus = {1}, .lines = {{.kind = {0}, .racks = 1}}}};
    b.targets = {{.name = "30 W", .it_W = 30.0, .due = day(50)}, {.name = "61 W", .it_W = 61.0}};
    return b;
}

Plan steps()
{
    return {.activities = {},
            .lots = {},
            .halls = {{{.from = day(10), .it_W = 10.0, .accelerators = 1}, {.from = day(20), .it_W = 20.0, .accelerators = 2}},
                      {{.from = day(30), .it_W = 30.0, .accelerators = 3}, {.from = day(60), .it_W = 0.0, .accelerators = 0}},
                      {}}};
}

Tick date(Buildout const& b, std::string const& name)
{
    auto const all = milestones_of(b);
    auto const found = std::ranges::find(all, name, &Milestone::name);
    REQUIRE(found != all.end());
    return date_of(*found, b, steps());
}

} // namespace

TEST_CASE("milestones are targets, then campuses, then halls, each with a name of its own", "[unit][buildout]")
{
    auto const all = milestones_of(three_halls());
    REQUIRE(all.size() == 2 + 2 * 3 + 3 * 3);
    CHECK(all[0].name == "30 W");
    CHECK(all[2].name == "one power");
    CHECK(all.back().name == "two/A/c complete");
    std::vector<std::string> names;
    for (auto const& milestone : all) {
        names.push_back(milestone.name);
    }
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("live dates come from the steps of the halls that count", "[unit][buildout]")
{
    auto const b = three_halls();
    CHECK(date(b, "one/A/a first live") == day(10));
    CHECK(date(b, "one/A/a complete") == day(20));
    CHECK(date(b, "one first live") == day(10));
    CHECK(date(b, "one complete") == day(30)); // 20 + 30 W
    CHECK(date(b, "30 W") == day(30));         // 50 W at once
    CHECK(date(b, "61 W") == never);
    CHECK(date(b, "two first live") == never);
    CHECK(date(b, "one/A/b complete") == day(30)); // ever live: day 60 takes nothing back
}

TEST_CASE("racks that are to be taken out do not count for completion", "[unit][buildout]")
{
    auto b = three_halls();
    b.activities.resize(1);
    b.activities[0].takes = {{.hall = {0}, .term = Term::racks, .amount = 10.0, .racks = 1}};
    auto const all = milestones_of(b);
    auto const of = [&](char const* name, Tick taken) {
        auto dates = steps();
        dates.activities = {{.started = taken}};
        return date_of(*std::ranges::find(all, name, &Milestone::name), b, dates);
    };
    CHECK(of("one/A/a complete", day(5)) == day(10));  // one rack of two stays
    CHECK(of("one complete", day(5)) == day(30));      // 40 of 50 W; 20 W before
    CHECK(of("one/A/a complete", day(15)) == day(20)); // not before the old rack is out
    CHECK(of("one/A/a complete", never) == never);
}

TEST_CASE("power is the first firm import, handover the last part of it", "[unit][buildout]")
{
    auto b = three_halls();
    b.activities.resize(4);
    b.activities[0].grants = {{.campus = {0}, .term = Term::utility, .feed = Grant::Feed::on_site, .amount = 1.0}};
    b.activities[1].grants = {{.campus = {0}, .term = Term::utility, .amount = 1.0}};
    b.activities[2].grants = {{.hall = {0}, .term = Term::handover, .amount = 1.0}};
    b.activities[3].grants = {{.hall = {0}, .term = Term::handover, .amount = 1.0}};
    auto dates = steps();
    dates.activities = {{.finished = day(1)}, {.finished = day(5)}, {.finished = day(7)}, {.finished = day(9)}};
    auto const all = milestones_of(b);
    auto const of = [&](char const* name) { return date_of(*std::ranges::find(all, name, &Milestone::name), b, dates); };
    CHECK(of("one power") == day(5)); // own generation is no grid
    CHECK(of("one/A/a handover") == day(9));
    CHECK(of("two power") == never);
    dates.activities[3].finished = never;
    CHECK(of("one/A/a handover") == never);
}

TEST_CASE("months end on the first of the next, the last with the scenario", "[unit][buildout]")
{
    auto b = three_halls();
    CHECK(month_ends(b) == std::vector<Tick>{day(31), day(59), day(90), day(100)}); // 2026: 31 + 28 + 31
    b.end = day(90);
    CHECK(month_ends(b) == std::vector<Tick>{day(31), day(59), day(90)});
}

TEST_CASE("live power by campus holds from its step on", "[unit][buildout]")
{
    auto const b = three_halls();
    CHECK(live_W_at(b, steps(), day(30)) == std::vector<double>{50.0, 0.0});
    CHECK(live_W_at(b, steps(), day(30) - 1) == std::vector<double>{20.0, 0.0});
    CHECK(live_W_at(b, steps(), day(60)) == std::vector<double>{20.0, 0.0});
}
