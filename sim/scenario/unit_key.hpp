#pragma once
/// \file
/// Keys that carry a unit.

#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// The same quantity in every other unit: "rating_kW" gives "rating_W", "rating_MW"; empty for a key without a unit.
std::vector<std::string> other_units_of(std::string_view key);

} // namespace aidc
