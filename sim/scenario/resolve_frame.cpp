#include "sim/scenario/resolve.hpp"

#include "models/base/units.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

void resolve_calendar(Resolver& r, CalendarSpec const& spec, std::size_t i)
{
    auto const pointer = at("/calendars", i);
    r.declare(r.calendars, spec.name, i, pointer + "/name");
    WorkCalendar calendar{.name = spec.name};
    // 1970-01-01 was a Thursday.
    calendar.start_day = r.out.start_day;
    calendar.lost = spec.weather_lost;
    calendar.start_weekday = static_cast<unsigned>(((r.out.start_day + 4) % 7 + 7) % 7);
    for (std::size_t d = 0; d < spec.days_off.size(); ++d) {
        auto const& word = spec.days_off[d];
        auto const day = std::ranges::find(weekdays, word);
        if (day == weekdays.end()) {
            r.problem(at(pointer + "/days_off", d),
                      fmt::format("\"{}\" is no day of the week; one of {}", word, fmt::join(weekdays, ", ")));
            continue;
        }
        calendar.day_off[static_cast<std::size_t>(day - weekdays.begin())] = true;
    }
    if (std::ranges::all_of(calendar.day_off, [](bool off) { return off; })) {
        r.problem(pointer + "/days_off", "takes every day off (no work would ever end); leave one");
        calendar.day_off = {};
    }
    for (std::size_t h = 0; h < spec.holidays.size(); ++h) {
        auto const& holiday = spec.holidays[h];
        if (holiday.until.day <= holiday.from.day) {
            r.problem(at(pointer + "/holidays", h), "ends before it begins; \"until\" is the first day of work again");
        }
        auto const tick = [&r](Date date) { return (date.day - r.out.start_day) * day_ticks; };
        calendar.holidays.push_back({.from = tick(holiday.from), .until = tick(holiday.until)});
    }
    r.out.calendars.push_back(std::move(calendar));
}

void resolve_crew(Resolver& r, CrewSpec const& spec, std::size_t i)
{
    auto const pointer = at("/crews", i);
    Crew crew{.name = spec.name, .teams = spec.teams, .steps = {}};
    for (std::size_t k = 0; k < spec.steps.size(); ++k) {
        Tick const from = r.tick(spec.steps[k].from, at(pointer + "/steps", k) + "/from");
        if (k > 0 && from <= crew.steps.back().from) {
            r.problem(at(pointer + "/steps", k) + "/from", "is not after the step before; put the steps in order");
        }
        crew.steps.push_back({.from = from, .teams = spec.steps[k].teams});
    }
    r.out.crews.push_back(std::move(crew));
}

/// How its chips are cooled: exactly one technique.
ChipCooling chip_of(Resolver& r, RackSpec const& spec, std::string const& pointer)
{
    int const techniques =
        spec.cold_plate.has_value() + spec.jets.has_value() + spec.immersed_sink.has_value() + spec.evaporator.has_value();
    if (techniques != 1) {
        r.problem(pointer, fmt::format("has {} of \"cold_plate\", \"jets\", \"immersed_sink\" and \"evaporator\" (how its accelerators are "
                                       "cooled); give it exactly one",
                                       techniques));
    }
    if (spec.jets) {
        return *spec.jets;
    }
    if (spec.immersed_sink) {
        return *spec.immersed_sink;
    }
    if (spec.evaporator) {
        return *spec.evaporator;
    }
    return spec.cold_plate.value_or(ColdPlate{});
}

void resolve_kind(Resolver& r, RackSpec const& spec, std::size_t i)
{
    RackKind kind = spec;
    auto const pointer = at("/racks", i);
    r.declare(r.kinds, kind.name, i, pointer + "/name");
    if (kind.idle_share > kind.draw_share) {
        r.problem(pointer + "/idle_share", fmt::format("is {:g} and must not be above draw_share {:g}", kind.idle_share, kind.draw_share));
    }
    double const chips_W = accelerators(kind) * kind.accelerator.tdp_W;
    if (chips_W > budget_W(kind)) {
        r.problem(pointer + "/server",
                  fmt::format("the rack's accelerators alone draw {:.1f} kW and its budget is {:.1f} kW; check servers, power and tdp",
                              chips_W / 1e3, budget_W(kind) / 1e3));
    }
    if (kind.accelerator.trip_case_C <= kind.accelerator.throttle_case_C) {
        r.problem(pointer + "/accelerator/trip_case", fmt::format("is {:g} C and must be above throttle_case, {:g} C",
                                                                  kind.accelerator.trip_case_C, kind.accelerator.throttle_case_C));
    }
    kind.chip = chip_of(r, spec, pointer);
    r.out.kinds.push_back(kind);
}

} // namespace

std::string Resolver::written(std::string const& pointer) const
{
    if (document.origin.contains(pointer)) {
        return pointer;
    }
    auto const stem = pointer + "_";
    for (auto at = document.origin.lower_bound(stem); at != document.origin.end() && at->first.starts_with(stem); ++at) {
        if (find_unit(at->first.substr(stem.size())) != nullptr) {
            return at->first;
        }
    }
    return pointer;
}

void Resolver::problem(std::string const& pointer, std::string message)
{
    auto at = written(pointer);
    auto where = document.where(at);
    problems.push_back({std::move(where), std::move(at), std::move(message)});
}

Tick Resolver::tick(Date const& date, std::string const& pointer)
{
    Tick const t = (date.day - out.start_day) * day_ticks;
    if (t < 0) {
        problem(pointer,
                fmt::format("{} is before the start of the scenario, {}; the run could not see it", day_text(date.day), out.start));
        return 0;
    }
    return t;
}

Duration Resolver::duration(DurationText const& text, std::string const& pointer)
{
    Duration duration = text.duration;
    duration.factor = refer(factors, text.factor, pointer);
    if (duration.factor) {
        factor_is_used.resize(spec.factors.size());
        factor_is_used[duration.factor.row] = true;
    }
    return duration;
}

bool Resolver::planned_at(Id<Campus> campus, Id<RackKind> kind) const
{
    return std::ranges::any_of(out.halls, [&](Hall const& hall) {
        return hall.campus == campus && std::ranges::find(hall.lines, kind, &RackLine::kind) != hall.lines.end();
    });
}

void check_factors(Resolver& r)
{
    r.factor_is_used.resize(r.spec.factors.size());
    for (std::size_t i = 0; i < r.spec.factors.size(); ++i) {
        if (!r.factor_is_used[i]) {
            r.problem(at("/factors", i),
                      fmt::format("no distribution names \"{}\" (it would move nothing); add \"factor\": \"{}\" to one, or remove it",
                                  r.spec.factors[i].name, r.spec.factors[i].name));
        }
    }
}

void resolve_frame(Resolver& r)
{
    auto const& s = r.spec;
    if (s.format != "aidcsim-scenario") {
        r.problem("/format", fmt::format("is \"{}\"; this program reads \"aidcsim-scenario\"", s.format));
    }
    if (s.version > 1) {
        r.problem("/version", fmt::format("is {} and this program reads version 1; use a newer aidcsim", s.version));
    }
    r.out.name = s.name;
    r.out.start_day = s.start.day;
    r.out.start = day_text(s.start.day);
    r.out.end = (s.end.day - s.start.day) * day_ticks;
    if (r.out.end <= 0) {
        r.problem("/end", "is not after the start");
    }
    if (s.step_s != std::floor(s.step_s) || std::fmod(day_s, s.step_s) != 0.0) {
        r.problem("/step", fmt::format("is {:g} s and must be whole seconds that divide a day", s.step_s));
    }
    r.out.step = ticks(s.step_s);
    r.out.seed = s.seed;
    r.out.currency = s.currency;
    for (std::size_t i = 0; i < s.factors.size(); ++i) {
        r.declare(r.factors, s.factors[i].name, i, at("/factors", i) + "/name");
        r.out.factors.push_back(s.factors[i]);
    }
    for (std::size_t i = 0; i < s.calendars.size(); ++i) {
        resolve_calendar(r, s.calendars[i], i);
    }
    for (std::size_t i = 0; i < s.crews.size(); ++i) {
        r.declare(r.crews, s.crews[i].name, i, at("/crews", i) + "/name");
        resolve_crew(r, s.crews[i], i);
    }
    for (std::size_t i = 0; i < s.racks.size(); ++i) {
        resolve_kind(r, s.racks[i], i);
    }
}

} // namespace aidc
