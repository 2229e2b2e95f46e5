#include "sim/process/simulation.hpp"

#include "sim/process/jobs.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Share of what is live in a hall that works now, but for repairs and throttles [-].
double working_share(Run const& run, Id<Hall> hall)
{
    auto const& window = run.world.windows[run.buildout.halls[hall.row].campus];
    if (!window.race || window.race->losses.empty()) { // none, or not a step old
        return run.world.halls[hall].carried_share;
    }
    auto const& lost = window.race->losses[hall.row];
    return std::max(0.0, 1.0 - lost.dark - lost.tripped - lost.shed);
}

/// Live and working accelerators of one kind in a hall.
struct Present {
    double live{}, working{};
};

Present present(Run const& run, Id<Hall> hall, Id<RackKind> kind)
{
    auto const& lines = run.buildout.halls[hall.row].lines;
    auto const& state = run.world.halls[hall].lines;
    Present sum;
    for (std::size_t l = 0; l < state.size(); ++l) {
        if (lines[l].kind == kind) {
            auto const& k = run.buildout.kinds[kind.row];
            double const live = static_cast<double>(state[l].live) * accelerators(k);
            sum.live += live;
            sum.working += live * (1.0 - repair_share(k)) * working_share(run, hall);
        }
    }
    return sum;
}

/// Accelerators of one kind for the contracts that have them: one contract behind the other, from the first hall to the last.
void hand_out(Run& run, Id<Campus> campus, Id<RackKind> kind)
{
    double const W_each = budget_W(run.buildout.kinds[kind.row]) / std::max(1U, accelerators(run.buildout.kinds[kind.row]));
    std::vector<std::pair<std::size_t, Present>> halls;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        if (run.buildout.halls[h].campus == campus) {
            halls.emplace_back(h, present(run, id<Hall>(h), kind));
        }
    }
    double from = 0.0; // of the live accelerators, counted through the halls
    for (auto const contract : run.buildout.contract_order) {
        auto const& sold = run.world.sold[contract];
        if (run.buildout.contracts[contract.row].campus != campus || sold.by_kind_W.empty()) {
            continue;
        }
        double const until = from + sold.by_kind_W[kind.row] / W_each;
        double begins = 0.0;
        auto& load = run.world.loads.edit(contract);
        for (auto const& [h, there] : halls) {
            double const overlap = std::min(until, begins + there.live) - std::max(from, begins);
            if (overlap > 0.0) {
                double const working = there.working * overlap / there.live;
                load.working_by_hall[h] += working;
                load.working += working;
            }
            begins += there.live;
        }
        from = until;
    }
}

/// Accelerators that inference services need here for the load of the coming step.
void ask_services(Run& run, Id<Campus> campus, Tick until)
{
    for (std::size_t s = 0; s < run.buildout.services.size(); ++s) {
        auto const& service = run.buildout.services[s];
        std::vector<double> load;
        for (std::size_t i = 0; i < service.sites.size(); ++i) {
            auto const contract = service.sites[i].contract;
            if (run.buildout.contracts[contract.row].campus != campus) {
                continue;
            }
            if (load.empty()) {
                load = served_by_site(run, id<Service>(s), run.now(), until).by_site;
            }
            auto& state = run.world.loads.edit(contract);
            auto const need = accelerators_for(load[i], service.sites[i].rate, service.target).accelerators;
            state.needed = service.follows_load ? std::min(state.working, static_cast<double>(need)) : state.working;
        }
    }
}

/// What a queue of jobs may use: its contract's accelerators, and what a service does not need of those it borrows from.
std::vector<double> for_jobs(Run const& run, JobLoad const& load)
{
    auto by_hall = run.world.loads[load.contract].working_by_hall;
    if (load.borrows) {
        auto const& lender = run.world.loads[load.borrows];
        double const spare = lender.working > 0.0 ? 1.0 - lender.needed / lender.working : 0.0;
        for (std::size_t h = 0; h < by_hall.size(); ++h) {
            by_hall[h] += lender.working_by_hall[h] * spare;
        }
    }
    return by_hall;
}

} // namespace

void place_loads(Run& run, Id<Campus> campus)
{
    double const speed = 1.0 - run.world.campus_books[campus].throttled;
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        if (run.buildout.contracts[k].campus == campus) {
            auto& load = run.world.loads.edit(id<Contract>(k));
            load.working_by_hall.assign(run.buildout.halls.size(), 0.0);
            load.working = 0.0;
        }
    }
    for (auto const& pool : run.buildout.pools) {
        if (pool.campus == campus) {
            hand_out(run, campus, pool.kind);
        }
    }
    ask_services(run, campus, run.now() + run.buildout.step);
    for (auto const& jobs : run.jobs) {
        auto const& load = run.buildout.job_loads[jobs->load.row];
        if (run.buildout.contracts[load.contract.row].campus == campus) {
            size_jobs(run, *jobs, for_jobs(run, load), speed);
        }
    }
}

} // namespace aidc
