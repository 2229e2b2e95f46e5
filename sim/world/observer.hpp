#pragma once
/// \file
/// Who watches a simulation. An observer reads; it may not write the world, draw a number or schedule an event.

#include "sim/world/world.hpp"

#include <array>
#include <string_view>

namespace aidc {

/// What is noted as an event. One table; the file's flags come from it.
enum class EventKind : std::uint8_t {
    activity_started,
    activity_finished,
    test_failed,
    lot_placed,
    lot_on_dock,
    lot_held,
    lot_decommitted,
    lot_cancelled,
    went_live,
    unit_failed,
    unit_repaired,
    shock_began,
    shock_ended,
    contract_step,
    went_dark,
    curtailed,
    restored
};
inline constexpr std::size_t event_kind_count = 17;
inline constexpr std::array<std::string_view, event_kind_count> event_kinds{
    "activity_started", "activity_finished", "test_failed", "lot_placed",  "lot_on_dock",   "lot_held",
    "lot_decommitted",  "lot_cancelled",     "went_live",   "unit_failed", "unit_repaired", "shock_began",
    "shock_ended",      "contract_step",     "went_dark",   "curtailed",   "restored"};

/// One noted event.
struct Event {
    Tick at{};
    EventKind kind{};
    std::string_view who; ///< Name of the subject; valid during the call only
    double amount{};      ///< Units, IT watts or tests, by kind
};

/// How a run ended.
enum class Ending : std::uint8_t { complete, stopped, failed };

/// Reads a simulation as it goes; called by the loop only.
class Observer {
  public:
    virtual ~Observer() = default;
    /// Everything is booked up to `to`. Rates of the row [from, to) are in the books' `row`.
    virtual void row(World const& world, Tick from, Tick to) = 0;
    virtual void event(Event const& event) = 0;
    virtual void finish(World const& world, Tick at, Ending ending) = 0;
};

/// Watches nothing.
class NoObserver final : public Observer {
  public:
    void row(World const&, Tick, Tick) override {}
    void event(Event const&) override {}
    void finish(World const&, Tick, Ending) override {}
};

} // namespace aidc
