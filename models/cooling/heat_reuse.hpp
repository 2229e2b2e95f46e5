#pragma once
/// \file
/// Heat given to a heating network through an exchanger, and the two ratios that count it.

#include "models/cooling/heat_exchanger.hpp"

namespace aidc {

/// Rated point of the exchanger to the network.
struct HeatReuseRating {
    double heat_W{};           ///< Heat to the network [W], > 0
    double source_C{};         ///< Warm water from the halls, into the exchanger [deg C]
    double network_return_C{}; ///< Network water into the exchanger [deg C], below the source
    double source_kg_per_s{};  ///< Flow of warm water [kg/s], > 0
    double network_kg_per_s{}; ///< Flow of network water [kg/s], > 0
};

/// An exchanger, sized.
struct HeatReuse {
    HeatReuseRating rating;
    Films films; ///< hA at rated flows; hot = source [W/K]
};

/// Sizes the exchanger: eps = Q / (C_min (T_source - T_network_return)), counterflow NTU, UA, films from their property ratio.
/// \throws SolverError  when the flows cannot carry the heat between these temperatures (effectiveness of 1 or more)
HeatReuse size_heat_reuse(HeatReuseRating const& rating, FluidProperties const& source, FluidProperties const& network);

/// Steady state of the exchanger.
struct HeatReuseResult {
    double reused_W{};         ///< Heat to the network [W], 0...demand
    double source_outlet_C{};  ///< Warm water on its way to the coolers [deg C]
    double network_supply_C{}; ///< Network water out [deg C]
};

/// Heat that the network takes:
///
///     reused = min(demand, eps C_min (T_return - T_network_return)),   at least 0;   hA ~ regularised (m/m_rated)^0.8
///
/// Source: effectiveness-NTU method; exponent and regularisation as in Modelica Buildings (LBNL).
/// Valid for: a network whose return is colder than the halls' return; a by-pass holds the heat at the demand.
/// Not modelled: heat pumps, the supply temperature that the network wants, losses and pumps of the network, storage.
/// \param demand_W  Heat that the network can use now [W], >= 0
HeatReuseResult solve_heat_reuse(HeatReuse const& reuse, Stream const& source, Stream const& network, double demand_W);

/// Energy reuse factor: ERF = E_reused / E_facility [-]. Source: ISO/IEC 30134-6. \pre facility > 0
double energy_reuse_factor(double reused_J, double facility_J);

/// Energy reuse effectiveness: ERE = (1 - ERF) PUE = (E_facility - E_reused) / E_IT [-]. Source: The Green Grid (2010).
double energy_reuse_effectiveness(double pue, double reuse_factor);

} // namespace aidc
