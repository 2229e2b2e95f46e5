#include "models/buildout/milestone.hpp"

#include "models/base/error.hpp"
#include "models/buildout/buildout.hpp"

#include <algorithm>
#include <chrono>

namespace aidc {
namespace {

/// IT power of a hall with all its racks in; what is to be taken out later does not count.
double planned_W(Buildout const& b, Id<Hall> hall)
{
    double sum_W = 0.0;
    for (auto const& line : b.halls[hall.row].lines) {
        sum_W += line_W(line, b.kinds[line.kind.row]);
    }
    for (auto const& activity : b.activities) {
        for (auto const& grant : activity.takes) {
            sum_W -= grant.hall == hall && grant.term == Term::racks ? grant.amount : 0.0;
        }
    }
    return sum_W;
}

void add_campus(Buildout const& b, Id<Campus> campus, std::vector<Milestone>& all)
{
    auto const& name = b.campuses[campus.row].name;
    double complete_W = 0.0;
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        complete_W += b.halls[h].campus == campus ? planned_W(b, id<Hall>(h)) : 0.0;
    }
    all.push_back({.kind = Milestone::Kind::power, .name = name + " power", .campus = campus});
    all.push_back({.kind = Milestone::Kind::first_live, .name = name + " first live", .campus = campus});
    all.push_back({.kind = Milestone::Kind::complete, .name = name + " complete", .campus = campus, .it_W = complete_W});
}

void add_hall(Buildout const& b, Id<Hall> hall, std::vector<Milestone>& all)
{
    auto const& h = b.halls[hall.row];
    all.push_back({.kind = Milestone::Kind::handover, .name = h.name + " handover", .campus = h.campus, .hall = hall});
    all.push_back({.kind = Milestone::Kind::first_live, .name = h.name + " first live", .campus = h.campus, .hall = hall});
    all.push_back(
        {.kind = Milestone::Kind::complete, .name = h.name + " complete", .campus = h.campus, .hall = hall, .it_W = planned_W(b, hall)});
}

/// Is a step of this hall among those a milestone counts?
bool counts(Milestone const& milestone, Buildout const& b, std::size_t hall)
{
    return milestone.hall ? milestone.hall.row == hall : !milestone.campus || milestone.campus == b.halls[hall].campus;
}

/// When the last racks that a hall gives up are gone: before, it is not what it will be.
Tick stripped(Milestone const& milestone, Buildout const& b, Plan const& dates)
{
    Tick last = 0;
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        for (auto const& grant : b.activities[a].takes) {
            if (grant.hall && grant.term == Term::racks && counts(milestone, b, grant.hall.row)) {
                last = std::max(last, dates.activities[a].started);
            }
        }
    }
    return last;
}

/// First date at which the halls that count carry `it_W` together, or are live at all when it_W is 0.
Tick live_date(Milestone const& milestone, Buildout const& b, Plan const& dates)
{
    std::vector<std::pair<Tick, double>> changes;
    for (std::size_t h = 0; h < dates.halls.size(); ++h) {
        double before_W = 0.0;
        for (auto const& step : dates.halls[h]) {
            if (counts(milestone, b, h)) {
                changes.emplace_back(step.from, step.it_W - before_W);
            }
            before_W = step.it_W;
        }
    }
    std::ranges::stable_sort(changes, {}, &std::pair<Tick, double>::first);
    Tick const from = milestone.kind == Milestone::Kind::complete ? stripped(milestone, b, dates) : 0;
    double live_W = 0.0;
    for (auto const& [date, change_W] : changes) {
        live_W += change_W;
        if (date >= from && live_W >= milestone.it_W * (1.0 - 1e-9) && live_W > 0.0) {
            return date;
        }
    }
    return never;
}

/// Does a grant count for the date of a milestone of this kind?
bool is_granted_by(Milestone const& milestone, Grant const& grant)
{
    return milestone.kind == Milestone::Kind::power
               ? grant.campus && grant.campus == milestone.campus && grant.feed == Grant::Feed::firm && grant.amount > 0.0
               : grant.hall && grant.hall == milestone.hall && grant.term == Term::handover && grant.amount > 0.0;
}

/// First date of power; last date of handover, which comes in blocks.
Tick grant_date(Milestone const& milestone, Buildout const& b, Plan const& dates)
{
    bool const first = milestone.kind == Milestone::Kind::power;
    bool found = false;
    Tick date = first ? never : 0;
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        if (std::ranges::any_of(b.activities[a].grants, [&](Grant const& grant) { return is_granted_by(milestone, grant); })) {
            Tick const finished = dates.activities[a].finished;
            date = first ? std::min(date, finished) : std::max(date, finished);
            found = true;
        }
    }
    return found ? date : never;
}

} // namespace

std::vector<Milestone> milestones_of(Buildout const& b)
{
    std::vector<Milestone> all;
    for (auto const& target : b.targets) {
        all.push_back({.kind = Milestone::Kind::target, .name = target.name, .it_W = target.it_W, .due = target.due});
    }
    for (std::size_t c = 0; c < b.campuses.size(); ++c) {
        add_campus(b, id<Campus>(c), all);
    }
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        add_hall(b, id<Hall>(h), all);
    }
    return all;
}

Tick date_of(Milestone const& milestone, Buildout const& b, Plan const& dates)
{
    switch (milestone.kind) {
    case Milestone::Kind::power:
    case Milestone::Kind::handover:
        return grant_date(milestone, b, dates);
    case Milestone::Kind::first_live:
    case Milestone::Kind::complete:
    case Milestone::Kind::target:
        return live_date(milestone, b, dates);
    }
    contract_broken("invariant", "Milestone::Kind is listed", __FILE__, __LINE__);
}

std::vector<double> live_W_at(Buildout const& b, Plan const& dates, Tick at)
{
    std::vector<double> live_W(b.campuses.size());
    for (std::size_t h = 0; h < dates.halls.size(); ++h) {
        auto const& steps = dates.halls[h];
        auto const after = std::ranges::upper_bound(steps, at, {}, &LiveStep::from);
        if (after != steps.begin()) {
            live_W[b.halls[h].campus.row] += std::prev(after)->it_W;
        }
    }
    return live_W;
}

std::vector<Tick> month_ends(Buildout const& b)
{
    using namespace std::chrono;
    sys_days const start{days{b.start_day}};
    auto const first = year_month_day(start);
    std::vector<Tick> ends;
    for (auto month = first.year() / first.month() + months{1};; month += months{1}) {
        Tick const end = (sys_days{month / 1} - start).count() * day_ticks;
        if (end >= b.end) {
            ends.push_back(b.end);
            return ends;
        }
        ends.push_back(end);
    }
}

} // namespace aidc
