#pragma once
/// \file
/// Which racks are accepted and ready, and what comes next: read by settle(), written nowhere.

#include "sim/process/run.hpp"

namespace aidc {

/// Is an activity done, tests passed?
bool is_finished(Run const& run, Id<Activity> activity);

/// Racks of a line accepted so far, less those taken out; and those taken out.
struct Accepted {
    std::uint32_t racks{};
    std::uint32_t retired{};
};
Accepted accepted(Run const& run, Id<Hall> hall, std::size_t line);

/// Racks that go live next on a line: a whole go-live unit, or the rest of the line; 0 when the line is complete.
std::uint32_t next_racks(Run const& run, Id<Hall> hall, std::size_t line);

/// Of `racks` accepted racks of a line, those that whole go-live units can use.
std::uint32_t whole_units(RackLine const& line, LineState const& state);

/// Line whose next whole unit was ready first; number of lines when none is ready.
std::size_t next_ready_line(Run const& run, Id<Hall> hall);

/// Next go-live unit of a hall [W]: of the first line that is not complete; 0 when all are.
double next_unit_W(Run const& run, Id<Hall> hall);

/// Trace of a hall; none: it follows its contracts.
Trace const* trace_of(Run const& run, Id<Hall> hall);

/// Full pods of the first line of a hall that replay its trace: the first ones.
std::uint32_t replayed_pods(Run const& run, Id<Hall> hall);

} // namespace aidc
