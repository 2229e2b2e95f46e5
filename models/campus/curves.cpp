#include "models/campus/firm.hpp"

#include "models/base/error.hpp"
#include "models/campus/sizing.hpp"
#include "models/power/losses.hpp"

#include <algorithm>
#include <cmath>
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
    auto const loads = planned_loads(site.building->plant, site.hall->lines, site.kinds, x);
    for (auto const& load : loads) {
        sum.it_W += load.pods * (load.liquid_W + load.air_W);
        sum.liquid_W += load.pods * load.liquid_W;
    }
    std::vector<PodState> pods(loads.size());
    auto const plant = solve_plant(site.building->plant,
                                   {.outdoors = design_air(*site.climate), .loads = loads, .coolers_up = site.coolers, .before = {}}, pods);
    auto const& hall = *site.hall;
    double const ups_W = site.ups_units > 0.0 ? shared_loss_W(hall.ups, site.ups_units, sum.it_W) : 0.0;
    double const load_W = sum.it_W + ups_W + hall.house_W + cooling_power_W(plant);
    double const transformer_W = site.transformers > 0.0 ? shared_loss_W(site.campus->transformer, site.transformers, load_W) : 0.0;
    sum.fence_W = load_W + transformer_W;
    return sum;
}

/// A curve that does not rise (nothing is drawn: no losses, no heat) rises by a millionth, so that it can be inverted.
SupplyCurve rising(std::vector<std::pair<double, double>> points)
{
    for (std::size_t i = 1; i < points.size(); ++i) {
        double const least_W = points[i - 1].second + 1e-6 * (points[i].first - points[i - 1].first);
        points[i].second = std::max(points[i].second, least_W);
    }
    return SupplyCurve(std::move(points));
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
    return {.fence = rising(std::move(fence)), .emergency = rising(std::move(emergency)), .heat = rising(std::move(heat))};
}

} // namespace aidc
