#pragma once
/// \file
/// Stories: what happens to one order, activity or unit, told in sequence.
///
///     Story perform(Run& run, Id<Activity> id)            // a free function, ids by value, never a capturing lambda
///     {
///         co_await until(run.sim, start, Phase::completion);
///         co_await run.world.crew_free.wait();            // read the world again after every co_await
///     }

#include "sim/engine/simulation.hpp"

#include <coroutine>
#include <utility>

namespace aidc {

class Signal;

/// A coroutine on the calendar. Owns its frame: destroying it destroys its local variables and cancels what it waits for.
/// An exception that leaves it comes out of Simulation::run_until, and it is done.
class Story {
  public:
    struct promise_type;
    using Handle = std::coroutine_handle<promise_type>;

    /// No story; done.
    Story() noexcept = default;
    Story(Story&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Story& operator=(Story&& other) noexcept
    {
        std::swap(handle_, other.handle_);
        return *this;
    }
    /// \pre  the story is not the one that runs
    ~Story();

    bool done() const { return !handle_ || handle_.done(); }

  private:
    friend void start(Simulation&, Story&, Tick, Phase);
    explicit Story(Handle handle) noexcept : handle_(handle) {}

    Handle handle_;
};

/// Posts the first step of a story. \pre  not started before, and not empty
void start(Simulation&, Story&, Tick date, Phase phase);

/// What a story waits for: nothing, an event of the calendar, or a signal.
struct Story::promise_type {
    promise_type() = default;
    promise_type(promise_type const&) = delete;
    promise_type& operator=(promise_type const&) = delete;
    ~promise_type();

    Story get_return_object() noexcept { return Story(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const { throw; }

    /// Goes on at `date` through the calendar. \pre  waits for nothing
    void post(Simulation&, Tick date, Phase);

    Simulation* simulation = nullptr; ///< Where `event` is pending
    EventId event;
    Signal* signal = nullptr; ///< In whose queue this stands
    promise_type* ahead = nullptr;
    promise_type* behind = nullptr;
    bool started = false;
    bool running = false;
};

/// Awaitable of `until`.
struct Until {
    Simulation& simulation;
    Tick date;
    Phase phase;

    bool await_ready() const noexcept { return false; }
    void await_suspend(Story::Handle story) const { story.promise().post(simulation, date, phase); }
    void await_resume() const noexcept {}
};

/// `co_await until(sim, date, phase)`: the story goes on at that date, always through the calendar, even if it is `now`.
/// \pre  date >= now
inline Until until(Simulation& simulation, Tick date, Phase phase) { return {simulation, date, phase}; }

/// A condition of the world that stories wait for. It has no memory: only those who wait already are woken, and each must
/// look again whether the condition holds for it.
class Signal {
  public:
    /// Awaitable of `wait`.
    struct Wait {
        Signal& signal;

        bool await_ready() const noexcept { return false; }
        void await_suspend(Story::Handle story) const { signal.add(story.promise()); }
        void await_resume() const noexcept {}
    };

    Signal() = default;
    Signal(Signal&& other) noexcept { take(other); }
    Signal& operator=(Signal&& other) noexcept;
    /// Those who wait still wait, for ever.
    ~Signal() { forget_all(); }

    /// `co_await signal.wait()`: the story goes on after the next notify.
    Wait wait() { return {*this}; }

    /// Wakes all who wait, in the order they began to: one event each, at `now` in `phase` (or one tick later, T2).
    void notify(Simulation&, Phase);

    bool any_waiting() const { return first_ != nullptr; }

  private:
    friend struct Story::promise_type;

    void add(Story::promise_type&);
    void remove(Story::promise_type&);
    void take(Signal& other) noexcept;
    void forget_all() noexcept;

    Story::promise_type* first_ = nullptr;
    Story::promise_type* last_ = nullptr;
};

} // namespace aidc
