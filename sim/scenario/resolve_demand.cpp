#include "sim/scenario/resolve.hpp"

namespace aidc {

void resolve_demand(Resolver& r)
{
    auto const& contracts = r.spec.demand.contracts;
    Names<Contract> names("contract");
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        auto const& spec = contracts[i];
        auto const pointer = at("/demand/contracts", i);
        r.declare(names, spec.name, i, pointer + "/name");
        Contract contract{.name = spec.name, .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"), .shape = spec.shape};
        for (std::size_t k = 0; k < spec.committed.size(); ++k) {
            Tick const from = r.tick(spec.committed[k].from, at(pointer + "/committed", k) + "/from");
            if (k > 0 && from <= contract.committed.back().from) {
                r.problem(at(pointer + "/committed", k) + "/from", "is not after the step before; put the steps in order");
            }
            contract.committed.push_back({.from = from, .it_W = spec.committed[k].it_W});
        }
        if (spec.shape.busy_mean * (1.0 + spec.shape.busy_swing) > 1.0) {
            r.problem(pointer + "/busy_swing",
                      "makes more than all accelerators busy at the peak; busy_mean * (1 + busy_swing) must be at most 1");
        }
        r.out.contracts.push_back(std::move(contract));
    }
}

void resolve_targets(Resolver& r)
{
    Names<Target> names("target");
    for (std::size_t i = 0; i < r.spec.targets.size(); ++i) {
        auto const& spec = r.spec.targets[i];
        auto const pointer = at("/targets", i);
        r.declare(names, spec.name, i, pointer + "/name");
        r.out.targets.push_back({.name = spec.name, .it_W = spec.it_W, .due = spec.due ? r.tick(*spec.due, pointer + "/due") : never});
    }
}

} // namespace aidc
