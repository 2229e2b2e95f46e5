#include "models/fluid/glycol.hpp"

#include "models/base/error.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace aidc {
namespace {

using Coefficients = std::array<double, 18>; // by powers of x, and in each by powers of y
constexpr std::array<std::size_t, 6> terms_in_y{4, 4, 4, 3, 2, 1};

// A. Melinder (2010), as in Modelica Buildings, Media.Antifreeze.PropyleneGlycolWater: kg/m3, J/(kg K), W/(m K), ln of mPa s, deg C.
constexpr Coefficients melinder_density{1018.0,    -0.5406,    -0.002666,  1.347e-05,  0.7604,     -0.00945,
                                        5.541e-05, -1.343e-07, -0.002498,  2.7e-05,    -4.018e-07, 3.376e-09,
                                        -0.000155, 2.829e-06,  -7.175e-09, -1.131e-06, -2.221e-08, 2.342e-08};
constexpr Coefficients melinder_cp{3882.0,    2.699,     -0.001659, -1.032e-05, -13.04,    0.0507,    -4.752e-05, 1.522e-06,  -0.1598,
                                   9.534e-05, 1.167e-05, -4.87e-08, 0.0003539,  3.102e-05, -2.95e-07, 5e-05,      -7.135e-07, -4.959e-07};
constexpr Coefficients melinder_conductivity{0.4513,     0.0007955,  3.482e-08, -5.966e-09, -0.004795,  -1.678e-05,
                                             8.941e-08,  1.493e-10,  2.076e-05, 1.563e-07,  -4.615e-09, 9.897e-12,
                                             -9.083e-08, -2.518e-09, 6.543e-11, -5.952e-10, -3.605e-11, 2.104e-11};
constexpr Coefficients melinder_ln_viscosity{0.6837,    -0.03045,  0.0002525,  -1.399e-06, 0.03328,    -0.0003984,
                                             4.332e-06, -1.86e-08, 5.453e-05,  -8.6e-08,   -1.593e-08, -4.465e-11,
                                             -3.9e-06,  1.054e-07, -1.589e-09, -1.587e-08, 4.475e-10,  3.564e-09};
constexpr std::array melinder_freezing{-13.25, -0.6631, -0.01094, -0.0002283, -3.409e-06, 1.465e-08};

double share_over_middle(double mass_share)
{
    AIDC_EXPECT(mass_share >= glycol_share_min && mass_share <= glycol_share_max);
    return 100.0 * (mass_share - 0.307031);
}

double polynomial(Coefficients const& a, double x, double y)
{
    double sum = 0.0;
    double power_of_x = 1.0;
    std::size_t first = 0;
    for (std::size_t const terms : terms_in_y) {
        double in_y = 0.0;
        for (std::size_t j = terms; j-- > 0;) {
            in_y = in_y * y + a[first + j];
        }
        sum += power_of_x * in_y;
        power_of_x *= x;
        first += terms;
    }
    return sum;
}

} // namespace

FluidProperties glycol_properties(double mass_share, double temperature_C)
{
    double const x = share_over_middle(mass_share);
    double const y = temperature_C - 32.7083;
    return {.density_kg_per_m3 = polynomial(melinder_density, x, y),
            .cp_J_per_kgK = polynomial(melinder_cp, x, y),
            .conductivity_W_per_mK = polynomial(melinder_conductivity, x, y),
            .viscosity_Pa_s = 1e-3 * std::exp(polynomial(melinder_ln_viscosity, x, y))};
}

double glycol_freezing_C(double mass_share)
{
    double const x = share_over_middle(mass_share);
    double sum = 0.0;
    for (std::size_t i = melinder_freezing.size(); i-- > 0;) {
        sum = sum * x + melinder_freezing[i];
    }
    return sum;
}

} // namespace aidc
