#include "models/cooling/chiller.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

/// McQuay WSC 471 kW, Modelica Buildings Data.ElectricEIR (BSD-3), from the EnergyPlus data set.
ChillerCurves mcquay()
{
    return {.reference_W = 471.2e3,
            .reference_cop = 5.89,
            .leaving_C = 6.67,
            .condenser_C = 29.44,
            .capacity_ft = {0.252113, 0.01324053, -0.008637329, 0.08581056, -0.004261176, 0.008661899},
            .eir_ft = {0.4475238, -0.0258821, -0.001459053, 0.04342595, -0.001000651, 0.001920106},
            .eir_plr = {0.2778889, 0.2338363, 0.4883748},
            .min_plr = 0.1,
            .max_plr = 1.15,
            .min_unloading_plr = 0.1,
            .evaporator_min_C = 4.44,
            .evaporator_max_C = 10.0,
            .condenser_min_C = 12.78,
            .condenser_max_C = 29.44};
}

} // namespace

TEST_CASE("a chiller at constant COP gives cooling plus power to the outdoors", "[unit][cooling]")
{
    auto const r = chill(ConstantCop{4.0}, 1.0, 100e3, 18.0, 35.0);
    CHECK(r.power_W == 25e3); // hand calculation
    CHECK(r.condenser_W == 125e3);
    CHECK(r.cooled_W == 100e3);
    CHECK(chill(ConstantCop{4.0}, 1.0, 0.0, 18.0, 35.0).condenser_W == 0.0);
    CHECK(chill(Chiller{}, 1.0, 100e3, 18.0, 35.0).cooled_W == 0.0);
    CHECK(std::isinf(chillers_available_W(ConstantCop{}, 1.0, 18.0, 35.0)));
    CHECK(chillers_available_W(Chiller{}, 1.0, 18.0, 35.0) == 0.0);
}

TEST_CASE("chillers share a duty, and leave undone what they cannot", "[property][cooling]")
{
    Chiller const chiller = size_chiller(mcquay(), 500e3);
    double const three_W = chillers_available_W(chiller, 3.0, 6.67, 25.0);
    CHECK_THAT(three_W, WithinRel(3.0 * chillers_available_W(chiller, 1.0, 6.67, 25.0), 1e-12));
    auto const within = chill(chiller, 3.0, 1200e3, 6.67, 25.0);
    CHECK_THAT(within.cooled_W, WithinRel(1200e3, 1e-12));
    auto const beyond = chill(chiller, 3.0, 2.0 * three_W, 6.67, 25.0);
    CHECK_THAT(beyond.cooled_W, WithinRel(three_W, 1e-12));
    CHECK(beyond.outside.contains(Curve::chiller_load));
    // All power of this set ends in the condenser.
    CHECK_THAT(within.condenser_W, WithinRel(within.cooled_W + within.power_W, 1e-12));
}

TEST_CASE("power of a station of chillers is continuous and rises with its duty", "[property][cooling]")
{
    Chiller const chiller = size_chiller(mcquay(), 500e3);
    double before_W = 0.0;
    for (double cooling_W = 1e3; cooling_W <= 1600e3; cooling_W += 1e3) {
        double const power_W = chill(chiller, 4.0, cooling_W, 6.67, 25.0).power_W;
        CHECK(power_W >= before_W);
        CHECK(power_W - before_W < 3e3 + (cooling_W == 1e3 ? 1e5 : 0.0)); // a machine that starts at 0 cycles; no jump later
        before_W = power_W;
    }
}

TEST_CASE("idle machines start when heat has taken capacity from those that run", "[property][cooling]")
{
    ChillerCurves hot = mcquay();
    hot.capacity_ft = {1.6, 0.0, 0.0, -0.02, 0.0, 0.0}; // a machine that loses capacity with condenser temperature
    Chiller const chiller = size_chiller(hot, 500e3);
    double const all_W = chillers_available_W(chiller, 4.0, 6.67, 29.0);
    CHECK_THAT(chill(chiller, 4.0, 0.99 * all_W, 6.67, 29.0).cooled_W, WithinRel(0.99 * all_W, 1e-12));
}
