#pragma once
/// \file
/// Electric chiller by three fitted curves (the energy-input-ratio model of DOE-2 and EnergyPlus).

#include "models/base/curve_range.hpp"

#include <array>

namespace aidc {

/// Coefficients of a + b x + c x^2 + d y + e y^2 + f x y, in this order; x = chilled water out, y = condenser in [deg C].
using BiquadraticCurve = std::array<double, 6>;
/// Coefficients of a + b x + c x^2, in this order.
using QuadraticCurve = std::array<double, 3>;

/// Value of a biquadratic curve [-].
double biquadratic(BiquadraticCurve const& curve, double x, double y);

/// Value of a quadratic curve [-].
double quadratic(QuadraticCurve const& curve, double x);

/// Data set of one chiller. Ranges are those the curves were fitted over. Load ratios are heat over the capacity of the moment.
struct ChillerCurves {
    double reference_W{};           ///< Capacity at the reference point [W], > 0
    double reference_cop{};         ///< COP there at full load [-], > 0
    double leaving_C{};             ///< Chilled water out at the reference point [deg C]
    double condenser_C{};           ///< Condenser water in there, or outdoor dry bulb if air-cooled [deg C]
    BiquadraticCurve capacity_ft{}; ///< Capacity over reference capacity [-]
    BiquadraticCurve eir_ft{};      ///< Full-load power per capacity over that at the reference point [-]
    QuadraticCurve eir_plr{};       ///< Power over full-load power, by load ratio [-]
    double min_plr{};               ///< Lowest load ratio without cycling [-], > 0
    double max_plr{};               ///< Highest load ratio [-], >= 1
    double min_unloading_plr{};     ///< Load ratio below which power falls no further while it runs [-], min_plr...max_plr
    double evaporator_min_C{};      ///< Lowest chilled water out [deg C]
    double evaporator_max_C{};      ///< Highest [deg C]
    double condenser_min_C{};       ///< Lowest condenser inlet [deg C]
    double condenser_max_C{};       ///< Highest [deg C]
    bool air_cooled{false};         ///< The condenser inlet is outdoor air, else water
    double condenser_share{1.0};    ///< Part of the power that ends in the condenser [-], 0...1; 1: hermetic motor
};

/// A chiller of some capacity, its curves exactly 1 at the reference point. Made by size_chiller.
struct EirChiller {
    ChillerCurves curves; ///< reference_W = the capacity asked for
};

/// Chiller of a capacity at the reference point of a data set, COP and curves unchanged in shape.
///
/// Each curve is divided by its value at the reference point: of 159 published sets 53 are off by more than 2 % there.
/// Dividing only moves the reference point: the raw curves with R and COP are these with R CapFT and COP/(EIRFT EIRFPLR).
/// \throws SolverError  when a curve is not positive everywhere in its own range
EirChiller size_chiller(ChillerCurves const& set, double capacity_W);

/// One steady state of a chiller.
struct EirChillerResult {
    double power_W{};       ///< Electric power of what the data set covers [W]
    double condenser_W{};   ///< Heat to the condenser [W] = cooled_W + condenser_share x power_W
    double available_W{};   ///< Most that it can cool at these temperatures [W] = capacity x max_plr
    double cop{};           ///< cooled_W / power_W [-]; 0 without load
    double plr{};           ///< Load over the capacity of the moment [-], 0...max_plr
    double cycling_ratio{}; ///< Share of the time it runs [-], 0...1
    double cooled_W{};      ///< Heat taken from the chilled water [W], at most available_W
    CurveSet outside;       ///< chiller_evaporator, chiller_condenser, chiller_load
};

/// Steady chiller.
///
///     Q_ava = Q_ref CapFT(T_e, T_c),   PLR1 = min(Q/Q_ava, PLR_max),   PLR2 = max(PLR1, PLR_min_unloading)
///     CR = min(PLR1/PLR_min, 1),       P = Q_ava/COP_ref EIRFT(T_e, T_c) EIRFPLR(PLR2) CR,   Q_con = Q + eta P
///
/// Source: EnergyPlus Engineering Reference, Chiller:Electric:EIR; Modelica Buildings (LBNL), ElectricEIR.
/// Valid for: the ranges of the data set; temperatures outside are taken at the nearest limit, load beyond max_plr is not
/// carried, and either is told in `outside`.
/// Not modelled: flow through evaporator and condenser, fouling, start-up, staging inside the machine, heat recovery; fans and
/// pumps of the condenser unless the data set holds them.
/// \param cooling_W              Heat wanted from the chilled water [W], >= 0
/// \param leaving_C              Chilled water out [deg C]
/// \param condenser_entering_C   Water into the condenser, or outdoor dry bulb if air-cooled [deg C]
EirChillerResult solve_eir_chiller(EirChiller const& chiller, double cooling_W, double leaving_C, double condenser_entering_C);

} // namespace aidc
