#pragma once
/// \file
/// Liquids for immersion that do not conduct electricity.

#include "models/fluid/coolant.hpp"

#include <cstdint>

namespace aidc {

/// Dielectric liquid, in one phase.
enum class Dielectric : std::uint8_t {
    hfe_7100,      ///< Methoxy-nonafluorobutane (Novec 7100); boils at 61 deg C and sea-level pressure
    therminol_d12, ///< Synthetic hydrocarbon
    texatherm_22   ///< Mineral oil
};

/// Density, specific heat, conductivity (linear in T) and viscosity (ln mu linear in T) between the rows of a maker's table.
///
/// Source: makers' tables as carried in CoolProp (incompressible liquids): 3M HFE-7100 by SecCool, Solutia Therminol D12, every second
/// row, and Texaco Texatherm 22. The viscosity of Texatherm 22 is an estimate: mu = exp(882.96/(T - 172.61) - 9.6466), T in kelvin, is
/// CoolProp's curve through the maker's figures; an oil of ISO grade 22 would be half as thick. Take a factor of 2 as its uncertainty.
/// Valid for: the range below, and straight on outside. Error at rows held back: Therminol D12 0.1 % in density, 0.05 % in specific heat,
/// 0.1 % in conductivity, 0.6 % in viscosity; HFE-7100 1 % in viscosity and below 1e-6 in the rest; Texatherm 22 0.2, 0.2 and 0.5 %.
/// Not modelled: pressure, dissolved air and moisture, ageing.
/// \param temperature_C  Liquid temperature [deg C]
FluidProperties dielectric_properties(Dielectric liquid, double temperature_C);

/// First and last temperature of the table.
TemperatureRange dielectric_range(Dielectric liquid);

} // namespace aidc
