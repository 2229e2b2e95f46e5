#pragma once
/// \file
/// How an output goes with one parameter.

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace aidc {

/// An output at one level of a parameter, or in one bin of its values. NaN where nothing was reached.
struct Response {
    double from{};                                                   ///< Least value of the parameter in the bin
    double to{};                                                     ///< Greatest
    std::size_t count{};                                             ///< Finite outputs
    double mean{std::numeric_limits<double>::quiet_NaN()};           ///< Of the finite outputs, as all that follows
    double standard_error{std::numeric_limits<double>::quiet_NaN()}; ///< Of the mean: s/sqrt(count); NaN of one output
    double p10{std::numeric_limits<double>::quiet_NaN()};            ///< Value of rank ceil(0.1 count)
    double p50{std::numeric_limits<double>::quiet_NaN()};            ///< Value of rank ceil(0.5 count)
    double p90{std::numeric_limits<double>::quiet_NaN()};            ///< Value of rank ceil(0.9 count)
};

/// Mean and spread of an output by level of one parameter, in increasing order. More than `most` different values are put into at
/// most `most` bins: each takes an equal part of the points that are left, and more where the last value repeats (ties stay together).
///
/// Averaged over everything else: in a design in which parameters are independent this is the partial dependence of the output.
/// Outputs that are not finite are left out and `count` says so; a level where none is left stays, with count 0 and NaN.
/// Source: J. H. Friedman, Ann. Statist. 29 (2001) 1189-1232, section 8.2 (partial dependence).
/// Valid for: independent parameters. Where dates are never reached the mean is that of those reached, and too early.
/// Not modelled: interactions; that the rows of one trajectory or base row depend on each other: of such designs the standard error is
/// too small.
/// \param parameter  One a point, each a number
/// \param outputs    One a point
/// \pre as many outputs as values of the parameter; most >= 1
std::vector<Response> response_of(std::span<double const> parameter, std::span<double const> outputs, std::size_t most = 8);

/// Rank correlation of an output with one parameter.
struct RankCorrelation {
    std::size_t count{}; ///< Finite outputs
    double rho{};        ///< Spearman's rho, -1...1; NaN where either does not vary
};

/// Spearman's rho: the correlation of the ranks, ties sharing their mean rank.
///
///     rho = sum (r - m)(s - m)/sqrt(sum (r - m)^2 sum (s - m)^2),   m = (n + 1)/2
///
/// Outputs that are not finite are left out.
/// Source: C. Spearman, Am. J. Psychol. 15 (1904) 72-101; ties: M. G. Kendall, Rank Correlation Methods, 4th ed., Griffin 1970, chapter 3.
/// Valid for: monotone relations. Not modelled: relations that rise and fall, for which rho may be 0.
/// \pre as many outputs as values of the parameter, each a number
RankCorrelation rank_correlation(std::span<double const> parameter, std::span<double const> outputs);

} // namespace aidc
