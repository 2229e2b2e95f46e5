#pragma once
/// \file
/// Does a rack fit a position?

#include "models/it/rack.hpp"

#include <string>
#include <vector>

namespace aidc {

/// What a position of a hall gives to the rack that stands there.
struct Position {
    double max_W{};         ///< Electric power [W]
    double supply_C{};      ///< Coolant supply [C]
    double flow_m3_per_s{}; ///< Coolant: its share of the CDU's rated flow [m3/s]
    double bus_V{};         ///< [V DC]
    double floor_max_kg{};  ///< [kg]; 0: no limit
};

/// Least coolant of a rack at full power [m3/s]: flow per liquid heat times liquid heat.
double coolant_m3_per_s(RackKind const& kind);

/// What of a rack a position cannot give, each as "needs ... and it gives ..."; empty when it fits. A pod holds the residual
/// air heat by its fan walls, which the plant sizes.
std::vector<std::string> misfits(RackKind const& kind, Position const& position);

} // namespace aidc
