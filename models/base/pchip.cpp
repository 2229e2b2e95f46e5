#include "models/base/pchip.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// One interval between two points.
struct Secant {
    double width{};
    double slope{};
};

double inner_slope(Secant const& left, Secant const& right)
{
    if (!(left.slope * right.slope > 0.0)) {
        return 0.0;
    }
    double const weight_left = 2.0 * right.width + left.width;
    double const weight_right = right.width + 2.0 * left.width;
    return (weight_left + weight_right) / (weight_left / left.slope + weight_right / right.slope);
}

double end_slope(Secant const& end, Secant const& next)
{
    double const parabola = ((2.0 * end.width + next.width) * end.slope - end.width * next.slope) / (end.width + next.width);
    if (!(parabola * end.slope > 0.0)) {
        return 0.0;
    }
    bool const turns = end.slope * next.slope <= 0.0;
    return turns && std::abs(parabola) > 3.0 * std::abs(end.slope) ? 3.0 * end.slope : parabola;
}

} // namespace

Pchip::Pchip(std::span<double const> x, std::span<double const> y, Beyond beyond) : knots_(x.size()), beyond_(beyond)
{
    std::size_t const n = x.size();
    AIDC_EXPECT(n >= 2 && y.size() == n);
    for (std::size_t i = 0; i < n; ++i) {
        AIDC_EXPECT(std::isfinite(x[i]) && std::isfinite(y[i]) && (i == 0 || x[i] > x[i - 1]));
        knots_[i] = {.x = x[i], .y = y[i], .slope = 0.0};
    }
    auto const secant = [&](std::size_t i) { return Secant{x[i + 1] - x[i], (y[i + 1] - y[i]) / (x[i + 1] - x[i])}; };
    if (n == 2) {
        knots_[0].slope = knots_[1].slope = secant(0).slope;
        return;
    }
    knots_[0].slope = end_slope(secant(0), secant(1));
    for (std::size_t i = 1; i + 1 < n; ++i) {
        knots_[i].slope = inner_slope(secant(i - 1), secant(i));
    }
    knots_[n - 1].slope = end_slope(secant(n - 2), secant(n - 3));
}

Pchip::Knot const* Pchip::left_of(double x) const
{
    // The last interval is closed on the right, so that its end is found too.
    auto const after = std::upper_bound(knots_.begin() + 1, knots_.end() - 1, x, [](double value, Knot const& k) { return value < k.x; });
    return &*(after - 1);
}

double Pchip::operator()(double x) const
{
    if (x <= low() || x >= high()) {
        Knot const& end = x <= low() ? knots_.front() : knots_.back();
        return beyond_ == Beyond::linear ? end.y + end.slope * (x - end.x) : end.y;
    }
    Knot const& a = *left_of(x);
    Knot const& b = *(&a + 1);
    double const h = b.x - a.x;
    double const t = (x - a.x) / h;
    double const u = 1.0 - t;
    return u * u * ((1.0 + 2.0 * t) * a.y + t * h * a.slope) + t * t * ((3.0 - 2.0 * t) * b.y - u * h * b.slope);
}

double Pchip::derivative(double x) const
{
    if (x < low() || x > high()) {
        return beyond_ == Beyond::constant ? 0.0 : (x < low() ? knots_.front() : knots_.back()).slope;
    }
    if (knots_.size() == 1) {
        return 0.0;
    }
    Knot const& a = *left_of(x);
    Knot const& b = *(&a + 1);
    double const h = b.x - a.x;
    double const t = (x - a.x) / h;
    double const u = 1.0 - t;
    return 6.0 * t * u * (b.y - a.y) / h + u * (1.0 - 3.0 * t) * a.slope + t * (3.0 * t - 2.0) * b.slope;
}

} // namespace aidc
