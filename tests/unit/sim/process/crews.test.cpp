#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

Tick day(double n) { return ticks(n * day_s); }

constexpr double thousandth_s = 2e-3 / day_s; ///< Waking somebody may take a tick (law T2)

void check_days(std::vector<double> const& got, std::vector<double> const& expected)
{
    REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        CAPTURE(i, got[i], expected[i]);
        CHECK(std::abs(got[i] - expected[i]) <= thousandth_s);
    }
}

/// Days on which each activity was started.
std::vector<double> started_days(Buildout& b)
{
    std::vector<double> all;
    for (auto const& a : built(b).activities) {
        all.push_back(in_days(a.started));
    }
    return all;
}

/// Somebody who wants the only crew of the buildout.
Activity wants_crew(char const* name, double ready_days, std::uint32_t priority, double work_days, double teams = 1.0)
{
    return {
        .name = name, .crew = id<Crew>(0), .teams = teams, .work = days(work_days), .not_before = day(ready_days), .priority = priority};
}

} // namespace

TEST_CASE("a free team goes to the lowest priority number, then to who waited longest", "[process][crews]")
{
    // A works from day 0 to 10. Then C, of priority 0; then of priority 1 B (since day 1), then E (since day 3), then D (since 4).
    auto b = bare(100.0);
    b.crews = {{.name = "crew", .teams = 1.0}};
    add_activity(b, wants_crew("A", 0, 7, 10));
    add_activity(b, wants_crew("B", 1, 1, 5));
    add_activity(b, wants_crew("C", 2, 0, 5));
    add_activity(b, wants_crew("D", 4, 1, 5));
    add_activity(b, wants_crew("E", 3, 1, 5));
    check_days(started_days(b), {0, 15, 10, 25, 20});
}

TEST_CASE("nobody overtakes who waits for several teams, not even with a team to spare", "[process][crews]")
{
    // Two teams. A has one to day 10; B wants both from day 1, so C (one, day 2) waits behind B; B from 10 to 15, then C and D.
    auto b = bare(100.0);
    b.crews = {{.name = "crew", .teams = 2.0}};
    add_activity(b, wants_crew("A", 0, 0, 10));
    add_activity(b, wants_crew("B", 1, 0, 5, 2.0));
    add_activity(b, wants_crew("C", 2, 0, 5));
    add_activity(b, wants_crew("D", 3, 0, 5));
    check_days(started_days(b), {0, 10, 15, 15});
    // Of a better priority C does not wait behind B: A and C together, then B alone, then D.
    b.activities[2].priority = 0;
    b.activities[1].priority = 1;
    b.activities[3].priority = 2;
    check_days(started_days(b), {0, 10, 2, 15});
}

TEST_CASE("a crew repeats a failed test before it goes to the next", "[process][crews]")
{
    auto b = bare(1000.0);
    b.crews = {{.name = "crew", .teams = 1.0}};
    for (auto const* const name : {"A", "B", "C", "D"}) {
        add_activity(b, wants_crew(name, 0, 0, 10));
        b.activities.back().retest_probability = 0.5;
        b.activities.back().rework = days(3.0);
    }
    auto const dates = built(b).activities;
    double before = 0.0;
    double retests = 0.0;
    for (auto const& a : dates) {
        CHECK(std::abs(in_days(a.started) - before) <= thousandth_s);
        before = in_days(a.finished);
        CHECK(before == Approx(in_days(a.started) + 10.0 + 3.0 * a.retests).margin(thousandth_s));
        retests += a.retests;
    }
    CHECK(retests > 0.0);
}

namespace {

/// A bare hall that has all it needs from day 10 on, but for what is left out.
Buildout hall_from_day_10(double until_days, std::vector<Term> const& left_out = {})
{
    auto b = bare_hall(until_days);
    Activity all{.name = "all", .stage = Stage::install, .work = days(10.0)};
    for (auto const term : {Term::utility, Term::cooling, Term::handover, Term::space, Term::network, Term::racks}) {
        if (std::ranges::find(left_out, term) == left_out.end()) {
            all.grants.push_back(share_of(term, 1.0));
        }
    }
    add_activity(b, std::move(all));
    return b;
}

/// Dates [days] and live racks of every change of the hall.
std::vector<double> live_racks(Buildout& b)
{
    derive(b);
    return run_and_pick({.buildout = b, .plan = {}}, {.detail = Detail::build}, [](World const& world, Tick) {
        std::vector<double> all;
        for (auto const& step : world.halls[id<Hall>(0)].history) {
            all.insert(all.end(), {in_days(step.from), step.it_W / rack_W});
        }
        return all;
    });
}

Grant import_of(double share, Grant::Feed feed)
{
    auto grant = share_of(Term::utility, share);
    grant.feed = feed;
    return grant;
}

} // namespace

TEST_CASE("racks that are retired go dark when the work begins, not when it ends", "[process][takes]")
{
    auto b = hall_from_day_10(200.0);
    add_activity(b, {.name = "retire",
                     .stage = Stage::retirement,
                     .work = days(20.0),
                     .not_before = day(50.0),
                     .takes = {share_of(Term::racks, 0.25)}});
    check_days(live_racks(b), {10, 40, 50, 30});
}

TEST_CASE("a retrofit takes network from racks, pair by pair from the last, and gives it back when it is done", "[process][takes]")
{
    // 0.3 of the network of 40 racks less from day 50 on: 28 can stay. 0.33 less: 26.8, so 26, as racks go live in pairs.
    for (auto const& [share, racks] : {std::pair{0.3, 28.0}, std::pair{0.33, 26.0}}) {
        auto b = hall_from_day_10(200.0);
        auto const network = share_of(Term::network, share);
        add_activity(b, {.name = "retrofit",
                         .stage = Stage::retrofit,
                         .work = days(20.0),
                         .not_before = day(50.0),
                         .grants = {network},
                         .takes = {network}});
        check_days(live_racks(b), {10, 40, 50, racks, 70, 40});
    }
}

TEST_CASE("bridging power carries racks until it is taken away, and the grid carries them again when it comes", "[process][takes]")
{
    // Own generation for all from day 20; gone on day 60, with half of the import from day 40 and the rest on day 90.
    auto b = hall_from_day_10(200.0, {Term::utility});
    auto const add = [&b](char const* name, double ready_days, std::vector<Grant> grants, std::vector<Grant> takes) {
        add_activity(b, {.name = name,
                         .stage = Stage::bridging,
                         .not_before = day(ready_days),
                         .grants = std::move(grants),
                         .takes = std::move(takes)});
    };
    add("engines", 20, {import_of(1.0, Grant::Feed::on_site)}, {});
    add("first tranche", 40, {import_of(0.5, Grant::Feed::firm)}, {});
    add("engines leave", 60, {}, {import_of(1.0, Grant::Feed::on_site)});
    add("second tranche", 90, {import_of(0.5, Grant::Feed::firm)}, {});
    check_days(live_racks(b), {20, 40, 60, 20, 90, 40});
    CHECK(in_days(date_of(b.milestones[0], b, built(b))) == Approx(40.0).margin(thousandth_s)); // power: grid, not engines
}

TEST_CASE("import that may be curtailed counts only if the campus says so", "[process][curtail]")
{
    auto b = hall_from_day_10(200.0, {Term::utility});
    b.activities[0].grants.push_back(import_of(0.5, Grant::Feed::firm));
    b.activities[0].grants.push_back(import_of(0.5, Grant::Feed::non_firm));
    check_days(live_racks(b), {10, 20});
    b.campuses[0].counts_non_firm = true;
    check_days(live_racks(b), {10, 40});
}

TEST_CASE("hours without feed while import is curtailed are booked to the grid, and the accelerator-hours close", "[process][curtail]")
{
    // Curtailed for 4 days after every 30: days 30-34, 64-68, 98-102, 132-136, 166-170. Of 40 racks of 24 accelerators, live from
    // day 10, the firm 70 % of the import feed 70 % then. The run ends on day 168, in the last one: 18 days in all.
    auto b = hall_from_day_10(168.0, {Term::utility});
    b.activities[0].grants.push_back(import_of(0.7, Grant::Feed::firm));
    b.activities[0].grants.push_back(import_of(0.3, Grant::Feed::non_firm));
    b.campuses[0].counts_non_firm = true;
    b.campuses[0].to_curtail = days(30.0);
    b.campuses[0].curtailed = days(4.0);
    derive(b);
    auto const plan = make_plan(b); // the audit of accelerator-hours runs in simulate
    auto const picked = run_and_pick({.buildout = b, .plan = plan}, {.detail = Detail::build}, [](World const& world, Tick) {
        auto const& books = world.ledger[id<Hall>(0)];
        double live_s = 0.0;
        for (double const value : books.live_accelerator_s) {
            live_s += value;
        }
        return std::vector<double>{books.live_accelerator_s[index(Cause::grid_outage)], live_s, books.planned_or_live_accelerator_s,
                                   static_cast<double>(books.not_live.size()),
                                   static_cast<double>(world.halls[id<Hall>(0)].history.size())};
    });
    double const accelerators = 40.0 * 24.0;
    CHECK(picked[0] == Approx(accelerators * 0.3 * 18.0 * day_s).epsilon(1e-7)); // to the ticks of the phases
    CHECK(picked[1] == Approx(accelerators * 158.0 * day_s).epsilon(1e-7));
    CHECK(picked[2] == Approx(picked[1]).epsilon(1e-12));
    CHECK(picked[3] == 0.0); // what is curtailed stays live: nobody waits for it
    CHECK(picked[4] == 1.0);
}
