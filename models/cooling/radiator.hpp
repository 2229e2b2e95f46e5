#pragma once
/// \file
/// Radiator panel in vacuum, and the coolant loop that it serves: steady and in time.

#include "models/cooling/heat_exchanger.hpp"
#include "models/weather/orbit.hpp"

#include <array>
#include <numbers>

namespace aidc {

inline constexpr double stefan_boltzmann_W_per_m2K4 = 5.670374419e-8; ///< CODATA 2018
inline constexpr int max_panel_nodes = 4;                             ///< Along the flow

/// Optical surface of a panel. White paints and mirrors radiate well and darken in sunlight.
struct Coating {
    double emissivity{0.90};               ///< In the infrared [-]; 0.88...0.92 [J]
    double new_absorptivity{0.10};         ///< For sunlight at launch [-]; 0.1...0.2 [J]
    double aged_absorptivity{0.20};        ///< The value that it tends to [-] [J]
    double ageing_s{5.0 * 365.25 * 86400}; ///< Time constant of darkening [s] [J]
};

/// Absorptivity of sunlight after some time in orbit: aged + (new - aged) exp(-age / ageing) [-].
/// Source: saturating form, our judgement [J]. \param age_s  [s], >= 0
double absorptivity(Coating const& coating, double age_s);

/// How a flat panel is held.
struct PanelAttitude {
    double sun_cosine{0.0};                   ///< Cosine of sunlight on the panel [-], 0...1; 0: kept edge-on to the sun
    double nadir_rad{0.5 * std::numbers::pi}; ///< Normal of the first side to the Earth's centre [rad]; pi/2: edge-on to the Earth
};

/// A panel with coolant in tubes, thin fins between them. Defaults: the published 120 kW satellite, 110 m2.
struct Radiator {
    double area_m2{110.0};              ///< Of one side [m2], > 0
    int sides{2};                       ///< Sides that radiate, 1 or 2
    double fin_efficiency{0.90};        ///< Mean radiation / radiation at root temperature [-]; 0.85...0.95
    Coating coating;                    ///< Both sides
    PanelAttitude attitude;             ///< Held all along the orbit
    double film_W_per_K{24e3};          ///< Coolant to fin root at rated flow, whole panel [W/K], > 0; 5 K at 120 kW [J]
    double rated_flow_kg_per_s{3.06};   ///< Flow of film_W_per_K [kg/s], > 0
    double heat_capacity_J_per_K{52e4}; ///< Panel and its coolant [J/K], > 0; 5.25 kg/m2 of aluminium, 900 J/(kg K) [J]
    int nodes{max_panel_nodes};         ///< Along the flow, 1...4; not fewer than 2 where the coolant cools by 10 K
};

/// Exponent of the film on flow: 0.8 (turbulent, Dittus-Boelter).
inline constexpr double radiator_film_exponent = 0.8;

/// Light that a panel absorbs, both sides together [W per m2 of panel]:
///
///     alpha S cos(theta) + (alpha reflected + eps infrared) (F_first + F_second)
///
/// Valid for: a convex satellite; nothing else of it is in view of the panel. \param age_s  Since launch [s]
double absorbed_W_per_m2(Radiator const& radiator, CircularOrbit const& orbit, OrbitSky const& sky, double age_s);

/// Temperature of a panel without heat [deg C]: eps sigma sides T^4 = absorbed. Deep space (-273.15) if nothing shines.
double sink_C(Radiator const& radiator, double absorbed_W_per_m2);

/// Heat that a panel with roots at one temperature gives to space, less what it absorbs [W]:
///
///     Q = eta_f A (eps sigma sides T^4 - absorbed) = eta_f eps sigma A sides (T^4 - T_sink^4)
///
/// Source: Stefan-Boltzmann law, grey and diffuse surface, fin efficiency for emission and absorption alike.
/// Not modelled: 2.7 K of deep space (3e-6 W/m2), edges, infrared off other parts of the satellite.
double radiated_W(Radiator const& radiator, double root_C, double absorbed_W_per_m2);

/// Inverse: root temperature at which a panel gives a heat to space [deg C]. \pre heat and light together >= 0
double root_for_heat_C(Radiator const& radiator, double heat_W, double absorbed_W_per_m2);

/// Steady state of a panel.
struct RadiatorResult {
    double heat_W{};                              ///< Taken from the coolant [W]
    double outlet_C{};                            ///< Coolant [deg C]
    std::array<double, max_panel_nodes> node_C{}; ///< Fin roots from inlet to outlet; the first Radiator::nodes hold
};

/// Steady panel, node after node along the flow:
///
///     m cp (1 - exp(-NTU/n)) (T_in - T_root) = eta_f (A/n) (eps sigma sides T_root^4 - absorbed)
///
/// One unknown a node, concave and falling: Newton's method from above its root cannot miss it.
/// Not modelled: conduction along the panel, film by temperature, freezing.
/// \pre inlet above absolute zero, cp > 0, flow >= 0 (no flow, no heat)
/// \throws SolverError
RadiatorResult solve_radiator(Radiator const& radiator, Stream const& inlet, double absorbed_W_per_m2);

/// A heat source, the coolant that carries its heat, and the panel that gives it to space.
struct RadiatorLoop {
    Radiator radiator;
    double flow_kg_per_s{3.06};         ///< Coolant [kg/s], > 0; 10 K at 120 kW
    double cp_J_per_kgK{3920.0};        ///< Coolant, > 0 [J/(kg K)]; PG25
    double heat_capacity_J_per_K{45e4}; ///< Coolant outside the panel, cold plates and chips [J/K], > 0; 100 L and 14 kJ/K [J]
};

/// Temperatures of a loop.
struct RadiatorState {
    double return_C{};                            ///< Of the mixed coolant, which enters the panel [deg C]
    std::array<double, max_panel_nodes> node_C{}; ///< Fin roots from inlet to outlet [deg C]
};

/// Coolant that leaves the panel [deg C]: what the rack is supplied with.
double loop_supply_C(RadiatorLoop const& loop, RadiatorState const& state);

/// State at which a loop stays. \pre heat > 0 \throws SolverError
RadiatorState settled_loop(RadiatorLoop const& loop, double heat_W, double absorbed_W_per_m2);

/// Integrals of a step: heat in = rejected + stored.
struct RadiatorStep {
    double rejected_J{}; ///< To space, less the light absorbed [J]
    double stored_J{};   ///< Rise of the heat in coolant and panel [J], from the temperatures
};

/// One step of the loop at constant heat and light:
///
///     C_loop dT/dt = heat - m cp (T - T_supply);    C_i dT_i/dt = m cp (1 - E) (T_fluid,i - T_i) - radiated_i,    E = exp(-NTU/n)
///
/// ROS2 (two stages, order 2, linearly implicit): with f the right-hand side, J its Jacobian, h the step,
///
///     (1 - g h J) k1 = f(T),  (1 - g h J) k2 = f(T + h k1) - 2 k1,  T += h (3 k1 + k2)/2,  g = 1 - 1/sqrt(2)
///
/// L-stable: a long step falls to the steady state without ringing. A node sees only the nodes before it and the loop, so each
/// stage is solved in one sweep. Heat to space is booked with the same stages, so that the balance closes to rounding.
/// Source: J. Verwer, E. Spee, J. Blom, W. Hundsdorfer, SIAM J. Sci. Comput. 20 (1999) 1456-1480.
/// \throws SolverError  when a temperature falls to absolute zero
RadiatorStep step_radiator_loop(RadiatorLoop const& loop, RadiatorState& state, double heat_W, double absorbed_W_per_m2, double dt_s);

} // namespace aidc
