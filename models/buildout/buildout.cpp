#include "models/buildout/buildout.hpp"

#include <algorithm>
#include <set>

namespace aidc {
namespace {

std::vector<Pool> pools_of(Buildout const& b)
{
    std::set<std::pair<Id<Campus>, Id<RackKind>>> planned;
    for (auto const& hall : b.halls) {
        for (auto const& line : hall.lines) {
            planned.insert({hall.campus, line.kind});
        }
    }
    std::vector<Pool> pools;
    for (auto const& [campus, kind] : planned) {
        pools.push_back({.name = b.campuses[campus.row].name + "/" + b.kinds[kind.row].name, .campus = campus, .kind = kind});
    }
    return pools;
}

} // namespace

void derive(Buildout& b)
{
    std::erase_if(b.orders, [](Order const& order) { return static_cast<bool>(order.part_of); });
    b.orders = with_parts(std::move(b.orders), b.makers, b.items);
    b.parts_of.assign(b.orders.size(), {});
    for (std::size_t o = 0; o < b.orders.size(); ++o) {
        if (b.orders[o].part_of) {
            b.parts_of[b.orders[o].part_of.row].push_back(id<Order>(o));
        }
    }
    b.lots = lots_of(b.orders, b.makers);
    b.milestones = milestones_of(b);
    b.pools = pools_of(b);
    b.contract_order = serving_order(b.contracts);
}

Id<Pool> pool_of(Buildout const& b, Id<Campus> campus, Id<RackKind> kind)
{
    auto const at = std::ranges::find_if(b.pools, [&](Pool const& pool) { return pool.campus == campus && pool.kind == kind; });
    return at == b.pools.end() ? Id<Pool>{} : id<Pool>(static_cast<std::size_t>(at - b.pools.begin()));
}

} // namespace aidc
