#pragma once
/// \file
/// Simulated time: an integer count of 2^-10 s, exact in a double up to 8.8e12 s.

#include <cmath>
#include <cstdint>

namespace aidc {

/// Date or span [2^-10 s]. Dates count from Buildout::start.
using Tick = std::int64_t;

inline constexpr Tick never = INT64_MAX; ///< Not reached. Sorts last, so quantiles stay right
inline constexpr double ticks_per_second = 1024.0;

/// Nearest tick of a span [s]. \pre |span_s| < 8.8e12
inline Tick ticks(double span_s) { return static_cast<Tick>(std::llround(span_s * ticks_per_second)); }

/// Span [s] of a number of ticks; exact.
inline constexpr double seconds(Tick t) { return static_cast<double>(t) / ticks_per_second; }

inline constexpr double hour_s = 3600.0;
inline constexpr double day_s = 86400.0;
inline constexpr double week_s = 7.0 * day_s;
inline constexpr double year_s = 365.25 * day_s; ///< Julian year, for rates "per year"

inline constexpr Tick day_ticks = static_cast<Tick>(day_s * ticks_per_second);

} // namespace aidc
