#include "models/supply/supply.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {

std::vector<Order> with_parts(std::vector<Order> orders, std::span<Maker const> makers, std::span<Item const> items)
{
    for (std::size_t i = 0; i < orders.size(); ++i) { // grows: parts have parts
        for (auto const& part : makers[orders[i].maker.row].parts) {
            Order of_part = orders[i];
            of_part.name += "/" + items[part.item.row].name;
            of_part.maker = part.maker;
            of_part.units *= part.units;
            of_part.part_of = id<Order>(i);
            orders.push_back(std::move(of_part));
        }
    }
    return orders;
}

std::vector<Lot> lots_of(std::span<Order const> orders, std::span<Maker const> makers)
{
    std::vector<Lot> lots;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        double const lot_units = makers[orders[i].maker.row].lot_units;
        AIDC_EXPECT(lot_units > 0.0);
        // A rest of less than a billionth of a lot is rounding, not goods.
        double const lots_needed = std::ceil(orders[i].units / lot_units - 1e-9);
        auto const count = orders[i].units > 0.0 ? static_cast<std::uint32_t>(std::max(1.0, lots_needed)) : 0u;
        for (std::uint32_t number = 0; number < count; ++number) {
            double const rest = orders[i].units - number * lot_units;
            lots.push_back({.order = id<Order>(i), .number = number, .units = number + 1 == count ? rest : lot_units});
        }
    }
    return lots;
}

Tick ship_day(Maker const& maker, Tick t)
{
    Tick const interval = ticks(maker.ship_every_s);
    return interval <= 0 ? t : (t + interval - 1) / interval * interval;
}

} // namespace aidc
