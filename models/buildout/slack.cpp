#include "models/buildout/slack.hpp"

#include "models/buildout/buildout.hpp"

#include <algorithm>
#include <numeric>

namespace aidc {
namespace {

/// Does a grant serve a hall?
bool serves(Buildout const& b, Grant const& grant, std::size_t hall)
{
    auto const& h = b.halls[hall];
    if (grant.hall) {
        return grant.hall.row == hall;
    }
    if (grant.campus) {
        return grant.campus == h.campus;
    }
    auto const& group = b.groups[grant.group.row];
    return group.campus == h.campus && (!group.building || group.building == h.building) && (!group.hall || group.hall.row == hall);
}

/// When each hall was complete [s]; no limit when it was not.
std::vector<double> complete_s(Buildout const& b, Plan const& dates)
{
    std::vector<double> complete(b.halls.size(), no_limit_s);
    for (auto const& milestone : b.milestones) {
        if (milestone.kind == Milestone::Kind::complete && milestone.hall) {
            Tick const date = date_of(milestone, b, dates);
            complete[milestone.hall.row] = date == never ? no_limit_s : seconds(date);
        }
    }
    return complete;
}

/// Latest end of an activity by what it grants [s]. A hall that was complete before did not wait for it.
double due_s(Buildout const& b, Activity const& activity, Tick finished, std::vector<double> const& complete)
{
    double due = no_limit_s;
    for (auto const& grant : activity.grants) {
        for (std::size_t h = 0; h < b.halls.size(); ++h) {
            bool const waits = serves(b, grant, h) && complete[h] >= seconds(finished);
            due = waits ? std::min(due, complete[h]) : due;
        }
    }
    return due;
}

} // namespace

std::vector<double> slack_s(Buildout const& b, Plan const& dates)
{
    auto const complete = complete_s(b, dates);
    std::vector<double> late(b.activities.size());
    for (std::size_t a = 0; a < late.size(); ++a) {
        Tick const finished = dates.activities[a].finished;
        late[a] = finished == never ? no_limit_s : due_s(b, b.activities[a], finished, complete);
    }
    std::vector<std::size_t> order(b.activities.size());
    std::iota(order.begin(), order.end(), 0u);
    // A successor starts after its predecessor has started: by start, the last first, every successor is done before.
    std::ranges::stable_sort(order,
                             [&dates](std::size_t a, std::size_t c) { return dates.activities[a].ready > dates.activities[c].ready; });
    for (auto const a : order) {
        auto const& of = dates.activities[a];
        if (of.finished == never) {
            continue;
        }
        double const late_start = late[a] - seconds(of.finished - of.started);
        for (auto const& link : b.activities[a].after) {
            auto const& from = dates.activities[link.from.row];
            double const lasted = link.start_to_start && from.finished != never ? seconds(from.finished - from.started) : 0.0;
            late[link.from.row] = std::min(late[link.from.row], late_start - link.lag_s + lasted);
        }
    }
    std::vector<double> slack(late.size(), no_limit_s);
    for (std::size_t a = 0; a < slack.size(); ++a) {
        Tick const finished = dates.activities[a].finished;
        slack[a] = finished == never ? no_limit_s : late[a] - seconds(finished);
    }
    return slack;
}

} // namespace aidc
