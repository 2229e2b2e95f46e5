#include "sim/run/digest.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

Digest example()
{
    Digest digest;
    digest.as_built.activities = {{.ready = 1, .finished = 5, .bound_by = {7}, .retests = 2}, {}};
    digest.as_built.lots = {{.placed = 3, .dock = 9}};
    digest.as_built.halls = {{{.from = 4, .it_W = 1.5, .accelerators = 8.0}, {.from = 6, .it_W = 3.0, .accelerators = 16.0}}, {}};
    digest.chains = {{}, {{.segment = {.cause = Cause::transit, .actual_s = 2.0, .planned_s = 1.0}, .activity = {}, .lot = {4}}}};
    digest.hours = {{.planned_or_live_s = 10.0, .live_s = 4.0, .share_s = {1.0, 2.0}}};
    digest.share_s_by_month = {{0.5}, {0.25, 0.125}};
    digest.ending = Ending::stopped;
    digest.reached = 77;
    digest.events = 5;
    digest.trace_hash = 6;
    digest.world_hash = UINT64_MAX;
    return digest;
}

} // namespace

TEST_CASE("a digest is the same on the other side of a pipe", "[unit][run]")
{
    auto const there = digest_from_bytes(to_bytes(example()));
    REQUIRE(there.as_built.activities.size() == 2);
    CHECK(there.as_built.activities[0].finished == 5);
    CHECK(there.as_built.activities[0].bound_by == Id<Activity>{7});
    CHECK(there.as_built.activities[0].retests == 2);
    CHECK(there.as_built.activities[1].finished == never);
    CHECK(there.as_built.lots.at(0).dock == 9);
    REQUIRE(there.as_built.halls.size() == 2);
    CHECK(there.as_built.halls[0].at(1).it_W == 3.0);
    CHECK(there.as_built.halls[1].empty());
    REQUIRE(there.chains.size() == 2);
    CHECK(there.chains[0].empty());
    CHECK(there.chains[1].at(0).segment.cause == Cause::transit);
    CHECK(there.chains[1].at(0).lot == Id<Lot>{4});
    CHECK(!there.chains[1].at(0).activity);
    CHECK(there.hours.at(0).share_s[1] == 2.0);
    CHECK(there.share_s_by_month.at(1)[1] == 0.125);
    CHECK(there.ending == Ending::stopped);
    CHECK(there.reached == 77);
    CHECK(there.events == 5);
    CHECK(there.trace_hash == 6);
    CHECK(there.world_hash == UINT64_MAX);
}

TEST_CASE("a digest of nothing is one", "[unit][run]")
{
    auto const there = digest_from_bytes(to_bytes(Digest{}));
    CHECK(there.as_built.empty());
    CHECK(there.chains.empty());
    CHECK(there.ending == Ending::complete);
}
