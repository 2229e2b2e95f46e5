#include "models/outage/machine.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double stands = 0.01; // of full speed

double spun_down(MachineLaw const& law, double share, double dt_s)
{
    double const left = law.spin_down_s > 0.0 ? share * std::exp(-dt_s / law.spin_down_s) : 0.0;
    return left < stands ? 0.0 : left;
}

} // namespace

MachineState machine_after(MachineLaw const& law, MachineState state, bool powered, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0);
    double const powered_s = powered ? state.powered_s + dt_s : 0.0;
    double const running_s = powered ? std::min(dt_s, std::max(0.0, powered_s - law.delay_s)) : 0.0;
    double share = state.share;
    if (running_s < dt_s) {
        share = spun_down(law, share, dt_s - running_s);
    }
    if (share < 1.0 && running_s > 0.0) {
        share = law.ramp_s > 0.0 ? std::min(1.0, share + running_s / law.ramp_s) : 1.0;
    }
    return {.share = share, .powered_s = powered_s};
}

} // namespace aidc
