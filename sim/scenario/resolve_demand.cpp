#include "sim/scenario/resolve.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Committed watts of a step: as written, or accelerators at the budget of their racks.
double committed_W(Resolver& r, Contract const& contract, ContractStepSpec const& step, std::string const& pointer)
{
    auto const& written = r.document.root.at(Json::json_pointer(pointer)).items(); // from the file or from --set
    auto const says = [](auto const& item) { return item.key() == "accelerators" || item.key().starts_with("it_"); };
    if (std::none_of(written.begin(), written.end(), says)) {
        r.problem(pointer + "/it", "is missing, and so is \"accelerators\" (how much is committed would be open); give one");
    }
    if (step.accelerators == 0) { // what is resolved has both keys, one of them 0
        return step.it_W;
    }
    if (step.it_W > 0.0) {
        r.problem(pointer, "has both \"it\" and \"accelerators\" (they may disagree); keep one");
    }
    if (!contract.kind) {
        r.problem(pointer + "/accelerators",
                  "counts accelerators and the contract names no \"rack\"; name the kind of rack that they are on");
        return 0.0;
    }
    auto const& kind = r.out.kinds[contract.kind.row];
    if (accelerators(kind) == 0) {
        r.problem(pointer + "/accelerators", fmt::format("counts accelerators and a rack of {} has none; write it_MW", kind.name));
        return 0.0;
    }
    return step.accelerators * budget_W(kind) / accelerators(kind);
}

void resolve_steps(Resolver& r, ContractSpec const& spec, std::string const& pointer, Contract& contract)
{
    for (std::size_t k = 0; k < spec.committed.size(); ++k) {
        auto const at_step = at(pointer + "/committed", k);
        Tick const from = r.tick(spec.committed[k].from, at_step + "/from");
        if (k > 0 && from <= contract.committed.back().from) {
            r.problem(at_step + "/from", "is not after the step before; put the steps in order");
        }
        contract.committed.push_back({.from = from, .it_W = committed_W(r, contract, spec.committed[k], at_step)});
    }
}

Contract contract_of(Resolver& r, ContractSpec const& spec, std::string const& pointer)
{
    Contract contract{.name = spec.name,
                      .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"),
                      .kind = r.refer(r.kinds, spec.rack, pointer + "/rack"),
                      .committed = {},
                      .until = spec.until ? r.tick(*spec.until, pointer + "/until") : never,
                      .term_s = spec.term_s,
                      .rack_up = spec.rack_up,
                      .terms = spec.terms,
                      .displaces = {},
                      .shape = spec.shape};
    if (spec.until && spec.term_s > 0.0) {
        r.problem(pointer + "/term", "and \"until\" both end the contract; keep one: until loses what comes late, term defers it");
    }
    if (contract.terms.damages_per_J > 0.0 && contract.terms.price_per_J == 0.0) {
        r.problem(pointer + "/damages", "has no \"price\" (damages are capped by the price, so none would be paid); add one");
    }
    if (contract.campus && contract.kind && !r.planned_at(contract.campus, contract.kind)) {
        r.problem(pointer + "/rack", fmt::format("no rack of {} is planned at {}; add a line of them to a hall, or name another kind",
                                                 spec.rack, spec.campus));
    }
    if (spec.shape.busy_mean * (1.0 + spec.shape.busy_swing) > 1.0) {
        r.problem(pointer + "/busy_swing",
                  "makes more than all accelerators busy at the peak; busy_mean * (1 + busy_swing) must be at most 1");
    }
    resolve_steps(r, spec, pointer, contract);
    return contract;
}

/// Who takes over whose demand: names to ids, and no circle.
void resolve_displaced(Resolver& r)
{
    auto const& specs = r.spec.demand.contracts;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        for (std::size_t d = 0; d < specs[i].displaces.size(); ++d) {
            auto const& spec = specs[i].displaces[d];
            auto const pointer = at(at("/demand/contracts", i) + "/displaces", d) + "/contract";
            auto const displaced = r.refer(r.contracts, spec.contract, pointer);
            if (!displaced) {
                continue;
            }
            if (displaced == id<Contract>(i)) {
                r.problem(pointer, "is the contract itself; name another one");
                continue;
            }
            if (r.out.contracts[displaced.row].campus != r.out.contracts[i].campus) {
                r.problem(pointer, fmt::format("\"{}\" is at another campus; customers move over within one", spec.contract));
            }
            r.out.contracts[i].displaces.push_back({.contract = displaced, .share = spec.share});
        }
    }
    if (r.problems.empty() && serving_order(r.out.contracts).size() < r.out.contracts.size()) {
        r.problem("/demand/contracts", "displace each other in a circle (none could be served first); break it");
    }
}

/// A contract whose load nobody states would stand idle for ever.
void check_loads(Resolver& r)
{
    for (std::size_t i = 0; i < r.out.contracts.size(); ++i) {
        auto const& contract = r.out.contracts[i];
        auto const pointer = at("/demand/contracts", i);
        if (contract.load == Load::course && contract.shape.busy_mean == 0.0) {
            r.problem(pointer, fmt::format("says nothing of what \"{}\" does with its accelerators; add busy_mean, or name it in "
                                           "/demand/inference or /demand/jobs",
                                           contract.name));
        }
        if (contract.load != Load::course && contract.shape.busy_mean > 0.0) {
            r.problem(pointer + "/busy_mean", "and a service or a queue of jobs both say how busy it is; keep one");
        }
    }
}

} // namespace

void take_contract(Resolver& r, Id<Contract> contract, Load load, std::string const& pointer)
{
    if (!contract) {
        return;
    }
    auto& c = r.out.contracts[contract.row];
    if (c.load != Load::course) {
        r.problem(pointer, fmt::format("\"{}\" has a service or a queue of jobs already; give each a contract of its own", c.name));
    }
    if (!c.kind) {
        r.problem(pointer,
                  fmt::format("\"{}\" names no kind of rack (how fast it works would be open); add \"rack\" to the contract", c.name));
    }
    if (c.kind && accelerators(r.out.kinds[c.kind.row]) == 0) {
        r.problem(pointer, fmt::format("\"{}\" is served with {}, which have no accelerators; name another kind of rack", c.name,
                                       r.out.kinds[c.kind.row].name));
    }
    c.load = load;
}

void resolve_demand(Resolver& r)
{
    auto const& contracts = r.spec.demand.contracts;
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        r.declare(r.contracts, contracts[i].name, i, at("/demand/contracts", i) + "/name");
        r.out.contracts.push_back(contract_of(r, contracts[i], at("/demand/contracts", i)));
    }
    resolve_displaced(r);
    resolve_services(r);
    resolve_jobs(r);
    check_loads(r);
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
