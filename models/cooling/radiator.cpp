#include "models/cooling/radiator.hpp"

#include "models/base/error.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aidc {
namespace {

using Nodes = std::array<double, max_panel_nodes>;

constexpr double kelvin_at_0_C = 273.15;
constexpr double ros2_gamma = 1.0 - 1.0 / std::numbers::sqrt2;

/// One node of a panel, the same for all; temperatures in kelvin.
struct Panel {
    int nodes;
    double flow_W_per_K;      ///< m cp
    double passed;            ///< E: share of (fluid - root) left behind the node
    double emission_W_per_K4; ///< Of a node
    double absorbed_W;        ///< By a node

    double taken_W_per_K() const { return flow_W_per_K * (1.0 - passed); }
    double net_W(double root) const { return emission_W_per_K4 * root * root * root * root - absorbed_W; }
    double slope_W_per_K(double root) const { return 4.0 * emission_W_per_K4 * root * root * root; }
};

Panel panel_of(Radiator const& radiator, Stream const& inlet, double absorbed)
{
    AIDC_EXPECT(radiator.nodes >= 1 && radiator.nodes <= max_panel_nodes && (radiator.sides == 1 || radiator.sides == 2));
    AIDC_EXPECT(radiator.area_m2 > 0.0 && radiator.film_W_per_K > 0.0 && inlet.flow_kg_per_s >= 0.0 && inlet.cp_J_per_kgK > 0.0);
    double const flow_W_per_K = inlet.flow_kg_per_s * inlet.cp_J_per_kgK;
    double const film_W_per_K =
        radiator.film_W_per_K * regularised_power(inlet.flow_kg_per_s / radiator.rated_flow_kg_per_s, radiator_film_exponent);
    double const node_m2 = radiator.fin_efficiency * radiator.area_m2 / radiator.nodes;
    return {.nodes = radiator.nodes,
            .flow_W_per_K = flow_W_per_K,
            .passed = flow_W_per_K == 0.0 ? 1.0 : std::exp(-film_W_per_K / (flow_W_per_K * radiator.nodes)),
            .emission_W_per_K4 = node_m2 * radiator.coating.emissivity * stefan_boltzmann_W_per_m2K4 * radiator.sides,
            .absorbed_W = node_m2 * absorbed};
}

/// Root temperature [K] of a node that fluid enters: taken = net, by Newton from a point where net is the larger.
double node_root(Panel const& panel, double fluid)
{
    double const taken_W_per_K = panel.taken_W_per_K();
    double const sink = std::sqrt(std::sqrt(panel.absorbed_W / panel.emission_W_per_K4));
    double root = std::max(fluid, sink);
    for (int i = 0; i < 60; ++i) {
        double const excess_W = panel.net_W(root) - taken_W_per_K * (fluid - root);
        double const change = excess_W / (panel.slope_W_per_K(root) + taken_W_per_K);
        root -= change;
        if (std::abs(change) <= 1e-13 * root) {
            return root;
        }
    }
    throw SolverError("radiator", "no root temperature at " + std::to_string(fluid) + " K of coolant");
}

/// Rates of change [K/s] of the loop and of its nodes.
struct Rates {
    double loop{};
    Nodes node{};
};

/// The loop in kelvin, and what does not change in a step.
struct Model {
    Panel panel;
    double loop_J_per_K;
    double node_J_per_K;
    double heat_W;

    /// f(T), and what the panel gives to space [W].
    Rates rates(Rates const& t, double& net_W) const
    {
        Rates f;
        net_W = 0.0;
        double fluid = t.loop;
        for (int i = 0; i < panel.nodes; ++i) {
            auto const n = static_cast<std::size_t>(i);
            double const node_net_W = panel.net_W(t.node[n]);
            f.node[n] = (panel.taken_W_per_K() * (fluid - t.node[n]) - node_net_W) / node_J_per_K;
            net_W += node_net_W;
            fluid = t.node[n] + (fluid - t.node[n]) * panel.passed;
        }
        f.loop = (heat_W - panel.flow_W_per_K * (t.loop - fluid)) / loop_J_per_K;
        return f;
    }

    /// Solves (1 - w J) k = r with J at t: every k is a + b k_loop along the flow, and the loop closes the ring.
    Rates implicit(Rates const& t, Rates const& r, double w) const
    {
        Nodes a{};
        Nodes b{};
        double fluid_a = 0.0;
        double fluid_b = 1.0;
        for (int i = 0; i < panel.nodes; ++i) {
            auto const n = static_cast<std::size_t>(i);
            double const coupling = w * panel.taken_W_per_K() / node_J_per_K;
            double const diagonal = 1.0 + coupling + w * panel.slope_W_per_K(t.node[n]) / node_J_per_K;
            a[n] = (r.node[n] + coupling * fluid_a) / diagonal;
            b[n] = coupling * fluid_b / diagonal;
            fluid_a = a[n] + (fluid_a - a[n]) * panel.passed;
            fluid_b = b[n] + (fluid_b - b[n]) * panel.passed;
        }
        double const flush = w * panel.flow_W_per_K / loop_J_per_K;
        Rates k{.loop = (r.loop + flush * fluid_a) / (1.0 + flush * (1.0 - fluid_b))};
        for (std::size_t n = 0; n < a.size(); ++n) {
            k.node[n] = a[n] + b[n] * k.loop;
        }
        return k;
    }

    /// d(net)/dT at t in the direction k [W/s].
    double net_slope_W_per_s(Rates const& t, Rates const& k) const
    {
        double sum = 0.0;
        for (int i = 0; i < panel.nodes; ++i) {
            auto const n = static_cast<std::size_t>(i);
            sum += panel.slope_W_per_K(t.node[n]) * k.node[n];
        }
        return sum;
    }
};

/// x + s y, number by number.
Rates plus(Rates x, double s, Rates const& y)
{
    x.loop += s * y.loop;
    for (std::size_t n = 0; n < x.node.size(); ++n) {
        x.node[n] += s * y.node[n];
    }
    return x;
}

Stream stream_of(RadiatorLoop const& loop, double inlet_C)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = loop.flow_kg_per_s, .cp_J_per_kgK = loop.cp_J_per_kgK};
}

} // namespace

double absorptivity(Coating const& coating, double age_s)
{
    AIDC_EXPECT(age_s >= 0.0);
    return coating.aged_absorptivity + (coating.new_absorptivity - coating.aged_absorptivity) * std::exp(-age_s / coating.ageing_s);
}

double absorbed_W_per_m2(Radiator const& radiator, CircularOrbit const& orbit, OrbitSky const& sky, double age_s)
{
    double const alpha = absorptivity(radiator.coating, age_s);
    double earth = earth_view_factor(orbit.altitude_m, radiator.attitude.nadir_rad);
    if (radiator.sides == 2) {
        earth += earth_view_factor(orbit.altitude_m, std::numbers::pi - radiator.attitude.nadir_rad);
    }
    return alpha * sky.sun_W_per_m2 * radiator.attitude.sun_cosine
           + earth * (alpha * sky.reflected_W_per_m2 + radiator.coating.emissivity * sky.earth_infrared_W_per_m2);
}

double sink_C(Radiator const& radiator, double absorbed_W_per_m2)
{
    AIDC_EXPECT(absorbed_W_per_m2 >= 0.0);
    return root_for_heat_C(radiator, 0.0, absorbed_W_per_m2);
}

double radiated_W(Radiator const& radiator, double root_C, double absorbed_W_per_m2)
{
    double const root = root_C + kelvin_at_0_C;
    double const emitted_W_per_m2 = radiator.coating.emissivity * stefan_boltzmann_W_per_m2K4 * radiator.sides * root * root * root * root;
    return radiator.fin_efficiency * radiator.area_m2 * (emitted_W_per_m2 - absorbed_W_per_m2);
}

double root_for_heat_C(Radiator const& radiator, double heat_W, double absorbed_W_per_m2)
{
    double const emitted_W_per_m2 = heat_W / (radiator.fin_efficiency * radiator.area_m2) + absorbed_W_per_m2;
    AIDC_EXPECT(emitted_W_per_m2 >= 0.0);
    return std::sqrt(std::sqrt(emitted_W_per_m2 / (radiator.coating.emissivity * stefan_boltzmann_W_per_m2K4 * radiator.sides)))
           - kelvin_at_0_C;
}

RadiatorResult solve_radiator(Radiator const& radiator, Stream const& inlet, double absorbed_W_per_m2)
{
    auto const panel = panel_of(radiator, inlet, absorbed_W_per_m2);
    double fluid = inlet.inlet_C + kelvin_at_0_C;
    AIDC_EXPECT(fluid > 0.0);
    RadiatorResult result;
    for (int i = 0; i < panel.nodes; ++i) {
        double const root = node_root(panel, fluid);
        result.heat_W += panel.taken_W_per_K() * (fluid - root);
        fluid = root + (fluid - root) * panel.passed;
        result.node_C[static_cast<std::size_t>(i)] = root - kelvin_at_0_C;
    }
    result.outlet_C = fluid - kelvin_at_0_C;
    return result;
}

double loop_supply_C(RadiatorLoop const& loop, RadiatorState const& state)
{
    auto const panel = panel_of(loop.radiator, stream_of(loop, state.return_C), 0.0);
    double fluid_C = state.return_C;
    for (int i = 0; i < panel.nodes; ++i) {
        double const node_C = state.node_C[static_cast<std::size_t>(i)];
        fluid_C = node_C + (fluid_C - node_C) * panel.passed;
    }
    return fluid_C;
}

RadiatorState settled_loop(RadiatorLoop const& loop, double heat_W, double absorbed_W_per_m2)
{
    AIDC_EXPECT(heat_W > 0.0 && loop.flow_kg_per_s > 0.0);
    auto const panel = panel_of(loop.radiator, stream_of(loop, 0.0), absorbed_W_per_m2);
    auto const excess_W = [&](double return_C) {
        return solve_radiator(loop.radiator, stream_of(loop, return_C), absorbed_W_per_m2).heat_W - heat_W;
    };
    // No node is warmer than the coolant that enters, so this is too cold; with every node above it the panel gives too much.
    double const cold_C = root_for_heat_C(loop.radiator, heat_W, absorbed_W_per_m2);
    double const warm_C = cold_C + heat_W * (1.0 / panel.flow_W_per_K + 1.0 / panel.taken_W_per_K());
    double const return_C = secant_root(excess_W, {cold_C, excess_W(cold_C), warm_C, excess_W(warm_C)}, 1e-12 * heat_W, "radiator");
    return {.return_C = return_C, .node_C = solve_radiator(loop.radiator, stream_of(loop, return_C), absorbed_W_per_m2).node_C};
}

RadiatorStep step_radiator_loop(RadiatorLoop const& loop, RadiatorState& state, double heat_W, double absorbed_W_per_m2, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && loop.heat_capacity_J_per_K > 0.0 && loop.radiator.heat_capacity_J_per_K > 0.0);
    Model const model{.panel = panel_of(loop.radiator, stream_of(loop, state.return_C), absorbed_W_per_m2),
                      .loop_J_per_K = loop.heat_capacity_J_per_K,
                      .node_J_per_K = loop.radiator.heat_capacity_J_per_K / loop.radiator.nodes,
                      .heat_W = heat_W};
    Rates t{.loop = state.return_C + kelvin_at_0_C};
    for (std::size_t n = 0; n < t.node.size(); ++n) {
        t.node[n] = state.node_C[n] + kelvin_at_0_C;
    }
    double const w = ros2_gamma * dt_s;
    double first_W = 0.0;
    double second_W = 0.0;
    auto const k1 = model.implicit(t, model.rates(t, first_W), w);
    auto const k2 = model.implicit(t, plus(model.rates(plus(t, dt_s, k1), second_W), -2.0, k1), w);
    first_W += w * model.net_slope_W_per_s(t, k1);
    second_W += w * model.net_slope_W_per_s(t, k2);

    auto const rise = plus(plus({}, 1.5 * dt_s, k1), 0.5 * dt_s, k2);
    RadiatorStep result{.rejected_J = 0.5 * dt_s * (first_W + second_W)};
    auto const move = [&result](double& temperature_C, double rise_K, double capacity_J_per_K) {
        double const before_C = temperature_C;
        temperature_C += rise_K;
        result.stored_J += capacity_J_per_K * (temperature_C - before_C);
        if (!(temperature_C > -kelvin_at_0_C)) {
            throw SolverError("radiator", "a temperature fell to " + std::to_string(temperature_C) + " deg C; the step is too long");
        }
    };
    move(state.return_C, rise.loop, model.loop_J_per_K);
    for (int i = 0; i < model.panel.nodes; ++i) {
        auto const n = static_cast<std::size_t>(i);
        move(state.node_C[n], rise.node[n], model.node_J_per_K);
    }
    return result;
}

} // namespace aidc
