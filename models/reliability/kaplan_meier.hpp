#pragma once
/// \file
/// How long do things last, when some had not ended yet as the watching stopped? The product-limit estimator.

#include "models/base/duration.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace aidc {

/// One span that was watched.
struct Spell {
    double span_s{}; ///< Watched [s] >= 0
    bool ended{};    ///< With the event; otherwise it was longer than that (right-censored)
};

/// The estimate after one time at which something ended.
struct SurvivalStep {
    double time_s{};
    std::size_t at_risk{};   ///< Spells that had lasted at least as long
    std::size_t ended{};     ///< Of them, at this time
    double survival{};       ///< Chance to last longer than time_s [-]
    double standard_error{}; ///< Of it, Greenwood [-]; NaN where the survival is 0
};

/// Survival function of a sample: constant from each step to the next, 1 before the first.
struct Survival {
    std::vector<SurvivalStep> steps; ///< In rising time
    double exposure_s{};             ///< All spans together [s]
    std::size_t ended{};             ///< Spells that ended
};

/// Product-limit estimate of right-censored spans.
///
///     S(t) = product over times t_i <= t of (1 - d_i/n_i),   se(S)^2 = S^2 sum d_i / (n_i (n_i - d_i))
///
/// with d_i of n_i spells at risk that ended at t_i. Spells censored at t_i are still at risk there.
/// Source: E. L. Kaplan, P. Meier, Journal of the American Statistical Association 53 (1958) 457-481; the standard error
/// is Greenwood's (1926).
/// Valid for: censoring that says nothing about the span.  Not modelled: late entry (left truncation).
Survival product_limit(std::vector<Spell> spells);

/// Chance to last longer than time_s [-].
double survival_at(Survival const& survival, double time_s);

/// Smallest time at which at least a share p has ended; infinity when so many were not seen to end. \pre 0 < p < 1
double quantile_s(Survival const& survival, double p);

/// Rate of ends [1/s]: ended / exposure, the maximum-likelihood estimate of an exponential. \pre exposure_s > 0
inline double mean_hazard_per_s(Survival const& survival) { return static_cast<double>(survival.ended) / survival.exposure_s; }

/// The estimate as a distribution to draw from: `points` equally likely quantiles of the share 1 - S that was seen to end; exact if
/// nothing was censored and `points` is the number of spells. For the share that outlasted the last end nothing was seen: they go on
/// with the mean hazard of the whole sample (exponential). \pre something ended, points >= 1
Duration to_duration(Survival const& survival, std::size_t points);

} // namespace aidc
