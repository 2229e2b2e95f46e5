#include "models/cooling/radiator.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <numbers>

using namespace aidc;

namespace {

constexpr double sigma = 5.670374419e-8; // CODATA 2018
constexpr double kelvin = 273.15;

double fourth(double x) { return x * x * x * x; }

Stream coolant(double inlet_C, double flow_kg_per_s = 3.06)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = flow_kg_per_s, .cp_J_per_kgK = 3920.0};
}

/// Outlet of a panel with a continuous root temperature, by fourth-order Runge-Kutta along the flow; roots by bisection.
double continuous_outlet_C(Radiator const& panel, Stream const& inlet, double absorbed)
{
    double const capacity = inlet.flow_kg_per_s * inlet.cp_J_per_kgK;
    auto const slope = [&](double fluid) { // d(fluid)/dx, x = 0...1
        double low = 3.0;
        double high = fluid + 400.0;
        for (int i = 0; i < 100; ++i) {
            double const root = 0.5 * (low + high);
            double const net_W =
                panel.fin_efficiency * panel.area_m2 * (panel.coating.emissivity * sigma * panel.sides * fourth(root) - absorbed);
            (net_W > panel.film_W_per_K * (fluid - root) ? high : low) = root;
        }
        return -panel.film_W_per_K * (fluid - low) / capacity;
    };
    double fluid = inlet.inlet_C + kelvin;
    int const n = 200;
    for (int i = 0; i < n; ++i) {
        double const k1 = slope(fluid);
        double const k2 = slope(fluid + 0.5 * k1 / n);
        double const k3 = slope(fluid + 0.5 * k2 / n);
        double const k4 = slope(fluid + k3 / n);
        fluid += (k1 + 2.0 * k2 + 2.0 * k3 + k4) / (6.0 * n);
    }
    return fluid - kelvin;
}

/// The loop after some time in equal steps, from a start far from its end.
RadiatorState after(RadiatorLoop const& loop, double seconds, int steps)
{
    RadiatorState state{.return_C = 70.0, .node_C = {40.0, 35.0, 30.0, 25.0}};
    for (int i = 0; i < steps; ++i) {
        step_radiator_loop(loop, state, 120e3, 120.0, seconds / steps);
    }
    return state;
}

} // namespace

TEST_CASE("120 kW on 110 m2 of two sides need 321 K in deep space", "[unit][cooling]")
{
    Radiator panel;
    panel.fin_efficiency = 1.0;
    // Published concept: 120 kW on 110 m2. By hand: (120e3/(0.9 sigma 220))^(1/4) = 321.5 K.
    CHECK_THAT(root_for_heat_C(panel, 120e3, 0.0) + kelvin, WithinAbs(321.5, 0.05));
    CHECK_THAT(radiated_W(panel, root_for_heat_C(panel, 120e3, 0.0), 0.0), WithinRel(120e3, 1e-12));
    panel.sides = 1; // half the surface: T 2^(1/4)
    CHECK_THAT(root_for_heat_C(panel, 120e3, 0.0) + kelvin, WithinAbs(321.533 * std::pow(2.0, 0.25), 0.05));
}

TEST_CASE("a square metre at 20 deg C gives the published 838 W gross and about 633 W net", "[unit][cooling]")
{
    // Published for an orbital data centre (2024): black plate of two sides at 20 deg C 838 W/m2, net 633 W/m2 in low orbit.
    Radiator panel{.area_m2 = 1.0, .fin_efficiency = 1.0};
    panel.coating.emissivity = 1.0;
    CHECK_THAT(radiated_W(panel, 20.0, 0.0), WithinAbs(838.0, 0.5));
    panel.coating.emissivity = 0.92;
    CircularOrbit const orbit;
    auto const sky = orbit_sky(orbit, 0.0, period_s(orbit));
    CHECK_THAT(radiated_W(panel, 20.0, absorbed_W_per_m2(panel, orbit, sky, 0.0)), WithinRel(633.0, 0.04)); // reached 655: 3.5 %
}

TEST_CASE("a loop of the ISS needs half the area of both", "[unit][cooling]")
{
    // EATCS: 2 loops of 35 kW, supply 2.8 deg C. By hand, roots at the supply in deep space:
    // 35e3/(0.9 x 0.9 sigma 2 x 275.95^4) = 65.7 m2; 131.4 m2 for 70 kW.
    Radiator loop{.area_m2 = 65.7};
    Radiator both{.area_m2 = 131.4};
    CHECK_THAT(radiated_W(loop, 2.8, 0.0), WithinRel(35e3, 1e-3));
    CHECK_THAT(radiated_W(both, 2.8, 0.0), WithinRel(70e3, 1e-3));
    // In its orbit, edge-on to sun and Earth, the Earth's light takes a fifth of that (sink 189 K).
    CircularOrbit const orbit{.altitude_m = 408e3};
    double const absorbed = absorbed_W_per_m2(both, orbit, orbit_sky(orbit, 0.0, period_s(orbit)), 0.0);
    double const sink_K = sink_C(both, absorbed) + kelvin;
    CHECK_THAT(radiated_W(both, 2.8, absorbed) / 70e3, WithinRel(1.0 - fourth(sink_K / 275.95), 1e-3));
    CHECK(radiated_W(both, 2.8, absorbed) < 60e3);
}

TEST_CASE("a panel without heat settles at its sink", "[unit][cooling]")
{
    Radiator panel;
    panel.sides = 1;
    panel.attitude = {.sun_cosine = 1.0, .nadir_rad = std::numbers::pi}; // faces the sun, back to the Earth
    CircularOrbit const orbit;
    auto const sky = orbit_sky(orbit, 0.0, 1.0);
    double const absorbed = absorbed_W_per_m2(panel, orbit, sky, 0.0);
    CHECK_THAT(absorbed, WithinRel(0.10 * 1361.0, 1e-12));
    CHECK_THAT(sink_C(panel, absorbed) + kelvin, WithinRel(std::pow(136.1 / (0.90 * sigma), 0.25), 1e-12)); // 227 K
    CHECK_THAT(radiated_W(panel, sink_C(panel, absorbed), absorbed), WithinAbs(0.0, 1e-7));
    CHECK_THAT(sink_C(panel, 0.0), WithinAbs(-273.15, 1e-12));
}

TEST_CASE("light of the Earth comes through the view factors of both sides", "[unit][cooling]")
{
    Radiator panel;
    CircularOrbit const orbit;
    OrbitSky const sky{.sun_W_per_m2 = 1361.0, .reflected_W_per_m2 = 400.0, .earth_infrared_W_per_m2 = 238.0};
    // Edge-on by hand: (atan(1/q) - q/H^2)/pi = 0.2490 a side with H = 1.09407, q = 0.44384.
    CHECK_THAT(absorbed_W_per_m2(panel, orbit, sky, 0.0), WithinRel(2.0 * 0.2490 * (0.1 * 400.0 + 0.9 * 238.0), 1e-3));
    panel.attitude.nadir_rad = 0.0; // one side faces the Earth: (R/a)^2 = 0.8354, the other sees none
    CHECK_THAT(absorbed_W_per_m2(panel, orbit, sky, 0.0), WithinRel(0.8354 * (0.1 * 400.0 + 0.9 * 238.0), 1e-3));
    panel.attitude.sun_cosine = 0.5;
    CHECK_THAT(absorbed_W_per_m2(panel, orbit, {.sun_W_per_m2 = 1361.0}, 0.0), WithinRel(0.1 * 1361.0 * 0.5, 1e-12));
}

TEST_CASE("a coating darkens towards its aged value", "[unit][cooling]")
{
    Coating const coating;
    CHECK_THAT(absorptivity(coating, 0.0), WithinRel(0.10, 1e-12));
    CHECK_THAT(absorptivity(coating, coating.ageing_s), WithinRel(0.20 - 0.10 / std::numbers::e, 1e-12));
    CHECK_THAT(absorptivity(coating, 1e12), WithinRel(0.20, 1e-12));
}

TEST_CASE("steady panel: what leaves the coolant leaves the fins", "[unit][cooling]")
{
    Radiator panel;
    panel.nodes = GENERATE(1, 2, 3, 4);
    auto const inlet = coolant(GENERATE(-60.0, 20.0, 65.0), GENERATE(0.3, 3.06, 8.0));
    double const absorbed = GENERATE(0.0, 115.0, 400.0);
    auto const r = solve_radiator(panel, inlet, absorbed);
    double radiated = 0.0;
    auto const node = [&] {
        Radiator part = panel;
        part.area_m2 /= panel.nodes;
        return part;
    }();
    for (int i = 0; i < panel.nodes; ++i) {
        radiated += radiated_W(node, r.node_C[static_cast<std::size_t>(i)], absorbed);
    }
    CHECK_THAT(radiated, WithinRel(r.heat_W, 1e-9));
    CHECK_THAT(inlet.flow_kg_per_s * 3920.0 * (inlet.inlet_C - r.outlet_C), WithinRel(r.heat_W, 1e-9));
    CHECK((r.heat_W > 0.0) == (inlet.inlet_C > sink_C(panel, absorbed))); // from warm to cold, also backwards
    CHECK(std::abs(r.outlet_C - sink_C(panel, absorbed)) <= std::abs(inlet.inlet_C - sink_C(panel, absorbed)));
}

TEST_CASE("nodes along the flow approach a continuous panel with order 2", "[unit][cooling]")
{
    Radiator panel;
    double const flow_kg_per_s = GENERATE(1.5, 3.06);
    double const exact_K = 65.0 - continuous_outlet_C(panel, coolant(65.0, flow_kg_per_s), 115.0);
    std::array<double, 5> error{};
    panel.rated_flow_kg_per_s = flow_kg_per_s; // the film of the reference
    for (int n : {1, 2, 4}) {
        panel.nodes = n;
        double const drop_K = 65.0 - solve_radiator(panel, coolant(65.0, flow_kg_per_s), 115.0).outlet_C;
        error[static_cast<std::size_t>(n)] = std::abs(drop_K / exact_K - 1.0);
    }
    CHECK(error[4] < 4.5e-3); // reached: 0.11 % of the heat at a fall of 10 K, 0.40 % at 20 K
    CHECK(error[2] / error[4] > 3.4);
    CHECK(error[1] / error[2] > 3.2);
}

TEST_CASE("a strong film and flow leave one temperature, no flow leaves no heat", "[unit][cooling]")
{
    Radiator panel;
    panel.film_W_per_K = 1e12;
    auto const r = solve_radiator(panel, coolant(50.0, 3e6), 115.0);
    CHECK_THAT(r.heat_W, WithinRel(radiated_W(panel, 50.0, 115.0), 1e-4));
    auto const still = solve_radiator(Radiator{}, coolant(50.0, 0.0), 115.0);
    CHECK(still.heat_W == 0.0);
    CHECK(still.outlet_C == 50.0);
    CHECK_THAT(still.node_C[0], WithinAbs(sink_C(Radiator{}, 115.0), 1e-6));
}

TEST_CASE("a settled loop carries its heat and stays", "[unit][cooling]")
{
    RadiatorLoop loop;
    loop.radiator.nodes = GENERATE(1, 3, 4);
    double const heat_W = GENERATE(1e3, 120e3, 600e3);
    auto state = settled_loop(loop, heat_W, 115.0);
    CHECK_THAT(solve_radiator(loop.radiator, coolant(state.return_C), 115.0).heat_W, WithinRel(heat_W, 1e-10));
    CHECK_THAT(state.return_C - loop_supply_C(loop, state), WithinRel(heat_W / (3.06 * 3920.0), 1e-9));
    double const before_C = state.return_C;
    for (int i = 0; i < 1000; ++i) {
        step_radiator_loop(loop, state, heat_W, 115.0, 15.0);
    }
    CHECK_THAT(state.return_C, WithinAbs(before_C, 1e-7));
}

TEST_CASE("heat of a step is rejected or stored, whatever the step", "[unit][cooling]")
{
    RadiatorLoop loop;
    loop.radiator.nodes = GENERATE(1, 2, 3, 4);
    double const dt_s = GENERATE(0.1, 15.0, 300.0, 4000.0);
    RadiatorState state{.return_C = 70.0, .node_C = {-20.0, 35.0, 90.0, 25.0}};
    for (int i = 0; i < 20; ++i) {
        double const heat_W = 10e3 + 9e3 * i;
        auto const s = step_radiator_loop(loop, state, heat_W, 30.0 * i, dt_s);
        CHECK_THAT((heat_W * dt_s - s.rejected_J - s.stored_J) / (heat_W * dt_s + std::abs(s.rejected_J)), WithinAbs(0.0, 1e-10));
    }
}

TEST_CASE("halving the step of a loop quarters its error", "[unit][cooling]")
{
    RadiatorLoop const loop;
    double const seconds = 600.0;
    auto const exact = after(loop, seconds, 60000);
    double before = 0.0;
    for (int steps : {40, 80, 160, 320}) { // 15, 7.5, 3.75, 1.875 s
        auto const state = after(loop, seconds, steps);
        double const error = std::abs(state.return_C - exact.return_C) + std::abs(state.node_C[0] - exact.node_C[0])
                             + std::abs(state.node_C[3] - exact.node_C[3]);
        if (steps == 40) {
            CHECK(error < 0.02); // 15 s, all three together
        }
        else if (steps == 320) {
            CHECK_THAT(std::log2(before / error), WithinAbs(2.0, 0.1));
        }
        else {
            CHECK(std::log2(before / error) > 1.9);
        }
        before = error;
    }
}

TEST_CASE("a loop without heat cools by the closed form of a radiating body", "[unit][cooling]")
{
    RadiatorLoop loop;
    loop.flow_kg_per_s = 3e4; // so much flow and film that all is at one temperature
    loop.radiator.rated_flow_kg_per_s = 3e4;
    loop.radiator.film_W_per_K = 1e9;
    RadiatorState state{.return_C = 60.0, .node_C = {60.0, 60.0, 60.0, 60.0}};
    for (int i = 0; i < 240; ++i) {
        step_radiator_loop(loop, state, 0.0, 0.0, 15.0);
    }
    // C dT/dt = -g T^4:  T^-3 = T0^-3 + 3 g t/C.
    double const g = 0.90 * 0.90 * sigma * 110.0 * 2.0;
    double const capacity = loop.heat_capacity_J_per_K + loop.radiator.heat_capacity_J_per_K;
    double const exact_K = 1.0 / std::cbrt(std::pow(333.15, -3.0) + 3.0 * g * 3600.0 / capacity);
    CHECK_THAT(state.return_C + kelvin, WithinAbs(exact_K, 2e-3));
    CHECK_THAT(state.node_C[3] + kelvin, WithinAbs(exact_K, 2e-3));
}

TEST_CASE("a very long step lands near the steady state and does not ring", "[unit][cooling]")
{
    RadiatorLoop const loop;
    auto const end = settled_loop(loop, 120e3, 115.0);
    auto state = end;
    state.return_C += 0.01;
    state.node_C[2] -= 0.01;
    step_radiator_loop(loop, state, 120e3, 115.0, 1e5); // a hundred time constants: a method without L-stability would keep the 0.01 K
    CHECK_THAT(state.return_C, WithinAbs(end.return_C, 5e-4));
    CHECK_THAT(state.node_C[2], WithinAbs(end.node_C[2], 5e-4));
}

TEST_CASE("a step so long that a temperature would pass absolute zero is refused", "[unit][cooling]")
{
    RadiatorLoop const loop;
    RadiatorState state{.return_C = 900.0, .node_C = {900.0, 900.0, 900.0, 900.0}};
    CHECK_THROWS_WITH(step_radiator_loop(loop, state, 0.0, 0.0, 1e9), ContainsSubstring("the step is too long"));
}

TEST_CASE("more heat, more light and a darker sky never cool a loop", "[unit][cooling]")
{
    RadiatorLoop const loop;
    double before_C = -300.0;
    for (double heat_W = 20e3; heat_W < 200e3; heat_W += 20e3) {
        double const return_C = settled_loop(loop, heat_W, 115.0).return_C;
        CHECK(return_C > before_C);
        CHECK(settled_loop(loop, heat_W, 150.0).return_C > return_C);
        before_C = return_C;
    }
}
