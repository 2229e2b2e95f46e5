#pragma once
/// \file
/// SimGrid's engine as sim/engine sees it. Private to sim/engine; names SimGrid's types without including them.

#include "models/base/tick.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace simgrid::s4u {
class Host;
}

namespace aidc::engine {

/// Told by SimGrid when one activity has done all its work. Runs inside SimGrid: it may start activities and post events,
/// but run none.
class Completion {
  public:
    virtual void finished() = 0;

  protected:
    ~Completion() = default;
};

/// One running activity of SimGrid: an amount of work on a host.
class Work {
  public:
    Work() noexcept;
    Work(Work&&) noexcept;
    Work& operator=(Work&&) noexcept;
    ~Work();

    explicit operator bool() const noexcept { return activity_ != nullptr; }
    void suspend();

  private:
    friend class Clock;
    struct Activity;
    std::unique_ptr<Activity> activity_;
};

/// The SimGrid engine of this process: its clock, its run loop, and one timer.
class Clock {
  public:
    /// Creates and configures the engine; leaves the process' signal handlers as they were.
    /// \pre  the first of this process
    Clock();
    ~Clock();
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;

    double now_s() const; ///< SimGrid's date [s]; between two ticks inside Completion::finished

    /// A host that can run at any of `speeds` [work/s], all > 0; it begins at the first. \pre  not sealed
    simgrid::s4u::Host* add_host(std::string const& name, std::vector<double> const& speeds);
    void seal(); ///< No host may follow; work may start

    void set_speed(simgrid::s4u::Host&, std::size_t index);
    Work start(simgrid::s4u::Host&, double amount, double weight, Completion&); ///< \pre  sealed

    /// Goes on with suspended work where it was.
    Work resume(Work work);

    bool idle() const; ///< No work is in SimGrid: its clock has nothing to tell

    /// Ends `work` without telling its Completion. Also needed for finished work: SimGrid 3.32 reads an activity after it
    /// has told of its end, so the memory is kept until two more timers have fired.
    void dismiss(Work work);

    /// `fire(date)` runs inside SimGrid's loop at `date`. There is one timer: the earlier date wins.
    /// \pre  `fire` does not throw and outlives the timer
    void set_timer(Tick date, std::function<void(Tick)> const& fire);

    /// SimGrid's loop, until leave() is called. False if SimGrid ended it of itself: nothing could ever happen again.
    bool run();
    void leave(); ///< From inside run(): return after what is due now

  private:
    struct Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace aidc::engine
