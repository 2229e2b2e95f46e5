#include "sim/outage/contingencies.hpp"

#include "sim/outage/finished.hpp"

#include <algorithm>
#include <tuple>

namespace aidc {
namespace {

/// Most racks lost first, then the quickest.
bool is_worse(ContingencyResult const& a, ContingencyResult const& b)
{
    auto const key = [](WindowResult const& w) {
        return std::make_tuple(-w.most_racks_lost, w.least_power, w.first_stop_s, w.first_throttle_s);
    };
    return key(a.failed) < key(b.failed);
}

} // namespace

CampusContingencies contingencies_of(Buildout const& b, Id<Campus> campus, int order,
                                     std::function<bool(std::size_t, std::size_t)> const& progress)
{
    auto const& climate = b.climates[b.campuses[campus.row].climate.row];
    Moment const moment = finished_campus(b, campus, design_air(climate), 1.0);
    CampusContingencies out{.campus = b.campuses[campus.row].name, .outdoors = moment.outdoors, .tier = moment.site.power.tier};
    for (auto const& line : moment.lines) {
        out.racks += line.racks;
    }
    auto const singles = single_contingencies(moment.site, moment.commissioned);
    auto all = singles;
    if (order > 1) {
        auto const pairs = double_contingencies(singles, moment.commissioned);
        all.insert(all.end(), pairs.begin(), pairs.end());
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        out.results.push_back(run_contingency(moment, all[i], contingency_window_s, i < singles.size()));
        if (progress(i + 1, all.size())) {
            break;
        }
    }
    std::span<ContingencyResult const> const first(out.results.data(), std::min(singles.size(), out.results.size()));
    out.broken = breaks_tier(out.tier, first);
    out.maintainable = breaks_tier(Tier::concurrently_maintainable, first).empty();
    out.tolerant = breaks_tier(Tier::fault_tolerant, first).empty();
    std::ranges::stable_sort(out.results, is_worse);
    return out;
}

} // namespace aidc
