#include "models/build/activity.hpp"

namespace aidc {

double teams_at(Crew const& crew, Tick t)
{
    double teams = crew.teams;
    for (auto const& step : crew.steps) {
        teams = step.from <= t ? step.teams : teams;
    }
    return teams;
}

Tick work_done(Tick from, double work_s, WorkCalendar const* calendar)
{
    return calendar == nullptr ? from + ticks(work_s) : after_work(*calendar, from, work_s);
}

} // namespace aidc
