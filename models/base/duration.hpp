#pragma once
/// \file
/// How long something takes: a number or a distribution, drawn through its quantile function.

#include "models/base/id.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace aidc {

/// A common cause of spread (a maker, a contractor, a region): draws that name it move together.
struct Factor {
    std::string name;
    double rho{}; ///< Share of the variance (of the normal score) in common [-], 0 <= rho < 1
};

/// Span drawn by its quantile function, so that a median run, a common factor and common random numbers are one mechanism.
struct Duration {
    /// Meaning of parameter_s: constant {value}; uniform {low, high}; triangular and pert {low, mode, high};
    /// lognormal {median, p90}; exponential {mean}.
    enum class Shape : std::uint8_t { constant, uniform, triangular, pert, lognormal, exponential } shape = Shape::constant;
    std::array<double, 3> parameter_s{}; ///< [s], by shape
    Id<Factor> factor;                   ///< Common factor, or none (independent)

    static Duration fixed(double value_s) { return {.shape = Shape::constant, .parameter_s = {value_s, 0.0, 0.0}, .factor = {}}; }
    bool operator==(Duration const&) const = default;
};

/// Quantile function: the span [s] that is not exceeded with probability u.
///
/// PERT is the beta distribution on [low, high] with alpha = 1 + 4 (mode - low)/(high - low), beta = 6 - alpha
/// (D. G. Malcolm et al., Operations Research 7, 1959). Lognormal has sigma = ln(p90/median) / z(0.9).
/// \pre 0 < u < 1; low <= mode <= high; 0 < median <= p90
double quantile_s(Duration const& duration, double u);

/// Median [s], the planned value.
inline double median_s(Duration const& duration) { return quantile_s(duration, 0.5); }

/// Mean [s]. Lognormal: median exp(sigma^2 / 2).
double mean_s(Duration const& duration);

/// Uniform number whose normal score shares the fraction rho of its variance with the factor's:
/// z = sqrt(rho) z_factor + sqrt(1 - rho) z_own.
/// \pre 0 < u_factor, u_own < 1; 0 <= rho < 1
double correlated_uniform(double rho, double u_factor, double u_own);

} // namespace aidc
