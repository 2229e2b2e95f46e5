#include "models/cooling/cold_plate.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {
constexpr ColdPlate plate{.conduction_K_per_W = 0.010, .convection_K_per_W = 0.012, .rated_flow_m3_per_s = 1.6 / 60e3};
} // namespace

TEST_CASE("the case is the supply plus heat times resistance", "[unit][cooling]")
{
    auto const coolant = properties(Coolant::pg25, 40.0);
    // Hand calculation at the rated flow: 0.5/(1022.5 x 3917.4 x 2.6667e-5) = 0.004681 K/W.
    CHECK_THAT(inlet_to_case_K_per_W(plate, coolant, 1.6 / 60e3), WithinAbs(0.010 + 0.012 + 0.004681, 1e-6));
    CHECK_THAT(case_temperature_C(plate, coolant, 1.6 / 60e3, 40.0, 1000.0), WithinAbs(66.681, 1e-3));
    CHECK(case_temperature_C(plate, coolant, 1.6 / 60e3, 40.0, 0.0) == 40.0);
}

TEST_CASE("a published plate resistance is within reach of the law", "[unit][cooling]")
{
    // Wakefield 133032: 0.0267 K/W at 1.6 L/min (seen in one source).
    CHECK_THAT(inlet_to_case_K_per_W(plate, properties(Coolant::pg25, 40.0), 1.6 / 60e3), WithinRel(0.0267, 0.01));
}

TEST_CASE("more flow gives a cooler case, down to conduction", "[unit][cooling]")
{
    auto const coolant = properties(Coolant::water, 40.0);
    auto const flow = GENERATE(1e-5, 3e-5, 1e-4);
    CHECK(inlet_to_case_K_per_W(plate, coolant, 1.1 * flow) < inlet_to_case_K_per_W(plate, coolant, flow));
    CHECK_THAT(inlet_to_case_K_per_W(plate, coolant, 1e3), WithinAbs(0.010, 1e-6));
}

TEST_CASE("the exponent sets the film alone", "[unit][cooling]")
{
    auto const coolant = properties(Coolant::water, 40.0);
    ColdPlate laminar = plate;
    laminar.exponent = 0.5;
    double const flow = 4.0 * plate.rated_flow_m3_per_s;
    // 0.012 (4^-0.5 - 4^-0.8) = 0.0020415 K/W.
    CHECK_THAT(inlet_to_case_K_per_W(laminar, coolant, flow) - inlet_to_case_K_per_W(plate, coolant, flow), WithinAbs(0.0020415, 1e-6));
}

TEST_CASE("the junction is hotter than the case by the package", "[unit][cooling]")
{
    CHECK_THAT(junction_C(66.0, 1200.0, 0.015), WithinRel(84.0, 1e-12)); // 66 + 18
    CHECK(junction_C(66.0, 0.0, 0.015) == 66.0);
}

TEST_CASE("a chip answers a step with its time constant", "[unit][cooling]")
{
    // 240 J/K on 0.0267 K/W: 6.4 s, within the usual 5 to 8 s.
    double const tau_s = 0.0267 * 240.0;
    CHECK_THAT(case_after_C(50.0, 82.0, tau_s, tau_s), WithinRel(82.0 - 32.0 * 0.36787944, 1e-8)); // 1/e
    CHECK_THAT(case_after_C(50.0, 82.0, tau_s, 100.0 * tau_s), WithinRel(82.0, 1e-12));
    CHECK(case_after_C(50.0, 82.0, tau_s, 0.0) == 50.0);
    // Two half steps are one step: exact, whatever the step.
    double const half_C = case_after_C(50.0, 82.0, tau_s, 7.5);
    CHECK_THAT(case_after_C(half_C, 82.0, tau_s, 7.5), WithinRel(case_after_C(50.0, 82.0, tau_s, 15.0), 1e-12));
}

TEST_CASE("without flow the first seconds are adiabatic", "[unit][cooling]")
{
    // R -> infinity at 1200 W and 240 J/K: 5 K/s, closed form.
    double const resistance = 1e6;
    CHECK_THAT(case_after_C(60.0, 40.0 + 1200.0 * resistance, resistance * 240.0, 5.0), WithinAbs(85.0, 1e-5));
}
