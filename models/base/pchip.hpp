#pragma once
/// \file
/// Curve through the points of a table that does not overshoot them.

#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

/// How a curve goes on outside its points.
enum class Beyond : std::uint8_t {
    constant, ///< The value of the nearest end
    linear    ///< The tangent of the nearest end
};

/// Piecewise cubic Hermite interpolation (PCHIP): once differentiable, monotone wherever its points are.
///
/// On the interval [x0, x1] of width h, with t = (x - x0)/h and slopes s0, s1,
///     y = (1-t)^2 ((1+2t) y0 + t h s0) + t^2 ((3-2t) y1 - (1-t) h s1)
/// Slope at an inner point: weighted harmonic mean of the secants d on both sides, 0 where they differ in sign:
///     s = 3 (h0 + h1)/((2 h1 + h0)/d0 + (h1 + 2 h0)/d1)
/// Slope at an end: the parabola through three points, kept between 0 and three secants. Two points: a straight line.
/// Source: F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238-246; slopes of F. N. Fritsch, J. Butland,
/// SIAM J. Sci. Stat. Comput. 5 (1984) 300-304; ends as in C. Moler, Numerical Computing with MATLAB, section 3.6.
/// Valid for: any single-valued table. Outside, the value is bounded as asked; who needs to know compares with low() and high().
/// Not modelled: scatter of the points; the curve goes through each.
class Pchip {
  public:
    /// Zero everywhere.
    Pchip() = default;

    /// \pre as many x as y, at least two, x increasing, all finite
    Pchip(std::span<double const> x, std::span<double const> y, Beyond beyond = Beyond::constant);

    double operator()(double x) const;
    double derivative(double x) const; ///< dy/dx; beyond the points 0 or that of the end

    double low() const { return knots_.front().x; } ///< Least x of the points
    double high() const { return knots_.back().x; } ///< Greatest x of the points

    bool operator==(Pchip const&) const = default;

  private:
    struct Knot {
        double x{};
        double y{};
        double slope{};
        bool operator==(Knot const&) const = default;
    };

    /// Knot at the left of the interval that holds x. \pre low() <= x <= high()
    Knot const* left_of(double x) const;

    std::vector<Knot> knots_{Knot{}};
    Beyond beyond_{Beyond::constant};
};

} // namespace aidc
