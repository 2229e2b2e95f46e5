#pragma once
/// \file
/// Coolant distribution unit (CDU): plate heat exchanger or condenser, secondary pump and primary valve between TCS and FWS.

#include "models/cooling/heat_exchanger.hpp"
#include "models/fluid/coolant.hpp"

namespace aidc {

/// Data sheet of a CDU, or of the equal CDUs of a pod taken as one.
struct Cdu {
    double rated_heat_W{};            ///< Heat at the approach below [W], > 0
    double approach_K{4.0};           ///< TCS supply - FWS supply at rated heat and flows [K], > 0; 4 K (Vertiv, Motivair)
    double tcs_rated_flow_m3_per_s{}; ///< Secondary flow [m3/s], > 0
    double fws_rated_flow_m3_per_s{}; ///< Primary flow with the valve fully open [m3/s], > 0
    double pump_rated_power_W{};      ///< Electric power at the rated secondary flow [W], >= 0; 0.7...1 % of the heat
    double pump_min_speed{0.3};       ///< Lowest speed ratio while it runs [-]; 0.3 [J]
    /// The secondary condenses (pumped two-phase): it has one temperature, that of saturation, and its film does not depend on
    /// flow. The approach is then saturation - FWS supply, and the flows are those of its liquid.
    bool condensing{false};
};

/// A CDU with the conductances that follow from its data sheet and its liquids.
struct SizedCdu {
    Cdu rating;
    FluidProperties tcs; ///< Secondary liquid, constant properties
    FluidProperties fws; ///< Primary liquid, constant properties
    Films films;         ///< hA at rated flows; hot = TCS [W/K]
};

/// Sizes the exchanger from the rated point: eps = Q / (C_min (approach + Q/C_tcs)), counterflow NTU, UA, films.
///
/// At equal capacity flows this is NTU = (Q/C) / approach; nine published units give 2.5...4.4. A condensing secondary has
/// C_tcs infinite: eps = 1 - exp(-NTU), and its film is taken four times as good as the water's [J].
SizedCdu size_cdu(Cdu const& rating, FluidProperties const& tcs, FluidProperties const& fws);

/// What a CDU sees.
struct CduInputs {
    double heat_W{};                  ///< Heat that the racks give to the TCS, without the pump [W], >= 0
    double tcs_flow_m3_per_s{};       ///< Secondary flow [m3/s], >= 0
    double fws_supply_C{};            ///< Primary supply [deg C]
    double tcs_set_point_C{};         ///< Wanted TCS supply [deg C]
    double fws_flow_guess_kg_per_s{}; ///< Primary flow of a solve nearby, to save time; 0: none [kg/s]
    double fws_supply_guess_C{};      ///< FWS supply of that solve [deg C]
    double in_service{1.0};           ///< Share of the equal CDUs that are taken as one [-], > 0; they share heat and flows equally
};

/// Steady state of a CDU.
struct CduResult {
    double tcs_supply_C{};      ///< To the racks [deg C]
    double tcs_return_C{};      ///< From the racks, before the pump [deg C]
    double fws_flow_kg_per_s{}; ///< Primary flow [kg/s]
    double fws_return_C{};      ///< Primary return [deg C]
    double pump_W{};            ///< Electric power of the pump, all of it heat of the TCS [W]
    double exchanged_W{};       ///< Heat through the exchanger [W] = racks + pump
};

/// Electric power of the secondary pump at a flow [W]. \param in_service  As in CduInputs; 0: no power
double cdu_pump_W(Cdu const& rating, double tcs_flow_m3_per_s, double in_service = 1.0);

/// Steady CDU. The primary valve opens until TCS supply = set point; fully open and still short, the supply floats above.
///
///     rack heat + pump = C_tcs (exchanger inlet - TCS supply) = eps C_min (exchanger inlet - FWS supply)
///     UA = 1/(1/hA_tcs + 1/hA_fws),   hA ~ regularised (m/m_rated)^0.8
///
/// A condensing secondary is the limit C_tcs = infinity: supply and return are both the saturation temperature.
/// Source: effectiveness-NTU method; exponent and regularisation as in Modelica Buildings (LBNL).
/// Valid for: one liquid phase. Not modelled: fouling, leakage of the valve, heat loss, thermal mass, condensation.
/// \throws SolverError  heat without secondary flow, or an input that is not finite
CduResult solve_cdu(SizedCdu const& cdu, CduInputs const& inputs);

/// Conductance of the exchanger at the flows of both sides, UA [W/K].
double cdu_conductance_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s, double fws_flow_kg_per_s);

/// Effectiveness times the smaller capacity flow, eps C_min [W/K]: heat per kelvin between the two inlets.
/// \param in_service  As in CduInputs; 0: no heat
double cdu_exchange_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s, double fws_flow_kg_per_s, double in_service = 1.0);

} // namespace aidc
