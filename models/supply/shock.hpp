#pragma once
/// \file
/// Shocks: what the outer world does to makers and to goods on their way.

#include "models/supply/supply.hpp"

namespace aidc {

/// An event of the outer world: less output, goods held at a border, a slow port, another price.
///
/// It hits the goods of an item, or of one maker, on their way to campuses of a region (empty: to all).
struct Shock {
    std::string name;
    Id<Item> item;
    Id<Maker> maker; ///< Or
    std::string region;
    Tick from{};
    Tick until{};                    ///< `never`: to the end
    double capacity_factor = 1.0;    ///< Multiplies the output of the makers [0, 1]
    bool holds_transit = false;      ///< Lots that would arrive while it lasts wait for its end
    Duration release;                ///< From the end of the shock to the dock, for a held lot
    std::optional<Duration> licence; ///< A held lot waits for its own licence instead of the end
    double quota_units{};            ///< So many units may pass in each period; 0: no quota
    double quota_period_s{};
    Duration delay;            ///< Longer transit of lots shipped while it lasts (a port)
    double price_factor = 1.0; ///< Of orders placed while it lasts
    double tariff{};           ///< Share of the price, of lots that reach the dock while it lasts
    double probability = 1.0;  ///< That it comes at all
    Duration between;          ///< Random: from the start, and from one end, to the next beginning; `lasts` long each
    Duration lasts;
    bool random = false;

    bool operator==(Shock const&) const = default;
};

/// Goods of a maker on their way: what shocks look at.
struct Shipment {
    Id<Maker> id;
    Maker const* maker{};
    std::string_view region; ///< Of the campus
};

/// Does a shock touch a shipment at t?
bool hits(Shock const& shock, Shipment const& shipment, Tick t);

/// Output [1/s] of a maker at t, shocks applied.
double capacity_per_s(Id<Maker> id, Maker const& maker, std::span<Shock const> shocks, Tick t);

/// All dates at which capacity_per_s may change, sorted, without repeats.
std::vector<Tick> capacity_dates(Id<Maker> id, Maker const& maker, std::span<Shock const> shocks);

/// The shock that holds a shipment that arrives at t, or none.
Shock const* holding_shock(std::span<Shock const> shocks, Shipment const& shipment, Tick t);

/// The shock of whose quota a shipment needs a part at t, or none.
Shock const* quota_shock(std::span<Shock const> shocks, Shipment const& shipment, Tick t);

/// Product of the price factors at t [-].
double price_factor(std::span<Shock const> shocks, Shipment const& shipment, Tick t);

/// Sum of the tariffs at t, share of the price [-].
double tariff(std::span<Shock const> shocks, Shipment const& shipment, Tick t);

} // namespace aidc
