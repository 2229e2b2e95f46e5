/// \file
/// Jobs through a pool, beside a bare priority queue.
///
/// Generated jobs of 1 to 64 processors arrive at random on 768 and are served by EASY: a million at 85 % load, and 100,000 at 130 %,
/// where the queue only grows. Then a million with checkpoints and interruptions at 70 %. The reference loop runs as many events (an
/// arrival and an end for each job) with a std::priority_queue of plain structs and the same generator, without queue, placement or
/// records. Both are timed in turn, three times; medians are printed, and the peak memory of the process.
/// Budget: a million jobs at 85 % load in 5 s, and memory by the jobs in the system.

#include "models/demand/job_pool.hpp"

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

using aidc::Job;

constexpr int rounds = 3;
constexpr std::uint32_t processors = 768;
constexpr double mean_run_s = 3600.0;
constexpr std::array<std::uint32_t, 8> sizes{1, 1, 1, 4, 8, 8, 16, 64};
constexpr double mean_size = 103.0 / 8.0;

struct Case {
    char const* name;
    std::int64_t jobs;
    double load; ///< Work that arrives over processors
    aidc::JobRules rules;
};

/// splitmix64 of a counter.
double uniform(std::uint64_t z)
{
    z = (z + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (static_cast<double>((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52;
}

/// Job `number`; its submit date is that of the one before it, moved on.
Job next_job(std::int64_t number, double before_s, double load)
{
    auto const draw = [&](std::uint64_t purpose) { return uniform(static_cast<std::uint64_t>(number) * 4 + purpose); };
    double const gap_s = mean_run_s * mean_size / (load * processors);
    double const run_s = -mean_run_s * std::log(draw(1));
    return {.id = number,
            .submit_s = before_s - gap_s * std::log(draw(0)),
            .run_s = run_s,
            .estimate_s = run_s * (1.0 + 2.0 * draw(2)),
            .processors = sizes[static_cast<std::size_t>(draw(3) * sizes.size())]};
}

double cpu_s()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The reference: each job arrives and ends. \returns CPU seconds
double bare_queue_s(Case const& c)
{
    struct Event {
        double time_s;
        bool end;
        bool operator<(Event const& other) const { return time_s > other.time_s; }
    };
    double const begin_s = cpu_s();
    std::priority_queue<Event> queue;
    Job job = next_job(0, 0.0, c.load);
    queue.push({job.submit_s, false});
    while (!queue.empty()) {
        Event const event = queue.top();
        queue.pop();
        if (!event.end) {
            queue.push({event.time_s + job.run_s, true});
            job = next_job(job.id + 1, job.submit_s, c.load);
            if (job.id < c.jobs) {
                queue.push({job.submit_s, false});
            }
        }
    }
    return cpu_s() - begin_s;
}

/// \returns CPU seconds
double pool_s(Case const& c, aidc::ScheduleSums& sums)
{
    double const begin_s = cpu_s();
    Job last{.id = -1};
    auto const source = [&](Job& job) {
        last = job = next_job(last.id + 1, last.submit_s, c.load);
        return job.id < c.jobs;
    };
    aidc::JobPool pool(
        {.policy = aidc::Policy::easy,
         .cells = {processors},
         .rules = {c.rules},
         .uniform = [](std::int64_t id, std::uint32_t n) { return uniform((std::uint64_t{n} << 40) + static_cast<std::uint64_t>(id)); }},
        source, [&](aidc::JobRecord const& record) { sums.add(record); });
    aidc::run_to_end(pool);
    return cpu_s() - begin_s;
}

double median(std::array<double, rounds> values)
{
    std::ranges::sort(values);
    return values[rounds / 2];
}

void measure(Case const& c)
{
    std::array<double, rounds> bare_s{}, own_s{}, ratio{};
    aidc::ScheduleSums sums;
    for (std::size_t round = 0; round < rounds; ++round) {
        sums = {};
        own_s[round] = pool_s(c, sums);
        bare_s[round] = bare_queue_s(c);
        ratio[round] = own_s[round] / bare_s[round];
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    double const jobs = static_cast<double>(sums.jobs);
    std::printf("%-28s %8.0f jobs, mean wait %8.0f s: %.3f s, %9.0f jobs per second; bare queue %9.0f; ratio %.2f; peak %.1f MB\n", c.name,
                jobs, sums.mean_wait_s(), median(own_s), jobs / median(own_s), jobs / median(bare_s), median(ratio),
                static_cast<double>(usage.ru_maxrss) / 1024.0);
}

} // namespace

int main()
{
    constexpr aidc::JobRules guarded{.checkpoint = {.every_s = 900.0, .write_s = 30.0, .restart_s = 300.0}, .interruptions_per_s = 1e-6};
    for (auto const& c : {Case{"85 % load", 1'000'000, 0.85, {}}, Case{"130 % load", 100'000, 1.3, {}},
                          Case{"70 % load, interruptions", 1'000'000, 0.7, guarded}}) {
        std::fflush(stdout);
        pid_t const child = fork(); // each has its own peak memory
        if (child == 0) {
            measure(c);
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
