#include "sim/process/simulation.hpp"

namespace aidc {

Story serve(Run& run, Id<Contract> id)
{
    auto const& contract = run.buildout.contracts[id.row];
    for (auto const& step : contract.committed) {
        co_await until(run.sim, step.from, Phase::arrival);
        open_for_change(run, contract.campus);
        run.world.contracts.edit(id).due_W = step.it_W;
        note(run, EventKind::contract_step, contract.name, step.it_W);
    }
}

} // namespace aidc
