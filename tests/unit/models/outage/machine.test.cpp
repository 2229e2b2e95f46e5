#include "models/outage/machine.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

MachineState after(MachineLaw const& law, MachineState state, bool powered, double time_s, double dt_s)
{
    for (double k = 0.0; k * dt_s < time_s; k += 1.0) {
        state = machine_after(law, state, powered, dt_s);
    }
    return state;
}

} // namespace

TEST_CASE("a pump without power spins down by its time constant and stands below a hundredth", "[unit][outage]")
{
    MachineLaw const law{.spin_down_s = 3.0, .delay_s = 5.0, .ramp_s = 3.0};
    CHECK_THAT(after(law, {}, false, 6.0, 0.5).share, WithinRel(std::exp(-2.0), 1e-12));
    CHECK(after(law, {}, false, 13.0, 1.0).share > 0.01); // 3 ln 100 = 13.8 s
    CHECK(after(law, {}, false, 14.0, 1.0).share == 0.0);
    CHECK(machine_after({.spin_down_s = 0.0, .delay_s = 5.0, .ramp_s = 3.0}, {}, false, 0.1).share == 0.0);
}

TEST_CASE("a machine with power again waits for its delay, then ramps in a straight line", "[unit][outage]")
{
    MachineLaw const chiller{.spin_down_s = 0.0, .delay_s = 180.0, .ramp_s = 300.0};
    auto const standing = machine_after(chiller, {}, false, 1.0);
    CHECK(after(chiller, standing, true, 180.0, 1.0).share == 0.0);
    CHECK_THAT(after(chiller, standing, true, 180.0 + 75.0, 1.0).share, WithinAbs(0.25, 1e-12));
    CHECK_THAT(after(chiller, standing, true, 480.0, 1.0).share, WithinAbs(1.0, 1e-12));
    CHECK(after(chiller, standing, true, 490.0, 5.0).share == 1.0);
    CHECK_THAT(machine_after(chiller, standing, true, 255.0).share, WithinAbs(0.25, 1e-12)); // whatever the step
    CHECK(machine_after({.spin_down_s = 0.0, .delay_s = 5.0, .ramp_s = 0.0}, standing, true, 5.5).share == 1.0);
}

TEST_CASE("power lost within the delay begins it anew", "[unit][outage]")
{
    MachineLaw const law{.spin_down_s = 0.0, .delay_s = 10.0, .ramp_s = 0.0};
    auto state = after(law, machine_after(law, {}, false, 1.0), true, 9.0, 1.0);
    state = machine_after(law, state, false, 1.0);
    CHECK(after(law, state, true, 10.0, 1.0).share == 0.0);
    CHECK(after(law, state, true, 11.0, 1.0).share == 1.0);
}

TEST_CASE("a pump keeps slowing down until its delay is over, and ramps from there", "[unit][outage]")
{
    MachineLaw const law{.spin_down_s = 3.0, .delay_s = 5.0, .ramp_s = 4.0};
    auto const slow = after(law, {}, false, 1.0, 1.0);
    CHECK_THAT(after(law, slow, true, 5.0, 1.0).share, WithinRel(std::exp(-2.0), 1e-12)); // 6 s in all
    CHECK_THAT(after(law, slow, true, 6.0, 1.0).share, WithinRel(std::exp(-2.0) + 0.25, 1e-12));
    CHECK_THAT(machine_after(law, slow, true, 6.0).share, WithinRel(std::exp(-2.0) + 0.25, 1e-12));
}

TEST_CASE("a machine that never lost power stays as it is", "[unit][outage]")
{
    auto const state = machine_after({.spin_down_s = 3.0, .delay_s = 5.0, .ramp_s = 4.0}, {}, true, 1.0);
    CHECK(state.share == 1.0);
    CHECK(state.steady(true));
    CHECK_FALSE(state.steady(false));
}
