#pragma once
/// \file
/// Names of the kinds of units, as tables, pictures and result files call them.

#include "models/campus/campus.hpp"

#include <array>
#include <string_view>

namespace aidc {

/// By UnitGroup::Kind.
inline constexpr std::array<std::string_view, 13> unit_families{"transformer", "genset",  "ups",        "outdoor", "feed",
                                                                "generation",  "storage", "switchgear", "busway",  "fws_pump",
                                                                "chiller",     "cdu",     "leak"};
static_assert(unit_families.size() == static_cast<std::size_t>(UnitGroup::Kind::leak) + 1, "a kind of unit without a name");

/// Name of a kind: "fws_pump".
constexpr std::string_view family_of(UnitGroup::Kind kind) { return unit_families[static_cast<std::size_t>(kind)]; }

} // namespace aidc
