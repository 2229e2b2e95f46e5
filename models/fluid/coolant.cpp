#include "models/fluid/coolant.hpp"

#include "models/base/error.hpp"

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

} // namespace

double density_kg_per_m3(Coolant coolant, double temperature_C)
{
    return coolant == Coolant::water ? polynomial(water_density, temperature_C) : polynomial(pg25_density, temperature_C);
}

double cp_J_per_kgK(Coolant coolant, double temperature_C)
{
    return coolant == Coolant::water ? polynomial(water_cp, temperature_C) : polynomial(pg25_cp, temperature_C);
}

double conductivity_W_per_mK(Coolant coolant, double temperature_C)
{
    return coolant == Coolant::water ? polynomial(water_conductivity, temperature_C) : polynomial(pg25_conductivity, temperature_C);
}

double viscosity_Pa_s(Coolant coolant, double temperature_C)
{
    AIDC_EXPECT(temperature_C > -100.0);
    if (coolant == Coolant::water) {
        return std::exp(polynomial(water_ln_viscosity, temperature_C));
    }
    return std::exp(-9.752585478 + 464.4557291 / (temperature_C + 100.0));
}

FluidProperties properties(Coolant coolant, double temperature_C)
{
    return {.density_kg_per_m3 = density_kg_per_m3(coolant, temperature_C),
            .cp_J_per_kgK = cp_J_per_kgK(coolant, temperature_C),
            .conductivity_W_per_mK = conductivity_W_per_mK(coolant, temperature_C),
            .viscosity_Pa_s = viscosity_Pa_s(coolant, temperature_C)};
}

double prandtl(FluidProperties const& fluid) { return fluid.viscosity_Pa_s * fluid.cp_J_per_kgK / fluid.conductivity_W_per_mK; }

double volumetric_heat_J_per_m3K(FluidProperties const& fluid) { return fluid.density_kg_per_m3 * fluid.cp_J_per_kgK; }

double flow_for_heat_m3_per_s(FluidProperties const& fluid, double heat_W, double rise_K)
{
    AIDC_EXPECT(heat_W >= 0.0 && rise_K > 0.0);
    return heat_W / (volumetric_heat_J_per_m3K(fluid) * rise_K);
}

} // namespace aidc
