#include "models/it/rack.hpp"

#include "models/base/error.hpp"

namespace aidc {

double budget_W(RackKind const& kind) { return kind.servers * kind.server.power_W + kind.overhead_W; }

std::uint32_t accelerators(RackKind const& kind) { return kind.servers * kind.server.accelerators; }

double mean_power_W(RackKind const& kind, double busy)
{
    AIDC_EXPECT(busy >= 0.0 && busy <= 1.0);
    return budget_W(kind) * (kind.idle_share + (kind.draw_share - kind.idle_share) * busy);
}

double repair_share(RackKind const& kind)
{
    double const load = kind.accelerator_afr_per_s * kind.accelerator_repair_s;
    return load / (1.0 + load);
}

} // namespace aidc
