#pragma once
/// \file
/// Whose doing the variance of an output is.

#include "models/study/interval.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

/// Shares of the variance of an output that one parameter has [-].
struct SobolIndex {
    double first{};    ///< By itself: what fixing it would take off the variance on average
    double total{};    ///< By itself and together with others: what would be left if all others were fixed
    Interval first_95; ///< 95 % interval of `first`
    Interval total_95; ///< 95 % interval of `total`
};

/// Indices of all parameters.
struct SobolResult {
    std::size_t used{};              ///< Base rows without a missing output
    double mean{};                   ///< Over the A and B rows
    double variance{};               ///< Over the A and B rows
    std::vector<SobolIndex> indices; ///< One a parameter
};

/// Sobol' indices of a design of saltelli_points: with outputs a_i, ab_i^j, b_i of base row i, n rows, centred on their mean,
///
///     V = mean over the 2n values a and b of (y - mean)^2
///     S_j  = sum_i b_i (ab_i^j - a_i)/(n V)          first order
///     ST_j = sum_i (a_i - ab_i^j)^2/(2 n V)          total
///
/// A base row with an output that is not finite is left out as a whole. No row: NaN; one: indices NaN. An output that never changes has
/// variance 0 and indices NaN: there is nothing to share out. Estimates are not bounded: of small indices they may be below 0.
/// Source: I. M. Sobol', Math. Comput. Simul. 55 (2001) 271-280; first: A. Saltelli et al., Comput. Phys. Commun. 181 (2010)
/// 259-270, table 2 (b); total: M. J. W. Jansen, Comput. Phys. Commun. 117 (1999) 35-43; intervals: 1,000 bootstrap resamples
/// of base rows, each estimated as the outputs were, percentiles (G. E. B. Archer, A. Saltelli, I. M. Sobol', J. Stat. Comput. Simul. 58
/// (1997) 99-120).
/// Valid for: independent parameters; some hundreds of base rows or more, powers of two. Intervals treat base rows as independent
/// draws: of a Sobol' design they are rather too wide.
/// Not modelled: indices of pairs; correlated parameters; rows that miss because of the parameters (the rest is then no fair sample).
/// \param outputs  One a row of the design
/// \param seed     Of the bootstrap
/// \pre parameters >= 1; (parameters + 2) outputs a base row
SobolResult sobol_indices(std::size_t parameters, std::span<double const> outputs, std::uint64_t seed);

} // namespace aidc
