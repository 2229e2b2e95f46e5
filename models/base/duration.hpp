#pragma once
/// \file
/// How long something takes: a number or a distribution, drawn through its quantile function.

#include "models/base/id.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace aidc {

/// A common cause of spread (a maker, a contractor, a region): draws that name it move together.
struct Factor {
    std::string name;
    double rho{}; ///< Share of the variance (of the normal score) in common [-], 0 <= rho < 1
};

/// Span drawn by its quantile function, so that a median run, a common factor and common random numbers are one mechanism.
struct Duration {
    /// Meaning of parameter_s: constant {value}; uniform {low, high}; triangular and pert {low, mode, high};
    /// lognormal {median, p90}; exponential {mean}; weibull {scale}, its shape in `number`;
    /// empirical {mean beyond the largest value}, its values in `sample_s` and their share of all spans in `number`.
    enum class Shape : std::uint8_t {
        constant,
        uniform,
        triangular,
        pert,
        lognormal,
        exponential,
        weibull,
        empirical
    } shape = Shape::constant;
    std::array<double, 3> parameter_s{}; ///< [s], by shape
    Id<Factor> factor;                   ///< Common factor, or none (independent)
    double number{};                     ///< Weibull shape k [-] > 0; share of the spans that the sample stands for [-] 0 < share <= 1
    std::vector<double> sample_s{};      ///< Of empirical: rising values [s], >= 0; empty for all other shapes

    static Duration fixed(double value_s) { return {.shape = Shape::constant, .parameter_s = {value_s, 0.0, 0.0}, .factor = {}}; }
    bool operator==(Duration const&) const = default;
};

/// Quantile function: the span [s] that is not exceeded with probability u.
///
/// PERT is the beta distribution on [low, high] with alpha = 1 + 4 (mode - low)/(high - low), beta = 6 - alpha
/// (D. G. Malcolm et al., Operations Research 7, 1959). Lognormal has sigma = ln(p90/median) / z(0.9).
/// Weibull is scale (-ln(1 - u))^(1/k) (W. Weibull, Journal of Applied Mechanics 18, 1951): k = 1 is exponential, k > 1 wears out.
///
/// Empirical is the inverse of the empirical distribution function: of n values, each of the chance share/n, the one of rank
/// ceil(n u/share). Every draw is a value that was seen, and for share 1 the mean of the draws is that of the sample. With
/// share < 1 the rest of the spans were seen only to be longer than all values (censored): they are the largest value plus an
/// exponential of the mean given.
/// \pre 0 < u < 1; low <= mode <= high; 0 < median <= p90; k > 0; 0 < share <= 1 and at least one value
double quantile_s(Duration const& duration, double u);

/// Median [s], the planned value.
inline double median_s(Duration const& duration) { return quantile_s(duration, 0.5); }

/// Mean [s]. Lognormal: median exp(sigma^2 / 2); Weibull: scale Gamma(1 + 1/k).
double mean_s(Duration const& duration);

/// The same distribution of spans `factor` times as long, factor >= 0.
Duration scaled(Duration duration, double factor);

/// Uniform number whose normal score shares the fraction rho of its variance with the factor's:
/// z = sqrt(rho) z_factor + sqrt(1 - rho) z_own.
/// \pre 0 < u_factor, u_own < 1; 0 <= rho < 1
double correlated_uniform(double rho, double u_factor, double u_own);

} // namespace aidc
