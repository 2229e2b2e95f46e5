#include "sim/scenario/plan_file.hpp"

#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace aidc {
namespace {

constexpr std::array<std::pair<std::string_view, Tick ActivityDates::*>, 5> activity_dates{{
    {"ready_s", &ActivityDates::ready},
    {"supplied_s", &ActivityDates::supplied},
    {"started_s", &ActivityDates::started},
    {"worked_s", &ActivityDates::worked},
    {"finished_s", &ActivityDates::finished},
}};

constexpr std::array<std::pair<std::string_view, Tick LotDates::*>, 6> lot_dates{{
    {"placed_s", &LotDates::placed},
    {"supplied_s", &LotDates::supplied},
    {"made_s", &LotDates::made},
    {"shipped_s", &LotDates::shipped},
    {"arrived_s", &LotDates::arrived},
    {"dock_s", &LotDates::dock},
}};

std::string lot_name(Buildout const& b, Lot const& lot) { return fmt::format("{}#{}", b.orders[lot.order.row].name, lot.number); }

/// Dates that were reached; the others are left out.
template <class Row, class Dates> Json json_of(Row const& row, Dates const& dates)
{
    Json node = Json::object();
    for (auto const& [name, date] : dates) {
        if (row.*date != never) {
            node[std::string(name)] = seconds(row.*date);
        }
    }
    return node;
}

/// Reads one file; problems are collected.
class PlanReader {
  public:
    PlanReader(std::filesystem::path const& path, Buildout const& b)
        : document_(parse_document(read_text(path), path.string())), b_(b), root_(document_.root)
    {
        if (!root_.is_object() || root_.value("format", "") != "aidcsim-baseline" || root_.value("version", 0) != 1) {
            problem("", "is no baseline of version 1; make one with: aidcsim baseline SCENARIO.json -o baseline.json");
            return;
        }
        for (auto const* const part : {"activities", "lots", "halls"}) {
            if (!root_.contains(part) || !root_[part].is_object()) {
                problem("", fmt::format("has no \"{}\"", part));
            }
        }
        if (!root_.contains("start_day") || !root_["start_day"].is_number_integer()) {
            problem("", "has no \"start_day\"");
        }
        shift_ = problems_.empty() ? (root_["start_day"].get<std::int64_t>() - b.start_day) * day_ticks : 0;
    }

    Plan read()
    {
        Plan plan;
        throw_if_any();
        for (auto const& activity : b_.activities) {
            plan.activities.push_back(dates<ActivityDates>("activities", activity.name, activity_dates));
        }
        for (auto const& lot : b_.lots) {
            plan.lots.push_back(dates<LotDates>("lots", lot_name(b_, lot), lot_dates));
        }
        for (auto const& hall : b_.halls) {
            plan.halls.push_back(steps(hall.name));
        }
        throw_if_any();
        return plan;
    }

  private:
    void problem(std::string const& pointer, std::string message)
    {
        problems_.push_back({document_.where(pointer), pointer, std::move(message)});
    }
    void throw_if_any()
    {
        if (!problems_.empty()) {
            throw InputErrors(problems_);
        }
    }

    /// \returns never, and a problem, for what is no date
    Tick date(Json const& value, std::string const& pointer)
    {
        double const value_s = value.is_number() ? value.get<double>() : -1.0;
        if (!(value_s >= 0.0 && value_s < 1e11)) {
            problem(pointer, "needs a date in seconds since the start");
            return never;
        }
        return std::max<Tick>(0, ticks(value_s) + shift_);
    }

    template <class Row, class Dates> Row dates(char const* part, std::string const& name, Dates const& names)
    {
        Row row;
        auto const node = root_[part].find(name);
        for (auto const& [key, member] : names) {
            if (node != root_[part].end() && node->contains(key)) {
                row.*member = date((*node)[std::string(key)], fmt::format("/{}/{}/{}", part, pointer_step(name), key));
            }
        }
        return row;
    }

    std::vector<LiveStep> steps(std::string const& name)
    {
        std::vector<LiveStep> steps;
        auto const node = root_["halls"].find(name);
        for (std::size_t i = 0; node != root_["halls"].end() && i < node->size(); ++i) {
            auto const pointer = fmt::format("/halls/{}/{}", pointer_step(name), i);
            auto const& step = (*node)[i];
            if (!step.is_object() || !step.contains("from_s") || !step.contains("it_W") || !step["it_W"].is_number()
                || !step.contains("accelerators") || !step["accelerators"].is_number()) {
                problem(pointer, "needs from_s, it_W and accelerators");
                continue;
            }
            steps.push_back({.from = date(step["from_s"], pointer + "/from_s"),
                             .it_W = step["it_W"].get<double>(),
                             .accelerators = step["accelerators"].get<double>()});
            if (steps.size() > 1 && steps.back().from < steps[steps.size() - 2].from) {
                problem(pointer + "/from_s", "is before the step before it");
            }
        }
        return steps;
    }

    Document document_;
    Buildout const& b_;
    Json& root_;
    std::vector<Problem> problems_{};
    Tick shift_{}; ///< From the file's start to ours
};

} // namespace

std::string plan_json(Buildout const& b, Plan const& plan)
{
    Json root{{"format", "aidcsim-baseline"}, {"version", 1}, {"scenario", b.name}, {"start", b.start}, {"start_day", b.start_day}};
    auto& activities = root["activities"] = Json::object();
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        activities[b.activities[a].name] = json_of(plan.activities[a], activity_dates);
    }
    auto& lots = root["lots"] = Json::object();
    for (std::size_t l = 0; l < b.lots.size(); ++l) {
        lots[lot_name(b, b.lots[l])] = json_of(plan.lots[l], lot_dates);
    }
    auto& halls = root["halls"] = Json::object();
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        auto& steps = halls[b.halls[h].name] = Json::array();
        for (auto const& step : plan.halls[h]) {
            steps.push_back({{"from_s", seconds(step.from)}, {"it_W", step.it_W}, {"accelerators", step.accelerators}});
        }
    }
    return root.dump(1);
}

Plan read_plan(std::filesystem::path const& path, Buildout const& buildout) { return PlanReader(path, buildout).read(); }

} // namespace aidc
