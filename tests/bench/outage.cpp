/// \file
/// Outages beside a bare loop: a step of a race, a window of ten minutes without grid, and 1,000 years of outages of a campus.
///
/// The reference steps the same cooling loops by step_loop alone, without power chain, machines, racks and throttles. CPU: medians of five,
/// but for the years, which run once; and the peak memory of the process. bench_outage [SCENARIO]

#include "models/cooling/loop.hpp"
#include "models/weather/climate.hpp"
#include "sim/outage/availability.hpp"
#include "sim/outage/finished.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string>
#include <sys/resource.h>

namespace {

using namespace aidc;

constexpr int rounds = 5;
constexpr int steps = 600; // of a second

double cpu_s()
{
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Median CPU of something [s].
template <class Work> double median_s(Work const& work)
{
    std::array<double, rounds> all{};
    for (auto& one : all) {
        double const before_s = cpu_s();
        work();
        one = cpu_s() - before_s;
    }
    std::ranges::sort(all);
    return all[rounds / 2];
}

/// Units of all feeds.
std::vector<DownUnit> feeds(Moment const& moment)
{
    std::vector<DownUnit> down;
    for (std::size_t g = 0; g < moment.site.groups.size(); ++g) {
        auto const& group = moment.site.groups[g];
        for (std::uint32_t u = 0; group.campus == moment.site.campus && group.kind == UnitGroup::Kind::feed && u < group.units; ++u) {
            down.push_back({.group = id<UnitGroup>(g), .unit = u});
        }
    }
    return down;
}

RaceInputs inputs_of(Moment const& moment, Health const& health)
{
    return {.outdoors = moment.outdoors,
            .busy = moment.busy,
            .trace_W = moment.trace_W,
            .import_W = moment.import_W,
            .units_up = health.units_up,
            .up = health.up,
            .faults = health.faults};
}

/// The loops of a race's buildings, a second at a time.
void step_bare_loops(Moment const& moment, RaceState race)
{
    for (auto& b : race.buildings) {
        std::vector<PodHeat> heats;
        for (std::size_t g = 0; g < b.groups.size(); ++g) {
            auto const& draw = b.island.draws[g];
            heats.push_back({.pods = static_cast<double>(b.groups[g].pods),
                             .chip_W = draw.chip_W,
                             .direct_W = draw.liquid_W - draw.chip_W,
                             .air_W = draw.air_W,
                             .tcs_flow_m3_per_s = draw.tcs_flow_m3_per_s,
                             .chip_W_per_K = draw.chip_W_per_K,
                             .chip_J_per_K = draw.chip_J_per_K});
        }
        auto const& building = moment.site.buildings[b.building.row];
        double const coolers = building.coolers ? moment.commissioned[building.coolers.row] : 0.0;
        for (int s = 0; s < steps && !heats.empty(); ++s) {
            step_loop(building.plant, {.outdoors = moment.outdoors, .pods = heats, .coolers_up = coolers}, *b.island.loop, 1.0);
        }
    }
}

void step_races(Moment const& moment, RaceInputs const& inputs, RaceState race)
{
    for (int s = 0; s < steps; ++s) {
        step_race(moment.site, inputs, race, 1.0);
    }
}

} // namespace

int main(int argc, char** argv)
{
    auto const scenario = load_scenario(argc > 1 ? argv[1] : AIDC_SOURCE_DIR "/scenarios/langfang_2026.json");
    auto const& b = scenario.buildout;
    auto const moment = finished_campus(b, id<Campus>(0), design_air(b.climates[b.campuses[0].climate.row]), 1.0);
    auto const well = health_of(moment.site, moment.commissioned, {});
    auto const down = feeds(moment);
    auto const dead = health_of(moment.site, moment.commissioned, down);
    auto const race = begin_race(moment.site, inputs_of(moment, well), moment.lines);

    double const bare_s = median_s([&] { step_bare_loops(moment, race); }) / steps;
    double const step_s = median_s([&] { step_races(moment, inputs_of(moment, dead), race); }) / steps;
    double const window_s = median_s([&] { run_window(moment, {.before = {}, .down = down, .lasts_s = 600.0}, 86400.0); });
    constexpr std::uint32_t years = 1000;
    double const before_s = cpu_s();
    auto const windows = years_of(b, id<Campus>(0), years, 1.0, [](std::uint32_t) { return false; }).result.windows.size();
    double const years_s = cpu_s() - before_s;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("bare loops of {} buildings: {:.1f} us a second\n", race.buildings.size(), 1e6 * bare_s);
    fmt::print("race without grid: {:.1f} us a step of a second, {:.1f} x the bare loops\n", 1e6 * step_s, step_s / bare_s);
    fmt::print("ten minutes without grid, until all is as before: {:.1f} ms, {:.0f} x a second of bare loops\n", 1e3 * window_s,
               window_s / bare_s);
    fmt::print("{} years: {:.2f} s, {} windows, {:.0f} x 1,000 s of bare loops\n", years, years_s, windows, years_s / (1000.0 * bare_s));
    fmt::print("peak {:.0f} MB\n", static_cast<double>(usage.ru_maxrss) / 1024.0);
}
