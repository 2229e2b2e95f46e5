#include "models/campus/firm.hpp"

#include "models/base/error.hpp"
#include "models/power/losses.hpp"

#include <vector>

namespace aidc {
namespace {

/// Steady watts of a hall at design weather, with the share x of its planned racks live and busy.
struct AtDesign {
    double it_W{};
    double liquid_W{};
    double fence_W{};
};

AtDesign at_design(DesignSite const& site, double x)
{
    AtDesign sum;
    std::vector<PodLoad> loads;
    for (auto const& line : site.hall->lines) {
        auto const& kind = site.kinds[line.kind.row];
        double const pod_W = line.racks_per_pod * budget_W(kind);
        double const pods = x * line.racks / line.racks_per_pod;
        loads.push_back({.pods = pods,
                         .liquid_W = pod_W * kind.liquid_share,
                         .air_W = pod_W * (1.0 - kind.liquid_share),
                         .tcs_flow_m3_per_s = line.racks_per_pod * kind.tcs_flow_m3_per_J * kind.liquid_share * budget_W(kind)});
        sum.it_W += pods * pod_W;
        sum.liquid_W += pods * pod_W * kind.liquid_share;
    }
    std::vector<PodState> pods(loads.size());
    auto const plant = solve_plant(
        site.building->plant, {.outdoors = design_air(*site.climate), .loads = loads, .coolers_up = site.coolers, .pads_on_before = false}, pods);
    auto const& hall = *site.hall;
    double const ups_W = site.ups_units > 0.0 ? shared_loss_W(hall.ups, site.ups_units, sum.it_W) : 0.0;
    double const load_W = sum.it_W + ups_W + hall.house_W + cooling_power_W(plant);
    double const transformer_W = site.transformers > 0.0 ? shared_loss_W(site.campus->transformer, site.transformers, load_W) : 0.0;
    sum.fence_W = load_W + transformer_W;
    return sum;
}

} // namespace

HallCurves design_curves(DesignSite const& site)
{
    AIDC_EXPECT(!site.hall->lines.empty());
    constexpr int intervals = 16;
    double const uncovered = 1.0 - site.hall->backup_share;
    std::vector<std::pair<double, double>> fence, emergency, heat;
    for (int i = 0; i <= intervals; ++i) {
        auto const point = at_design(site, static_cast<double>(i) / intervals);
        fence.emplace_back(point.it_W, point.fence_W);
        emergency.emplace_back(point.it_W, point.fence_W - uncovered * point.it_W);
        heat.emplace_back(point.it_W, point.liquid_W);
    }
    return {.fence = SupplyCurve(std::move(fence)), .emergency = SupplyCurve(std::move(emergency)), .heat = SupplyCurve(std::move(heat))};
}

} // namespace aidc
