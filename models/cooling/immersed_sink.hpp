#pragma once
/// \file
/// Single-phase immersion: heat sinks in oil, and the tank that holds the oil.

#include "models/cooling/heat_exchanger.hpp"

namespace aidc {

/// Film of a vertical warm surface in still liquid [W/(m2 K)]:
///
///     Nu = max(0.68 + 0.670 Ra^(1/4) / (1 + (0.492/Pr)^(9/16))^(4/9),  0.10 Ra^(1/3))
///     Ra = g beta dT L^3 rho^2 cp / (mu k),   h = Nu k / L
///
/// Source: Churchill and Chu (1975), laminar, Ra <= 1e9 (Incropera et al., 7th ed., eq. 9.27), and the turbulent line
/// above it (the same, eq. 9.24); the larger of both, so without a jump. In oil it is 6...23 % above 0.59 Ra^(1/4).
/// Valid for: one vertical face in a large bath. Not modelled: narrow gaps between fins or boards.
/// \param film             Oil midway between surface and bulk; its viscosity falls fast with temperature
/// \param length_m         Height of the surface L [m], > 0
/// \param rise_K           Surface over bulk dT [K], >= 0
/// \param expansion_per_K  Volumetric expansion beta of the oil [1/K], >= 0
double natural_film_W_per_m2K(FluidProperties const& film, double length_m, double rise_K, double expansion_per_K);

/// Heat sink of one chip in the bath. Either way of cooling may be absent: no area, or no forced resistance.
struct ImmersedSink {
    double conduction_K_per_W{};  ///< Lid, interface and spreading, independent of flow [K/W], >= 0
    double forced_K_per_W{0.08};  ///< Film at the rated flow [K/W], > 0; 0.05...0.12 with conduction [J]
    double rated_flow_m3_per_s{}; ///< Oil past this sink at which the film was measured [m3/s], > 0
    double exponent{0.5};         ///< Film ~ flow^-exponent [-]; laminar between fins [J]
    double area_m2{};             ///< Wetted area x fin efficiency, for still oil [m2], >= 0; 0: no natural convection
    double height_m{0.05};        ///< Height of the fins along the plume [m], > 0 [J]
    double expansion_per_K{8e-4}; ///< Volumetric expansion of the oil [1/K]; 7e-4...1e-3 by the densities of oils
};

/// Resistance from bulk oil to case [K/W]:
///
///     R = R_cond + (G_f^3 + G_n^3)^(-1/3),   G_f = (V/V0)^n / R_forced,   G_n = h_n A
///
/// Source: mixed convection that helps each other, exponent 3 (Churchill; Incropera et al., 7th ed., section 9.9).
/// \param flow_m3_per_s  Oil past this sink [m3/s], >= 0; 0: pump off
/// \param film_rise_K    Wetted surface over bulk [K], >= 0
double sink_to_bulk_K_per_W(ImmersedSink const& sink, FluidProperties const& film, double flow_m3_per_s, double film_rise_K);

/// Case over bulk oil at a heat [K]: the film rise at which the sink gives off `heat_W`, plus P R_cond.
/// \pre heat_W >= 0; a flow, or an area
double sink_rise_K(ImmersedSink const& sink, FluidProperties const& film, double flow_m3_per_s, double heat_W);

/// A tank of oil with its own heat exchanger, or a closed module of some rack units that is built the same way.
struct ImmersionTank {
    double oil_volume_m3{};       ///< Oil in it [m3], > 0
    double rated_heat_W{};        ///< What its maker lets it hold [W]; 60...300 kW seen for tanks
    double rated_flow_m3_per_s{}; ///< Oil through its exchanger, pump at constant speed [m3/s], > 0
    double exchanger_W_per_K{};   ///< UA of its exchanger at that flow [W/K], > 0
    double solids_J_per_K{0.0};   ///< Boards and sinks that warm with the oil [J/K], >= 0
};

/// Heat capacity: rho cp V of the oil, and the solids [J/K].
double tank_capacity_J_per_K(ImmersionTank const& tank, FluidProperties const& oil);

/// Rate at which the well-mixed tank warms: (P - removed)/C [K/s]; negative when it cools.
double tank_rise_K_per_s(ImmersionTank const& tank, FluidProperties const& oil, double heat_W, double removed_W);

/// Steady bulk temperature [deg C]: T = T_water + P / (eps C_min), counterflow exchanger.
/// Not modelled: layers in the tank, UA that follows viscosity or flow, loss to the room.
/// \param water  Facility water into the exchanger, flow > 0
double tank_bulk_C(ImmersionTank const& tank, FluidProperties const& oil, Stream const& water, double heat_W);

/// Oil of a closed module in a 19-inch rack [m3]: height x 0.450 m between the posts (EIA-310) x depth x share of oil.
/// \param height_U  Rack units of 44.45 mm, e.g. 12      \param oil_share  Space not taken by boards [-], 0...1
double module_oil_m3(double height_U, double depth_m, double oil_share);

} // namespace aidc
