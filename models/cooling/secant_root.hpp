#pragma once
/// \file
/// Root of an almost straight function inside a bracket, in few evaluations and without allocation.

#include "models/base/error.hpp"

#include <cmath>
#include <limits>
#include <string>

namespace aidc {

/// Two points of opposite sign (or one of them a root).
struct RootBracket {
    double a{};    ///< One end
    double at_a{}; ///< f(a)
    double b{};    ///< Other end
    double at_b{}; ///< f(b)
};

/// Zero of f by the Anderson-Bjorck form of regula falsi: superlinear, always inside the bracket.
///
/// For the component solves, which know both ends beforehand and are scaled so that f is nearly a line; about five
/// evaluations to 1e-13. `bracketed_root` of models/base is the choice everywhere else.
/// Source: N. Anderson and A. Bjorck, BIT 13 (1973) 253-264.
/// \param tolerance  On |f|, same unit as f. A bracket as narrow as rounding allows ends the search too
/// \param who        Component named in the error
/// \throws SolverError  when f has one sign at both ends, is not a number, or 200 evaluations do not suffice
template <class F> double secant_root(F const& f, RootBracket bracket, double tolerance, char const* who)
{
    auto [a, at_a, b, at_b] = bracket;
    if (std::abs(at_a) <= tolerance) {
        return a;
    }
    if (std::abs(at_b) <= tolerance) {
        return b;
    }
    if (!(at_a * at_b < 0.0)) {
        throw SolverError(who, "no sign change between " + std::to_string(a) + " (" + std::to_string(at_a) + ") and " + std::to_string(b)
                                   + " (" + std::to_string(at_b) + ")");
    }
    for (int evaluations = 0; evaluations < 200; ++evaluations) {
        bool const stuck = evaluations > 40; // then halve: two evaluations a bit at worst
        double const c = stuck ? 0.5 * (a + b) : b - at_b * (b - a) / (at_b - at_a);
        double const at_c = f(c);
        double const rounding = 4.0 * std::numeric_limits<double>::epsilon() * std::abs(c);
        if (std::abs(at_c) <= tolerance || std::abs(b - a) <= rounding) {
            return c;
        }
        if (std::signbit(at_c) != std::signbit(at_b)) {
            a = b;
            at_a = at_b;
        }
        else {
            double const scale = 1.0 - at_c / at_b;
            at_a *= scale > 0.0 ? scale : 0.5;
        }
        b = c;
        at_b = at_c;
        if (std::isnan(at_c)) {
            throw SolverError(who, "not a number at " + std::to_string(c));
        }
    }
    throw SolverError(who, "no root after 200 evaluations near " + std::to_string(b) + " (" + std::to_string(at_b) + ")");
}

} // namespace aidc
