#include "models/cooling/cold_plate.hpp"

#include "models/base/error.hpp"

#include <cmath>

namespace aidc {

double inlet_to_case_K_per_W(ColdPlate const& plate, FluidProperties const& coolant, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s > 0.0 && plate.rated_flow_m3_per_s > 0.0);
    double const film = plate.convection_K_per_W * std::pow(flow_m3_per_s / plate.rated_flow_m3_per_s, -plate.exponent);
    return plate.conduction_K_per_W + film + 0.5 / (volumetric_heat_J_per_m3K(coolant) * flow_m3_per_s);
}

double case_temperature_C(ColdPlate const& plate, FluidProperties const& coolant, double flow_m3_per_s, double supply_C, double heat_W)
{
    AIDC_EXPECT(heat_W >= 0.0);
    return supply_C + heat_W * inlet_to_case_K_per_W(plate, coolant, flow_m3_per_s);
}

double junction_C(double case_C, double heat_W, double junction_to_case_K_per_W)
{
    AIDC_EXPECT(heat_W >= 0.0 && junction_to_case_K_per_W >= 0.0);
    return case_C + heat_W * junction_to_case_K_per_W;
}

double case_after_C(double case_C, double end_C, double time_constant_s, double dt_s)
{
    AIDC_EXPECT(time_constant_s > 0.0 && dt_s >= 0.0);
    // expm1: a small step must not lose the slope to rounding.
    return case_C + (case_C - end_C) * std::expm1(-dt_s / time_constant_s);
}

} // namespace aidc
