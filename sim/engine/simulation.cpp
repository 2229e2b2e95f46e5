#include "sim/engine/simulation.hpp"

#include "models/base/error.hpp"
#include "sim/engine/clock.hpp"
#include "sim/engine/shared.hpp"

#include <algorithm>
#include <utility>

namespace aidc {
namespace {

constexpr Tick exact_end = Tick{1} << 53; ///< Ticks below are exact in a double

/// One step of the trace hash: the finalizer of splitmix64 over the running hash and the new value.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t value)
{
    hash = (hash ^ value) * 0xbf58476d1ce4e5b9u + 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

} // namespace

Simulation::Simulation() : clock_(std::make_unique<engine::Clock>()), fire_([this](Tick date) { fire(date); }) {}

Simulation::~Simulation() = default;

EventId Simulation::at(Tick date, Phase phase, Callback run)
{
    AIDC_EXPECT(date >= now_ && date < exact_end);
    if (date == now_ && phase < phase_) {
        ++date;
    }
    EventId const id = calendar_.add(date, phase, std::move(run));
    if (looping_ && !in_instant_) {
        set_timer(); // posted from a completion: it may be due before the date SimGrid is heading for
    }
    return id;
}

bool Simulation::cancel(EventId id) { return calendar_.cancel(id); }

void Simulation::run_until(Tick end, std::function<bool()> const& stop_asked)
{
    AIDC_EXPECT(end >= now_ && end < exact_end);
    AIDC_EXPECT(!looping_);
    if (stop_asked && stop_asked()) {
        return;
    }
    end_ = end;
    stop_asked_ = &stop_asked;
    looping_ = true;
    if (!sealed_) {
        sealed_ = true;
        clock_->seal();
        waiting_ = shared_;
    }
    set_timer();
    bool const left = clock_->run();
    looping_ = false;
    if (failure_) {
        std::rethrow_exception(std::exchange(failure_, nullptr));
    }
    if (!left) {
        throw Deadlock("SimGrid's loop ended before the date asked for");
    }
    throw_if_stalled();
}

void Simulation::set_timer() { clock_->set_timer(waiting_.empty() ? std::min(calendar_.next_date(), end_) : now_, fire_); }

void Simulation::fire(Tick date)
{
    // Nothing may leave through SimGrid's frames: the exception waits for run_until.
    try {
        in_instant_ = true;
        behind_ = false;
        begin_waiting();
        for (;; date = std::min(calendar_.next_date(), end_)) {
            run_instant(date);
            if (!waiting_.empty()) {
                break; // to begin now, its events done up to here
            }
            if (date == end_ || (*stop_asked_ && (*stop_asked_)())) {
                in_instant_ = false;
                clock_->leave();
                return;
            }
            if (!clock_->idle()) {
                break;
            }
            behind_ = true; // an instant without work is SimGrid's to skip
        }
        in_instant_ = false;
        set_timer();
    }
    catch (...) {
        in_instant_ = false;
        failure_ = std::current_exception();
        clock_->leave();
    }
}

void Simulation::begin_waiting()
{
    for (auto* shared : std::exchange(waiting_, {})) {
        shared->begin();
    }
}

void Simulation::run_instant(Tick date)
{
    if (date > now_) {
        now_ = date;
        phase_ = Phase::environment;
    }
    engine::Calendar::Due due;
    while (waiting_.empty() && calendar_.pop(now_, due)) {
        phase_ = due.phase;
        ++events_run_;
        trace_hash_ = mixed(trace_hash_, (static_cast<std::uint64_t>(now_) << 3) | static_cast<std::uint64_t>(phase_));
        due.run();
    }
}

void Simulation::throw_if_stalled() const
{
    for (auto const* shared : shared_) {
        if (shared->stalled()) {
            throw Deadlock("the line " + shared->name() + " has work in hand but makes no progress");
        }
    }
}

} // namespace aidc
