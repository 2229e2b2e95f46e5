#include "sim/cli/show_build.hpp"

#include "models/ledger/term.hpp"

#include <cmath>
#include <limits>
#include <map>

namespace aidc::report {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Rows of /dates, by what they are the date of.
class DateTable {
  public:
    DateTable(h5::Reader const& file, std::vector<std::string> const& campuses)
        : names_(file.labels("/dates/name")), rows_(date_names(names_, campuses)), planned_s_(file.column("/dates/planned")),
          actual_s_(file.column("/dates/actual")), due_s_(file.column("/dates/due"))
    {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_[i].kind != DateKind::target) {
                row_of_.emplace(rows_[i].of + " " + rows_[i].what, i);
            }
        }
    }

    DateFacts at(std::string const& of, std::string const& what) const
    {
        auto const found = row_of_.find(of + " " + what);
        return found == row_of_.end() ? DateFacts{missing, missing} : DateFacts{planned_s_[found->second], actual_s_[found->second]};
    }

    std::vector<TargetFacts> targets(ScenarioWords const& words) const
    {
        std::vector<TargetFacts> all;
        for (std::size_t i = 0; i < rows_.size() && rows_[i].kind == DateKind::target; ++i) {
            auto const power = words.target_W.find(names_[i]);
            all.push_back({.name = names_[i],
                           .it_W = power == words.target_W.end() ? missing : power->second,
                           .due_s = due_s_[i],
                           .date = {planned_s_[i], actual_s_[i]}});
        }
        return all;
    }

  private:
    std::vector<std::string> names_;
    std::vector<DateName> rows_;
    std::vector<double> planned_s_, actual_s_, due_s_;
    std::map<std::string, std::size_t> row_of_;
};

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

std::vector<std::string> last_gate(Series const& gate, std::size_t hall)
{
    for (std::size_t row = gate.rows(); row-- > 0;) {
        if (auto const now = static_cast<int>(gate.at(row, hall)); now != 0) {
            return terms_of(now);
        }
    }
    return {};
}

/// Largest live power that the baseline plans, by hall: old and new racks of a retrofit do not add up.
std::map<std::string, double> planned_W(h5::Reader const& file)
{
    std::map<std::string, double> most_W;
    auto const halls = file.labels("/baseline/hall");
    auto const live_W = file.column("/baseline/live_W");
    for (std::size_t s = 0; s < halls.size(); ++s) {
        most_W[halls[s]] = std::max(most_W[halls[s]], live_W[s]);
    }
    return most_W;
}

/// Of a hall that the baseline does not complete: what is live on the day it is complete, else all its racks.
double complete_W(double planned, DateFacts const& complete, Series const& live, std::size_t hall, double all_racks_W)
{
    if (planned > 0.0 && !std::isnan(complete.planned_s)) {
        return planned;
    }
    for (std::size_t row = 0; row < live.rows() && !std::isnan(complete.actual_s); ++row) {
        if (live.end_s(row) > complete.actual_s) {
            return live.at(row, hall);
        }
    }
    return planned > 0.0 ? planned : all_racks_W;
}

} // namespace

std::vector<DateName> date_names(std::vector<std::string> const& names, std::vector<std::string> const& campuses)
{
    // A target may have any name, so the last row of this name begins the campuses.
    auto const first = campuses.empty() ? names.rend() : std::ranges::find(names.rbegin(), names.rend(), campuses.front() + " power");
    auto const targets = first == names.rend() ? names.size() : static_cast<std::size_t>(names.rend() - first) - 1;
    std::vector<DateName> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i < targets) {
            rows.push_back({.kind = DateKind::target, .of = names[i], .what = ""});
            continue;
        }
        auto const kind = i < targets + 3 * campuses.size() ? DateKind::campus : DateKind::hall;
        auto const words =
            names[i].ends_with(" first live") ? std::size_t{11} : names[i].size() - std::min(names[i].size(), names[i].rfind(' '));
        rows.push_back(
            {.kind = kind, .of = names[i].substr(0, names[i].size() - words), .what = names[i].substr(names[i].size() - words + 1)});
    }
    return rows;
}

std::string building_of(std::string const& hall) { return hall.substr(0, std::min(hall.size(), hall.rfind('/'))); }

std::string campus_of(std::string const& hall) { return building_of(building_of(hall)); }

void read_dates(h5::Reader const& file, ScenarioWords const& words, Facts& f)
{
    auto const campuses = file.labels("/campus/campus");
    DateTable const table(file, campuses);
    f.targets = table.targets(words);
    for (auto const& name : campuses) {
        f.campuses.push_back({.name = name,
                              .power = table.at(name, "power"),
                              .first_live = table.at(name, "first live"),
                              .complete = table.at(name, "complete")});
    }
    Series const live(file, "/hall/live_W");
    Series const gate(file, "/hall/gate");
    auto const names = file.labels("/hall/hall");
    auto const all_racks_W = file.column("/hall/complete_W");
    auto const most_W = planned_W(file);
    for (std::size_t h = 0; h < names.size(); ++h) {
        auto const complete = table.at(names[h], "complete");
        auto const planned = most_W.find(names[h]);
        f.halls.push_back({.name = names[h],
                           .complete_W = complete_W(planned == most_W.end() ? 0.0 : planned->second, complete, live, h, all_racks_W[h]),
                           .live_W = live.rows() > 0 ? live.at(live.rows() - 1, h) : 0.0,
                           .handover = table.at(names[h], "handover"),
                           .first_live = table.at(names[h], "first live"),
                           .complete = complete,
                           .gate = last_gate(gate, h)});
    }
}

} // namespace aidc::report
