#include "models/supply/shock.hpp"

#include <algorithm>

namespace aidc {
namespace {

bool lasts_at(Shock const& shock, Tick t) { return shock.from <= t && t < shock.until; }

bool is_about(Shock const& shock, Id<Maker> id, Maker const& maker) { return shock.maker ? shock.maker == id : shock.item == maker.item; }

template <class Is> Shock const* find(std::span<Shock const> shocks, Shipment const& shipment, Tick t, Is const& is)
{
    auto const found = std::ranges::find_if(shocks, [&](Shock const& shock) { return is(shock) && hits(shock, shipment, t); });
    return found == shocks.end() ? nullptr : &*found;
}

} // namespace

bool hits(Shock const& shock, Shipment const& shipment, Tick t)
{
    bool const on_its_way = shock.region.empty() || shock.region == shipment.region;
    return lasts_at(shock, t) && on_its_way && is_about(shock, shipment.id, *shipment.maker);
}

double capacity_per_s(Id<Maker> id, Maker const& maker, std::span<Shock const> shocks, Tick t)
{
    double per_s = 0.0;
    for (auto const& step : maker.capacity) {
        if (step.from <= t) {
            per_s = step.units_per_s;
        }
    }
    for (auto const& shock : shocks) {
        if (is_about(shock, id, maker) && lasts_at(shock, t)) {
            per_s *= shock.capacity_factor;
        }
    }
    return per_s;
}

std::vector<Tick> capacity_dates(Id<Maker> id, Maker const& maker, std::span<Shock const> shocks)
{
    std::vector<Tick> dates;
    for (auto const& step : maker.capacity) {
        dates.push_back(step.from);
    }
    for (auto const& shock : shocks) {
        if (is_about(shock, id, maker)) {
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

Shock const* holding_shock(std::span<Shock const> shocks, Shipment const& shipment, Tick t)
{
    return find(shocks, shipment, t, [](Shock const& shock) { return shock.holds_transit; });
}

Shock const* quota_shock(std::span<Shock const> shocks, Shipment const& shipment, Tick t)
{
    return find(shocks, shipment, t, [](Shock const& shock) { return shock.quota_units > 0.0; });
}

double price_factor(std::span<Shock const> shocks, Shipment const& shipment, Tick t)
{
    double factor = 1.0;
    for (auto const& shock : shocks) {
        factor *= hits(shock, shipment, t) ? shock.price_factor : 1.0;
    }
    return factor;
}

double tariff(std::span<Shock const> shocks, Shipment const& shipment, Tick t)
{
    double sum = 0.0;
    for (auto const& shock : shocks) {
        sum += hits(shock, shipment, t) ? shock.tariff : 0.0;
    }
    return sum;
}

} // namespace aidc
