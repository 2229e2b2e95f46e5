#include "sim/cli/show_build.hpp"

#include "models/ledger/cause.hpp"

#include <cmath>
#include <map>

namespace aidc::report {
namespace {

/// Columns of /milestones.
struct Activities {
    std::vector<std::string> names, stages, after, last_lot;
    std::vector<double> planned_s, actual_s, ready_s, supplied_s, started_s, retests;

    explicit Activities(h5::Reader const& file)
        : names(file.labels("/milestones/name")), stages(file.labels("/milestones/stage")), after(file.labels("/milestones/bound_by")),
          last_lot(file.labels("/milestones/last_lot")), planned_s(file.column("/milestones/planned")),
          actual_s(file.column("/milestones/actual")), ready_s(file.column("/milestones/ready")),
          supplied_s(file.column("/milestones/supplied")), started_s(file.column("/milestones/started")),
          retests(file.column("/milestones/retests"))
    {
    }
};

/// Columns of /shipments; lots are found by "order#number".
struct Lots {
    std::vector<std::string> orders, last_part;
    std::vector<double> arrived_s, dock_s, planned_s;
    std::map<std::string, std::size_t> row_of;

    explicit Lots(h5::Reader const& file)
        : orders(file.labels("/shipments/order")), last_part(file.labels("/shipments/last_part")),
          arrived_s(file.column("/shipments/arrived")), dock_s(file.column("/shipments/dock")),
          planned_s(file.column("/shipments/planned_dock"))
    {
        std::map<std::string, std::size_t> count;
        for (std::size_t i = 0; i < orders.size(); ++i) {
            row_of.emplace(orders[i] + "#" + std::to_string(count[orders[i]]++), i);
        }
    }
};

std::string name_of(Cause cause) { return std::string(info(cause).name); }

/// Under which cause an activity is late: a wait for its crew, retests, or its own work.
std::string cause_of(Activities const& all, std::size_t a, double late_s)
{
    double const crew_s = all.started_s[a] - std::fmax(all.ready_s[a], all.supplied_s[a]);
    if (crew_s > late_s / 2.0) {
        return name_of(Cause::crew);
    }
    auto const stage = std::ranges::find(stages, all.stages[a], &StageInfo::name);
    return all.retests[a] > 0.0 ? name_of(Cause::retest) : stage == stages.end() ? name_of(Cause::site_works) : name_of(stage->cause);
}

/// Lateness of each link less that of the one before it.
std::vector<Slip> own_slips(std::vector<Slip> links)
{
    for (std::size_t i = 0; i + 1 < links.size(); ++i) {
        links[i].days -= links[i + 1].days;
    }
    return links;
}

void walk_parts(Lots const& lots, std::string lot, double until_s, std::vector<Slip>& links)
{
    bool is_part = false;
    for (auto row = lots.row_of.find(lot); row != lots.row_of.end(); row = lots.row_of.find(lot)) {
        auto const i = row->second;
        double const late_s = (std::isnan(lots.dock_s[i]) ? until_s : lots.dock_s[i]) - lots.planned_s[i];
        bool const held = (std::isnan(lots.dock_s[i]) ? until_s : lots.dock_s[i]) - lots.arrived_s[i] > late_s / 2.0;
        auto const cause = held ? Cause::customs_or_ban : is_part ? Cause::upstream_part : Cause::maker;
        links.push_back(
            {.item = lots.orders[i], .is_order = true, .cause = name_of(cause), .days = std::isnan(late_s) ? 0.0 : late_s / day_s});
        lot = lots.last_part[i];
        is_part = true;
    }
}

} // namespace

std::vector<Slip> walked(h5::Reader const& file, std::string activity, double until_s)
{
    Activities const all(file);
    Lots const lots(file);
    std::vector<Slip> links;
    for (auto found = std::ranges::find(all.names, activity); found != all.names.end(); found = std::ranges::find(all.names, activity)) {
        auto const a = static_cast<std::size_t>(found - all.names.begin());
        double const late_s = (std::isnan(all.actual_s[a]) ? until_s : all.actual_s[a]) - all.planned_s[a];
        links.push_back(
            {.item = activity, .is_order = false, .cause = cause_of(all, a, late_s), .days = std::isnan(late_s) ? 0.0 : late_s / day_s});
        if (!all.last_lot[a].empty()) {
            walk_parts(lots, all.last_lot[a], until_s, links);
            break;
        }
        activity = all.after[a];
    }
    return own_slips(std::move(links));
}

} // namespace aidc::report
