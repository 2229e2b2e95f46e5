#include "sim/process/run.hpp"

#include "sim/process/simulation.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace aidc {
namespace {

/// The term that commissioned units of a group add to; none of those that stand from the start.
std::optional<Term> term_of(UnitGroup::Kind kind)
{
    switch (kind) {
    case UnitGroup::Kind::transformer:
        return Term::substation;
    case UnitGroup::Kind::genset:
        return Term::backup;
    case UnitGroup::Kind::ups:
        return Term::distribution;
    case UnitGroup::Kind::dry_cooler:
        return Term::cooling;
    case UnitGroup::Kind::feed:
    case UnitGroup::Kind::generation:
    case UnitGroup::Kind::storage:
    case UnitGroup::Kind::switchgear:
    case UnitGroup::Kind::busway:
    case UnitGroup::Kind::fws_pump:
    case UnitGroup::Kind::chiller:
    case UnitGroup::Kind::cdu:
    case UnitGroup::Kind::leak:
        return std::nullopt;
    }
    contract_broken("invariant", "UnitGroup::Kind is listed", __FILE__, __LINE__);
}

/// Does a grant add to something this hall draws on, of its own or shared?
bool reaches(Buildout const& b, Grant const& grant, Id<Hall> hall)
{
    auto const& h = b.halls[hall.row];
    if (grant.hall) {
        return grant.hall == hall;
    }
    if (grant.campus) {
        return grant.campus == h.campus;
    }
    auto const& group = b.groups[grant.group.row];
    return group.hall == hall || (!group.hall && group.building == h.building)
           || (!group.hall && !group.building && group.campus == h.campus);
}

void add_granter(Buildout const& b, Id<Activity> activity, Grant const& grant, Granters& granters)
{
    auto const term = grant.group ? term_of(b.groups[grant.group.row].kind) : grant.term;
    if (!term) {
        return;
    }
    std::size_t const first = grant.hall ? grant.hall.row : 0;
    std::size_t const last = grant.hall ? first + 1 : b.halls.size();
    for (std::size_t h = first; h < last; ++h) {
        if (!reaches(b, grant, id<Hall>(h))) {
            continue;
        }
        bool const own = grant.hall || (grant.group && b.groups[grant.group.row].hall);
        auto& lists = own ? granters.halls[h].own : granters.halls[h].shared;
        lists[index(*term)].push_back(activity);
    }
}

} // namespace

Signals::Signals(Buildout const& b)
    : activity(b.activities.size()), turn(b.activities.size()), delivered(b.orders.size()), group(b.groups.size()),
      served(b.contracts.size())
{
}

double draw_s(Run const& run, Duration const& duration, std::string_view entity, std::string_view purpose, std::uint64_t number)
{
    if (run.draws == Draws::median || duration.shape == Duration::Shape::constant) {
        return median_s(duration);
    }
    double u = run.streams.uniform(entity, purpose, number);
    if (duration.factor) {
        auto const& factor = run.buildout.factors[duration.factor.row];
        u = correlated_uniform(factor.rho, run.streams.uniform(factor.name, "factor", 0), u);
    }
    return quantile_s(duration, u);
}

bool happens(Run const& run, double probability, std::string_view entity, std::string_view purpose, std::uint64_t number)
{
    return run.draws == Draws::seeded && probability > 0.0 && run.streams.uniform(entity, purpose, number) < probability;
}

void open_for_change(Run& run, Id<Campus> campus)
{
    touch(run, campus);
    if (run.settle_asked[campus.row]) {
        return;
    }
    run.settle_asked[campus.row] = 1;
    run.sim.at(run.now(), Phase::settle, [&run, campus] {
        run.settle_asked[campus.row] = 0;
        settle(run, campus);
    });
}

void wake_first(Run& run, std::span<Place const> waiting, Phase phase)
{
    if (!waiting.empty()) {
        run.signals.turn[waiting.front().activity.row].notify(run.sim, phase);
    }
}

void note(Run& run, EventKind kind, std::string_view who, double amount)
{
    run.observer.event({.at = run.now(), .kind = kind, .who = who, .amount = amount});
}

std::vector<std::vector<Id<Campus>>> find_served_with(Buildout const& b)
{
    std::vector<std::size_t> group(b.campuses.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (auto const& service : b.services) {
        for (auto const& site : service.sites) {
            auto const to = group[b.contracts[service.sites.front().contract.row].campus.row];
            std::ranges::replace(group, group[b.contracts[site.contract.row].campus.row], to);
        }
    }
    std::vector<std::vector<Id<Campus>>> with(b.campuses.size());
    for (std::size_t c = 0; c < group.size(); ++c) {
        for (std::size_t d = 0; d < group.size(); ++d) {
            if (group[d] == group[c]) {
                with[c].push_back(id<Campus>(d));
            }
        }
    }
    return with;
}

Granters find_granters(Buildout const& b, Plan const& plan)
{
    std::vector<Id<Activity>> order(b.activities.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = id<Activity>(i);
    }
    if (!plan.empty()) {
        std::ranges::stable_sort(order, {}, [&plan](Id<Activity> a) { return plan.activities[a.row].finished; });
    }
    Granters granters{.halls = std::vector<Granters::OfHall>(b.halls.size())};
    for (auto const activity : order) {
        for (auto const& grant : b.activities[activity.row].grants) {
            add_granter(b, activity, grant, granters);
        }
    }
    return granters;
}

} // namespace aidc
