#pragma once
/// \file
/// Who works when, and on what, as written.

#include "models/build/activity.hpp"
#include "sim/scenario/field.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// A stretch without work.
struct HolidaySpec {
    Date from, until;
};
/// A work calendar.
struct CalendarSpec {
    std::string name;
    std::vector<std::string> days_off;
    std::vector<HolidaySpec> holidays;
    std::array<double, 12> weather_lost{};
};
/// Teams from a date on.
struct CrewStepSpec {
    Date from;
    double teams{};
};
/// Teams that can work at the same time.
struct CrewSpec {
    std::string name;
    double teams{};
    std::vector<CrewStepSpec> steps;
};
/// A predecessor with a lag, or from its start.
struct LinkSpec {
    std::string activity;
    bool start_to_start = false;
    double lag_s{};
};
/// What an activity uses up.
struct GoodsSpec {
    std::string item;
    double units{};
};
/// What finishing an activity adds, or starting it takes: one of term, group, rack, import, on-site power.
struct GrantSpec {
    std::string term, group, rack;
    double share = 0.0, units = 0.0, it_W = 0.0, import_W = 0.0, on_site_W = 0.0;
    bool non_firm = false;
};
/// Work; predecessors by name in the hall, building or campus.
struct ActivitySpec {
    std::string name;
    Stage stage{};
    std::vector<std::string> after;
    std::vector<LinkSpec> links;
    std::vector<GoodsSpec> goods;
    std::string crew, calendar;
    double teams = 1.0;
    DurationText work;
    double retest_probability{};
    DurationText rework;
    std::optional<Date> not_before;
    std::uint32_t blocks = 1;
    std::vector<GrantSpec> grants, takes;
};
/// How racks come in: one install and one burn-in activity a pod.
struct InstallSpec {
    std::vector<std::string> after;
    std::string crew, calendar;
    DurationText work_per_rack, burn_in;
    double retest_probability{};
    DurationText rework;
};

inline constexpr std::array<std::pair<std::string_view, Stage>, stage_count> stage_names = [] {
    std::array<std::pair<std::string_view, Stage>, stage_count> names;
    for (std::size_t i = 0; i < stage_count; ++i) {
        names[i] = {stages[i].name, stages[i].stage};
    }
    return names;
}();

template <class V> void describe(V& v, HolidaySpec& x)
{
    v.date({"from", Need::required, "First day off"}, x.from);
    v.date({"until", Need::required, "First day of work again"}, x.until);
}

template <class V> void describe(V& v, CalendarSpec& x)
{
    v.text({"name", Need::required, "Name that activities refer to"}, x.name);
    v.texts({"days_off", Need::required, "Weekly days off: sunday ... saturday"}, x.days_off);
    v.list({"holidays", Need::optional, "Stretches without work"}, x.holidays);
    v.numbers({"weather_lost", Need::optional, "Share of a working day that weather takes, by month, January first"}, "share",
              x.weather_lost, {.low = 0.0, .high = 0.9});
}

template <class V> void describe(V& v, CrewStepSpec& x)
{
    v.date({"from", Need::required, "First day of this number"}, x.from);
    v.number({"teams", Need::required, "Teams from then on"}, x.teams, not_negative);
}

template <class V> void describe(V& v, CrewSpec& x)
{
    v.text({"name", Need::required, "Name that activities refer to"}, x.name);
    v.number({"teams", Need::required, "Teams that work at the same time, at the start"}, x.teams, not_negative);
    v.list({"steps", Need::optional, "More or fewer teams from a day on"}, x.steps);
}

template <class V> void describe(V& v, LinkSpec& x)
{
    v.text({"activity", Need::required, "Predecessor"}, x.activity);
    v.flag({"start_to_start", Need::optional, "Counts from its start instead of its end"}, x.start_to_start);
    v.quantity({"lag", Need::optional, "From that date to the earliest start"}, "s", x.lag_s, not_negative);
}

template <class V> void describe(V& v, GoodsSpec& x)
{
    v.text({"item", Need::required, "What is used up"}, x.item);
    v.number({"units", Need::required, "How many"}, x.units, positive);
}

template <class V> void describe(V& v, GrantSpec& x)
{
    v.text({"term", Need::optional, "Term of the hall: handover, space, network, cooling, distribution, ..."}, x.term);
    v.text({"group", Need::optional, "Units put into service: ups, coolers, transformers or gensets"}, x.group);
    v.text({"rack", Need::optional, "Kind of rack, with units: only in takes"}, x.rack);
    v.number({"share", Need::optional, "Of the hall's design power, or of the group's units"}, x.share, share);
    v.number({"units", Need::optional, "Units of the group"}, x.units, not_negative);
    v.quantity({"it", Need::optional, "IT power of the term, at rack input"}, "W", x.it_W, not_negative);
    v.quantity({"import", Need::optional, "Grid import at the fence of the campus"}, "W", x.import_W, not_negative);
    v.flag({"non_firm", Need::optional, "The import may be curtailed"}, x.non_firm);
    v.quantity({"on_site", Need::optional, "Own generation at the fence of the campus"}, "W", x.on_site_W, not_negative);
}

template <class V> void describe(V& v, ActivitySpec& x)
{
    v.text({"name", Need::required, "Name; successors of the same hall, building or campus refer to it"}, x.name);
    v.choice({"stage", Need::required, "Kind of work; lateness is booked to its cause"}, x.stage, stage_names);
    v.texts({"after", Need::optional, "Predecessors that must be finished"}, x.after);
    v.list({"links", Need::optional, "Predecessors with a lag or from their start"}, x.links);
    v.list({"goods", Need::optional, "Used up; all must be on site"}, x.goods);
    v.text({"crew", Need::optional, "Who does it; absent: nobody has to be free"}, x.crew);
    v.number({"teams", Need::optional, "Teams of the crew it takes"}, x.teams, positive);
    v.text({"calendar", Need::optional, "Work calendar; absent: every day counts"}, x.calendar);
    v.duration({"work", Need::required, "Time it takes once started"}, x.work);
    v.number({"retest_probability", Need::optional, "Each test fails with this probability"}, x.retest_probability,
             {.low = 0.0, .high = 0.95});
    v.duration({"rework", Need::optional, "Repair and repeat after a failed test"}, x.rework);
    v.maybe_date({"not_before", Need::optional, "Earliest start set by somebody else"}, x.not_before);
    v.count({"blocks", Need::optional, "Done so many times, each for its share; blocks follow blocks of the same number"}, x.blocks, 1);
    v.list({"grants", Need::optional, "What finishing it adds"}, x.grants);
    v.list({"takes", Need::optional, "What is out of service from its start (retrofit, retirement)"}, x.takes);
}

template <class V> void describe(V& v, InstallSpec& x)
{
    v.texts({"after", Need::required, "Activities that must be finished before racks come in"}, x.after);
    v.text({"crew", Need::required, "Who installs; one team a pod"}, x.crew);
    v.text({"calendar", Need::optional, "Work calendar; absent: every day counts"}, x.calendar);
    v.duration({"work_per_rack", Need::required, "Installing one rack by one team"}, x.work_per_rack);
    v.duration({"burn_in", Need::required, "Burn-in and acceptance of a pod"}, x.burn_in);
    v.number({"retest_probability", Need::optional, "Acceptance of a pod fails with this probability"}, x.retest_probability,
             {.low = 0.0, .high = 0.95});
    v.duration({"rework", Need::optional, "Repair and repeat after a failed acceptance"}, x.rework);
}

} // namespace aidc
