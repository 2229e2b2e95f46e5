#include "models/fluid/coolant.hpp"

#include "models/base/error.hpp"
#include "models/fluid/dielectric.hpp"
#include "models/fluid/glycol.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace aidc {
namespace {

/// c0 + c1 x + c2 x^2 + ... by Horner's rule.
template <std::size_t N> double polynomial(std::array<double, N> const& c, double x)
{
    double sum = c[N - 1];
    for (std::size_t i = N - 1; i-- > 0;) {
        sum = sum * x + c[i];
    }
    return sum;
}

// Own least-squares fits to IAPWS-IF97 (density, cp; 300 kPa) and IAPWS 2011 / 2008 (conductivity, viscosity), 5...100 deg C.
constexpr std::array water_density{1000.05488, 0.0406276607, -0.00713745134, 3.65804904e-05, -1.08888682e-07};
constexpr std::array water_cp{4213.54732, -2.27061978, 0.0485296384, -0.000420042083, 1.64844419e-06};
constexpr std::array water_conductivity{0.557022044, 0.00232142542, -1.45798503e-05, 3.42123129e-08};
constexpr std::array water_ln_viscosity{-6.32641788, -0.0343627304, 0.000319672604, -2.8850872e-06, 1.74051067e-08, -4.64459518e-11};

// Own fits to Dow DOWFROST LC 25: 1030.3 and 1022.5 kg/m3 at 25 and 40 deg C; 3880, 3920, 3940 J/(kg K) and
// 0.462, 0.476, 0.485 W/(m K) at 25, 40, 50 deg C; 2.80, 2.39, 1.58, 1.30 mPa s at 20, 25, 40, 50 deg C.
constexpr std::array pg25_density{1043.3, -0.52};
constexpr std::array pg25_cp{3820.5263158, 2.4210526316};
constexpr std::array pg25_conductivity{0.43902631579, 0.00092105263158};

FluidProperties water_properties(double temperature_C)
{
    return {.density_kg_per_m3 = polynomial(water_density, temperature_C),
            .cp_J_per_kgK = polynomial(water_cp, temperature_C),
            .conductivity_W_per_mK = polynomial(water_conductivity, temperature_C),
            .viscosity_Pa_s = std::exp(polynomial(water_ln_viscosity, temperature_C))};
}

FluidProperties pg25_properties(double temperature_C)
{
    return {.density_kg_per_m3 = polynomial(pg25_density, temperature_C),
            .cp_J_per_kgK = polynomial(pg25_cp, temperature_C),
            .conductivity_W_per_mK = polynomial(pg25_conductivity, temperature_C),
            .viscosity_Pa_s = std::exp(-9.752585478 + 464.4557291 / (temperature_C + 100.0))};
}

constexpr double pg25_share = 0.25; // by mass [estimate]

} // namespace

FluidProperties properties(Coolant coolant, double temperature_C)
{
    AIDC_EXPECT(temperature_C > -100.0);
    switch (coolant) {
    case Coolant::water:
        return water_properties(temperature_C);
    case Coolant::pg25:
        return pg25_properties(temperature_C);
    case Coolant::pg20:
        return glycol_properties(0.2, temperature_C);
    case Coolant::pg30:
        return glycol_properties(0.3, temperature_C);
    case Coolant::pg40:
        return glycol_properties(0.4, temperature_C);
    case Coolant::pg50:
        return glycol_properties(0.5, temperature_C);
    case Coolant::hfe_7100:
        return dielectric_properties(Dielectric::hfe_7100, temperature_C);
    case Coolant::therminol_d12:
        return dielectric_properties(Dielectric::therminol_d12, temperature_C);
    case Coolant::texatherm_22:
        return dielectric_properties(Dielectric::texatherm_22, temperature_C);
    }
    contract_broken("invariant", "Coolant is listed", __FILE__, __LINE__);
}

FluidProperties bounded_properties(Coolant coolant, double temperature_C, CurveSet& outside)
{
    auto const [low_C, high_C] = range(coolant);
    return properties(coolant, bounded(temperature_C, low_C, high_C, Curve::coolant, outside));
}

double density_kg_per_m3(Coolant coolant, double temperature_C) { return properties(coolant, temperature_C).density_kg_per_m3; }

double cp_J_per_kgK(Coolant coolant, double temperature_C) { return properties(coolant, temperature_C).cp_J_per_kgK; }

double conductivity_W_per_mK(Coolant coolant, double temperature_C) { return properties(coolant, temperature_C).conductivity_W_per_mK; }

double viscosity_Pa_s(Coolant coolant, double temperature_C) { return properties(coolant, temperature_C).viscosity_Pa_s; }

TemperatureRange range(Coolant coolant)
{
    switch (coolant) {
    case Coolant::water:
        return {.low_C = 0.0, .high_C = 100.0};
    case Coolant::pg25:
        return {.low_C = 0.0, .high_C = 80.0};
    case Coolant::pg20:
    case Coolant::pg30:
    case Coolant::pg40:
    case Coolant::pg50:
        return {.low_C = freezing_C(coolant), .high_C = 100.0};
    case Coolant::hfe_7100:
        return dielectric_range(Dielectric::hfe_7100);
    case Coolant::therminol_d12:
        return dielectric_range(Dielectric::therminol_d12);
    case Coolant::texatherm_22:
        return dielectric_range(Dielectric::texatherm_22);
    }
    contract_broken("invariant", "Coolant is listed", __FILE__, __LINE__);
}

double freezing_C(Coolant coolant)
{
    switch (coolant) {
    case Coolant::water:
        return 0.0;
    case Coolant::pg25:
        return glycol_freezing_C(pg25_share);
    case Coolant::pg20:
        return glycol_freezing_C(0.2);
    case Coolant::pg30:
        return glycol_freezing_C(0.3);
    case Coolant::pg40:
        return glycol_freezing_C(0.4);
    case Coolant::pg50:
        return glycol_freezing_C(0.5);
    case Coolant::hfe_7100:
        return -135.0;
    case Coolant::therminol_d12:
        return -85.0;
    case Coolant::texatherm_22:
        return 0.0;
    }
    contract_broken("invariant", "Coolant is listed", __FILE__, __LINE__);
}

double prandtl(FluidProperties const& fluid) { return fluid.viscosity_Pa_s * fluid.cp_J_per_kgK / fluid.conductivity_W_per_mK; }

double volumetric_heat_J_per_m3K(FluidProperties const& fluid) { return fluid.density_kg_per_m3 * fluid.cp_J_per_kgK; }

double flow_for_heat_m3_per_s(FluidProperties const& fluid, double heat_W, double rise_K)
{
    AIDC_EXPECT(heat_W >= 0.0 && rise_K > 0.0);
    return heat_W / (volumetric_heat_J_per_m3K(fluid) * rise_K);
}

} // namespace aidc
