#include "models/base/pchip.hpp"

// Boost 1.74 calls isnan unqualified: math.h must stand before it.
#include <math.h>

#include <boost/math/interpolators/pchip.hpp>

#include "tests/catch.hpp"

#include <array>
#include <vector>

using namespace aidc;

namespace {

/// Radiochemical data RPN 14 of Fritsch and Carlson (1980), table 1: a spline overshoots it.
constexpr std::array rpn_x{7.99, 8.09, 8.19, 8.7, 9.2, 10.0, 12.0, 15.0, 20.0};
constexpr std::array rpn_y{0.0, 2.76429e-5, 4.37498e-2, 0.169183, 0.469428, 0.943740, 0.998636, 0.999919, 0.999994};

} // namespace

TEST_CASE("the curve goes through its points and stays between them", "[unit][base]")
{
    Pchip const curve(rpn_x, rpn_y);
    for (std::size_t i = 0; i < rpn_x.size(); ++i) {
        CHECK_THAT(curve(rpn_x[i]), WithinAbs(rpn_y[i], 1e-15));
    }
    double before = 0.0;
    for (int i = 0; i <= 1201; ++i) {
        double const x = 7.99 + 0.01 * i;
        double const y = curve(x);
        REQUIRE(y >= before);
        REQUIRE(y <= rpn_y.back());
        before = y;
    }
}

TEST_CASE("Boost interpolates the same curve", "[unit][base]")
{
    // Boost.Math pchip, given the same slopes at the ends: an independent implementation of the inner slopes and the cubic.
    Pchip const curve(rpn_x, rpn_y);
    boost::math::interpolators::pchip<std::vector<double>> const boosted(std::vector<double>(rpn_x.begin(), rpn_x.end()),
                                                                         std::vector<double>(rpn_y.begin(), rpn_y.end()),
                                                                         curve.derivative(rpn_x.front()), curve.derivative(rpn_x.back()));
    for (double x = 7.995; x < 20.0; x += 0.037) {
        CHECK_THAT(curve(x), WithinAbs(boosted(x), 1e-14));
        CHECK_THAT(curve.derivative(x), WithinAbs(boosted.prime(x), 1e-12));
    }
}

TEST_CASE("slopes at the ends follow the three-point formula and its limits", "[unit][base]")
{
    // By hand, spacing 1: (3 d0 - d1)/2 with secants d0, d1.
    std::array const x{0.0, 1.0, 2.0};
    CHECK_THAT(Pchip(x, std::array{0.0, 1.0, 4.0}).derivative(0.0), WithinAbs(0.0, 1e-15));  // (3 - 3)/2
    CHECK_THAT(Pchip(x, std::array{0.0, 1.0, 3.0}).derivative(0.0), WithinAbs(0.5, 1e-15));  // (3 - 2)/2
    CHECK(Pchip(x, std::array{0.0, 1.0, 6.0}).derivative(0.0) == 0.0);                       // (3 - 5)/2 points the wrong way
    CHECK_THAT(Pchip(x, std::array{0.0, 1.0, -9.0}).derivative(0.0), WithinAbs(3.0, 1e-15)); // (3 + 10)/2 > 3 secants
    CHECK_THAT(Pchip(x, std::array{0.0, 2.0, 3.0}).derivative(2.0), WithinAbs(0.5, 1e-15));  // the other end: (3 - 2)/2
}

TEST_CASE("points on a straight line give the line, two points too", "[unit][base]")
{
    Pchip const three(std::array{0.0, 1.0, 5.0}, std::array{2.0, 1.5, -0.5});
    Pchip const two(std::array{0.0, 5.0}, std::array{2.0, -0.5});
    auto const x = GENERATE(0.0, 0.3, 1.0, 2.7, 5.0);
    CHECK_THAT(three(x), WithinAbs(2.0 - 0.5 * x, 1e-14));
    CHECK_THAT(two(x), WithinAbs(2.0 - 0.5 * x, 1e-14));
    CHECK_THAT(three.derivative(x), WithinAbs(-0.5, 1e-14));
    CHECK_THAT(two.derivative(x), WithinAbs(-0.5, 1e-14));
}

TEST_CASE("the derivative is that of the curve", "[unit][base]")
{
    Pchip const curve(rpn_x, rpn_y);
    auto const x = GENERATE(8.0, 8.3, 9.1, 9.9, 11.0, 19.0);
    double const h = 1e-5;
    CHECK_THAT(curve.derivative(x), WithinAbs((curve(x + h) - curve(x - h)) / (2.0 * h), 1e-8)); // central difference, error ~ h^2
}

TEST_CASE("outside its points a curve is constant or goes on straight, as asked", "[unit][base]")
{
    std::array const x{1.0, 2.0, 4.0};
    std::array const y{3.0, 5.0, 6.0};
    Pchip const constant(x, y);
    CHECK(constant(-10.0) == 3.0);
    CHECK(constant(10.0) == 6.0);
    CHECK(constant.derivative(10.0) == 0.0);
    Pchip const linear(x, y, Beyond::linear);
    CHECK_THAT(linear(-1.0), WithinRel(3.0 - 2.0 * linear.derivative(1.0), 1e-14));
    CHECK_THAT(linear(5.0), WithinRel(6.0 + linear.derivative(4.0), 1e-14));
    CHECK(linear.derivative(5.0) == linear.derivative(4.0));
    CHECK(linear.low() == 1.0);
    CHECK(linear.high() == 4.0);
    CHECK(Pchip{}(7.0) == 0.0);
    CHECK(Pchip{}.derivative(0.0) == 0.0);
}
