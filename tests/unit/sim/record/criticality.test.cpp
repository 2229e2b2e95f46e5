#include "sim/record/criticality.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr ChainItem shell{.activity = {0}, .order = {}};
constexpr ChainItem test{.activity = {1}, .order = {}};
constexpr ChainItem racks{.activity = {}, .order = {0}};

Buildout two_milestones()
{
    Buildout b;
    b.activities = {{.name = "shell", .stage = Stage::shell}, {.name = "test", .stage = Stage::L5}};
    b.orders = {{.name = "racks"}};
    b.milestones = {{.name = "first"}, {.name = "second"}};
    return b;
}

/// Five replicates, of which four reach the first milestone and all the second.
ReplicateSet five()
{
    ReplicateSet set{.asked = 5};
    for (Tick const first : {Tick{10}, Tick{20}, never, Tick{30}, Tick{40}}) {
        set.replicates.push_back({.reached = {first, 50}});
    }
    set.chains.resize(2);
    set.chains[0][shell] = {.slip_s = {-10.0, 40.0, 20.0, 30.0}, .cost_s = 90.0};
    set.chains[0][racks] = {.slip_s = {100.0, 200.0}, .cost_s = 300.0};
    set.chains[1][test] = {.slip_s = {-1.0, -2.0, -3.0, -4.0, -5.0}};
    set.chains[0][racks].late_s[index(Cause::customs_or_ban)] = 250.0;
    set.chains[0][racks].late_s[index(Cause::maker)] = 50.0;
    return set;
}

} // namespace

TEST_CASE("the index is a share of the replicates that reached the milestone, the cost a mean over all", "[unit][record]")
{
    auto const rows = criticality_of(two_milestones(), five());
    REQUIRE(rows.size() == 3);
    // racks: on the chain in 2 of 4 that arrived; 300 lost in all: 300/5.
    CHECK(rows[0].item == racks);
    CHECK(rows[0].index == 0.5);
    CHECK(rows[0].mean_slip_s == 150.0);
    CHECK(rows[0].p80_slip_s == 200.0); // rank ceil(1.6) of 2
    CHECK(rows[0].mean_cost_s == 60.0);
    // shell: on all four; mean (-10 + 40 + 20 + 30)/4; 90 lost in all: 90/5.
    CHECK(rows[1].item == shell);
    CHECK(rows[1].index == 1.0);
    CHECK(rows[1].mean_slip_s == 20.0);
    CHECK(rows[1].p80_slip_s == 40.0); // rank ceil(3.2) of 4
    CHECK(rows[1].mean_cost_s == 18.0);
}

TEST_CASE("items come by milestone, then by falling cost", "[unit][record]")
{
    auto set = five();
    set.chains[0][test] = {.slip_s = {500.0}, .cost_s = 500.0};
    auto const rows = criticality_of(two_milestones(), set);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].item == test); // 500/5
    CHECK(rows[1].item == racks);
    CHECK(rows[2].item == shell);
    CHECK(rows[3].milestone == 1);
    CHECK(rows[3].mean_cost_s == 0.0);
}

TEST_CASE("the cause is the one with most time lost, or that of the item's own work", "[unit][record]")
{
    auto const rows = criticality_of(two_milestones(), five());
    CHECK(rows[0].cause == Cause::customs_or_ban);
    CHECK(rows[2].item == test);
    CHECK(rows[2].cause == Cause::commissioning); // it was never late
}
