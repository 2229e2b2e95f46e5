#include "models/outage/machine.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {

MachineState machine_after(MachineLaw const& law, MachineState state, bool powered, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0);
    constexpr double stands = 0.01;
    if (!powered) {
        double const left = law.spin_down_s > 0.0 ? state.share * std::exp(-dt_s / law.spin_down_s) : 0.0;
        return {.share = left < stands ? 0.0 : left, .powered_s = 0.0};
    }
    double const started_before_s = std::max(0.0, state.powered_s - law.delay_s);
    state.powered_s += dt_s;
    double const running_s = std::max(0.0, state.powered_s - law.delay_s) - started_before_s;
    if (state.share < 1.0 && running_s > 0.0) {
        state.share = law.ramp_s > 0.0 ? std::min(1.0, state.share + running_s / law.ramp_s) : 1.0;
    }
    return state;
}

} // namespace aidc
