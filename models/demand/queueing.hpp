#pragma once
/// \file
/// Waiting lines: chance and length of a wait, and how many servers keep it rare. Load is in erlangs: arrival rate times mean service time,
/// the number of servers that would be busy if there were enough.

#include <cstdint>

namespace aidc {

/// Chance that an arrival waits in M/M/c [-]; 1 where the load is no less than the servers.
///
///     C = B / (1 - a/c (1 - B)),   B = (a^c / c!) / sum over k = 0 ... c of a^k / k! = e^-a a^c / Gamma(c + 1) / Q(c + 1, a)
///
/// Source: A. K. Erlang, 1917; B by the incomplete gamma function Q, which also defines it between whole numbers of servers
/// (A. A. Jagers, E. A. van Doorn, Operations Research Letters 5, 1986). Its cost does not grow with c.
/// Valid for: Poisson arrivals, exponential service, first come first served, nobody gives up.
/// \param servers  c, > 0; need not be whole
/// \param offered  Load a [erlang], >= 0
double erlang_c(double servers, double offered);

/// Mean wait over mean service time in M/M/c [-]: C / (c - a). Infinite where the load is no less than the servers.
double mmc_mean_wait(double servers, double offered);

/// Mean wait over mean service time in M/G/1 [-]: a/(1 - a) (1 + cv2)/2.
/// Source: F. Pollaczek 1930, A. Y. Khinchine 1932. Exact for Poisson arrivals.
/// \param service_cv2  Variance of the service time over its mean squared [-], >= 0
double mg1_mean_wait(double offered, double service_cv2);

/// Mean wait over mean service time in G/G/c, approximately [-]: C/(c - a) (arrival_cv2 + service_cv2)/2.
/// Source: Allen-Cunneen; A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed., 1990, section 5.4.
/// Valid for: arrivals independent of each other (renewal); exact for M/M/c and M/G/1, good in heavy traffic. For arrivals more regular
/// than Poisson's it is too long: in D/M/1 by 8 % at a load of 0.9 and twice at 0.5.
/// \param arrival_cv2  Variance of the time between arrivals over its mean squared [-], >= 0
double ggc_mean_wait(double servers, double offered, double arrival_cv2, double service_cv2);

/// Chance of a wait for arrivals that come in bunches [-]: erlang_c(c/z, a/z). For z = 1 that is erlang_c itself.
/// Source: Hayward's approximation; A. A. Fredericks, Bell System Technical Journal 59, 1980.
/// Valid for: loads above about 10 z, and bunches that do not last much longer than a service. Else arrivals wait more often than it says
/// (docs/theory/inference.md: how much more on a trace of real requests).
/// \param peakedness  z: variance over mean of the number busy if there were servers for all [-], > 0; Poisson 1 (models/demand/bursts.hpp)
double wait_probability(double servers, double offered, double peakedness);

/// Standard deviations of spare servers that hold the chance of a wait: the beta of
///
///     p = 1 / (1 + beta Phi(beta) / phi(beta))                phi, Phi: density and distribution of the standard normal
///
/// Source: S. Halfin, W. Whitt, Operations Research 29, 1981, 567-588 (M/M/c with many servers). \pre  0 < p < 1
double safety_factor(double wait_probability);

/// Square-root staffing: a + beta sqrt(a z), beta = safety_factor(p) [servers].
/// Source: W. Whitt, Understanding the efficiency of multi-server service systems, Management Science 38, 1992, 708-723.
/// Valid for: loads far above z, where the number busy is nearly normal.
double square_root_staffing(double offered_erlangs, double peakedness, double wait_probability);

/// Least servers c with wait_probability(c, a, z) <= p: sought from square-root staffing on, which it is at large loads; exact for z = 1.
/// 0 for no load. \pre  0 < p < 1
std::uint64_t servers_needed(double offered_erlangs, double peakedness, double wait_probability);

/// Largest load that `servers` carry within that chance of a wait [erlang]: the inverse of servers_needed.
double offered_within(double servers, double peakedness, double wait_probability);

} // namespace aidc
