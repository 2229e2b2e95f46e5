#pragma once
/// \file
/// Root of a continuous function in a bracket.

#include "models/base/error.hpp"

#include <boost/math/tools/toms748_solve.hpp>

#include <cmath>
#include <cstdint>

namespace aidc {

/// Zero of f between low and high, to a width of `tolerance` (same unit as x), by TOMS algorithm 748.
///
/// An end at which f is already zero is returned as it is.
/// \param who  Component named in the error
/// \throws SolverError  when f has the same sign at both ends or is not a number
template <class F> double bracketed_root(F const& f, double low, double high, double tolerance, char const* who)
{
    double const at_low = f(low);
    double const at_high = f(high);
    if (at_low == 0.0) {
        return low;
    }
    if (at_high == 0.0) {
        return high;
    }
    if (!(std::signbit(at_low) != std::signbit(at_high)) || std::isnan(at_low) || std::isnan(at_high)) {
        throw SolverError(who, "no sign change between " + std::to_string(low) + " (" + std::to_string(at_low) + ") and "
                                   + std::to_string(high) + " (" + std::to_string(at_high) + ")");
    }
    auto const close_enough = [tolerance](double a, double b) { return std::abs(b - a) <= tolerance; };
    std::uintmax_t iterations = 100;
    auto const [a, b] = boost::math::tools::toms748_solve(f, low, high, at_low, at_high, close_enough, iterations);
    return 0.5 * (a + b);
}

} // namespace aidc
