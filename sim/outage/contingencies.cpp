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

/// Design load of the halls that no path is left for after the loss of some one unit; gensets count as sources, batteries do not.
double halls_at_risk_W(Moment const& moment)
{
    auto const& power = moment.site.power;
    auto const health = health_of(moment.site, moment.commissioned, {});
    std::vector<NodeNow> now;
    for (std::size_t n = 0; n < power.chain.nodes.size(); ++n) {
        auto const& node = power.chain.nodes[n];
        double const pass_W = health.units_up[n] > 0.0 ? health.units_up[n] * node.rating_W : 0.0;
        bool const source =
            node.kind == PowerNode::Kind::feed || node.kind == PowerNode::Kind::generation || node.kind == PowerNode::Kind::genset;
        double const given_W = node.kind == PowerNode::Kind::feed ? std::min(pass_W, moment.import_W) : pass_W;
        now.push_back({.pass_W = pass_W, .source_W = source ? given_W : 0.0});
    }
    std::vector<double> design_W;
    for (auto const& load : power.chain.loads) {
        design_W.push_back(load.design_W);
    }
    auto const risk_W = at_risk_W(power.chain, now, design_W, first_parents(power.chain));
    double sum_W = 0.0;
    for (std::size_t l = 0; l < risk_W.size(); ++l) {
        sum_W += power.parts[l].hall ? risk_W[l] : 0.0;
    }
    return sum_W;
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
    out.at_risk_W = halls_at_risk_W(moment);
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
