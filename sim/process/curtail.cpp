#include "sim/process/simulation.hpp"

namespace aidc {
namespace {

void set_curtailed(Run& run, Id<Campus> campus, bool curtailed)
{
    if (curtailed && run.world.campus_grants[campus].non_firm_W == 0.0) {
        return; // nothing to take
    }
    open_for_change(run, campus);
    run.world.grids.edit(campus).curtailed = curtailed;
    note(run, curtailed ? EventKind::curtailed : EventKind::restored, run.buildout.campuses[campus.row].name, 1.0);
}

} // namespace

Story curtail(Run& run, Id<Campus> id)
{
    auto const& campus = run.buildout.campuses[id.row];
    for (std::uint64_t n = 0; campus.to_curtail && run.draws == Draws::seeded; ++n) {
        co_await until(run.sim, run.now() + ticks(draw_s(run, *campus.to_curtail, campus.name, "to_curtail", n)), Phase::failure);
        set_curtailed(run, id, true);
        co_await until(run.sim, run.now() + ticks(draw_s(run, campus.curtailed, campus.name, "curtailed", n)), Phase::repair);
        set_curtailed(run, id, false);
    }
}

} // namespace aidc
