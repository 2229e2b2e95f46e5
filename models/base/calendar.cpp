#include "models/base/calendar.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace aidc {

bool WorkCalendar::works_on(Tick t) const
{
    Tick const day = t / day_ticks;
    if (day_off[static_cast<std::size_t>((day + start_weekday) % 7)]) {
        return false;
    }
    return std::ranges::none_of(holidays, [t](Holiday const& holiday) { return holiday.from <= t && t < holiday.until; });
}

double WorkCalendar::worked_share(Tick t) const
{
    using namespace std::chrono;
    if (!works_on(t)) {
        return 0.0;
    }
    year_month_day const day{sys_days{days{start_day + t / day_ticks}}};
    return 1.0 - lost[static_cast<unsigned>(day.month()) - 1];
}

Tick after_work(WorkCalendar const& calendar, Tick from, double work_s)
{
    AIDC_EXPECT(from >= 0 && work_s >= 0.0);
    AIDC_EXPECT(std::ranges::any_of(calendar.day_off, [](bool off) { return !off; }));
    Tick left = ticks(work_s);
    Tick t = from;
    while (left > 0) {
        Tick const midnight = (t / day_ticks + 1) * day_ticks;
        double const share = calendar.worked_share(t);
        auto const worked = static_cast<Tick>(std::llround(static_cast<double>(midnight - t) * share));
        if (left <= worked) {
            return share == 1.0 ? t + left : std::min(midnight, t + static_cast<Tick>(std::llround(static_cast<double>(left) / share)));
        }
        left -= worked;
        t = midnight;
    }
    return t;
}

} // namespace aidc
