#pragma once
/// \file
/// Every unit conversion of the program. C++ holds SI only (and degrees Celsius); other units exist in input
/// keys, on plots and in printed text.

#include <array>
#include <span>
#include <string_view>

namespace aidc {

/// One accepted suffix of an input key: value_SI = value * factor.
struct Unit {
    std::string_view suffix; ///< As written at the end of a key, e.g. "kW"
    std::string_view si;     ///< Suffix used in C++ and in result files, e.g. "W"
    double factor;           ///< SI value of one unit
};

inline constexpr std::array units{
    Unit{"W", "W", 1.0},
    Unit{"kW", "W", 1e3},
    Unit{"MW", "W", 1e6},
    Unit{"J", "J", 1.0},
    Unit{"kWh", "J", 3.6e6},
    Unit{"MWh", "J", 3.6e9},
    Unit{"per_J", "per_J", 1.0},
    Unit{"per_kWh", "per_J", 1.0 / 3.6e6},
    Unit{"per_MWh", "per_J", 1.0 / 3.6e9},
    Unit{"per_kW_month", "per_J", 1.0 / (1e3 * 365.25 / 12.0 * 86400.0)},
    Unit{"s", "s", 1.0},
    Unit{"min", "s", 60.0},
    Unit{"h", "s", 3600.0},
    Unit{"days", "s", 86400.0},
    Unit{"weeks", "s", 604800.0},
    Unit{"months", "s", 365.25 / 12.0 * 86400.0},
    Unit{"years", "s", 365.25 * 86400.0},
    Unit{"per_s", "per_s", 1.0},
    Unit{"per_day", "per_s", 1.0 / 86400.0},
    Unit{"per_year", "per_s", 1.0 / (365.25 * 86400.0)},
    Unit{"Pa", "Pa", 1.0},
    Unit{"kPa", "Pa", 1e3},
    Unit{"bar", "Pa", 1e5},
    Unit{"m3_per_s", "m3_per_s", 1.0},
    Unit{"L_per_min", "m3_per_s", 1e-3 / 60.0},
    Unit{"m3_per_h", "m3_per_s", 1.0 / 3600.0},
    Unit{"m3_per_J", "m3_per_J", 1.0},
    Unit{"L_per_min_per_kW", "m3_per_J", 1e-3 / 60.0 / 1e3},
    Unit{"kg_per_s", "kg_per_s", 1.0},
    Unit{"W_per_K", "W_per_K", 1.0},
    Unit{"kW_per_K", "W_per_K", 1e3},
    Unit{"K_per_W", "K_per_W", 1.0},
    Unit{"C", "C", 1.0},
    Unit{"K", "K", 1.0},
    Unit{"m", "m", 1.0},
    Unit{"mm", "m", 1e-3},
    Unit{"m2", "m2", 1.0},
    Unit{"mm2", "m2", 1e-6},
    Unit{"m3", "m3", 1.0},
    Unit{"L", "m3", 1e-3},
    Unit{"J_per_K", "J_per_K", 1.0},
    Unit{"kg", "kg", 1.0},
    Unit{"V", "V", 1.0},
    Unit{"B", "B", 1.0},
    Unit{"GB", "B", 1e9},
    Unit{"B_per_s", "B_per_s", 1.0},
    Unit{"GB_per_s", "B_per_s", 1e9},
    Unit{"Gb_per_s", "B_per_s", 1.25e8},
    Unit{"share", "share", 1.0},
    Unit{"pct", "share", 0.01},
};

/// Table row of a suffix, or nullptr.
constexpr Unit const* find_unit(std::string_view suffix)
{
    for (auto const& unit : units) {
        if (unit.suffix == suffix) {
            return &unit;
        }
    }
    return nullptr;
}

} // namespace aidc
