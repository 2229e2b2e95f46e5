/// \file
/// Events through the calendar and SimGrid's clock, beside a bare priority queue.
///
/// Hold model: N pending events; each one that runs posts its successor at an exponential delay. The reference loop does the
/// same with a std::priority_queue of plain structs, without callables, phases, cancelling or SimGrid. Both are timed in
/// turn, five times; medians are printed. Budget: 6 times the reference with 100 pending, 3 times with 100,000.
/// While a line works, SimGrid's clock has to be moved to every instant: printed too.

#include "sim/engine/line.hpp"
#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <queue>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using aidc::Phase;
using aidc::Simulation;
using aidc::Tick;

constexpr int rounds = 5;

/// One generator for all events, so that its memory does not count.
struct Delays {
    std::uint64_t state = 1;

    Tick next()
    {
        std::uint64_t z = state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        double const u = (static_cast<double>((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52;
        return 1 + aidc::ticks(-86400.0 * std::log(u));
    }
};

double cpu_s()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The reference: N pending, `events` run. \returns CPU seconds
double bare_queue_s(int pending, long events)
{
    struct Event {
        Tick date;
        std::uint64_t sequence;
        std::uint32_t id;
        bool operator<(Event const& other) const { return date != other.date ? date > other.date : sequence > other.sequence; }
    };
    std::priority_queue<Event> queue;
    Delays delays;
    std::uint64_t sequence = 0;
    for (int i = 0; i < pending; ++i) {
        queue.push({delays.next(), sequence++, static_cast<std::uint32_t>(i)});
    }
    double const begin_s = cpu_s();
    for (long run = 0; run < events; ++run) {
        Event const event = queue.top();
        queue.pop();
        queue.push({event.date + delays.next(), sequence++, event.id});
    }
    return cpu_s() - begin_s;
}

/// The same through Simulation; only ever on one simulation, whose clock goes on from round to round.
class Hold {
  public:
    Hold(int pending, bool line_works) : line_(simulation_, "line", {1e-6}, {1.0})
    {
        if (line_works) {
            line_.enqueue(0, 1e9, [] {});
        }
        for (int i = 0; i < pending; ++i) {
            post();
        }
    }

    double run_s(long events)
    {
        left_ = events;
        double const begin_s = cpu_s();
        simulation_.run_until(Tick{1} << 52, [this] { return left_ <= 0; });
        return cpu_s() - begin_s;
    }

  private:
    void post()
    {
        simulation_.at(simulation_.now() + delays_.next(), Phase::settle, [this] {
            --left_;
            post();
        });
    }

    Simulation simulation_;
    aidc::Line line_;
    Delays delays_;
    long left_ = 0;
};

double median(std::array<double, rounds> values)
{
    std::ranges::sort(values);
    return values[rounds / 2];
}

void measure(int pending, bool line_works, double budget)
{
    constexpr long events = 1'000'000;
    std::array<double, rounds> bare_s{}, calendar_s{}, ratio{};
    Hold hold(pending, line_works);
    hold.run_s(events / 4);
    for (std::size_t round = 0; round < rounds; ++round) {
        bare_s[round] = bare_queue_s(pending, events);
        calendar_s[round] = hold.run_s(events);
        ratio[round] = calendar_s[round] / bare_s[round];
    }
    double const scale_ns = 1e9 / static_cast<double>(events);
    std::printf("%7d pending: bare queue %6.1f ns, calendar %6.1f ns per event; ratio %.2f (budget %.0f), %s\n", pending,
                median(bare_s) * scale_ns, median(calendar_s) * scale_ns, median(ratio), budget,
                line_works ? "a line works" : "no line works");
}

} // namespace

int main()
{
    struct Case {
        int pending;
        bool line_works;
        double budget;
    };
    for (auto const& c : {Case{100, false, 6.0}, Case{100'000, false, 3.0}, Case{100, true, 6.0}, Case{100'000, true, 3.0}}) {
        std::fflush(stdout);
        pid_t const child = fork(); // one simulation, one process
        if (child == 0) {
            measure(c.pending, c.line_works, c.budget);
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
