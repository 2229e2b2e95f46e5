#include "sim/process/simulation.hpp"

#include <fmt/format.h>

namespace aidc {
namespace {

void set_up(Run& run, UnitGroup const& group, Id<Unit> unit, bool up)
{
    open_for_change(run, group.campus);
    run.world.units.edit(unit).up = up;
    note(run, up ? EventKind::unit_repaired : EventKind::unit_failed, group.name, 1.0);
}

} // namespace

Story live_unit(Run& run, Id<UnitGroup> group_id, std::uint32_t number, Id<Unit> unit)
{
    auto const& group = run.buildout.groups[group_id.row];
    while (run.world.groups[group_id].commissioned < number + 1.0) {
        co_await run.signals.group[group_id.row].wait();
    }
    auto const name = fmt::format("{}#{}", group.name, number);
    for (std::uint64_t n = 0; group.to_failure && run.draws == Draws::seeded; ++n) {
        co_await until(run.sim, run.now() + ticks(draw_s(run, *group.to_failure, name, "failure", n)), Phase::failure);
        set_up(run, group, unit, false);
        co_await until(run.sim, run.now() + ticks(draw_s(run, group.to_repair, name, "repair", n)), Phase::repair);
        set_up(run, group, unit, true);
    }
}

} // namespace aidc
