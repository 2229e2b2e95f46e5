#pragma once
/// \file
/// Boiling and condensing: saturation of the liquids of two-phase loops.

#include "models/base/curve_range.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace aidc {

/// Liquid that boils in the loop.
enum class Refrigerant : std::uint8_t {
    r134a,     ///< 1,1,1,2-tetrafluoroethane
    r1233zd_e, ///< trans-1-chloro-3,3,3-trifluoropropene
    r1234ze_e, ///< trans-1,3,3,3-tetrafluoropropene
    r245fa,    ///< 1,1,1,3,3-pentafluoropropane
    novec_649, ///< Fluoroketone FK-5-1-12, dielectric
    ammonia    ///< R717
};

/// Refrigerants by the names of scenarios.
inline constexpr std::array<std::pair<std::string_view, Refrigerant>, 6> refrigerant_names{{
    {"r134a", Refrigerant::r134a},
    {"r1233zd_e", Refrigerant::r1233zd_e},
    {"r1234ze_e", Refrigerant::r1234ze_e},
    {"r245fa", Refrigerant::r245fa},
    {"novec_649", Refrigerant::novec_649},
    {"ammonia", Refrigerant::ammonia},
}};

inline constexpr double saturation_low_C = 0.0;   ///< First row of every saturation table [deg C]
inline constexpr double saturation_high_C = 70.0; ///< Last row of every saturation table [deg C]

/// Liquid and vapour in equilibrium at one temperature.
struct Saturation {
    double pressure_Pa{};      ///< [Pa], > 0
    double liquid_kg_per_m3{}; ///< Density of the liquid [kg/m3], > that of the vapour
    double vapour_kg_per_m3{}; ///< Density of the vapour [kg/m3], > 0
    double latent_J_per_kg{};  ///< Heat of evaporation [J/kg], > 0
};

/// Saturation between the rows of a table of 10 K steps.
///
///     ln p = a + b/T between two rows (Clausius and Clapeyron with constant latent heat)
///     liquid density, ln of vapour density, latent heat: cubic through the rows with their mean slopes
///
/// Source: equations of state Tillner-Roth and Baehr 1994 (R134a), Akasaka and Lemmon 2022 (R1233zd(E)), Thol and Lemmon 2016
/// (R1234ze(E)), Akasaka et al. 2015 (R245fa), McLinden et al. 2015 (Novec 649), Gao et al. 2020 (ammonia), by CoolProp's coefficients.
/// Valid for: 0...70 deg C. Half-way between rows against four of these equations: pressure 0.12 % (0.04 K), liquid density 0.02 %,
/// vapour density 0.06 %, latent heat 0.04 %; the rows themselves exactly.
/// Not modelled: superheat, subcooling, oil, air in the loop.
/// \param temperature_C  Temperature of both phases [deg C]; bounded to the table
/// \param outside        Gets Curve::refrigerant when it was bounded
Saturation saturation(Refrigerant refrigerant, double temperature_C, CurveSet& outside);

/// Temperature at which it boils [deg C], the exact inverse of the pressure above.
/// \param pressure_Pa  Pressure [Pa], > 0; bounded to the table
double saturation_temperature_C(Refrigerant refrigerant, double pressure_Pa, CurveSet& outside);

/// Specific heat of the saturated liquid at 40 deg C [J/(kg K)], taken as constant.
///
/// Source: the equations of state above (ammonia: Tillner-Roth et al. 1993); R1233zd(E) is the slope of CoolProp's curve for the
/// enthalpy of the saturated liquid [estimate, 3 %].
/// At 0 and 70 deg C it is off by up to: R134a 11 and 20 %, R1234ze(E) 9 and 14 %, ammonia 6 and 11 %, R245fa 7 %, R1233zd(E) and
/// Novec 649 4 %.
double liquid_cp_J_per_kgK(Refrigerant refrigerant);

} // namespace aidc
