#include "models/base/calendar.hpp"

#include "tests/catch.hpp"

#include <algorithm>

using namespace aidc;

namespace {

/// 00:00 of a day of 2026; day 0 is Thursday 1 January.
constexpr Tick day(int n) { return n * day_ticks; }
constexpr int feb(int n) { return 31 + n - 1; }

/// Saturdays and Sundays off, and Spring Festival: 15 to 23 February 2026 closed (State Council notice on holidays of 2026).
WorkCalendar china_2026()
{
    return {.name = "CN",
            .day_off = {true, false, false, false, false, false, true},
            .holidays = {{.from = day(feb(15)), .until = day(feb(24))}},
            .start_weekday = 4};
}

/// Hours worked in [from, to), hour by hour.
int worked_hours(WorkCalendar const& calendar, Tick from, Tick to)
{
    int hours = 0;
    for (Tick t = from; t < to; t += ticks(hour_s)) {
        hours += calendar.works_on(t) ? 1 : 0;
    }
    return hours;
}

} // namespace

TEST_CASE("weekdays count on from the weekday of the start", "[unit][base]")
{
    auto const calendar = china_2026();
    CHECK(calendar.works_on(day(0)));             // Thursday 1 January (New Year is not in this calendar)
    CHECK(calendar.works_on(day(1)));             // Friday
    CHECK_FALSE(calendar.works_on(day(2)));       // Saturday 3 January
    CHECK_FALSE(calendar.works_on(day(3)));       // Sunday
    CHECK(calendar.works_on(day(4)));             // Monday
    CHECK_FALSE(calendar.works_on(day(364 - 5))); // Saturday 26 December: day 359
    CHECK(calendar.works_on(day(364)));           // Thursday 31 December
}

TEST_CASE("a day is worked as a whole", "[unit][base]")
{
    auto const calendar = china_2026();
    CHECK(calendar.works_on(day(2) - 1));       // Friday 23:59:59.999
    CHECK_FALSE(calendar.works_on(day(4) - 1)); // Sunday 23:59:59.999
}

TEST_CASE("Spring Festival of 2026 is closed from the 15th to the 23rd of February", "[unit][base]")
{
    auto const calendar = china_2026();
    CHECK(calendar.works_on(day(feb(13)))); // Friday before
    for (int n = 14; n <= 23; ++n) {        // Saturday 14th by weekday, the rest by holiday
        CHECK_FALSE(calendar.works_on(day(feb(n))));
    }
    CHECK(calendar.works_on(day(feb(24)))); // Tuesday
    CHECK_FALSE(calendar.works_on(day(feb(24)) - 1));
}

TEST_CASE("five days of work over Spring Festival end two weeks later", "[unit][base]")
{
    // From a real calendar: Thu 12, Fri 13, then Tue 24, Wed 25, Thu 26 February; done at midnight to the 27th.
    CHECK(after_work(china_2026(), day(feb(12)), 5.0 * day_s) == day(feb(27)));
    auto without = china_2026();
    without.holidays.clear();
    // Thu 12, Fri 13, Mon 16, Tue 17, Wed 18.
    CHECK(after_work(without, day(feb(12)), 5.0 * day_s) == day(feb(19)));
}

TEST_CASE("work over a break keeps its hours", "[unit][base]")
{
    // Friday 13th 18:00 + 12 h: six hours on Friday, six on Tuesday the 24th.
    CHECK(after_work(china_2026(), day(feb(13)) + ticks(18.0 * hour_s), 12.0 * hour_s) == day(feb(24)) + ticks(6.0 * hour_s));
    // Nothing is done on Saturday: one hour from there is the first hour of the 24th.
    CHECK(after_work(china_2026(), day(feb(14)) + ticks(12.0 * hour_s), hour_s) == day(feb(24)) + ticks(hour_s));
}

TEST_CASE("work that fills a day ends at that midnight, even before a holiday", "[unit][base]")
{
    CHECK(after_work(china_2026(), day(feb(13)), day_s) == day(feb(14)));
    CHECK(after_work(china_2026(), day(feb(13)) + ticks(20.0 * hour_s), 4.0 * hour_s) == day(feb(14)));
}

TEST_CASE("no work is done at once, on any day", "[unit][base]")
{
    auto const t = GENERATE(Tick{0}, day(2), day(feb(17)) + 12345);
    CHECK(after_work(china_2026(), t, 0.0) == t);
}

TEST_CASE("one tick of work is one tick, or waits for the next working day", "[unit][base]")
{
    CHECK(after_work(china_2026(), day(0), 1.0 / ticks_per_second) == day(0) + 1);
    CHECK(after_work(china_2026(), day(2), 1.0 / ticks_per_second) == day(4) + 1);
}

TEST_CASE("holidays may overlap and stand in any order", "[unit][base]")
{
    auto calendar = china_2026();
    calendar.holidays = {{.from = day(feb(20)), .until = day(feb(24))}, {.from = day(feb(15)), .until = day(feb(22))}};
    auto const t = day(feb(9)) + GENERATE(0, 3, 6, 10) * day_ticks;
    CHECK(after_work(calendar, t, 4.0 * day_s) == after_work(china_2026(), t, 4.0 * day_s));
}

TEST_CASE("a calendar without days off is the clock", "[unit][base]")
{
    WorkCalendar const all{.name = "all", .day_off = {}, .holidays = {}, .start_weekday = 3};
    auto const work_s = GENERATE(0.0, 1.0, 3600.0, 1234567.5);
    CHECK(after_work(all, day(3) + 17, work_s) == day(3) + 17 + ticks(work_s));
}

TEST_CASE("the hours worked until the end are the hours asked for", "[property][base]")
{
    auto const calendar = china_2026();
    int const from_h = GENERATE(0, 30, 61, 900, 1040, 1100);
    int const work_h = GENERATE(1, 7, 24, 100, 240, 500);
    Tick const from = ticks(from_h * hour_s);
    Tick const end = after_work(calendar, from, work_h * hour_s);
    CHECK(worked_hours(calendar, from, end) == work_h);
    CHECK(calendar.works_on(end - 1)); // the last of it was worked
}

TEST_CASE("work in two parts ends when it ends in one", "[property][base]")
{
    auto const calendar = china_2026();
    double const first_s = hour_s * GENERATE(1.0, 24.0, 33.5, 170.0);
    double const second_s = hour_s * GENERATE(0.25, 24.0, 90.0);
    Tick const from = day(feb(5)) + ticks(9.0 * hour_s);
    CHECK(after_work(calendar, after_work(calendar, from, first_s), second_s) == after_work(calendar, from, first_s + second_s));
}
