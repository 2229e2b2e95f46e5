#include "models/supply/supply.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {

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

double capacity_per_s(Maker const& maker, std::span<Shock const> shocks, Tick t)
{
    double per_s = 0.0;
    for (auto const& step : maker.capacity) {
        if (step.from <= t) {
            per_s = step.units_per_s;
        }
    }
    for (auto const& shock : shocks) {
        if (shock.item == maker.item && shock.from <= t && t < shock.until) {
            per_s *= shock.capacity_factor;
        }
    }
    return per_s;
}

std::vector<Tick> capacity_dates(Maker const& maker, std::span<Shock const> shocks)
{
    std::vector<Tick> dates;
    for (auto const& step : maker.capacity) {
        dates.push_back(step.from);
    }
    for (auto const& shock : shocks) {
        if (shock.item == maker.item) {
            dates.push_back(shock.from);
            if (shock.until != never) {
                dates.push_back(shock.until);
            }
        }
    }
    std::ranges::sort(dates);
    auto const repeats = std::ranges::unique(dates);
    dates.erase(repeats.begin(), repeats.end());
    return dates;
}

Tick ship_day(Maker const& maker, Tick t)
{
    Tick const interval = ticks(maker.ship_every_s);
    return interval <= 0 ? t : (t + interval - 1) / interval * interval;
}

Shock const* holding_shock(std::span<Shock const> shocks, Id<Item> item, Tick t)
{
    auto const holds = [item, t](Shock const& s) { return s.holds_transit && s.item == item && s.from <= t && t < s.until; };
    auto const found = std::ranges::find_if(shocks, holds);
    return found == shocks.end() ? nullptr : &*found;
}

} // namespace aidc
