#include "models/demand/contract.hpp"

#include "models/base/error.hpp"

#include <cmath>
#include <numbers>

namespace aidc {

double mean_busy(DailyShape const& shape, Tick from, Tick to)
{
    AIDC_EXPECT(from < to);
    // Whole days average to the mean; only the rest of a day needs the sine. Reduced to one day first: exact in ticks.
    double const omega = 2.0 * std::numbers::pi / day_s;
    auto const antiderivative = [&](Tick t) { return std::sin(omega * (seconds(t % day_ticks) - shape.peak_s)) / omega; };
    double const swing_s = antiderivative(to) - antiderivative(from);
    return shape.busy_mean * (1.0 + shape.busy_swing * swing_s / seconds(to - from));
}

} // namespace aidc
