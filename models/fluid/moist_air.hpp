#pragma once
/// \file
/// Moist air: the state every outdoor component reads, and the psychrometric laws behind it.
///
/// All enthalpies are per kg of dry air, zero for dry air and liquid water at 0 deg C.
/// Not modelled: enhancement factor (0.5 % of the humidity ratio at 50 deg C), fog.

namespace aidc {

inline constexpr double standard_pressure_Pa = 101325.0;         ///< Standard atmosphere at sea level [Pa]
inline constexpr double dry_air_cp_J_per_kgK = 1006.0;           ///< Dry air (ASHRAE Fundamentals 2017, ch. 1)
inline constexpr double vapour_cp_J_per_kgK = 1860.0;            ///< Water vapour (ASHRAE Fundamentals 2017, ch. 1)
inline constexpr double vapour_enthalpy_J_per_kg = 2501e3;       ///< Vapour at 0 deg C (ASHRAE Fundamentals 2017, ch. 1)
inline constexpr double evaporating_water_cp_J_per_kgK = 4186.0; ///< Liquid water in the wet-bulb equation (the same)

/// State of moist air. Made once per weather record by a function below; wet bulb and dew point are never
/// computed again downstream.
struct Air {
    double dry_bulb_C{};     ///< Dry-bulb temperature [deg C]
    double wet_bulb_C{};     ///< Thermodynamic wet-bulb temperature [deg C], <= dry bulb
    double dew_point_C{};    ///< Dew or frost point [deg C], <= wet bulb; not below -100
    double humidity_ratio{}; ///< kg of vapour per kg of dry air [-], >= 0
    double pressure_Pa{};    ///< Total pressure [Pa], > 0
};

/// Saturation pressure of water vapour over liquid (T >= 0.01 deg C) or ice [Pa].
///
///     ln p = C1/T + C2 + C3 T + C4 T^2 + C5 T^3 (+ C6 T^4 over ice) + C7 ln T,   T in kelvin
///
/// Source: R. W. Hyland and A. Wexler (1983); ASHRAE Fundamentals 2017, ch. 1, eq. 5 and 6.
/// Valid for: -100...200 deg C.
double saturation_pressure_Pa(double temperature_C);

/// Pressure of the standard atmosphere: p = 101325 (1 - 2.25577e-5 z)^5.2559 [Pa].
///
/// Source: ASHRAE Fundamentals 2017, ch. 1, eq. 3.  Valid for: -500...11000 m.
double pressure_at_altitude_Pa(double altitude_m);

/// Humidity ratio from vapour pressure: W = 0.621945 p_w / (p - p_w) [-]. \pre 0 <= vapour_Pa < pressure_Pa
double humidity_ratio_of_vapour(double vapour_Pa, double pressure_Pa);

/// Humidity ratio of saturated air [-]. \pre saturation pressure < pressure_Pa
double saturation_humidity_ratio(double temperature_C, double pressure_Pa);

/// Vapour pressure from humidity ratio: p_w = p W / (0.621945 + W) [Pa].
double vapour_pressure_Pa(double humidity_ratio, double pressure_Pa);

/// Enthalpy: h = 1006 T + W (2501e3 + 1860 T) [J per kg of dry air].
/// Source: ASHRAE Fundamentals 2017, ch. 1, eq. 30.
double enthalpy_J_per_kg(double dry_bulb_C, double humidity_ratio);

/// Specific heat per kg of dry air: 1006 + 1860 W [J/(kg K)].
double moist_cp_J_per_kgK(double humidity_ratio);

/// Temperature at which the vapour pressure saturates [deg C]; frost point below 0. Not below -100 deg C.
double dew_point_C(double humidity_ratio, double pressure_Pa);

/// Humidity ratio of air with a given wet bulb [-].
///
///     W = ((2501 - 2.326 Twb) Ws(Twb) - 1.006 (T - Twb)) / (2501 + 1.86 T - 4.186 Twb)     Twb >= 0 deg C
///     W = ((2830 - 0.24 Twb) Ws(Twb) - 1.006 (T - Twb)) / (2830 + 1.86 T - 2.1 Twb)        over ice
///
/// Source: ASHRAE Fundamentals 2017, ch. 1, eq. 33 and 35 (adiabatic saturation, exact for the enthalpy above).
/// \pre wet_bulb_C <= dry_bulb_C.  Negative when no air can have that wet bulb.
double humidity_ratio_of_wet_bulb(double dry_bulb_C, double wet_bulb_C, double pressure_Pa);

/// Thermodynamic wet bulb [deg C]: root of the equation above, to 1e-9 K. The branch over liquid is taken
/// whenever it has a root (both may have one near 0 deg C).
double wet_bulb_C(double dry_bulb_C, double humidity_ratio, double pressure_Pa);

/// Complete state from relative humidity.
/// \param relative_humidity  p_w / p_sat(dry bulb) over liquid or ice [-], 0...1
Air air_from_relative_humidity(double dry_bulb_C, double relative_humidity, double pressure_Pa);

/// Complete state from humidity ratio. \pre 0 <= humidity_ratio <= saturation
Air air_from_humidity_ratio(double dry_bulb_C, double humidity_ratio, double pressure_Pa);

/// Complete state from wet bulb. \pre wet_bulb_C <= dry_bulb_C, and not below that of perfectly dry air
Air air_from_wet_bulb(double dry_bulb_C, double wet_bulb_C, double pressure_Pa);

} // namespace aidc
