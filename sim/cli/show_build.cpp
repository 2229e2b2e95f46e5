#include "sim/cli/show_build.hpp"

#include "models/ledger/cause.hpp"
#include "models/ledger/term.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace aidc::report {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double whole = 1.0 - 1e-6; ///< Files hold watts as float32

/// Columns of /milestones.
struct Milestones {
    std::vector<std::string> names, stages, after;
    std::vector<double> planned_s, actual_s, ready_s, supplied_s;
};

/// Columns of /shipments.
struct Shipments {
    std::vector<std::string> orders, items, makers;
    std::vector<double> planned_s, dock_s;
};

Milestones read_milestones(h5::Reader const& file)
{
    return {.names = file.labels("/milestones/name"),
            .stages = file.labels("/milestones/stage"),
            .after = file.labels("/milestones/bound_by"),
            .planned_s = file.column("/milestones/planned"),
            .actual_s = file.column("/milestones/actual"),
            .ready_s = file.column("/milestones/ready"),
            .supplied_s = file.column("/milestones/supplied")};
}

Shipments read_shipments(h5::Reader const& file)
{
    return {.orders = file.labels("/shipments/order"),
            .items = file.labels("/shipments/item"),
            .makers = file.labels("/shipments/maker"),
            .planned_s = file.column("/shipments/planned_dock"),
            .dock_s = file.column("/shipments/dock")};
}

/// The later of two dates; a date that was not reached is the latest.
double later(double a_s, double b_s) { return std::isnan(a_s) || std::isnan(b_s) ? missing : std::max(a_s, b_s); }

/// Handover is the last L5 of the hall.
void set_handover(HallFacts& hall, Milestones const& milestones)
{
    bool found = false;
    for (std::size_t m = 0; m < milestones.names.size(); ++m) {
        if (milestones.stages[m] == "L5" && milestones.names[m].starts_with(hall.name + "/")) {
            hall.handover_s = found ? later(hall.handover_s, milestones.actual_s[m]) : milestones.actual_s[m];
            hall.handover_planned_s = found ? later(hall.handover_planned_s, milestones.planned_s[m]) : milestones.planned_s[m];
            hall.has_handover = found = true;
        }
    }
}

std::vector<std::string> terms_of(int gate)
{
    std::vector<std::string> names;
    for (auto const& term : terms) {
        if ((gate & bit(term.term)) != 0) {
            names.emplace_back(term.name);
        }
    }
    return names;
}

void set_live(HallFacts& hall, std::size_t h, Series const& live, Series const& gate)
{
    int last_gate = 0;
    for (std::size_t row = 0; row < live.rows(); ++row) {
        if (live.at(row, h) > 0.0 && std::isnan(hall.first_live_s)) {
            hall.first_live_s = live.start_s(row);
        }
        if (live.at(row, h) >= hall.complete_W * whole && std::isnan(hall.complete_s)) {
            hall.complete_s = live.start_s(row);
        }
        auto const now = static_cast<int>(gate.at(row, h));
        last_gate = now != 0 ? now : last_gate;
        hall.live_W = live.at(row, h);
    }
    hall.gate = terms_of(last_gate);
}

void read_halls(h5::Reader const& file, Milestones const& milestones, Facts& f)
{
    Series const live(file, "/hall/live_W");
    Series const gate(file, "/hall/gate");
    auto const names = file.labels("/hall/hall");
    auto const complete_W = file.column("/hall/complete_W");
    auto const steps = file.labels("/baseline/hall");
    auto const steps_from_s = file.column("/baseline/from");
    auto const steps_W = file.column("/baseline/live_W");
    for (std::size_t h = 0; h < names.size(); ++h) {
        HallFacts hall{.name = names[h],
                       .complete_W = complete_W[h],
                       .handover_s = missing,
                       .handover_planned_s = missing,
                       .first_live_s = missing,
                       .complete_s = missing,
                       .complete_planned_s = missing};
        set_handover(hall, milestones);
        set_live(hall, h, live, gate);
        for (std::size_t s = steps.size(); s-- > 0;) {
            if (steps[s] == hall.name && steps_W[s] >= hall.complete_W * whole) {
                hall.complete_planned_s = steps_from_s[s];
            }
        }
        f.halls.push_back(std::move(hall));
    }
}

/// Sum over halls of a [hall, name] matrix.
std::vector<double> over_halls(std::vector<double> const& matrix, std::size_t names)
{
    std::vector<double> sum(names);
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        sum[i % names] += matrix[i];
    }
    return sum;
}

void largest_first(std::vector<Hours>& hours)
{
    std::erase_if(hours, [](Hours const& row) { return row.share_h <= 0.0; });
    std::ranges::stable_sort(hours, std::greater{}, &Hours::share_h);
}

void read_ledger(h5::Reader const& file, Facts& f)
{
    auto const term_names = file.labels("/ledger_term/term");
    auto const share_h = over_halls(file.column("/ledger_term/share_accelerator_h"), term_names.size());
    auto const solo_h = over_halls(file.column("/ledger_term/solo_accelerator_h"), term_names.size());
    for (std::size_t j = 0; j < term_names.size(); ++j) {
        f.terms.push_back({.name = term_names[j], .share_h = share_h[j], .solo_h = solo_h[j]});
    }
    auto const cause_names = file.labels("/ledger_cause/cause");
    auto const cause_h = over_halls(file.column("/ledger_cause/accelerator_h"), cause_names.size());
    for (std::size_t c = 0; c < cause_names.size(); ++c) {
        auto const known = std::ranges::find(causes, cause_names[c], &CauseInfo::name);
        bool const once_live = known != causes.end() && (known->family == "operations" || known->family == "use");
        if (!once_live) {
            f.causes.push_back({.name = cause_names[c], .share_h = cause_h[c]});
        }
    }
    largest_first(f.terms);
    largest_first(f.causes);
}

/// One link of the chain that led to a date, and how late it was against the plan.
struct Link {
    std::string name;
    bool is_order = false;
    double late_d{};
};

/// Lot that completed the goods of an activity which was otherwise ready; none where it did not wait for goods.
std::optional<std::size_t> awaited_lot(Milestones const& milestones, std::size_t m, Shipments const& shipments)
{
    if (!(milestones.supplied_s[m] > milestones.ready_s[m])) {
        return {};
    }
    for (std::size_t s = 0; s < shipments.orders.size(); ++s) {
        if (std::abs(shipments.dock_s[s] - milestones.supplied_s[m]) < 1.0) {
            return s;
        }
    }
    return {};
}

/// The activity, what it came last after, and so on, down to the start or to a lot.
std::vector<Link> chain_of(std::string name, Milestones const& milestones, Shipments const& shipments, double until_s)
{
    std::vector<Link> chain;
    auto const add = [&](std::string const& link, bool is_order, double actual_s, double planned_s) {
        auto const late_d = days_late(std::isnan(actual_s) ? until_s : actual_s, planned_s);
        chain.push_back({.name = link, .is_order = is_order, .late_d = late_d.value_or(0.0)});
    };
    while (!name.empty()) {
        auto const found = std::ranges::find(milestones.names, name);
        if (found == milestones.names.end()) {
            break;
        }
        auto const m = static_cast<std::size_t>(found - milestones.names.begin());
        add(name, false, milestones.actual_s[m], milestones.planned_s[m]);
        if (auto const lot = awaited_lot(milestones, m, shipments)) {
            add(shipments.orders[*lot], true, shipments.dock_s[*lot], shipments.planned_s[*lot]);
            break;
        }
        name = milestones.after[m];
    }
    return chain;
}

/// The link that slipped most by itself: late by more than what came before it.
void set_slip(Help& help, std::vector<Link> const& chain)
{
    for (std::size_t i = 0; i < chain.size(); ++i) {
        double const own_d = chain[i].late_d - (i + 1 < chain.size() ? chain[i + 1].late_d : 0.0);
        if (own_d > help.slip_d) {
            help.slip_d = own_d;
            help.slip_order = chain[i].is_order ? chain[i].name : "";
            help.slip_activity = chain[i].is_order ? "" : chain[i].name;
        }
    }
}

/// Where the most hours of a term waited: hall and activity.
std::pair<std::string, std::string> most_waited(h5::Reader const& file, std::string const& term)
{
    auto const halls = file.labels("/ledger_waited/hall");
    auto const waited_terms = file.labels("/ledger_waited/term");
    auto const activities = file.labels("/ledger_waited/activity");
    auto const hours = file.column("/ledger_waited/share_accelerator_h");
    std::map<std::string, double> by_hall, by_activity;
    for (std::size_t i = 0; i < halls.size(); ++i) {
        if (waited_terms[i] == term) {
            by_hall[halls[i]] += hours[i];
            by_activity[activities[i]] += hours[i];
        }
    }
    auto const largest = [](std::map<std::string, double> const& hours_of) {
        auto const found = std::ranges::max_element(hours_of, {}, [](auto const& pair) { return pair.second; });
        return found == hours_of.end() ? std::string() : found->first;
    };
    return {largest(by_hall), largest(by_activity)};
}

void read_helps(h5::Reader const& file, Milestones const& milestones, Shipments const& shipments, Facts& f)
{
    auto by_solo = f.terms;
    std::ranges::stable_sort(by_solo, std::greater{}, &Hours::solo_h);
    for (auto const& term : by_solo) {
        if (f.helps.size() == 3 || term.solo_h <= 0.0) {
            return;
        }
        Help help{.term = term.name, .solo_h = term.solo_h, .planned_s = missing, .actual_s = missing};
        std::tie(help.hall, help.activity) = most_waited(file, term.name);
        auto const found = std::ranges::find(milestones.names, help.activity);
        if (found != milestones.names.end()) {
            auto const m = static_cast<std::size_t>(found - milestones.names.begin());
            help.planned_s = milestones.planned_s[m];
            help.actual_s = milestones.actual_s[m];
            set_slip(help, chain_of(help.activity, milestones, shipments, f.until_s));
        }
        f.helps.push_back(std::move(help));
    }
}

void read_late_orders(Shipments const& shipments, Facts& f)
{
    std::map<std::string, LateOrder> orders;
    for (std::size_t s = 0; s < shipments.orders.size(); ++s) {
        auto& order = orders[shipments.orders[s]];
        ++order.lots;
        double const dock_s = std::isnan(shipments.dock_s[s]) ? f.until_s : shipments.dock_s[s];
        double const late_d = days_late(dock_s, shipments.planned_s[s]).value_or(0.0);
        order.late_lots += late_d > 0.0 ? 1 : 0;
        if (late_d > order.late_d) {
            order.order = shipments.orders[s];
            order.item = shipments.items[s];
            order.maker = shipments.makers[s];
            order.late_d = late_d;
            order.planned_s = shipments.planned_s[s];
            order.actual_s = shipments.dock_s[s];
        }
    }
    for (auto& [name, order] : orders) {
        if (order.late_lots > 0) {
            f.late_orders.push_back(std::move(order));
        }
    }
    std::ranges::stable_sort(f.late_orders, std::greater{}, &LateOrder::late_d);
    f.orders_late = static_cast<int>(f.late_orders.size());
    f.late_orders.resize(std::min<std::size_t>(f.late_orders.size(), 5));
}

} // namespace

void read_build(h5::Reader const& file, Facts& facts)
{
    auto const milestones = read_milestones(file);
    auto const shipments = read_shipments(file);
    read_halls(file, milestones, facts);
    read_ledger(file, facts);
    read_helps(file, milestones, shipments, facts);
    read_late_orders(shipments, facts);
}

} // namespace aidc::report
