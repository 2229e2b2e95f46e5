/// \file
/// Histories of failures and repairs, beside a bare priority queue.
///
/// Equal units with exponential lives (mean 1,000 h) and repairs (mean 10 h) that share crews: 5,000 of them for a year, and 300 for
/// 1,000 years. The reference loop runs as many events with a std::priority_queue of plain structs and the same generator, without
/// groups, crews or causes. Both are timed in turn, five times; medians are printed, and the peak memory of the process.
/// Budget: 5,000 units for a year in 1 s and 200 MB.

#include "models/reliability/history.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <queue>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using aidc::Duration;
using aidc::LifeDraw;

constexpr int rounds = 5;
constexpr double hour_s = 3600.0;
constexpr double year_s = 8766.0 * hour_s;
constexpr double mean_life_s = 1000.0 * hour_s, mean_repair_s = 10.0 * hour_s;

/// splitmix64 of who, what and how often.
class Uniforms : public aidc::LifeUniforms {
  public:
    double uniform(std::uint32_t, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const override
    {
        std::uint64_t z = mix((std::uint64_t{unit} << 32) | number) + static_cast<std::uint64_t>(purpose);
        return (static_cast<double>(mix(z) >> 12) + 0.5) * 0x1p-52;
    }

  private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
};

double cpu_s()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The reference: each unit fails and is repaired, `events` times in all. \returns CPU seconds
double bare_queue_s(std::uint32_t units, long events)
{
    struct Event {
        double time_s;
        std::uint32_t unit, number;
        bool operator<(Event const& other) const { return time_s > other.time_s; }
    };
    Uniforms const uniforms;
    auto const span_s = [&](std::uint32_t unit, std::uint32_t number) {
        bool const repair = number % 2 == 1;
        double const u = uniforms.uniform(0, unit, repair ? LifeDraw::repair : LifeDraw::failure, number / 2);
        return -(repair ? mean_repair_s : mean_life_s) * std::log1p(-u);
    };
    double const begin_s = cpu_s();
    std::priority_queue<Event> queue;
    for (std::uint32_t unit = 0; unit < units; ++unit) {
        queue.push({span_s(unit, 0), unit, 0});
    }
    for (long run = 0; run < events; ++run) {
        Event const event = queue.top();
        queue.pop();
        queue.push({event.time_s + span_s(event.unit, event.number + 1), event.unit, event.number + 1});
    }
    return cpu_s() - begin_s;
}

/// \returns CPU seconds; the events are counted
double history_s(std::uint32_t units, double years, long& events)
{
    auto const exponential = [](double mean_s) { return Duration{.shape = Duration::Shape::exponential, .parameter_s = {mean_s}}; };
    std::vector<aidc::LifeGroup> const groups{
        {.units = units, .to_failure = exponential(mean_life_s), .to_repair = exponential(mean_repair_s), .crews = 10 + units / 50}};
    Uniforms const uniforms;
    double const begin_s = cpu_s();
    aidc::History history(groups, {}, uniforms);
    for (events = 0; history.next().time_s < years * year_s; ++events) {}
    return cpu_s() - begin_s;
}

double median(std::array<double, rounds> values)
{
    std::ranges::sort(values);
    return values[rounds / 2];
}

void measure(std::uint32_t units, double years)
{
    std::array<double, rounds> bare_s{}, own_s{}, ratio{};
    long events = 0;
    history_s(units, 0.1 * years, events);
    for (std::size_t round = 0; round < rounds; ++round) {
        own_s[round] = history_s(units, years, events);
        bare_s[round] = bare_queue_s(units, events);
        ratio[round] = own_s[round] / bare_s[round];
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    double const scale_ns = 1e9 / static_cast<double>(events);
    std::printf("%5u units, %4.0f years: %8ld events, %.3f s; bare queue %5.1f ns, history %5.1f ns per event; ratio %.2f; peak %.1f MB\n",
                units, years, events, median(own_s), median(bare_s) * scale_ns, median(own_s) * scale_ns, median(ratio),
                static_cast<double>(usage.ru_maxrss) / 1024.0);
}

} // namespace

int main()
{
    struct Case {
        std::uint32_t units;
        double years;
    };
    for (auto const& c : {Case{5000, 1.0}, Case{300, 1000.0}}) {
        std::fflush(stdout);
        pid_t const child = fork(); // each has its own peak memory
        if (child == 0) {
            measure(c.units, c.years);
            std::fflush(stdout);
            _exit(0);
        }
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            return 1;
        }
    }
    return 0;
}
