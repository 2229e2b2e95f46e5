#include "models/hydraulic/tcs_loop.hpp"

#include "models/base/error.hpp"
#include "models/hydraulic/valve.hpp"

#include <vector>

namespace aidc {

SystemCurve tcs_system(TcsLoop const& loop, FluidProperties const& coolant, int racks, double flow_m3_per_s)
{
    AIDC_EXPECT(racks >= 1 && flow_m3_per_s > 0.0);
    double const low = 0.5 * flow_m3_per_s;
    std::vector<HydraulicElement> branch{loop.rack};
    if (loop.uqd_kv_m3_per_h > 0.0) {
        branch.insert(branch.end(), 2, valve_element(loop.uqd_kv_m3_per_h, coolant.density_kg_per_m3));
    }
    std::vector<HydraulicElement> path{in_parallel(in_series(branch, low / racks, flow_m3_per_s / racks), racks)};
    if (loop.header.length_m > 0.0) {
        path.push_back(pipe_element(loop.header, coolant, low, flow_m3_per_s));
    }
    if (loop.exchanger.k > 0.0) {
        path.push_back(loop.exchanger);
    }
    return {.element = in_series(path, low, flow_m3_per_s)};
}

} // namespace aidc
