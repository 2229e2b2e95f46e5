#pragma once
/// \file
/// Single-phase liquids of the cooling loops.

namespace aidc {

/// Liquid of a loop.
enum class Coolant {
    water, ///< Pure water
    pg25   ///< Propylene glycol 25 % with inhibitors, as sold for cold plates
};

/// Thermophysical properties at one temperature.
struct FluidProperties {
    double density_kg_per_m3{};     ///< Density [kg/m3], > 0
    double cp_J_per_kgK{};          ///< Specific heat at constant pressure [J/(kg K)], > 0
    double conductivity_W_per_mK{}; ///< Thermal conductivity [W/(m K)], > 0
    double viscosity_Pa_s{};        ///< Dynamic viscosity [Pa s], > 0
};

/// Density [kg/m3].
///
/// water: polynomial of degree 4 in T, fitted to IAPWS-IF97 at 300 kPa over 5...100 deg C (2e-5).
/// pg25:  line through the two points of the DOWFROST LC 25 data sheet (25 and 40 deg C).
/// Valid for: water 5...100 deg C (1e-4 at 0 deg C); pg25 20...50 deg C, a straight continuation outside.
/// Not modelled: pressure (0.05 % per MPa), ageing.
/// \param temperature_C  Liquid temperature [deg C]
double density_kg_per_m3(Coolant coolant, double temperature_C);

/// Specific heat at constant pressure [J/(kg K)].
///
/// water: polynomial of degree 4 in T, fitted to IAPWS-IF97 at 300 kPa over 5...100 deg C (2e-4).
/// pg25:  line fitted to DOWFROST LC 25 at 25, 40, 50 deg C (1e-3).
/// \param temperature_C  Liquid temperature [deg C]
double cp_J_per_kgK(Coolant coolant, double temperature_C);

/// Thermal conductivity [W/(m K)].
///
/// water: polynomial of degree 3 in T, fitted to IAPWS (2011) over 5...100 deg C (7e-4).
/// pg25:  line fitted to DOWFROST LC 25 at 25, 40, 50 deg C (1e-3).
/// \param temperature_C  Liquid temperature [deg C]
double conductivity_W_per_mK(Coolant coolant, double temperature_C);

/// Dynamic viscosity [Pa s].
///
/// water: ln(mu) = polynomial of degree 5 in T, fitted to IAPWS (2008) over 5...100 deg C (2.1e-4).
/// pg25:  ln(mu) = a + b/(T + 100), fitted to DOWFROST LC 25 at 20, 25, 40, 50 deg C (1.6 %).
/// Two editions of the product sheet differ by 12 %: take 15 % as the uncertainty of pg25.
/// \param temperature_C  Liquid temperature [deg C], > -100
double viscosity_Pa_s(Coolant coolant, double temperature_C);

/// All four at once. \param temperature_C  Liquid temperature [deg C], > -100
FluidProperties properties(Coolant coolant, double temperature_C);

/// Prandtl number mu cp / k [-].
double prandtl(FluidProperties const& fluid);

/// Heat capacity of one cubic metre, rho cp [J/(m3 K)].
double volumetric_heat_J_per_m3K(FluidProperties const& fluid);

/// Flow that carries a heat at a temperature rise: V = Q / (rho cp dT) [m3/s].
///
/// \param heat_W   Heat [W], >= 0
/// \param rise_K   Return minus supply [K], > 0
double flow_for_heat_m3_per_s(FluidProperties const& fluid, double heat_W, double rise_K);

} // namespace aidc
