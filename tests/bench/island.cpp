/// \file
/// Island steps: advance() of both buildings of Langfang through its year, beside a bare loop of exponentials in the same run.

#include "models/campus/island.hpp"
#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace aidc;

namespace {

double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Pods of a building with everything live.
std::vector<PodGroup> all_pods(Buildout const& b, Id<Building> building)
{
    std::vector<PodGroup> groups;
    for (auto const& hall : b.halls) {
        for (auto const& line : hall.lines) {
            if (hall.building == building) {
                groups.push_back({.kind = line.kind, .live_racks = line.racks_per_pod, .pods = line.racks / line.racks_per_pod});
            }
        }
    }
    return groups;
}

/// Seconds of CPU for one year of hourly steps of one building.
double year_of(Buildout const& b, Id<Building> building, double& sink)
{
    auto const groups = all_pods(b, building);
    IslandState state;
    double const begin_s = cpu_s();
    for (std::size_t hour = 0; hour < b.climates[0].hours.size(); ++hour) {
        IslandInputs const inputs{.outdoors = b.climates[0].hours[hour],
                                  .coolers_up = static_cast<double>(b.groups[b.buildings[building.row].coolers.row].units),
                                  .busy = 0.5 + 0.4 * std::sin(static_cast<double>(hour) / 4.0),
                                  .groups = groups,
                                  .halls = {},
                                  .kinds = b.kinds};
        sink += advance(b.buildings[building.row], inputs, state, hour_s).cooling_J();
    }
    return cpu_s() - begin_s;
}

/// Seconds of CPU for as many times 100 exponentials.
double reference(std::size_t steps, double& sink)
{
    double const begin_s = cpu_s();
    for (std::size_t i = 0; i < steps; ++i) {
        for (int k = 0; k < 100; ++k) {
            sink += std::exp(-1e-3 * static_cast<double>(i % 1000) - 0.01 * k);
        }
    }
    return cpu_s() - begin_s;
}

} // namespace

int main()
{
    auto const b = load_scenario(AIDC_SOURCE_DIR "/scenarios/langfang_2026.json").buildout;
    std::array<double, 5> ratio{};
    std::array<double, 5> step_us{};
    double sink = 0.0;
    for (std::size_t round = 0; round < ratio.size(); ++round) {
        std::size_t const steps = b.buildings.size() * b.climates[0].hours.size();
        double spent_s = 0.0;
        for (std::size_t i = 0; i < b.buildings.size(); ++i) {
            spent_s += year_of(b, id<Building>(i), sink);
        }
        step_us[round] = spent_s / static_cast<double>(steps) * 1e6;
        ratio[round] = spent_s / reference(steps, sink);
    }
    std::ranges::sort(ratio);
    std::ranges::sort(step_us);
    std::printf("island: %.2f us a step of a building, %.2f x the time of 100 exponentials (medians of five; %g)\n", step_us[2], ratio[2],
                sink > 0.0 ? 1.0 : 0.0);
}
