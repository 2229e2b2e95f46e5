#include "models/cooling/york_calc.hpp"

#include "models/base/error.hpp"

#include <array>

namespace aidc {
namespace {

/// c0 + c1 x + c2 x^2
double quadratic(double c0, double c1, double c2, double x) { return c0 + x * (c1 + x * c2); }

using Row = std::array<double, 3>; // in wet bulb: constant, linear, square

// [power of L/G][power of range]
constexpr std::array<std::array<Row, 3>, 3> coefficients{{
    {{{-0.359741205, -0.055053608, 0.0023850432},
      {0.173926877, -0.0248473764, 0.00048430224},
      {-0.005589849456, 0.0005770079712, -0.00001342427256}}},
    {{{2.84765801111111, -0.121765149, 0.0014599242},
      {1.680428651, -0.0166920786, -0.0007190532},
      {-0.025485194448, 0.0000487491696, 0.00002719234152}}},
    {{{-0.0653766255555556, -0.002278167, 0.0002500254},
      {-0.0910565458, 0.00318176316, 0.000038621772},
      {-0.0034285382352, 0.00000856589904, -0.000001516821552}}},
}};

} // namespace

double york_approach_K(YorkPoint const& point, CurveSet& outside)
{
    AIDC_EXPECT(point.water >= 0.0 && point.air > 0.0);
    double const wet_bulb_C = bounded(point.wet_bulb_C, -34.4, 26.7, Curve::tower_air, outside);
    double const range_K = bounded(point.range_K, 1.1, 22.2, Curve::tower_water, outside);
    double const water_to_air = bounded(point.water / point.air, 0.0, 8.0, Curve::tower_water, outside);
    std::array<double, 3> in_ratio{};
    for (std::size_t i = 0; i < in_ratio.size(); ++i) {
        auto const& [r0, r1, r2] = coefficients[i];
        in_ratio[i] = quadratic(quadratic(r0[0], r0[1], r0[2], wet_bulb_C), quadratic(r1[0], r1[1], r1[2], wet_bulb_C),
                                quadratic(r2[0], r2[1], r2[2], wet_bulb_C), range_K);
    }
    return quadratic(in_ratio[0], in_ratio[1], in_ratio[2], water_to_air);
}

} // namespace aidc
