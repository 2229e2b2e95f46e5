#pragma once
/// \file
/// How bursty a list of arrivals is: index of dispersion, and peakedness as servers see it. Both are 1 for Poisson arrivals.

#include <span>

namespace aidc {

/// Variance over mean of the number of arrivals in a window [-], over windows side by side from the first arrival; an unfinished last
/// one is left out. Source: D. R. Cox, P. A. W. Lewis, The Statistical Analysis of Series of Events, 1966.
/// \param arrival_s  Rising [s]
/// \pre  at least two whole windows
double index_of_dispersion(std::span<double const> arrival_s, double window_s);

/// Peakedness for exponential service times of that mean [-]: variance over mean of the number busy if there were servers for all.
///
///     z = 1/2 + Var X / E X,     X(t) = sum over arrivals a < t of e^(-(t - a)/s)
///
/// X(t) is the expected number busy given the arrivals, of which each is still there with probability e^(-(t - a)/s); moments of X are
/// those over the time from the fifth service time after the first arrival to the last arrival, in closed form between arrivals.
/// Source: A. E. Eckberg, Generalized peakedness of teletraffic processes, ITC 10, 1983; the estimate is his definition, no approximation.
/// For s much longer than bursts last, z tends to (1 + index of dispersion)/2. A trend over the list counts as a burst.
/// \pre  the list is longer than ten service times
double peakedness(std::span<double const> arrival_s, double mean_service_s);

/// The same for the service times as they were, one each [s]: the number busy is then known, and z its variance over its mean in time,
/// from the longest service time after the first arrival to the last arrival.
/// \pre  the list is longer than its longest service time
double peakedness(std::span<double const> arrival_s, std::span<double const> service_s);

} // namespace aidc
