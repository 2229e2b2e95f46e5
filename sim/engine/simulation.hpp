#pragma once
/// \file
/// Simulated time: SimGrid owns the clock, the run loop and shared capacity; the calendar owns order.
///
/// Laws of time kept here (docs/adr/0005-laws-of-time.md)
///   T1  A date is an integer tick. Order: (tick, phase, sequence).
///   T2  Phases only move forward.
///   T3  What SimGrid ends at d is an event at round(d) + 1 tick.

#include "models/base/tick.hpp"
#include "sim/engine/calendar.hpp"
#include "sim/engine/callback.hpp"
#include "sim/engine/phase.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

namespace aidc {

namespace engine {
class Clock;
class LineCore;
class Shared;
} // namespace engine

/// Time cannot go on as it should: SimGrid's loop ended of itself, or work on a line has stopped for no reason.
/// Never caused by a model; a run that meets it is void.
class Deadlock : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// One simulation, from tick 0 on. One per process, as SimGrid keeps its clock in statics: fork first, then construct.
/// Outlives the stories, signals and lines that use it.
class Simulation {
  public:
    /// Creates the SimGrid engine of this process. \pre  the first of this process
    Simulation();
    ~Simulation();
    Simulation(Simulation const&) = delete;
    Simulation& operator=(Simulation const&) = delete;

    /// Date of the event being run, else of the last instant [tick].
    Tick now() const { return now_; }

    /// Posts an event. An earlier phase than the current one at `now` means the same phase one tick later (T2).
    /// \pre  now <= date < 2^53, so that every date is exact in SimGrid's clock; `run` is not empty
    EventId at(Tick date, Phase phase, Callback run);

    /// Forgets a pending event. False if it has run (or is running) or was cancelled.
    bool cancel(EventId);

    /// Runs every event with date <= end, then stands at `end`; may be called again with a later end.
    ///
    ///     for each date with events, and for `end`:
    ///         SimGrid moves its clock there; lines make progress at constant capacity (not needed while no line works)
    ///         run the date's events by (phase, sequence), with those they add to it
    ///         leave if stop_asked()
    ///
    /// \param stop_asked  Polled before the first and after every instant; true returns with `now` at the last instant run
    /// \throws  what an event throws: `now` stays at that event, all others stay pending
    /// \throws  Deadlock
    /// \pre  now <= end < 2^53; not called from an event
    void run_until(Tick end, std::function<bool()> const& stop_asked = {});

    std::uint64_t events_run() const { return events_run_; }

    /// Hash of (tick, phase) of every event run, in order.
    std::uint64_t trace_hash() const { return trace_hash_; }

  private:
    friend class engine::LineCore;

    void run_instant(Tick date);
    void fire(Tick date);
    void set_timer();
    void begin_waiting();
    void throw_if_stalled() const;

    engine::Calendar calendar_;
    std::unique_ptr<engine::Clock> clock_;
    std::function<void(Tick)> const fire_;
    std::vector<engine::Shared*> shared_;  ///< In the order of their creation
    std::vector<engine::Shared*> waiting_; ///< Have work to start as soon as SimGrid's clock stands at `now_`
    std::function<bool()> const* stop_asked_ = nullptr;
    std::exception_ptr failure_;
    Tick now_ = 0;
    Tick end_ = 0;
    Phase phase_ = Phase::environment; ///< Of the last event run at `now_`
    bool sealed_ = false;              ///< Run for the first time
    bool looping_ = false;             ///< Inside SimGrid's loop
    bool in_instant_ = false;
    bool behind_ = false; ///< SimGrid's clock is earlier than `now_`, and no line works
    std::uint64_t events_run_ = 0;
    std::uint64_t trace_hash_ = 0;
};

} // namespace aidc
