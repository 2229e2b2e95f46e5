#pragma once
/// \file
/// The order of events. Knows no clock.

#include "models/base/tick.hpp"
#include "sim/engine/callback.hpp"
#include "sim/engine/phase.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace aidc {

/// Names one event, before and after it has run. The default names none.
struct EventId {
    std::uint32_t slot = UINT32_MAX;
    std::uint32_t generation = 0;

    bool operator==(EventId const&) const = default;
};

namespace engine {

/// Pending events, ordered by (tick, phase, sequence) (law T1).
///
/// A 4-ary heap of 24-byte keys; the callables lie apart, in slots that are used again. A cancelled event leaves its key
/// in the heap; keys of cancelled events are dropped when they reach the head or outnumber the others.
class Calendar {
  public:
    /// One event taken out.
    struct Due {
        Tick date = 0;
        Phase phase = Phase::environment;
        Callback run;
    };

    /// \pre  0 <= date < never, `run` is not empty
    EventId add(Tick date, Phase phase, Callback&& run);

    /// Forgets a pending event and destroys its callable. False if it has run, was cancelled or never was.
    bool cancel(EventId);

    /// Date of the earliest pending event; `never` if there is none.
    Tick next_date();

    /// Takes out the earliest event if it is due at or before `date`.
    bool pop(Tick date, Due& due);

    /// Number of events that will run.
    std::size_t pending() const noexcept { return heap_.size() - dead_; }

  private:
    struct Key {
        Tick date;
        std::uint64_t order; ///< Phase in the upper 8 bits, sequence below
        std::uint32_t slot, generation;

        bool before(Key const& other) const { return (date < other.date) | ((date == other.date) & (order < other.order)); }
    };
    struct Slot {
        Callback run;
        std::uint32_t generation = 0;
        std::uint32_t next_free = UINT32_MAX;
    };

    bool dead(Key const& key) const { return slots_[key.slot].generation != key.generation; }
    void free(std::uint32_t slot);
    void drop_head();
    void drop_dead();
    void sift_up(std::size_t at, Key key);
    void sift_down(std::size_t at, Key key);

    std::vector<Key> heap_;
    std::vector<Slot> slots_;
    std::uint32_t first_free_ = UINT32_MAX;
    std::size_t dead_ = 0; ///< Keys in the heap whose event was cancelled
    std::uint64_t sequence_ = 0;
};

} // namespace engine
} // namespace aidc
