#pragma once
/// \file
/// Two values that hold another between them.

#include <limits>
#include <vector>

namespace aidc {

/// Interval of confidence; NaN where there was too little to tell.
struct Interval {
    double low{std::numeric_limits<double>::quiet_NaN()};
    double high{std::numeric_limits<double>::quiet_NaN()};

    bool contains(double x) const { return low <= x && x <= high; }
    bool operator==(Interval const&) const = default;
};

/// Percentile interval of an estimate from its bootstrap resamples: their 2.5 % and 97.5 % quantiles, rank ceil(p n).
///
/// Resamples that are not finite are left out; NaN if none is left.
/// Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993, section 13.3.
/// Valid for: estimates nearly without bias.
/// Not modelled: bias and skewness (BCa); with few rows (about ten) the interval is too narrow.
Interval percentile_interval_95(std::vector<double> resamples);

} // namespace aidc
