#include "sim/cli/show_scenario.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"
#include "sim/cli/show_advice.hpp"
#include "sim/record/h5_reader.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc::report {
namespace {

bool is_rack(Buildout const& b, Order const& order)
{
    return std::ranges::find(b.kinds, b.items[b.makers[order.maker.row].item.row].name, &RackKind::name) != b.kinds.end();
}

/// Pointers of orders: a second source is no row of its own in the scenario, parts have none.
void read_orders(Buildout const& b, ScenarioWords& words)
{
    std::size_t row = 0;
    std::string second;
    for (auto const& order : b.orders) {
        auto const* root = &order;
        while (root->part_of) {
            root = &b.orders[root->part_of.row];
        }
        std::string pointer;
        if (root != &order) {
            pointer = words.orders.at(root->name).pointer;
        }
        else if (order.name != second) {
            pointer = fmt::format("/orders/{}", row++);
            second = order.name + "/second";
        }
        words.orders[order.name] = {.root = root->name,
                                    .item = b.items[b.makers[order.maker.row].item.row].name,
                                    .pointer = pointer,
                                    .placed_s = seconds(root->placed),
                                    .is_option = order.option.has_value(),
                                    .of_racks = is_rack(b, *root)};
    }
}

ScenarioWords words_of(Buildout const& b)
{
    ScenarioWords words{.currency = b.currency};
    for (auto const& target : b.targets) {
        words.target_W[target.name] = target.it_W;
    }
    read_orders(b, words);
    for (auto const& activity : b.activities) {
        auto& one = words.activities[activity.name];
        one.stage = activity.stage;
        if (activity.crew) {
            auto const& crew = b.crews[activity.crew.row];
            one.crew = crew.name; // with steps of teams, one number does not say what to try
            one.pointer = crew.steps.empty() ? fmt::format("/crews/{}", activity.crew.row) : "";
            one.teams = crew.teams;
        }
    }
    return words;
}

} // namespace

ScenarioWords read_scenario(h5::Reader const& file)
{
    try {
        auto const inputs = file.labels("/provenance/path");
        std::filesystem::path const path = inputs.empty() ? "" : inputs.front();
        return words_of(load_scenario_text(file.text("/provenance/scenario_json"), path.string(), path.parent_path()).buildout);
    }
    catch (InputErrors const&) {
        return {}; // the page can do without
    }
}

bool can_hold(std::string const& term, Slip const& slip, ScenarioWords const& words)
{
    if (slip.is_order) {
        auto const order = words.orders.find(slip.item);
        return order == words.orders.end() || order->second.of_racks == (term == info(Term::racks).name);
    }
    auto const activity = words.activities.find(slip.item);
    return activity == words.activities.end() || can_hold(term, activity->second.stage);
}

std::string advice_on(Slip const& slip, ScenarioWords const& words)
{
    auto const cause = cause_of(slip.cause);
    auto subject = slip.item;
    if (auto const order = words.orders.find(slip.item); slip.is_order && order != words.orders.end()) {
        subject = order->second.item;
    }
    if (cause == Cause::crew) {
        auto const activity = words.activities.find(slip.item);
        bool const known = activity != words.activities.end() && !activity->second.crew.empty();
        subject = known ? "crew " + activity->second.crew : "its crew";
    }
    return advice_on(cause, subject);
}

std::string command_for(Slip const& slip, ScenarioWords const& words, Dates const& dates)
{
    auto const cause = cause_of(slip.cause);
    if (cause == Cause::crew && !slip.is_order) {
        auto const activity = words.activities.find(slip.item);
        bool const known = activity != words.activities.end() && !activity->second.pointer.empty();
        return known ? fmt::format("--set {}/teams={:g}", activity->second.pointer, activity->second.teams + 1.0) : "";
    }
    bool const by_order = cause == Cause::order_late || cause == Cause::maker || cause == Cause::upstream_part;
    auto const order = words.orders.find(slip.item);
    if (!slip.is_order || !by_order || order == words.orders.end() || order->second.pointer.empty()) {
        return "";
    }
    double const earlier_s = order->second.placed_s - std::ceil(slip.days) * day_s;
    return earlier_s < 0.0 ? "" : fmt::format("--set '{}/placed=\"{}\"'", order->second.pointer, dates.text(earlier_s));
}

} // namespace aidc::report
