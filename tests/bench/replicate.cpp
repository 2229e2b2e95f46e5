/// \file
/// CPU of one replicate of a scenario, dates only and hour by hour, beside a reference loop: as many events through a bare
/// priority queue. bench_replicate [SCENARIO [REPLICATES [build]]]

#include "sim/run/child.hpp"
#include "sim/run/simulate.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <queue>
#include <string>
#include <vector>

namespace {

double cpu_s()
{
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Cost {
    double cpu_s{};
    double events{};
};

/// One replicate in a child of its own; its CPU is that of simulate() alone.
Cost replicate(aidc::Scenario const& scenario, aidc::Plan const& plan, aidc::Detail detail, std::uint32_t number)
{
    auto const bytes = aidc::in_child([&] {
        aidc::NoObserver nobody;
        double const before_s = cpu_s();
        auto const digest =
            aidc::simulate(scenario.buildout, plan, {.replicate = number, .detail = detail, .monthly = true, .stop_asked = {}}, nobody);
        Cost const cost{.cpu_s = cpu_s() - before_s, .events = static_cast<double>(digest.events)};
        return std::string(reinterpret_cast<char const*>(&cost), sizeof cost);
    });
    Cost cost;
    std::memcpy(&cost, bytes.data(), sizeof cost);
    return cost;
}

/// So many events in and out of a queue of 1,000.
double reference_s(double events)
{
    double const before_s = cpu_s();
    std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> queue;
    std::uint64_t x = 88172645463325252ULL;
    for (double n = 0.0; n < events; n += 1.0) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        queue.push(x);
        if (queue.size() > 1000) {
            queue.pop();
        }
    }
    return queue.empty() ? 0.0 : cpu_s() - before_s;
}

void measure(aidc::Scenario const& scenario, aidc::Plan const& plan, aidc::Detail detail, char const* name, std::uint32_t count)
{
    std::vector<double> cpu;
    double events = 0.0;
    for (std::uint32_t k = 0; k < count; ++k) {
        auto const cost = replicate(scenario, plan, detail, k);
        cpu.push_back(cost.cpu_s);
        events = cost.events;
    }
    std::ranges::sort(cpu);
    double const median_s = cpu[cpu.size() / 2];
    fmt::print("{:<8} median of {}: {:.4f} s CPU, {:.0f} events, {:.2f} us an event, {:.0f} x a bare queue\n", name, count, median_s,
               events, 1e6 * median_s / events, median_s / reference_s(events));
}

} // namespace

int main(int argc, char** argv)
{
    std::string const file = argc > 1 ? argv[1] : AIDC_SOURCE_DIR "/scenarios/langfang_2026.json";
    auto const count = argc > 2 ? static_cast<std::uint32_t>(std::stoul(argv[2])) : 5u;
    auto const scenario = aidc::load_scenario(file);
    auto const plan = aidc::make_plan(scenario.buildout);
    measure(scenario, plan, aidc::Detail::build, "build", count);
    if (argc <= 3) {
        measure(scenario, plan, aidc::Detail::operate, "operate", count);
    }
}
