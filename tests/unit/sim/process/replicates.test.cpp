#include "sim/run/replicates.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

constexpr Tick day = day_ticks;

/// One campus with one hall, two activities and an order in two lots; 45 days from the first of January.
Buildout small()
{
    Buildout b;
    b.start = "2026-01-01";
    b.start_day = 20454; // days from 1970-01-01 to 2026-01-01
    b.end = 45 * day;
    b.campuses = {{.name = "site"}};
    b.halls = {{.name = "site/A/1", .campus = {0}}};
    b.items = {{.name = "rack"}};
    b.makers = {{.name = "maker", .item = {0}, .lot_units = 10.0}};
    b.orders = {{.name = "racks", .maker = {0}, .campus = {0}, .units = 20.0}};
    b.lots = lots_of(b.orders, b.makers);
    b.activities = {{.name = "shell"}, {.name = "install"}};
    b.milestones = {{.kind = Milestone::Kind::first_live, .name = "site first live", .campus = {0}},
                    {.kind = Milestone::Kind::target, .name = "50 W", .campus = {}, .hall = {}, .it_W = 50.0, .due = 40 * day}};
    return b;
}

/// 40 W are live from day 10 on, the second lot does not come, the second activity works for ever.
Digest lived()
{
    Digest d;
    d.as_built.activities = {{.worked = 5 * day, .finished = 7 * day}, {.worked = 9 * day}};
    d.as_built.lots = {{.placed = day, .dock = 4 * day}, {.placed = day}};
    d.as_built.halls = {{{.from = 10 * day, .it_W = 40.0, .accelerators = 4.0}}};
    auto const step = [](Cause cause, double slip_s, Id<Activity> activity, Id<Lot> lot) {
        return ChainStep{.segment = {.cause = cause, .actual_s = 100.0 + slip_s, .planned_s = 100.0}, .activity = activity, .lot = lot};
    };
    d.chains = {{step(Cause::retest, 30.0, {1}, {}), step(Cause::crew, -10.0, {1}, {}), step(Cause::maker, 5.0, {}, {0}),
                 step(Cause::transit, 7.0, {}, {1})},
                {step(Cause::crew, 99.0, {0}, {})}}; // of a milestone that is not reached
    d.hours = {{.planned_or_live_s = 100.0, .live_s = 60.0, .ahead_s = 1.0, .share_s = {4.0}, .solo_s = {3.0}, .by_cause_s = {2.0}},
               {.planned_or_live_s = 10.0, .live_s = 10.0, .share_s = {1.0}}};
    d.share_s_by_month = {{3.0}, {1.0, 0.5}};
    d.world_hash = 42;
    return d;
}

} // namespace

TEST_CASE("of a replicate its dates, its live power by month and its hours are kept", "[unit][run]")
{
    auto const b = small();
    auto set = make_replicate_set(b, 3);
    add_replicate(set, b, lived());
    REQUIRE(set.replicates.size() == 1);
    CHECK(set.asked == 3);
    auto const& one = set.replicates[0];
    CHECK(one.reached == std::vector<Tick>{10 * day, never});
    CHECK(one.live_W == std::vector<double>{40.0, 40.0}); // the ends of January and of the scenario
    CHECK(one.first_live == 10 * day);
    CHECK(one.planned_or_live_s == 110.0);
    CHECK(one.live_s == 70.0);
    CHECK(one.not_live_s() == 40.0);
    CHECK(one.ahead_s == 1.0);
    CHECK(one.share_s[0] == 5.0);
    CHECK(one.solo_s[0] == 3.0);
    CHECK(one.by_cause_s[0] == 2.0);
    CHECK(one.world_hash == 42);
}

TEST_CASE("a lot that does not come and a test that is not passed are endless, not missing", "[unit][run]")
{
    auto const b = small();
    auto set = make_replicate_set(b, 2);
    add_replicate(set, b, lived());
    auto other = lived();
    other.as_built.lots[0] = {}; // an option that was not taken
    other.as_built.activities[1] = {};
    add_replicate(set, b, other);
    CHECK(set.lead_s[0][0] == 3.0F * 86400.0F);
    CHECK(std::isinf(set.lead_s[0][1]));
    CHECK(std::isnan(set.lead_s[1][0]));
    CHECK(set.retests_s[0][0] == 2.0F * 86400.0F);
    CHECK(std::isinf(set.retests_s[0][1]));
    CHECK(set.retests_s[1][1] == 0.0F); // nothing is known of tests that were not begun
}

TEST_CASE("stretches of one item in one chain are one slip, lots count for their order", "[unit][run]")
{
    auto const b = small();
    auto set = make_replicate_set(b, 2);
    add_replicate(set, b, lived());
    add_replicate(set, b, lived());
    auto const& chain = set.chains[0];
    REQUIRE(chain.size() == 2);
    auto const& install = chain.at({.activity = {1}, .order = {}});
    CHECK(install.slip_s == std::vector<double>{20.0, 20.0});
    CHECK(install.late_s[index(Cause::retest)] == 60.0);
    CHECK(install.late_s[index(Cause::crew)] == 0.0); // what was made up is nobody's lateness
    CHECK(chain.at({.activity = {}, .order = {0}}).slip_s == std::vector<double>{12.0, 12.0});
    CHECK(set.chains[1].empty()); // not reached, so it has no chain
}

TEST_CASE("months are added up over replicates", "[unit][run]")
{
    auto const b = small();
    auto set = make_replicate_set(b, 2);
    add_replicate(set, b, lived());
    add_replicate(set, b, lived());
    REQUIRE(set.share_s_by_month.size() == 2);
    CHECK(set.share_s_by_month[0][0] == 6.0);
    CHECK(set.share_s_by_month[1][1] == 1.0);
}
