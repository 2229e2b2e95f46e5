#include "sim/process/simulation.hpp"

#include "sim/process/jobs.hpp"
#include "sim/process/use.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace aidc {
namespace {

/// Power of one accelerator at work, over its idle power [IT W].
double busy_W_each(RackKind const& kind)
{
    return accelerators(kind) > 0 ? (mean_power_W(kind, 1.0) - mean_power_W(kind, 0.0)) / accelerators(kind) : 0.0;
}

/// Power of what a contract's customers or service have at work now, over idle power [IT W].
double busy_power_W(Run const& run, Id<Contract> id)
{
    auto const& sold = run.world.sold[id];
    auto const shares = shares_now(run, id);
    double sum_W = 0.0;
    for (std::size_t k = 0; k < sold.by_kind_W.size(); ++k) {
        auto const& kind = run.buildout.kinds[k];
        double const racks = sold.by_kind_W[k] / budget_W(kind);
        sum_W += racks * (mean_power_W(kind, shares.allocated * shares.busy) - mean_power_W(kind, 0.0));
    }
    return sum_W;
}

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

/// Accelerators of a rack; of a rack without any, the rack itself.
double units_of(RackKind const& kind) { return std::max(1U, accelerators(kind)); }

/// Live and working units of one kind in a hall.
struct Present {
    std::size_t hall{};
    double live{}, working{};
};

std::vector<Present> present(Run const& run, Id<Campus> campus, Id<RackKind> kind)
{
    auto const& k = run.buildout.kinds[kind.row];
    std::vector<Present> halls;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& lines = run.buildout.halls[h].lines;
        auto const& state = run.world.halls[id<Hall>(h)].lines;
        Present there{.hall = h};
        for (std::size_t l = 0; run.buildout.halls[h].campus == campus && l < state.size(); ++l) {
            there.live += lines[l].kind == kind ? state[l].live * units_of(k) : 0.0;
        }
        if (there.live > 0.0) {
            there.working = there.live * (1.0 - repair_share(k)) * working_share(run, id<Hall>(h));
            halls.push_back(there);
        }
    }
    return halls;
}

/// Units of a pool for the contracts that have them: one contract behind the other, from the first hall to the last.
void hand_out(Run& run, Id<Pool> pool_id)
{
    auto const& pool = run.buildout.pools[pool_id.row];
    auto const& kind = run.buildout.kinds[pool.kind.row];
    auto const halls = present(run, pool.campus, pool.kind);
    auto& state = run.world.pools.edit(pool_id);
    state.units = 0.0;
    for (auto const& there : halls) {
        state.units += there.working;
    }
    double from = 0.0; // of the live units, counted through the halls
    for (auto const contract : run.buildout.contract_order) {
        auto const& sold = run.world.sold[contract];
        if (run.buildout.contracts[contract.row].campus != pool.campus || sold.by_kind_W.empty()) {
            continue;
        }
        double const until = from + sold.by_kind_W[pool.kind.row] / budget_W(kind) * units_of(kind);
        double begins = 0.0;
        auto& load = run.world.loads.edit(contract);
        for (auto const& there : halls) {
            double const overlap = std::min(until, begins + there.live) - std::max(from, begins);
            double const working = overlap > 0.0 ? there.working * overlap / there.live : 0.0;
            load.by_kind[pool.kind.row] += working;
            load.working_by_hall[there.hall] += accelerators(kind) > 0 ? working : 0.0;
            load.working += accelerators(kind) > 0 ? working : 0.0;
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

/// Gensets that are up, at the fence [W]: they start when the feeds leave a load short.
double gensets_W(Run const& run, Id<Campus> campus)
{
    auto const gensets = run.buildout.campuses[campus.row].gensets;
    if (!gensets) {
        return 0.0;
    }
    auto const& group = run.buildout.groups[gensets.row];
    return run.world.groups[gensets].up * group.rating_W * group.derate;
}

/// Power that jobs may draw while grid and gensets give less than what is live would take [IT W]; infinite while they do not. What is
/// live draws its idle power whatever it does, and customers and services come first.
double power_for_jobs_W(Run const& run, Id<Campus> campus)
{
    double live_W = 0.0;
    double idle_W = 0.0;
    double fence_W = 0.0;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& state = run.world.halls[id<Hall>(h)];
        for (std::size_t l = 0; run.buildout.halls[h].campus == campus && l < state.lines.size(); ++l) {
            auto const& kind = run.buildout.kinds[run.buildout.halls[h].lines[l].kind.row];
            live_W += state.lines[l].live * budget_W(kind);
            idle_W += state.lines[l].live * mean_power_W(kind, 0.0);
        }
        fence_W += run.buildout.halls[h].campus == campus ? run.buildout.curves[h].fence.drawn_W(state.live_W) : 0.0;
    }
    double const given_W = import_now_W(run, campus) + gensets_W(run, campus);
    if (given_W >= fence_W || run.world.grids[campus].curtailed) { // a curtailment darkens racks in proportion, those of jobs as well
        return std::numeric_limits<double>::infinity();
    }
    double others_W = 0.0;
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        auto const& contract = run.buildout.contracts[k];
        if (contract.campus == campus && contract.load != Load::jobs) {
            others_W += busy_power_W(run, id<Contract>(k));
        }
    }
    return std::max(0.0, live_W * given_W / fence_W - idle_W - others_W);
}

/// What a queue of jobs may use: its contract's accelerators, and what a service does not need of those it borrows from.
std::vector<double> for_jobs(Run const& run, JobLoad const& load)
{
    auto by_hall = run.world.loads[load.contract].working_by_hall;
    if (load.borrows && !run.world.contracts[load.contract].ended) {
        auto const& lender = run.world.loads[load.borrows];
        double const spare = lender.working > 0.0 ? 1.0 - lender.needed / lender.working : 0.0;
        for (std::size_t h = 0; h < by_hall.size(); ++h) {
            by_hall[h] += lender.working_by_hall[h] * spare;
        }
    }
    return by_hall;
}

/// Books what jobs want and are not given for want of power: on their own contract, and on the one they would have borrowed from.
void withhold(Run& run, JobRun const& jobs, double offered, double given)
{
    auto const& load = run.buildout.job_loads[jobs.load.row];
    double const wanted = std::min(offered, static_cast<double>(jobs.pool.used()) + static_cast<double>(jobs.pool.queued_processors()));
    double const withheld = std::max(0.0, wanted - given);
    auto& own = run.world.loads.edit(load.contract);
    own.withheld = offered > 0.0 ? withheld * own.working / offered : 0.0;
    if (load.borrows) {
        run.world.loads.edit(load.borrows).withheld = withheld - own.withheld;
    }
}

/// Gives a campus's contracts what works there.
void hand_out_all(Run& run, Id<Campus> campus)
{
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        if (run.buildout.contracts[k].campus == campus) {
            auto& load = run.world.loads.edit(id<Contract>(k));
            load.working_by_hall.assign(run.buildout.halls.size(), 0.0);
            load.working = 0.0;
            load.withheld = 0.0;
            load.by_kind.assign(run.buildout.kinds.size(), 0.0);
        }
    }
    for (std::size_t p = 0; p < run.buildout.pools.size(); ++p) {
        if (run.buildout.pools[p].campus == campus) {
            hand_out(run, id<Pool>(p));
        }
    }
}

/// Gives a campus's services what they need for the coming step, and its queues of jobs theirs.
void share_out(Run& run, Id<Campus> campus)
{
    double const speed = 1.0 - run.world.campus_books[campus].throttled;
    Tick const row = run.detail == Detail::operate ? run.buildout.step : day_ticks; // rows of dates alone are days
    ask_services(run, campus, (run.now() / row + 1) * row);
    std::vector<std::pair<JobRun*, std::vector<double>>> queues;
    double full_W = 0.0;
    for (auto const& jobs : run.jobs) {
        auto const& load = run.buildout.job_loads[jobs->load.row];
        auto const& contract = run.buildout.contracts[load.contract.row];
        if (contract.campus == campus) {
            queues.emplace_back(jobs.get(), for_jobs(run, load));
            auto const& by_hall = queues.back().second;
            full_W += std::accumulate(by_hall.begin(), by_hall.end(), 0.0) * busy_W_each(run.buildout.kinds[contract.kind.row]);
        }
    }
    double const powered = full_W > 0.0 ? std::min(1.0, power_for_jobs_W(run, campus) / full_W) : 1.0;
    for (auto& [jobs, by_hall] : queues) {
        double const offered = std::accumulate(by_hall.begin(), by_hall.end(), 0.0);
        for (auto& accelerators : by_hall) {
            accelerators *= powered;
        }
        withhold(run, *jobs, offered, powered < 1.0 ? offered * powered : offered);
        auto const& load = run.buildout.job_loads[jobs->load.row];
        double const lent = load.borrows ? run.world.loads[load.borrows].working : 0.0;
        size_jobs(run, *jobs, by_hall, {.working = run.world.loads[load.contract].working + lent, .speed = speed});
    }
}

} // namespace

void place_loads(Run& run, Id<Campus> campus)
{
    for (auto const other : run.served_with[campus.row]) {
        hand_out_all(run, other);
    }
    for (auto const other : run.served_with[campus.row]) { // what a service needs at one hangs on what works at the others
        share_out(run, other);
    }
}

} // namespace aidc
