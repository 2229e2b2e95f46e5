#include "models/cooling/two_phase.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {

double evaporator_flow_kg_per_s(Evaporator const& evaporator, double heat_W, double latent_J_per_kg, double liquid_cp_J_per_kgK)
{
    AIDC_EXPECT(heat_W >= 0.0 && latent_J_per_kg > 0.0 && evaporator.exit_quality > 0.0 && evaporator.subcooling_K >= 0.0);
    return heat_W / (evaporator.exit_quality * latent_J_per_kg + liquid_cp_J_per_kgK * evaporator.subcooling_K);
}

double exit_quality(Evaporator const& evaporator, double heat_W, double flow_kg_per_s, double latent_J_per_kg, double liquid_cp_J_per_kgK)
{
    AIDC_EXPECT(heat_W >= 0.0 && flow_kg_per_s > 0.0 && latent_J_per_kg > 0.0);
    return (heat_W / flow_kg_per_s - liquid_cp_J_per_kgK * evaporator.subcooling_K) / latent_J_per_kg;
}

double two_phase_rise_K_per_W(Evaporator const& evaporator, double quality)
{
    AIDC_EXPECT(evaporator.dry_out_width > 0.0 && evaporator.dry_out_factor >= 1.0);
    double const u = std::clamp((quality - evaporator.dry_out_quality) / evaporator.dry_out_width, 0.0, 1.0);
    return evaporator.resistance_K_per_W * (1.0 + (evaporator.dry_out_factor - 1.0) * u * u * (3.0 - 2.0 * u));
}

Condensing condensing(double ua_W_per_K, double heat_W, Stream const& coolant)
{
    AIDC_EXPECT(ua_W_per_K > 0.0 && heat_W >= 0.0 && coolant.flow_kg_per_s > 0.0);
    double const coolant_W_per_K = coolant.flow_kg_per_s * coolant.cp_J_per_kgK;
    double const effectiveness = -std::expm1(-ua_W_per_K / coolant_W_per_K);
    double const rise_K = heat_W / coolant_W_per_K;
    return {.saturation_C = coolant.inlet_C + rise_K / effectiveness,
            .effectiveness = effectiveness,
            .coolant_outlet_C = coolant.inlet_C + rise_K};
}

double homogeneous_multiplier(double quality, double density_ratio)
{
    AIDC_EXPECT(quality >= 0.0 && quality <= 1.0 && density_ratio >= 1.0);
    return 1.0 + 0.5 * quality * (density_ratio - 1.0);
}

double evaporator_drop_Pa(double quality, double liquid_only_Pa, double mass_flux_kg_per_m2s, double liquid_kg_per_m3,
                          double vapour_kg_per_m3)
{
    double const density_ratio = liquid_kg_per_m3 / vapour_kg_per_m3;
    double const acceleration_Pa = mass_flux_kg_per_m2s * mass_flux_kg_per_m2s * quality * (density_ratio - 1.0) / liquid_kg_per_m3;
    return liquid_only_Pa * homogeneous_multiplier(quality, density_ratio) + acceleration_Pa;
}

} // namespace aidc
