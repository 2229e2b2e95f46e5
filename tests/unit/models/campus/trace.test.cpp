#include "models/campus/trace.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

using namespace aidc;

namespace {

/// Two pods, three samples of 15 s: a triangle of 0, 30, 10 W and a bend of 4, 4, 8 W.
Trace two_pods() { return {.step_s = 15.0, .columns = 2, .heat_W = {0.0, 4.0, 30.0, 4.0, 10.0, 8.0}, .wet_bulb_C = {-2.0, 4.0, 1.0}}; }

/// Sum of the trapezoids between all samples of a column [J].
double trapezoid_J(Trace const& trace, std::uint32_t column)
{
    double sum_J = 0.0;
    for (std::size_t row = 1; row < trace.heat_W.size() / trace.columns; ++row) {
        sum_J += 0.5 * trace.step_s * (trace.heat_W[(row - 1) * trace.columns + column] + trace.heat_W[row * trace.columns + column]);
    }
    return sum_J;
}

} // namespace

TEST_CASE("the mean of a straight line between samples, by hand", "[unit][campus][trace]")
{
    auto const trace = two_pods();
    CHECK_THAT(mean_heat_W(trace, 0, 0.0, 15.0), WithinRel(15.0, 1e-14));  // (0 + 30)/2
    CHECK_THAT(mean_heat_W(trace, 0, 15.0, 30.0), WithinRel(20.0, 1e-14)); // (30 + 10)/2
    CHECK_THAT(mean_heat_W(trace, 0, 0.0, 30.0), WithinRel(17.5, 1e-14));
    CHECK_THAT(mean_heat_W(trace, 0, 5.0, 10.0), WithinRel(15.0, 1e-14)); // from 10 to 20 W on the rising line
    // 5 s rising from 20 to 30 W, 5 s falling from 30 W to 30 - 20/3 W: (25 + 30 - 10/3)/2.
    CHECK_THAT(mean_heat_W(trace, 0, 10.0, 20.0), WithinRel(0.5 * (25.0 + 30.0 - 10.0 / 3.0), 1e-14));
    CHECK_THAT(mean_heat_W(trace, 0, 12.0, 12.0 + 1e-6), WithinRel(24.0, 1e-6)); // the line itself
    CHECK_THAT(mean_heat_W(trace, 1, 0.0, 15.0), WithinRel(4.0, 1e-14));         // the other pod
    CHECK_THAT(mean_heat_W(trace, 1, 0.0, 30.0), WithinRel(5.0, 1e-14));         // (4 + 6)/2
}

TEST_CASE("after the last sample its value stays", "[unit][campus][trace]")
{
    auto const trace = two_pods();
    CHECK_THAT(mean_heat_W(trace, 0, 30.0, 31.0), WithinRel(10.0, 1e-14));
    CHECK_THAT(mean_heat_W(trace, 0, 1e6, 1e6 + 15.0), WithinRel(10.0, 1e-9)); // 1e6/15 steps carry a rounding of 1e-11
    CHECK_THAT(mean_heat_W(trace, 0, 15.0, 45.0), WithinRel(15.0, 1e-14));     // half on the line of mean 20, half at 10
    CHECK_THAT(mean_heat_W(trace, 1, 0.0, 300.0), WithinRel((15.0 * 4.0 + 15.0 * 6.0 + 270.0 * 8.0) / 300.0, 1e-14));
}

TEST_CASE("one sample is a constant", "[unit][campus][trace]")
{
    Trace const trace{.step_s = 15.0, .columns = 1, .heat_W = {7.0}, .wet_bulb_C = {}};
    CHECK_THAT(mean_heat_W(trace, 0, 0.0, 4.0), WithinRel(7.0, 1e-14));
    CHECK_THAT(mean_heat_W(trace, 0, 100.0, 400.0), WithinRel(7.0, 1e-14));
}

TEST_CASE("the wet bulb is read as the heat is, and may be below zero", "[unit][campus][trace]")
{
    auto const trace = two_pods();
    CHECK_THAT(mean_wet_bulb_C(trace, 0.0, 15.0), WithinRel(1.0, 1e-14)); // (-2 + 4)/2
    CHECK_THAT(mean_wet_bulb_C(trace, 0.0, 5.0), WithinRel(-1.0, 1e-14)); // from -2 to 0
    CHECK_THAT(mean_wet_bulb_C(trace, 30.0, 99.0), WithinRel(1.0, 1e-14));
}

TEST_CASE("however a trace is cut into steps, its energy is the sum of its trapezoids", "[property][campus][trace]")
{
    constexpr std::size_t rows = 241;
    constexpr std::uint32_t columns = 3;
    Trace trace{.step_s = 15.0, .columns = columns, .heat_W = {}, .wet_bulb_C = {}};
    std::mt19937 draw(1);
    for (std::size_t i = 0; i < rows * columns; ++i) {
        trace.heat_W.push_back(static_cast<double>(draw() % 1000000U)); // 0...1 MW
    }
    double const end_s = trace.step_s * (rows - 1);
    auto const step_s = GENERATE(0.7, 3.141592653589793, 15.0, 37.0, 3600.0); // within samples, as samples, over many, all at once
    auto const column = GENERATE(0U, 1U, 2U);
    double energy_J = 0.0;
    for (double from_s = 0.0; from_s < end_s; from_s += step_s) {
        double const to_s = std::min(from_s + step_s, end_s);
        energy_J += mean_heat_W(trace, column, from_s, to_s) * (to_s - from_s);
    }
    CAPTURE(step_s, column);
    CHECK_THAT(energy_J, WithinRel(trapezoid_J(trace, column), 1e-12));
}
