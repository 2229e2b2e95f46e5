#include "models/campus/compatible.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aidc {

double coolant_m3_per_s(RackKind const& kind)
{
    return std::min(kind.tcs_flow_m3_per_J, kind.tcs_flow_min_m3_per_J) * kind.liquid_share * budget_W(kind);
}

std::vector<std::string> misfits(RackKind const& kind, Position const& position)
{
    std::vector<std::string> all;
    if (budget_W(kind) > position.max_W) {
        all.push_back(fmt::format("it needs {:.1f} kW and gets {:.1f} kW", budget_W(kind) / 1e3, position.max_W / 1e3));
    }
    if (kind.supply_max_C < position.supply_C) {
        all.push_back(fmt::format("it needs coolant of at most {:g} C and gets {:g} C", kind.supply_max_C, position.supply_C));
    }
    if (coolant_m3_per_s(kind) > position.flow_m3_per_s * (1.0 + 1e-9)) {
        all.push_back(fmt::format("it needs at least {:.0f} L/min of coolant and gets {:.0f} L/min, its share of the CDU",
                                  coolant_m3_per_s(kind) * 6e4, position.flow_m3_per_s * 6e4));
    }
    if (kind.bus_V != position.bus_V) {
        all.push_back(fmt::format("it needs {:g} V and gets {:g} V", kind.bus_V, position.bus_V));
    }
    if (position.floor_max_kg > 0.0 && kind.mass_kg > position.floor_max_kg) {
        all.push_back(fmt::format("it weighs {:.0f} kg and the floor carries {:.0f} kg", kind.mass_kg, position.floor_max_kg));
    }
    return all;
}

} // namespace aidc
