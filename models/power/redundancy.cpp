#include "models/power/redundancy.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {

double firm_W(EqualUnits const& group, double derate)
{
    AIDC_EXPECT(group.units >= 0 && group.spare >= 0 && group.rating_W >= 0.0);
    AIDC_EXPECT(derate >= 0.0 && derate <= 1.0);
    return std::max(0, group.units - group.spare) * group.rating_W * derate;
}

double firm_two_sided_W(double side_a_W, double side_b_W) { return std::min(side_a_W, side_b_W); }

double firm_distributed_W(int blocks, double block_W)
{
    AIDC_EXPECT(blocks >= 2 && block_W >= 0.0);
    return (blocks - 1) * block_W;
}

double genset_derate(GensetDerate const& law, double altitude_m, double air_C)
{
    double const thin_air = 1.0 - law.loss_per_100_m * std::max(0.0, altitude_m - law.free_altitude_m) / 100.0;
    double const hot_air = 1.0 - law.loss_per_10_K * std::max(0.0, air_C - law.free_temperature_C) / 10.0;
    return std::max(0.0, thin_air) * std::max(0.0, hot_air);
}

} // namespace aidc
