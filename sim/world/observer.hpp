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
    restored,
    fault_began,
    fault_ended,
    window_opened,
    window_closed
};
inline constexpr std::size_t event_kind_count = 21;
inline constexpr std::array<std::string_view, event_kind_count> event_kinds{
    "activity_started", "activity_finished", "test_failed", "lot_placed",    "lot_on_dock", "lot_held",      "lot_decommitted",
    "lot_cancelled",    "went_live",         "unit_failed", "unit_repaired", "shock_began", "shock_ended",   "contract_step",
    "went_dark",        "curtailed",         "restored",    "fault_began",   "fault_ended", "window_opened", "window_closed"};

/// One noted event.
struct Event {
    Tick at{};
    EventKind kind{};
    std::string_view who; ///< Name of the subject; valid during the call only
    double amount{};      ///< Units, IT watts or tests, by kind
};

/// One step of a fault window.
struct WindowRow {
    std::uint32_t window{}; ///< Number
    Id<Campus> campus;
    Tick began{};
    Tick at{};
    RaceSums now; ///< Means over the step, states at its end
};

/// What changes in a fault window. One table; the file's flags come from it.
enum class WindowChange : std::uint8_t {
    power_lost,    ///< Of a load
    power_back,    ///< Of a load
    on_battery,    ///< A load hangs on a UPS battery
    off_battery,   ///< No more
    start_ordered, ///< Gensets
    sets_on_bus,   ///< Gensets: how many from now on
    standing_by,   ///< Gensets: the load is back on the mains
    capped,        ///< A load is shed to a share of its power
    uncapped,      ///< It may draw all again
    tripped,       ///< Pods: racks
    booted,        ///< Pods: racks
    machine_stops,
    machine_starts, ///< It is at full speed again
    battery_empty,
    tank_empty
};
inline constexpr std::size_t window_change_count = 15;
inline constexpr std::array<std::string_view, window_change_count> window_changes{
    "power_lost", "power_back", "on_battery", "off_battery",   "start_ordered",  "sets_on_bus",   "standing_by", "capped",
    "uncapped",   "tripped",    "booted",     "machine_stops", "machine_starts", "battery_empty", "tank_empty"};

/// One change in a fault window.
struct WindowEvent {
    std::uint32_t window{};
    Tick at{};
    WindowChange what{};
    std::string_view who; ///< Valid during the call only
    double amount{};      ///< Sets, racks, share; by what
};

/// A job that has ended, or is still there when the run ends.
struct JobEntry {
    Id<JobLoad> load;
    JobRecord const& record; ///< Valid during the call only
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
    virtual void window(WindowRow const&) {}
    virtual void window_event(WindowEvent const&) {}
    virtual void job(JobEntry const&) {}
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
