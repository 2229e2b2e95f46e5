#pragma once
/// \file
/// What finished activities have granted, and which racks are ready: read by settle(), written nowhere.

#include "sim/process/run.hpp"

#include <map>

namespace aidc {

/// Everything that finished activities of a campus have granted.
struct Granted {
    double import_W{};                                ///< At the fence
    std::vector<PerTerm<double>> hall_W;              ///< By hall; own terms
    std::vector<std::vector<std::uint32_t>> accepted; ///< By hall and line [racks]
    std::map<Id<UnitGroup>, double> units;            ///< By group
};

/// Is an activity done, tests passed?
bool is_finished(Run const& run, Id<Activity> activity);

/// Sums over the finished activities of a campus.
Granted add_grants(Run const& run, Id<Campus> campus);

/// Line whose next whole unit was ready first; number of lines when none is ready.
std::size_t next_ready_line(Run const& run, Id<Hall> hall);

/// Next go-live unit of a hall [W]: of the first line that is not complete; 0 when all are.
double next_unit_W(Run const& run, Id<Hall> hall);

} // namespace aidc
