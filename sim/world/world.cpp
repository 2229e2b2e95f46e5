#include "sim/world/world.hpp"

namespace aidc {

World make_world(Buildout const& b)
{
    std::size_t units = 0;
    for (auto const& group : b.groups) {
        units += group.units;
    }
    std::size_t const stocks = b.campuses.size() * b.items.size();
    World world;
    world.activities = decltype(world.activities)(b.activities.size());
    world.crews = decltype(world.crews)(b.crews.size());
    world.taken = decltype(world.taken)(stocks);
    world.lots = decltype(world.lots)(b.lots.size());
    world.received = decltype(world.received)(stocks);
    world.units = decltype(world.units)(units);
    world.contracts = decltype(world.contracts)(b.contracts.size());
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

} // namespace aidc
