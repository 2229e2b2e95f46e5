#include "sim/run/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace aidc {

ProgressLine::ProgressLine(Observer& behind, Buildout const& buildout, bool quiet)
    : behind_(behind), buildout_(buildout), draws_(!quiet && isatty(STDERR_FILENO) != 0)
{
}

void ProgressLine::row(World const& world, Tick from, Tick to)
{
    behind_.row(world, from, to);
    auto const now = Clock::now();
    if (!draws_ || now - drawn_ < std::chrono::milliseconds(200)) {
        return;
    }
    drawn_ = now;
    double const done = static_cast<double>(to) / static_cast<double>(buildout_.end);
    double const spent_s = std::chrono::duration<double>(now - began_).count();
    double live_W = 0.0;
    for (auto const& hall : world.halls) {
        live_W += hall.live_W;
    }
    fmt::print(stderr, "\r{:5.1f} %  day {:5.0f}  {:8.1f} MW live  ETA {:4.0f} s ", 100.0 * done, seconds(to) / day_s, live_W / 1e6,
               spent_s / done - spent_s);
}

void ProgressLine::finish(World const& world, Tick at, Ending ending)
{
    if (draws_) {
        fmt::print(stderr, "\r{:60}\r", "");
    }
    behind_.finish(world, at, ending);
}

CountProgress::CountProgress(std::size_t count, std::string_view what, bool quiet)
    : count_(count), what_(what), draws_(!quiet && isatty(STDERR_FILENO) != 0)
{
}

CountProgress::~CountProgress()
{
    if (draws_) {
        fmt::print(stderr, "\r{:60}\r", "");
    }
}

void CountProgress::done(std::size_t done)
{
    auto const now = Clock::now();
    if (!draws_ || now - drawn_ < std::chrono::milliseconds(200)) {
        return;
    }
    drawn_ = now;
    double const per_s = static_cast<double>(done) / std::chrono::duration<double>(now - began_).count();
    fmt::print(stderr, "\r{:6} of {} {}  {:8.2f} /s  ETA {:5.0f} s ", done, count_, what_, per_s,
               static_cast<double>(count_ - done) / per_s);
}

} // namespace aidc
