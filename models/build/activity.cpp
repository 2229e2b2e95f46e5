#include "models/build/activity.hpp"

namespace aidc {

Tick work_done(Tick from, double work_s, WorkCalendar const* calendar)
{
    return calendar == nullptr ? from + ticks(work_s) : after_work(*calendar, from, work_s);
}

} // namespace aidc
