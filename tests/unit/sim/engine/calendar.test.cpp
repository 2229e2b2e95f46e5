#include "sim/engine/calendar.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace aidc;
using engine::Calendar;

namespace {

/// Runs everything that is left.
void drain(Calendar& calendar)
{
    Calendar::Due due;
    while (calendar.pop(never - 1, due)) {
        due.run();
    }
}

} // namespace

TEST_CASE("events come out by tick, then phase, then the order of posting (T1)")
{
    Calendar calendar;
    std::vector<int> seen;
    auto const post = [&](Tick date, Phase phase, int mark) { calendar.add(date, phase, [&seen, mark] { seen.push_back(mark); }); };
    post(7, Phase::environment, 5);
    post(5, Phase::record, 4);
    post(5, Phase::arrival, 2);
    post(5, Phase::arrival, 3);
    post(5, Phase::failure, 1);
    post(0, Phase::record, 0);
    drain(calendar);
    CHECK(seen == std::vector<int>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("a thousand events with few dates come out in the order of a stable sort, half of them cancelled")
{
    struct Event {
        Tick date;
        Phase phase;
        int mark;
        EventId id;
        bool cancelled;
    };
    std::mt19937 random(1);
    Calendar calendar;
    std::vector<int> seen;
    std::vector<Event> events;
    for (int mark = 0; mark < 1000; ++mark) {
        events.push_back({static_cast<Tick>(random() % 40), static_cast<Phase>(random() % 7), mark, {}, random() % 2 == 0});
        events.back().id = calendar.add(events.back().date, events.back().phase, [&seen, mark] { seen.push_back(mark); });
    }
    std::vector<int> expected;
    for (auto const& event : events) {
        if (event.cancelled) {
            CHECK(calendar.cancel(event.id));
            CHECK_FALSE(calendar.cancel(event.id));
        }
    }
    std::stable_sort(events.begin(), events.end(),
                     [](Event const& a, Event const& b) { return std::pair(a.date, a.phase) < std::pair(b.date, b.phase); });
    for (auto const& event : events) {
        if (!event.cancelled) {
            expected.push_back(event.mark);
        }
    }
    CHECK(calendar.pending() == expected.size());
    drain(calendar);
    CHECK(seen == expected);
    CHECK(calendar.next_date() == never);
}

TEST_CASE("cancelled events leave no growing heap and destroy what they captured")
{
    Calendar calendar;
    auto const token = std::make_shared<int>(0);
    for (int i = 0; i < 10'000; ++i) {
        EventId const id = calendar.add(1'000'000 + i, Phase::settle, [token] { ++*token; });
        CHECK(token.use_count() == 2);
        CHECK(calendar.cancel(id));
    }
    CHECK(token.use_count() == 1);
    CHECK(calendar.pending() == 0);
    drain(calendar);
    CHECK(*token == 0);
}

TEST_CASE("an event's number is not valid for the event that takes its place")
{
    Calendar calendar;
    EventId const first = calendar.add(1, Phase::settle, [] {});
    CHECK(calendar.cancel(first));
    int runs = 0;
    EventId const second = calendar.add(1, Phase::settle, [&runs] { ++runs; });
    CHECK(second.slot == first.slot);
    CHECK_FALSE(calendar.cancel(first));
    drain(calendar);
    CHECK(runs == 1);
    CHECK_FALSE(calendar.cancel(second));
    CHECK_FALSE(calendar.cancel(EventId{}));
}
