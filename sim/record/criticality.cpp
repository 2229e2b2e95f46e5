#include "sim/record/criticality.hpp"

#include "models/base/quantile.hpp"

#include <algorithm>
#include <tuple>

namespace aidc {
namespace {

Cause main_cause(Buildout const& b, ChainItem const& item, OnChain const& seen)
{
    auto const most = std::ranges::max_element(seen.late_s);
    if (*most > 0.0) {
        return causes[static_cast<std::size_t>(most - seen.late_s.begin())].cause;
    }
    return item.activity ? info(b.activities[item.activity.row].stage).cause : Cause::maker;
}

Criticality of_item(ChainItem const& item, OnChain const& seen, std::size_t replicates)
{
    Criticality row{.item = item};
    auto slips_s = seen.slip_s;
    std::ranges::sort(slips_s);
    Sum sum_s;
    for (double const slip_s : slips_s) {
        sum_s += slip_s;
    }
    row.mean_slip_s = sum_s / static_cast<double>(slips_s.size());
    row.p80_slip_s = quantile_of(slips_s, 0.8);
    row.mean_cost_s = seen.cost_s / static_cast<double>(replicates);
    return row;
}

std::size_t reached(ReplicateSet const& set, std::size_t milestone)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(set.replicates, [milestone](Replicate const& one) { return one.reached[milestone] != never; }));
}

} // namespace

std::vector<Criticality> criticality_of(Buildout const& b, ReplicateSet const& set)
{
    std::vector<Criticality> rows;
    for (std::size_t m = 0; m < set.chains.size(); ++m) {
        auto const arrivals = static_cast<double>(reached(set, m));
        for (auto const& [item, seen] : set.chains[m]) {
            auto row = of_item(item, seen, set.replicates.size());
            row.milestone = m;
            row.cause = main_cause(b, item, seen);
            row.index = static_cast<double>(seen.slip_s.size()) / arrivals;
            rows.push_back(row);
        }
    }
    std::ranges::stable_sort(rows, {}, [](Criticality const& row) { return std::tuple(row.milestone, -row.mean_cost_s, -row.index); });
    return rows;
}

void write_criticality(h5::File& file, Buildout const& b, ReplicateSet const& set)
{
    auto group = file.group("criticality", "What stood on the as-built chain to each milestone, over replicates");
    auto table = group.table(
        "row", {{{"milestone", "", "milestone"}, h5::Type::text},
                {{"item", "", "activity, or order of the lot that was waited for"}, h5::Type::text},
                {{"kind", "", "activity or order"}, h5::Type::text},
                {{"cause", "", "cause under which it lost most time"}, h5::Type::text},
                {{"index", "1", "share of the replicates that reached the milestone in which it is on the chain"}},
                {{"mean_slip_d", "d", "actual less planned days, mean where it is on the chain"}},
                {{"p80_slip_d", "d", "the same, 80 % quantile"}},
                {{"mean_days_cost_d", "d", "days lost there, at most the lateness of the milestone, mean over all replicates"}}});
    for (auto const& row : criticality_of(b, set)) {
        bool const is_activity = static_cast<bool>(row.item.activity);
        table.append({b.milestones[row.milestone].name,
                      is_activity ? b.activities[row.item.activity.row].name : b.orders[row.item.order.row].name,
                      std::string(is_activity ? "activity" : "order"), std::string(info(row.cause).name), row.index,
                      row.mean_slip_s / day_s, row.p80_slip_s / day_s, row.mean_cost_s / day_s});
    }
}

} // namespace aidc
