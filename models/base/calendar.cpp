#include "models/base/calendar.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {

bool WorkCalendar::works_on(Tick t) const
{
    Tick const day = t / day_ticks;
    if (day_off[static_cast<std::size_t>((day + start_weekday) % 7)]) {
        return false;
    }
    return std::ranges::none_of(holidays, [t](Holiday const& holiday) { return holiday.from <= t && t < holiday.until; });
}

Tick after_work(WorkCalendar const& calendar, Tick from, double work_s)
{
    AIDC_EXPECT(from >= 0 && work_s >= 0.0);
    AIDC_EXPECT(std::ranges::any_of(calendar.day_off, [](bool off) { return !off; }));
    Tick left = ticks(work_s);
    Tick t = from;
    while (left > 0) {
        Tick const midnight = (t / day_ticks + 1) * day_ticks;
        if (calendar.works_on(t)) {
            Tick const worked = std::min(left, midnight - t);
            left -= worked;
            t = left == 0 ? t + worked : midnight;
        }
        else {
            t = midnight;
        }
    }
    return t;
}

} // namespace aidc
