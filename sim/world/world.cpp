#include "sim/world/world.hpp"

#include <algorithm>

namespace aidc {

ContractBook& ContractBook::operator+=(ContractBook const& other)
{
    due_J += other.due_J;
    sold_J += other.sold_J;
    allocated_s += other.allocated_s;
    busy_s += other.busy_s;
    productive_s += other.productive_s;
    revenue += other.revenue;
    damages += other.damages;
    return *this;
}

ServiceBook& ServiceBook::operator+=(ServiceBook const& other)
{
    asked_tokens += other.asked_tokens;
    served_tokens += other.served_tokens;
    within_s += other.within_s;
    return *this;
}

World make_world(Buildout const& b, std::size_t shocks)
{
    std::size_t const stocks = b.campuses.size() * b.items.size();
    World world;
    world.activities = decltype(world.activities)(b.activities.size());
    world.crews = decltype(world.crews)(b.crews.size());
    world.taken = decltype(world.taken)(stocks);
    world.hall_grants = decltype(world.hall_grants)(b.halls.size());
    world.campus_grants = decltype(world.campus_grants)(b.campuses.size());
    world.group_grants = decltype(world.group_grants)(b.groups.size());
    world.delivered = decltype(world.delivered)(b.orders.size());
    world.quotas = decltype(world.quotas)(shocks);
    world.grids = decltype(world.grids)(b.campuses.size());
    world.chains = decltype(world.chains)(b.milestones.size());
    world.lots = decltype(world.lots)(b.lots.size());
    world.received = decltype(world.received)(stocks);
    world.down = decltype(world.down)(b.campuses.size());
    world.faults = decltype(world.faults)(b.faults.size());
    world.windows = decltype(world.windows)(b.campuses.size());
    world.contracts = decltype(world.contracts)(b.contracts.size());
    world.sold = decltype(world.sold)(b.contracts.size());
    world.loads = decltype(world.loads)(b.contracts.size());
    world.contract_books = decltype(world.contract_books)(b.contracts.size());
    world.service_books = decltype(world.service_books)(b.services.size());
    world.queues = decltype(world.queues)(b.job_loads.size());
    world.pools = decltype(world.pools)(b.pools.size());
    world.pool_books = decltype(world.pool_books)(b.pools.size());
    std::size_t columns = 0;
    for (auto const& trace : b.traces) {
        columns += trace.columns;
    }
    world.traces = decltype(world.traces)(columns);
    world.climates = decltype(world.climates)(b.climates.size());
    world.halls = decltype(world.halls)(b.halls.size());
    world.campuses = decltype(world.campuses)(b.campuses.size());
    world.groups = decltype(world.groups)(b.groups.size());
    world.islands = decltype(world.islands)(b.buildings.size());
    world.ledger = decltype(world.ledger)(b.halls.size());
    world.island_books = decltype(world.island_books)(b.buildings.size());
    world.campus_books = decltype(world.campus_books)(b.campuses.size());
    world.by_cause = decltype(world.by_cause)(b.halls.size());
    return world;
}

double energised_W(HallState const& hall) { return std::min(hall.term_W[index(Term::utility)], hall.term_W[index(Term::substation)]); }

double ready_W(HallState const& hall)
{
    double ready = energised_W(hall);
    for (auto const term : {Term::distribution, Term::backup, Term::cooling, Term::handover, Term::space}) {
        ready = std::min(ready, hall.term_W[index(term)]);
    }
    return ready;
}

Plan as_built(Buildout const& buildout, World const& world)
{
    Plan plan;
    plan.activities.assign(world.activities.begin(), world.activities.end());
    plan.lots.assign(world.lots.begin(), world.lots.end());
    for (std::size_t h = 0; h < buildout.halls.size(); ++h) {
        plan.halls.push_back(world.halls[id<Hall>(h)].history);
    }
    return plan;
}

} // namespace aidc
