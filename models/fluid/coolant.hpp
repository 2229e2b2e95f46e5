#pragma once
/// \file
/// Single-phase liquids of the cooling loops.

#include "models/base/curve_range.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace aidc {

/// Liquid of a loop.
enum class Coolant {
    water,         ///< Pure water
    pg25,          ///< Propylene glycol 25 % with inhibitors, as sold for cold plates
    pg20,          ///< Propylene glycol 20 % by mass in water, no inhibitors
    pg30,          ///< Propylene glycol 30 % by mass in water, no inhibitors
    pg40,          ///< Propylene glycol 40 % by mass in water, no inhibitors
    pg50,          ///< Propylene glycol 50 % by mass in water, no inhibitors
    hfe_7100,      ///< Hydrofluoroether HFE-7100, dielectric
    therminol_d12, ///< Synthetic hydrocarbon Therminol D12, dielectric
    texatherm_22   ///< Mineral oil Texatherm 22, dielectric; its viscosity is an estimate
};

/// Coolants by the names of scenarios.
inline constexpr std::array<std::pair<std::string_view, Coolant>, 9> coolant_names{{
    {"water", Coolant::water},
    {"pg25", Coolant::pg25},
    {"pg20", Coolant::pg20},
    {"pg30", Coolant::pg30},
    {"pg40", Coolant::pg40},
    {"pg50", Coolant::pg50},
    {"hfe_7100", Coolant::hfe_7100},
    {"therminol_d12", Coolant::therminol_d12},
    {"texatherm_22", Coolant::texatherm_22},
}};

/// Is it a dielectric, for boards to stand in?
constexpr bool is_dielectric(Coolant coolant)
{
    return coolant == Coolant::hfe_7100 || coolant == Coolant::therminol_d12 || coolant == Coolant::texatherm_22;
}

/// Thermophysical properties at one temperature.
struct FluidProperties {
    double density_kg_per_m3{};     ///< Density [kg/m3], > 0
    double cp_J_per_kgK{};          ///< Specific heat at constant pressure [J/(kg K)], > 0
    double conductivity_W_per_mK{}; ///< Thermal conductivity [W/(m K)], > 0
    double viscosity_Pa_s{};        ///< Dynamic viscosity [Pa s], > 0
};

/// Temperatures between which a coolant's curves hold.
struct TemperatureRange {
    double low_C{};  ///< [deg C]
    double high_C{}; ///< [deg C], > low_C
};

/// Density, specific heat, conductivity and viscosity at one temperature.
///
/// water: polynomials in T, fitted to IAPWS-IF97 at 300 kPa (density of degree 4, 2e-5; specific heat of degree 4, 2e-4), to IAPWS (2011)
///        (conductivity of degree 3, 7e-4) and IAPWS (2008) (ln of viscosity of degree 5, 2.1e-4), each over 5...100 deg C.
/// pg25:  lines through the points of the DOWFROST LC 25 data sheet (density at 25 and 40 deg C; specific heat and conductivity at 25, 40,
///        50 deg C, 1e-3); ln(mu) = a + b/(T + 100) through 20, 25, 40, 50 deg C (1.6 %).
///        Two editions of the sheet differ by 12 %: take 15 % as the uncertainty of its viscosity.
/// pg20, pg30, pg40, pg50: glycol_properties.  hfe_7100, therminol_d12, texatherm_22: dielectric_properties.
/// Valid for: range(coolant); outside it the curves go on, unreported (see bounded_properties).
/// Not modelled: pressure (0.05 % of density per MPa), ageing.
/// \param temperature_C  Liquid temperature [deg C], > -100
FluidProperties properties(Coolant coolant, double temperature_C);

/// The same at a temperature bounded to range(coolant).
/// \param outside  Gets Curve::coolant when it was bounded
FluidProperties bounded_properties(Coolant coolant, double temperature_C, CurveSet& outside);

double density_kg_per_m3(Coolant coolant, double temperature_C);     ///< Density [kg/m3]; see properties
double cp_J_per_kgK(Coolant coolant, double temperature_C);          ///< Specific heat [J/(kg K)]; see properties
double conductivity_W_per_mK(Coolant coolant, double temperature_C); ///< Thermal conductivity [W/(m K)]; see properties
double viscosity_Pa_s(Coolant coolant, double temperature_C);        ///< Dynamic viscosity [Pa s]; see properties

/// Where the curves of a coolant hold.
///
/// water: 0...100 deg C (at 0: 1.1e-4, 1.2e-3, 2.2e-3 and 1.6e-3).
/// pg25:  0...80 deg C; outside 20...50 deg C the sheet's curves go on, and keep their distance from Melinder's for 25 % within 0.5 % in
///        density, 0.2 % in specific heat, 0.8 % in conductivity and 10 % in viscosity.
/// pg20, pg30, pg40, pg50: freezing point to 100 deg C.  Dielectrics: first to last row of the maker's table.
TemperatureRange range(Coolant coolant);

/// Temperature at which a coolant begins to freeze, or no longer pours [deg C].
///
/// Glycols: glycol_freezing_C; pg25 as 25 % by mass [estimate]. hfe_7100: pour point, 3M data sheet. therminol_d12 and texatherm_22: not
/// the pour point but the lowest temperature of the maker's table, -85 and 0 deg C.
double freezing_C(Coolant coolant);

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
