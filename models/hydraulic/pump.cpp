#include "models/hydraulic/pump.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {

PumpPoint at_speed(PumpPoint const& point, double speed)
{
    AIDC_EXPECT(speed >= 0.0);
    return {.flow_m3_per_s = point.flow_m3_per_s * speed,
            .head_Pa = point.head_Pa * speed * speed,
            .power_W = point.power_W * speed * speed * speed};
}

double pump_power_W(Pump const& pump, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0 && pump.rated_flow_m3_per_s > 0.0);
    if (flow_m3_per_s == 0.0) {
        return 0.0;
    }
    double const speed = std::max(flow_m3_per_s / pump.rated_flow_m3_per_s, pump.min_speed);
    return pump.rated_power_W * speed * speed * speed;
}

double station_power_W(Pump const& pump, double flow_m3_per_s)
{
    double const ratio = flow_m3_per_s / pump.rated_flow_m3_per_s;
    return ratio < pump.min_speed ? pump.rated_power_W * pump.min_speed * pump.min_speed * ratio : pump_power_W(pump, flow_m3_per_s);
}

double wire_to_water_efficiency(Pump const& pump)
{
    AIDC_EXPECT(pump.rated_power_W > 0.0);
    return pump.rated_flow_m3_per_s * pump.rated_head_Pa / pump.rated_power_W;
}

} // namespace aidc
