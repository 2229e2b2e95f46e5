#include "models/hydraulic/pipe.hpp"

#include "models/base/error.hpp"

#include <cmath>
#include <numbers>

namespace aidc {
namespace {

/// Turbulent factor; x = 1/sqrt f is the unknown, in which Newton's method converges at once.
double colebrook(double reynolds, double relative_roughness)
{
    double const rough = relative_roughness / 3.7;
    double const smooth = 2.51 / reynolds;
    double x = -1.8 * std::log10(std::pow(rough, 1.11) + 6.9 / reynolds);
    for (int i = 0; i < 20; ++i) {
        double const inner = rough + smooth * x;
        double const step = (x + 2.0 * std::log10(inner)) / (1.0 + 2.0 / std::numbers::ln10 * smooth / inner);
        x -= step;
        if (std::abs(step) < 1e-12 * x) {
            return 1.0 / (x * x);
        }
    }
    throw SolverError("pipe friction", "no factor at Re = " + std::to_string(reynolds));
}

} // namespace

double velocity_m_per_s(Pipe const& pipe, double flow_m3_per_s)
{
    return 4.0 * flow_m3_per_s / (std::numbers::pi * pipe.diameter_m * pipe.diameter_m);
}

double reynolds(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s)
{
    return fluid.density_kg_per_m3 * velocity_m_per_s(pipe, flow_m3_per_s) * pipe.diameter_m / fluid.viscosity_Pa_s;
}

double friction_factor(double reynolds, double relative_roughness)
{
    AIDC_EXPECT(reynolds > 0.0 && relative_roughness >= 0.0);
    double const laminar = 64.0 / reynolds;
    if (reynolds <= laminar_reynolds) {
        return laminar;
    }
    double const turbulent = colebrook(reynolds, relative_roughness);
    if (reynolds >= turbulent_reynolds) {
        return turbulent;
    }
    double const u = (reynolds - laminar_reynolds) / (turbulent_reynolds - laminar_reynolds);
    return std::lerp(laminar, turbulent, u * u * (3.0 - 2.0 * u));
}

double pipe_drop_Pa(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0 && pipe.diameter_m > 0.0);
    if (flow_m3_per_s == 0.0) {
        return 0.0;
    }
    double const f = friction_factor(reynolds(pipe, fluid, flow_m3_per_s), pipe.roughness_m / pipe.diameter_m);
    double const velocity = velocity_m_per_s(pipe, flow_m3_per_s);
    return (f * pipe.length_m / pipe.diameter_m + pipe.minor_k) * 0.5 * fluid.density_kg_per_m3 * velocity * velocity;
}

HydraulicElement pipe_element(Pipe const& pipe, FluidProperties const& fluid, double low_m3_per_s, double high_m3_per_s)
{
    AIDC_EXPECT(0.0 < low_m3_per_s && low_m3_per_s < high_m3_per_s);
    auto const at = [&](double flow_m3_per_s) { return FlowPoint{flow_m3_per_s, pipe_drop_Pa(pipe, fluid, flow_m3_per_s)}; };
    return element_through(at(low_m3_per_s), at(high_m3_per_s));
}

double film_W_per_m2K(Pipe const& pipe, FluidProperties const& fluid, double flow_m3_per_s)
{
    double const nusselt = 0.023 * std::pow(reynolds(pipe, fluid, flow_m3_per_s), 0.8) * std::pow(prandtl(fluid), 0.35);
    return nusselt * fluid.conductivity_W_per_mK / pipe.diameter_m;
}

} // namespace aidc
