#include "models/hydraulic/pipe.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

/// Public sizing fixture for 100 kW (RGoharimehr): 150 L/min of water in 20 m of 50 mm steel pipe, sum of K = 3.
constexpr Pipe fixture{.length_m = 20.0, .diameter_m = 0.05, .roughness_m = 4.5e-5, .minor_k = 3.0};
constexpr FluidProperties fixture_water{
    .density_kg_per_m3 = 1000.0, .cp_J_per_kgK = 4180.0, .conductivity_W_per_mK = 0.6, .viscosity_Pa_s = 1e-3};
constexpr double fixture_m3_per_s = 150.0 / 60e3;

/// Right side of the law of Colebrook less its left, at a factor.
double colebrook_residual(double f, double re, double roughness)
{
    return 1.0 / std::sqrt(f) + 2.0 * std::log10(roughness / 3.7 + 2.51 / (re * std::sqrt(f)));
}

} // namespace

TEST_CASE("the public sizing fixture is met to its digits", "[unit][hydraulic]")
{
    // Fixture: 1.27323954 m/s, Re 63661.977, f 0.02298248, 7451.557 Pa in the pipe, 2431.708 Pa in the fittings.
    CHECK_THAT(velocity_m_per_s(fixture, fixture_m3_per_s), WithinAbs(1.27323954, 5e-9));
    CHECK_THAT(reynolds(fixture, fixture_water, fixture_m3_per_s), WithinAbs(63661.977, 5e-4));
    CHECK_THAT(friction_factor(63661.977, 4.5e-5 / 0.05), WithinAbs(0.02298248, 5e-9));
    Pipe plain = fixture;
    plain.minor_k = 0.0;
    CHECK_THAT(pipe_drop_Pa(plain, fixture_water, fixture_m3_per_s), WithinAbs(7451.557, 2e-3));
    CHECK_THAT(pipe_drop_Pa(fixture, fixture_water, fixture_m3_per_s), WithinAbs(7451.557 + 2431.708, 2e-3));
}

TEST_CASE("the turbulent factor solves the law of Colebrook", "[unit][hydraulic]")
{
    auto const re = GENERATE(4000.0, 2e4, 1e6, 1e8);
    auto const roughness = GENERATE(0.0, 1e-5, 1e-3, 0.05);
    CHECK_THAT(colebrook_residual(friction_factor(re, roughness), re, roughness), WithinAbs(0.0, 1e-10));
}

TEST_CASE("explicit formulas lie near the solved factor", "[unit][hydraulic]")
{
    // Swamee and Jain (1976): +0.65 % at the fixture, which computed it apart.
    double const swamee_jain = 0.25 / std::pow(std::log10(9e-4 / 3.7 + 5.74 / std::pow(63661.977, 0.9)), 2);
    CHECK_THAT(swamee_jain / friction_factor(63661.977, 9e-4) - 1.0, WithinAbs(0.0065, 5e-5));
}

TEST_CASE("laminar flow follows Hagen and Poiseuille", "[unit][hydraulic]")
{
    Pipe const tube{.length_m = 2.0, .diameter_m = 0.01};
    double const flow = 1e-5; // Re 1273
    // dp = 128 mu L V/(pi D^4)
    CHECK_THAT(pipe_drop_Pa(tube, fixture_water, flow), WithinRel(128e-3 * 2.0 * flow / (std::acos(-1.0) * 1e-8), 1e-12));
    CHECK(pipe_drop_Pa(tube, fixture_water, 0.0) == 0.0);
    CHECK(pipe_drop_Pa(tube, fixture_water, 1e-15) < 1e-6);
}

TEST_CASE("the factor has neither step nor kink between laminar and turbulent", "[unit][hydraulic]")
{
    auto const re = GENERATE(laminar_reynolds, turbulent_reynolds);
    double const h = 1e-3;
    double const below = friction_factor(re - h, 1e-3);
    double const at = friction_factor(re, 1e-3);
    double const above = friction_factor(re + h, 1e-3);
    CHECK_THAT(below, WithinAbs(at, 1e-7));
    CHECK_THAT(above, WithinAbs(at, 1e-7));
    CHECK_THAT((above - at) / h, WithinAbs((at - below) / h, 1e-9)); // slopes there are of the order 1e-5
}

TEST_CASE("more flow, more drop, through the transition too", "[unit][hydraulic]")
{
    double before = 0.0;
    for (double flow = 1e-6; flow < 1e-3; flow *= 1.01) { // Re 25 ... 25 000
        double const drop = pipe_drop_Pa(fixture, fixture_water, flow);
        REQUIRE(drop > before);
        before = drop;
    }
}

TEST_CASE("turbulent drop goes with about the fifth root of viscosity", "[unit][hydraulic]")
{
    // Blasius: f ~ Re^-1/4 in a smooth pipe; roughness lowers the exponent, 0.2 is usual.
    Pipe smooth = fixture;
    smooth.roughness_m = 0.0;
    smooth.minor_k = 0.0;
    FluidProperties thick = fixture_water;
    thick.viscosity_Pa_s *= 1.1;
    double const ratio = pipe_drop_Pa(smooth, thick, fixture_m3_per_s) / pipe_drop_Pa(smooth, fixture_water, fixture_m3_per_s);
    CHECK_THAT(std::log(ratio) / std::log(1.1), WithinAbs(0.225, 0.025));
}

TEST_CASE("a pipe as an element is exact at its two flows and close between", "[unit][hydraulic]")
{
    auto const element = pipe_element(fixture, fixture_water, 1e-3, 3e-3);
    CHECK_THAT(pressure_drop_Pa(element, 1e-3), WithinRel(pipe_drop_Pa(fixture, fixture_water, 1e-3), 1e-12));
    CHECK_THAT(pressure_drop_Pa(element, 3e-3), WithinRel(pipe_drop_Pa(fixture, fixture_water, 3e-3), 1e-12));
    auto const flow = GENERATE(1.3e-3, 1.8e-3, 2.5e-3);
    CHECK_THAT(pressure_drop_Pa(element, flow), WithinRel(pipe_drop_Pa(fixture, fixture_water, flow), 0.01));
    CHECK(element.exponent > 1.75);
    CHECK(element.exponent < 2.0);
}

TEST_CASE("the film of a pipe is that of Dittus and Boelter", "[unit][hydraulic]")
{
    // By hand: Re 63662, Pr 1e-3 x 4180/0.6 = 6.9667; 63662^0.8 = 6967.9, 6.9667^0.35 = 1.9727; Nu 316.15; x 0.6/0.05.
    CHECK_THAT(film_W_per_m2K(fixture, fixture_water, fixture_m3_per_s), WithinRel(3793.8, 1e-4));
}
