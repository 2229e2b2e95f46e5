#include "models/cooling/immersed_sink.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double gravity_m_per_s2 = 9.80665;
constexpr double rack_unit_m = 0.04445;
constexpr double rack_opening_m = 0.450;
constexpr double still_nusselt = 0.68; // Churchill and Chu at Ra = 0

double forced_W_per_K(ImmersedSink const& sink, double flow_m3_per_s)
{
    AIDC_EXPECT(sink.forced_K_per_W > 0.0 && sink.rated_flow_m3_per_s > 0.0 && flow_m3_per_s >= 0.0);
    return std::pow(flow_m3_per_s / sink.rated_flow_m3_per_s, sink.exponent) / sink.forced_K_per_W;
}

double natural_W_per_K(ImmersedSink const& sink, FluidProperties const& film, double film_rise_K)
{
    return sink.area_m2 * natural_film_W_per_m2K(film, sink.height_m, film_rise_K, sink.expansion_per_K);
}

double mixed_W_per_K(double forced_W_per_K, double natural_W_per_K)
{
    return std::cbrt(forced_W_per_K * forced_W_per_K * forced_W_per_K + natural_W_per_K * natural_W_per_K * natural_W_per_K);
}

} // namespace

double natural_film_W_per_m2K(FluidProperties const& film, double length_m, double rise_K, double expansion_per_K)
{
    AIDC_EXPECT(length_m > 0.0 && rise_K >= 0.0 && expansion_per_K >= 0.0);
    double const rayleigh = gravity_m_per_s2 * expansion_per_K * rise_K * std::pow(length_m, 3) * film.density_kg_per_m3
                            * volumetric_heat_J_per_m3K(film) / (film.viscosity_Pa_s * film.conductivity_W_per_mK);
    double const prandtl_term = std::pow(1.0 + std::pow(0.492 / prandtl(film), 9.0 / 16.0), 4.0 / 9.0);
    double const laminar = still_nusselt + 0.670 * std::pow(rayleigh, 0.25) / prandtl_term;
    double const turbulent = 0.10 * std::cbrt(rayleigh);
    return std::max(laminar, turbulent) * film.conductivity_W_per_mK / length_m;
}

double sink_to_bulk_K_per_W(ImmersedSink const& sink, FluidProperties const& film, double flow_m3_per_s, double film_rise_K)
{
    AIDC_EXPECT(flow_m3_per_s > 0.0 || sink.area_m2 > 0.0);
    return sink.conduction_K_per_W + 1.0 / mixed_W_per_K(forced_W_per_K(sink, flow_m3_per_s), natural_W_per_K(sink, film, film_rise_K));
}

double sink_rise_K(ImmersedSink const& sink, FluidProperties const& film, double flow_m3_per_s, double heat_W)
{
    AIDC_EXPECT(heat_W >= 0.0 && (flow_m3_per_s > 0.0 || sink.area_m2 > 0.0));
    if (heat_W == 0.0) {
        return 0.0;
    }
    double const forced = forced_W_per_K(sink, flow_m3_per_s);
    double const least = std::max(forced, sink.area_m2 * still_nusselt * film.conductivity_W_per_mK / sink.height_m);
    auto const surplus_W = [&](double rise_K) { return rise_K * mixed_W_per_K(forced, natural_W_per_K(sink, film, rise_K)) - heat_W; };
    // The film is never worse than the larger of forced flow and still oil; a little more covers rounding.
    double const film_rise_K = bracketed_root(surplus_W, 0.0, 1.001 * heat_W / least, 1e-9, "immersed heat sink");
    return film_rise_K + heat_W * sink.conduction_K_per_W;
}

double tank_capacity_J_per_K(ImmersionTank const& tank, FluidProperties const& oil)
{
    return volumetric_heat_J_per_m3K(oil) * tank.oil_volume_m3 + tank.solids_J_per_K;
}

double tank_rise_K_per_s(ImmersionTank const& tank, FluidProperties const& oil, double heat_W, double removed_W)
{
    AIDC_EXPECT(tank.oil_volume_m3 > 0.0);
    return (heat_W - removed_W) / tank_capacity_J_per_K(tank, oil);
}

double tank_bulk_C(ImmersionTank const& tank, FluidProperties const& oil, Stream const& water, double heat_W)
{
    AIDC_EXPECT(tank.rated_flow_m3_per_s > 0.0 && tank.exchanger_W_per_K > 0.0 && water.flow_kg_per_s > 0.0);
    double const oil_W_per_K = volumetric_heat_J_per_m3K(oil) * tank.rated_flow_m3_per_s;
    double const water_W_per_K = water.flow_kg_per_s * water.cp_J_per_kgK;
    double const least = std::min(oil_W_per_K, water_W_per_K);
    double const ratio = least / std::max(oil_W_per_K, water_W_per_K);
    return water.inlet_C + heat_W / (least * counterflow_effectiveness(tank.exchanger_W_per_K / least, ratio));
}

double module_oil_m3(double height_U, double depth_m, double oil_share)
{
    AIDC_EXPECT(height_U > 0.0 && depth_m > 0.0 && oil_share >= 0.0 && oil_share <= 1.0);
    return height_U * rack_unit_m * rack_opening_m * depth_m * oil_share;
}

} // namespace aidc
