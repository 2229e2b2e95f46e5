#include "models/buildout/slack.hpp"

#include "models/buildout/buildout.hpp"
#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr Tick day(int n) { return n * day_ticks; }

Activity work(std::vector<Activity::Link> after, std::vector<Grant> grants = {})
{
    Activity activity;
    activity.after = std::move(after);
    activity.grants = std::move(grants);
    return activity;
}

ActivityDates from_to(int from, int to)
{
    return {.ready = day(from), .supplied = day(from), .started = day(from), .worked = day(to), .finished = day(to)};
}

Grant of_hall(std::uint32_t hall, Term term) { return {.hall = {hall}, .term = term, .amount = 1.0}; }

/// Two halls of one campus; hall 0 is complete on day 100, hall 1 on day 200.
Buildout two_halls()
{
    Buildout b;
    b.kinds.push_back({.server = {.accelerators = 1, .power_W = 10.0}, .servers = 1});
    b.campuses.resize(1);
    for (auto const* const name : {"a", "b"}) {
        b.halls.push_back({.name = name, .campus = {0}, .lines = {{.kind = {0}, .racks = 1}}});
    }
    return b;
}

Plan two_dates(std::vector<ActivityDates> activities)
{
    return {.activities = std::move(activities),
            .lots = {},
            .halls = {{{.from = day(100), .it_W = 10.0, .accelerators = 1.0}}, {{.from = day(200), .it_W = 10.0, .accelerators = 1.0}}}};
}

/// Slack in days.
std::vector<double> slack_d(Buildout& b, Plan const& dates)
{
    b.milestones = milestones_of(b);
    auto slack = slack_s(b, dates);
    for (double& value : slack) {
        value /= day_s;
    }
    return slack;
}

} // namespace

TEST_CASE("slack is what a backward pass by hand gives", "[unit][buildout]")
{
    // shell 0..40 -> fit_out 40..70 -> test 80..90 of hall a; shell -> fabric 40..50 of hall a; racks 60..100 bring the date.
    auto b = two_halls();
    b.activities = {work({}), work({{.from = {0}}}), work({{.from = {1}}}, {of_hall(0, Term::handover)}),
                    work({{.from = {0}}}, {of_hall(0, Term::network)}), work({}, {of_hall(0, Term::racks)})};
    auto const slack = slack_d(b, two_dates({from_to(0, 40), from_to(40, 70), from_to(80, 90), from_to(40, 50), from_to(60, 100)}));
    CHECK(slack[4] == 0.0);  // brought day 100
    CHECK(slack[3] == 50.0); // 100 - 50
    CHECK(slack[2] == 10.0); // 100 - 90
    CHECK(slack[1] == 20.0); // the test lasts 10 days: must begin on day 90
    CHECK(slack[0] == 20.0); // fit_out lasts 30: must begin on day 60; fabric only on day 90
}

TEST_CASE("lags and start-to-start links count in the backward pass", "[unit][buildout]")
{
    auto b = two_halls();
    b.activities = {
        work({}), work({}),
        work({{.from = {0}, .lag_s = 5 * day_s}, {.from = {1}, .start_to_start = true, .lag_s = 20 * day_s}}, {of_hall(0, Term::space)})};
    auto const slack = slack_d(b, two_dates({from_to(0, 30), from_to(10, 90), from_to(50, 60)}));
    CHECK(slack[2] == 40.0); // 100 - 60
    CHECK(slack[0] == 55.0); // the last may begin on day 90, five days after this one ends: 85 - 30
    CHECK(slack[1] == 60.0); // may begin on day 70 instead of 10
}

TEST_CASE("a shared grant serves the halls that were not complete before it", "[unit][buildout]")
{
    auto b = two_halls();
    b.activities = {work({}, {{.campus = {0}, .term = Term::utility, .amount = 1.0}}),
                    work({}, {{.campus = {0}, .term = Term::utility, .amount = 1.0}})};
    auto const slack = slack_d(b, two_dates({from_to(0, 80), from_to(0, 150)}));
    CHECK(slack[0] == 20.0); // hall a on day 100
    CHECK(slack[1] == 50.0); // hall a did without it; hall b on day 200
}

TEST_CASE("what has not ended, or serves no complete hall, has no limit", "[unit][buildout]")
{
    auto b = two_halls();
    b.activities = {work({}, {of_hall(0, Term::space)}), work({}), work({}, {of_hall(1, Term::space)})};
    auto dates = two_dates({from_to(0, 10), from_to(0, 10), from_to(0, 10)});
    dates.activities[0].finished = never;
    dates.halls[1].clear();
    for (double const slack : slack_d(b, dates)) {
        CHECK(slack == no_limit_s);
    }
}
