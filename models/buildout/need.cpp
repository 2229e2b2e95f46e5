#include "models/buildout/need.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace aidc {
namespace {

/// What an activity takes from a stock.
struct Use {
    Id<Activity> activity;
    double units{};
};

/// One stock: its lots and its uses.
struct StockFlow {
    std::vector<Id<Lot>> lots;
    std::vector<Use> uses;
};

using StockFlows = std::map<std::pair<Id<Campus>, Id<Item>>, StockFlow>;

StockFlows flows_of(Buildout const& b)
{
    StockFlows flows;
    for (std::size_t l = 0; l < b.lots.size(); ++l) {
        auto const& order = b.orders[b.lots[l].order.row];
        if (!order.part_of) {
            flows[{order.campus, b.makers[order.maker.row].item}].lots.push_back(id<Lot>(l));
        }
    }
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        for (auto const& goods : b.activities[a].goods) {
            flows[{b.activities[a].campus, goods.item}].uses.push_back({.activity = id<Activity>(a), .units = goods.units});
        }
    }
    return flows;
}

} // namespace

std::vector<LotNeed> needs_of(Buildout const& b, Plan const& plan)
{
    AIDC_EXPECT(!plan.empty());
    std::vector<LotNeed> needs(b.lots.size());
    auto flows = flows_of(b);
    for (auto& [stock, flow] : flows) {
        std::ranges::stable_sort(flow.lots, {}, [&plan](Id<Lot> lot) { return plan.lots[lot.row].dock; });
        std::ranges::stable_sort(flow.uses, {}, [&plan](Use const& use) { return plan.activities[use.activity.row].ready; });
        auto use = flow.uses.begin();
        double before = 0.0;                                      // units of earlier lots
        double until = use == flow.uses.end() ? 0.0 : use->units; // units of all uses up to this one
        for (auto const lot : flow.lots) {
            while (use != flow.uses.end() && until <= before * (1.0 + 1e-12)) {
                until += ++use == flow.uses.end() ? 0.0 : use->units;
            }
            if (use != flow.uses.end()) {
                needs[lot.row] = {.activity = use->activity, .date = plan.activities[use->activity.row].started};
            }
            before += b.lots[lot.row].units;
        }
    }
    return needs;
}

} // namespace aidc
