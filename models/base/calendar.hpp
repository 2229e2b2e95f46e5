#pragma once
/// \file
/// Work calendars: on which days work goes on.

#include "models/base/tick.hpp"

#include <array>
#include <string>
#include <vector>

namespace aidc {

/// Weekly days off and holidays of a site. Time of day does not count: a working day is worked as a whole.
struct WorkCalendar {
    struct Holiday {
        Tick from{};  ///< First day off, at 00:00
        Tick until{}; ///< First day of work again, at 00:00
    };
    std::string name;
    std::array<bool, 7> day_off{}; ///< Sunday first
    std::vector<Holiday> holidays; ///< Any order; may overlap
    unsigned start_weekday{};      ///< Weekday of Buildout::start, Sunday = 0
    std::int64_t start_day{};      ///< Buildout::start as days since 1970-01-01
    std::array<double, 12> lost{}; ///< Share of a working day that weather takes, by month, January first [0, 1)

    /// Share of the day that holds t that is worked [0, 1]. \pre t >= 0
    double worked_share(Tick t) const;

    /// Is the day that holds t worked? \pre t >= 0
    bool works_on(Tick t) const;
};

/// Date at which `work_s` seconds of working days have passed since `from`; 24 h of each working day count, less what
/// weather takes: evenly over the day.
///
/// The end of a span that fills a working day exactly is that midnight.
/// \pre from >= 0, work_s >= 0; the calendar has at least one working weekday
Tick after_work(WorkCalendar const& calendar, Tick from, double work_s);

} // namespace aidc
