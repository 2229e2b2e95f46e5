#include "sim/process/simulation.hpp"

#include <algorithm>
#include <chrono>

namespace aidc {
namespace {

/// Air of the hour of its year that holds t.
Air const& air_at(Climate const& climate, std::int64_t start_day, Tick t)
{
    using namespace std::chrono;
    sys_days const day{days{start_day + t / day_ticks}};
    auto const year = year_month_day(day).year();
    auto const hour = (day - sys_days{year / January / 1}).count() * 24 + t % day_ticks / ticks(hour_s);
    return at_hour(climate, hour, year.is_leap() ? YearKind::leap : YearKind::common);
}

/// Mean air of the hours that [from, to) touches.
Air mean_air(Climate const& climate, std::int64_t start_day, Tick from, Tick to)
{
    Tick const hour = ticks(hour_s);
    Air sum{.dry_bulb_C = 0.0, .wet_bulb_C = 0.0, .dew_point_C = 0.0, .humidity_ratio = 0.0, .pressure_Pa = 0.0};
    double hours = 0.0;
    for (Tick t = from / hour * hour; t < to; t += hour) {
        auto const& air = air_at(climate, start_day, t);
        sum.dry_bulb_C += air.dry_bulb_C;
        sum.wet_bulb_C += air.wet_bulb_C;
        sum.dew_point_C += air.dew_point_C;
        sum.humidity_ratio += air.humidity_ratio;
        sum.pressure_Pa += air.pressure_Pa;
        hours += 1.0;
    }
    return {.dry_bulb_C = sum.dry_bulb_C / hours,
            .wet_bulb_C = sum.wet_bulb_C / hours,
            .dew_point_C = sum.dew_point_C / hours,
            .humidity_ratio = sum.humidity_ratio / hours,
            .pressure_Pa = sum.pressure_Pa / hours};
}

/// End of the row that begins at `from`: after the operations step; after a day, or at the end of the month, when only
/// events count.
Tick row_end(Run const& run, Tick from)
{
    if (run.detail == Detail::operate) {
        return from + run.buildout.step;
    }
    return run.month_ends.empty() ? from + day_ticks : *std::ranges::upper_bound(run.month_ends, from);
}

/// Kelvins by which the scenario's heat waves warm the air of a climate over [from, to), mean.
double warmer_K(Run const& run, Id<Climate> climate, Tick from, Tick to)
{
    double sum_K = 0.0;
    for (auto const& fault : run.buildout.faults) {
        if (fault.kind == Fault::Kind::heat && run.buildout.campuses[fault.campus.row].climate == climate && run.draws == Draws::seeded) {
            Tick const overlap = std::min(to, fault.until) - std::max(from, fault.from);
            sum_K += overlap > 0 ? fault.warmer_K * static_cast<double>(overlap) / static_cast<double>(to - from) : 0.0;
        }
    }
    return sum_K;
}

/// Air that is warmer at the same moisture.
Air warmed(Air const& air, double by_K)
{
    return by_K == 0.0 ? air : air_from_humidity_ratio(air.dry_bulb_C + by_K, air.humidity_ratio, air.pressure_Pa);
}

void set_weather(Run& run, Tick from, Tick to)
{
    for (std::size_t c = 0; c < run.buildout.climates.size(); ++c) {
        if (!run.buildout.climates[c].hours.empty()) { // of a campus
            run.world.climates.edit(id<Climate>(c)).now =
                warmed(mean_air(run.buildout.climates[c], run.buildout.start_day, from, to), warmer_K(run, id<Climate>(c), from, to));
        }
    }
}

/// Heat of the replayed pods; a wet bulb that was measured with it takes the place of the climate's.
void set_traces(Run& run, Tick from, Tick to)
{
    for (auto const& trace : run.buildout.traces) {
        for (std::uint32_t j = 0; j < trace.columns; ++j) {
            run.world.traces.edit({trace.first.row + j}) = mean_heat_W(trace, j, seconds(from), seconds(to));
        }
        if (!trace.wet_bulb_C.empty()) {
            auto const climate = run.buildout.campuses[run.buildout.halls[trace.hall.row].campus.row].climate;
            auto& air = run.world.climates.edit(climate).now;
            double const wet_bulb = mean_wet_bulb_C(trace, seconds(from), seconds(to));
            air = air_from_wet_bulb(std::max(air.dry_bulb_C, wet_bulb), wet_bulb, air.pressure_Pa);
        }
    }
}

void write_row(Run& run, Tick from)
{
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        touch(run, id<Campus>(c));
    }
    audit_flows(run.world);
    run.observer.row(run.world, from, run.now());
    begin_rows(run);
}

/// A row: its weather becomes current now, its record and the next row are put into the calendar.
void open_row(Run& run, Tick from)
{
    Tick const to = row_end(run, from);
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        touch(run, id<Campus>(c));
    }
    if (run.detail == Detail::operate) {
        set_weather(run, from, to);
        set_traces(run, from, to);
    }
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        place_loads(run, id<Campus>(c));
    }
    run.sim.at(to, Phase::record, [&run, from] { write_row(run, from); });
    if (to < run.buildout.end) {
        run.sim.at(to, Phase::environment, [&run, to] { open_row(run, to); });
    }
}

void schedule_plan_steps(Run& run)
{
    for (std::size_t h = 0; h < run.plan.halls.size(); ++h) {
        auto const campus = run.buildout.halls[h].campus;
        for (auto const& step : run.plan.halls[h]) {
            run.sim.at(step.from, Phase::environment, [&run, campus] { open_for_change(run, campus); });
        }
    }
}

void schedule_shock(Run& run, Shock const& shock)
{
    run.sim.at(shock.from, Phase::failure, [&run, &shock] { note(run, EventKind::shock_began, shock.name, shock.capacity_factor); });
    if (shock.until != never) {
        run.sim.at(shock.until, Phase::repair, [&run, &shock] { note(run, EventKind::shock_ended, shock.name, 1.0); });
    }
}

/// A maker's line follows its capacity path and the shocks on it.
void schedule_capacity(Run& run, std::size_t row)
{
    auto const maker = id<Maker>(row);
    for (Tick const date : capacity_dates(maker, run.buildout.makers[row], run.shocks)) {
        run.sim.at(std::max<Tick>(date, 0), Phase::failure, [&run, row, maker] {
            run.lines[row]->set_capacity(capacity_per_s(maker, run.buildout.makers[row], run.shocks, run.now()));
        });
    }
}

} // namespace

void schedule_environment(Run& run)
{
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        run.sim.at(0, Phase::environment, [&run, campus = id<Campus>(c)] { open_for_change(run, campus); });
    }
    run.sim.at(0, Phase::environment, [&run] { open_row(run, 0); });
    schedule_plan_steps(run);
    for (auto const& shock : run.shocks) {
        schedule_shock(run, shock);
    }
    for (std::size_t c = 0; c < run.buildout.crews.size(); ++c) {
        for (auto const& step : run.buildout.crews[c].steps) {
            run.sim.at(step.from, Phase::environment,
                       [&run, crew = id<Crew>(c)] { wake_first(run, run.world.crews[crew].waiting, Phase::completion); });
        }
    }
    for (std::size_t m = 0; m < run.lines.size(); ++m) {
        if (run.lines[m] != nullptr) {
            schedule_capacity(run, m);
        }
    }
}

} // namespace aidc
