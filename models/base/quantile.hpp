#pragma once
/// \file
/// Quantiles of a sample as order statistics, so that "not reached" is a value like any other: +infinity, sorted last.

#include <cstddef>
#include <span>

namespace aidc {

/// Rank of the p-quantile in a sorted sample, counted from 1: ceil(p n), the least share of the sample that is at least p.
/// \pre n >= 1, 0 < p < 1
std::size_t quantile_rank(std::size_t n, double p);

/// The value of rank ceil(p n); NaN of an empty sample. Values that were not reached are +infinity and never left out.
/// \pre sorted, without NaN; 0 < p < 1
double quantile_of(std::span<double const> sorted, double p);

/// Ranks of two order statistics, counted from 1.
struct RankInterval {
    std::size_t low{};  ///< 0: no value is low enough
    std::size_t high{}; ///< n + 1: no value is high enough
};

/// Ranks between which the p-quantile of the population lies with at least the given confidence, whatever the distribution.
///
/// Of n values the number B that the quantile is not below is binomial (n, p), so that for a continuous distribution
///     P(X_(low) <= quantile <= X_(high)) = P(low <= B <= high - 1) = F(high - 1) - F(low - 1)
/// with F the distribution function of B; where values repeat, the probability is at least this. Taken are the largest low and
/// the smallest high whose tails F(low - 1) and 1 - F(high - 1) are each at most (1 - confidence)/2.
/// Source: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., Wiley 2003, section 7.1.
/// Valid for: independent values. Conservative, because ranks are whole numbers.
/// \pre 0 < p < 1, 0 < confidence < 1
RankInterval quantile_ranks(std::size_t n, double p, double confidence);

/// Two values that hold a quantile between them.
struct QuantileInterval {
    double low{};  ///< -infinity: the sample is too small to tell
    double high{}; ///< +infinity: the same, or not reached
};

/// 95 % interval of the p-quantile: the values at quantile_ranks(n, p, 0.95).
/// \pre sorted, without NaN; 0 < p < 1
QuantileInterval quantile_interval(std::span<double const> sorted, double p);

} // namespace aidc
