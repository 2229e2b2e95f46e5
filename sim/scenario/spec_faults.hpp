#pragma once
/// \file
/// Faults on a date, and demand response by a price: as written.

#include "sim/scenario/field.hpp"

#include <cstdint>
#include <string>

namespace aidc {

/// Import without a cap [W]: the largest number that a scenario can hold.
inline constexpr double no_cap_W = 1e15;

/// Something that is broken on a date: one of group, import_cap, warmer.
struct FaultSpec {
    std::string name, campus, group;
    Date at;
    double at_s{}, for_s{};
    std::uint32_t units = 1;
    double import_cap_W = no_cap_W, warmer_K{};
};

template <class V> void describe(V& v, FaultSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"campus", Need::required, "Where"}, x.campus);
    v.date({"at", Need::required, "Day on which it begins"}, x.at);
    v.quantity({"at", Need::optional, "Time of that day"}, "s", x.at_s, {.low = 0.0, .high = day_s});
    v.quantity({"for", Need::required, "How long it lasts"}, "s", x.for_s, positive);
    v.text({"group", Need::optional, "Group of units that lose some, e.g. \"gensets\", \"feeds/grid\", \"A/cdus\", \"A/1/ups\""}, x.group);
    v.count({"units", Need::optional, "How many; of leaks and CDUs as well"}, x.units, 1);
    v.quantity({"import_cap", Need::optional, "The grid gives no more than this; 1e15 W: no cap"}, "W", x.import_cap_W, not_negative);
    v.quantity({"warmer", Need::optional, "Outdoor air is warmer by this; 0: it is not"}, "K", x.warmer_K, not_negative);
}

/// Demand response: what the grid gives while its price is high.
struct PriceSpec {
    std::string csv, time = "time", column;
    double above_per_J{}; ///< In the scenario's currency
    double import_cap_W{};
};

template <class V> void describe(V& v, PriceSpec& x)
{
    v.text({"csv", Need::required, "Table of the price, relative to the scenario; rows at equal steps, each until the next"}, x.csv);
    v.text({"time", Need::optional,
            "Column of the time, e.g. 2021-02-15 01:00; with an offset from UTC behind it, all count in that of the first row"},
           x.time);
    v.text({"column", Need::required, "Column of the price per MWh, in the scenario's currency"}, x.column);
    v.quantity({"above", Need::required, "While the price is above this the import is capped, as by a fault"}, "per_J", x.above_per_J,
               any_value);
    v.quantity({"import_cap", Need::required, "The grid then gives no more than this"}, "W", x.import_cap_W, not_negative);
}

} // namespace aidc
