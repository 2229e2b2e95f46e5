#include "sim/process/simulation.hpp"

namespace aidc {

Story serve(Run& run, Id<Contract> id)
{
    auto const& contract = run.buildout.contracts[id.row];
    for (auto const& step : contract.committed) {
        co_await until(run.sim, step.from, Phase::arrival);
        if (run.world.contracts[id].ended) {
            co_return;
        }
        open_for_change(run, contract.campus);
        run.world.contracts.edit(id).due_W = step.it_W;
        note(run, EventKind::contract_step, contract.name, step.it_W);
    }
}

Story expire(Run& run, Id<Contract> id)
{
    auto const& contract = run.buildout.contracts[id.row];
    if (contract.term_s > 0.0) {
        while (run.world.sold[id].first_full == never) {
            co_await run.signals.served[id.row].wait();
        }
    }
    Tick const end = contract.term_s > 0.0 ? run.world.sold[id].first_full + ticks(contract.term_s) : contract.until;
    if (end >= run.buildout.end) {
        co_return;
    }
    co_await until(run.sim, end, Phase::arrival);
    open_for_change(run, contract.campus);
    run.world.contracts.edit(id) = {.due_W = 0.0, .ended = true};
    note(run, EventKind::contract_step, contract.name, 0.0);
}

} // namespace aidc
