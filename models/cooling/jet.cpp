#include "models/cooling/jet.hpp"

#include "models/base/error.hpp"

#include <cmath>

namespace aidc {

double nozzle_velocity_m_per_s(JetArray const& jets, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0 && jets.open_share > 0.0 && jets.area_m2 > 0.0);
    return flow_m3_per_s / (jets.open_share * jets.area_m2);
}

double jet_reynolds(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s)
{
    return coolant.density_kg_per_m3 * nozzle_velocity_m_per_s(jets, flow_m3_per_s) * jets.nozzle_diameter_m / coolant.viscosity_Pa_s;
}

double jet_nusselt(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s, CurveSet& outside)
{
    double const reynolds = bounded(jet_reynolds(jets, coolant, flow_m3_per_s), 2000.0, 1e5, Curve::jet, outside);
    double const height = bounded(jets.height_over_diameter, 2.0, 12.0, Curve::jet, outside);
    double const root_f = std::sqrt(bounded(jets.open_share, 0.004, 0.04, Curve::jet, outside));
    double const k = std::pow(1.0 + std::pow(height * root_f / 0.6, 6.0), -0.05);
    double const g = 2.0 * root_f * (1.0 - 2.2 * root_f) / (1.0 + 0.2 * (height - 6.0) * root_f);
    return 0.5 * k * g * std::cbrt(reynolds * reynolds) * std::pow(prandtl(coolant), 0.42);
}

double jet_inlet_to_case_K_per_W(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s, CurveSet& outside)
{
    AIDC_EXPECT(flow_m3_per_s > 0.0 && jets.nozzle_diameter_m > 0.0 && jets.area_enhancement >= 1.0);
    double const film_W_per_m2K =
        jet_nusselt(jets, coolant, flow_m3_per_s, outside) * coolant.conductivity_W_per_mK / jets.nozzle_diameter_m;
    return jets.conduction_K_per_W + 1.0 / (film_W_per_m2K * jets.area_m2 * jets.area_enhancement)
           + 0.5 / (volumetric_heat_J_per_m3K(coolant) * flow_m3_per_s);
}

double jet_drop_Pa(JetArray const& jets, FluidProperties const& coolant, double flow_m3_per_s)
{
    AIDC_EXPECT(jets.discharge_coefficient > 0.0);
    double const v = nozzle_velocity_m_per_s(jets, flow_m3_per_s) / jets.discharge_coefficient;
    return 0.5 * coolant.density_kg_per_m3 * v * v;
}

} // namespace aidc
