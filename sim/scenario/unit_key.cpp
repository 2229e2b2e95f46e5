#include "sim/scenario/unit_key.hpp"

#include "models/base/units.hpp"

#include <fmt/format.h>

namespace aidc {

std::vector<std::string> other_units_of(std::string_view key)
{
    std::vector<std::string> others;
    // From the left, so that "flow_L_per_min_per_kW" is a flow in L_per_min_per_kW and no "flow_L_per_min_per" in kW.
    for (auto at = key.find('_'); at != std::string_view::npos; at = key.find('_', at + 1)) {
        auto const* const unit = find_unit(key.substr(at + 1));
        if (unit == nullptr) {
            continue;
        }
        for (auto const& other : units) {
            if (other.si == unit->si && other.suffix != unit->suffix) {
                others.push_back(fmt::format("{}_{}", key.substr(0, at), other.suffix));
            }
        }
        break;
    }
    return others;
}

} // namespace aidc
