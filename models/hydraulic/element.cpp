#include "models/hydraulic/element.hpp"

#include "models/base/error.hpp"

#include <cmath>

namespace aidc {

HydraulicElement element_through(FlowPoint const& a, FlowPoint const& b)
{
    AIDC_EXPECT(a.flow_m3_per_s > 0.0 && b.flow_m3_per_s > 0.0 && a.flow_m3_per_s != b.flow_m3_per_s);
    AIDC_EXPECT(a.drop_Pa > 0.0 && b.drop_Pa > 0.0);
    double const exponent = std::log(b.drop_Pa / a.drop_Pa) / std::log(b.flow_m3_per_s / a.flow_m3_per_s);
    return {.k = a.drop_Pa / std::pow(a.flow_m3_per_s, exponent), .exponent = exponent};
}

double pressure_drop_Pa(HydraulicElement const& element, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0);
    return element.k * std::pow(flow_m3_per_s, element.exponent);
}

double flow_at_drop_m3_per_s(HydraulicElement const& element, double drop_Pa)
{
    AIDC_EXPECT(element.k > 0.0 && drop_Pa >= 0.0);
    return std::pow(drop_Pa / element.k, 1.0 / element.exponent);
}

} // namespace aidc
