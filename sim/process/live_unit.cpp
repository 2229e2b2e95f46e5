#include "sim/process/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aidc {
namespace {

/// Takes a unit out of service, or one of the reasons away.
void set_down(Run& run, UnitGroup const& group, DownUnit const& unit, bool down)
{
    open_for_change(run, group.campus);
    auto& state = run.world.down.edit(group.campus);
    auto const at = std::ranges::lower_bound(state.reasons, unit);
    if (down) {
        state.reasons.insert(at, unit);
    }
    else {
        state.reasons.erase(at);
    }
    state.units = state.reasons;
    auto const repeated = std::ranges::unique(state.units);
    state.units.erase(repeated.begin(), repeated.end());
}

/// Units that each fault of the scenario takes, up to one: the lowest that no earlier fault still holds, so that faults of one group
/// that overlap in time add up. Where all are held, some are held twice.
std::vector<std::uint32_t> units_of(Buildout const& b, Id<Fault> id)
{
    std::vector<std::vector<std::uint32_t>> taken(id.row + 1);
    for (std::size_t f = 0; f <= id.row; ++f) {
        auto const& fault = b.faults[f];
        std::uint32_t const there = fault.kind == Fault::Kind::units_lost ? b.groups[fault.group.row].units : 0;
        std::vector<char> held(there, 0);
        for (std::size_t e = 0; e < f; ++e) {
            bool const overlaps = b.faults[e].group == fault.group && b.faults[e].until > fault.from; // sorted by `from`
            for (auto const unit : overlaps ? taken[e] : std::vector<std::uint32_t>{}) {
                held[unit] = 1;
            }
        }
        for (bool const whose : {false, true}) { // free ones first
            for (std::uint32_t u = 0; u < there && taken[f].size() < fault.units; ++u) {
                if ((held[u] != 0) == whose) {
                    taken[f].push_back(u);
                }
            }
        }
    }
    return taken[id.row];
}

/// What a fault of the scenario does when it begins or ends.
void set_active(Run& run, Id<Fault> id, bool active)
{
    auto const& fault = run.buildout.faults[id.row];
    open_for_change(run, fault.campus);
    run.world.faults.edit(id).active = active;
    for (auto const unit : units_of(run.buildout, id)) {
        set_down(run, run.buildout.groups[fault.group.row], {.group = fault.group, .unit = unit}, active);
    }
    note(run, active ? EventKind::fault_began : EventKind::fault_ended, fault.name, fault.units);
}

} // namespace

Story live_unit(Run& run, Id<UnitGroup> group_id, std::uint32_t number)
{
    auto const& group = run.buildout.groups[group_id.row];
    while (run.world.groups[group_id].commissioned < number + 1.0) {
        co_await run.signals.group[group_id.row].wait();
    }
    auto const name = fmt::format("{}#{}", group.name, number);
    DownUnit const unit{.group = group_id, .unit = number};
    for (std::uint64_t n = 0; group.to_failure && run.draws == Draws::seeded; ++n) {
        co_await until(run.sim, run.now() + ticks(draw_s(run, *group.to_failure, name, "failure", n)), Phase::failure);
        set_down(run, group, unit, true);
        note(run, EventKind::unit_failed, group.name, 1.0);
        co_await until(run.sim, run.now() + ticks(draw_s(run, group.to_repair, name, "repair", n)), Phase::repair);
        set_down(run, group, unit, false);
        note(run, EventKind::unit_repaired, group.name, 1.0);
    }
}

Story strike(Run& run, Id<Fault> id)
{
    auto const& fault = run.buildout.faults[id.row];
    co_await until(run.sim, fault.from, Phase::failure);
    set_active(run, id, true);
    co_await until(run.sim, fault.until, Phase::repair);
    set_active(run, id, false);
}

} // namespace aidc
