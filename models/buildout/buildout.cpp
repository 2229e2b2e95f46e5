#include "models/buildout/buildout.hpp"

namespace aidc {

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
}

} // namespace aidc
