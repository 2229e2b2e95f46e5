#include "sim/world/world.hpp"

namespace aidc {

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
