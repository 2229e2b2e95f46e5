#include "sim/scenario/resolve.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Depth-first search for a circle of predecessors.
class CircleFinder {
  public:
    explicit CircleFinder(std::vector<Activity> const& activities) : activities_(activities), state_(activities.size(), State::unseen) {}

    /// Names along a circle through activities that were not seen before; empty when there is none.
    std::string find(Id<Activity> from)
    {
        if (state_[from.row] == State::open) {
            return activities_[from.row].name;
        }
        if (state_[from.row] == State::done) {
            return "";
        }
        state_[from.row] = State::open;
        for (auto const& link : activities_[from.row].after) {
            if (!link.from) {
                continue;
            }
            if (auto const circle = find(link.from); !circle.empty()) {
                state_[from.row] = State::done;
                return closed_ ? circle : extended(circle, from);
            }
        }
        state_[from.row] = State::done;
        return "";
    }

  private:
    enum class State : std::uint8_t { unseen, open, done };

    std::string extended(std::string const& circle, Id<Activity> from)
    {
        auto const& name = activities_[from.row].name;
        closed_ = circle.starts_with(name + " ") || circle == name;
        return circle + " waits for " + name;
    }

    std::vector<Activity> const& activities_;
    std::vector<State> state_;
    bool closed_ = false;
};

void check_circles(Resolver& r)
{
    for (std::size_t i = 0; i < r.out.activities.size(); ++i) {
        if (auto const circle = CircleFinder(r.out.activities).find(id<Activity>(i)); !circle.empty()) {
            r.problem("/campuses", "activities wait for each other in a circle (none would ever start): " + circle + "; cut one link");
            return;
        }
    }
}

/// Terms that some activity adds to, for one hall.
TermSet granted_terms(Buildout const& b, Id<Hall> hall_id)
{
    auto const& hall = b.halls[hall_id.row];
    auto const& campus = b.campuses[hall.campus.row];
    TermSet granted = 0;
    auto const add = [&granted](Term term) { granted = static_cast<TermSet>(granted | bit(term)); };
    for (auto const& activity : b.activities) {
        for (auto const& grant : activity.grants) {
            if (grant.hall == hall_id && grant.hall) {
                add(grant.term);
            }
            if (grant.campus && grant.campus == hall.campus) {
                add(Term::utility);
            }
            if (grant.group && grant.group == campus.transformers) {
                add(Term::substation);
            }
            if (grant.group && grant.group == campus.gensets) {
                add(Term::backup);
            }
            if (grant.group && grant.group == hall.ups_group) {
                add(Term::distribution);
            }
        }
    }
    return granted;
}

bool coolers_are_granted(Buildout const& b, Hall const& hall)
{
    auto const coolers = b.buildings[hall.building.row].coolers;
    return std::ranges::any_of(b.activities, [coolers](Activity const& activity) {
        return std::ranges::any_of(activity.grants, [coolers](Grant const& grant) { return grant.group && grant.group == coolers; });
    });
}

void check_terms(Resolver& r, Id<Hall> hall_id)
{
    auto const& hall = r.out.halls[hall_id.row];
    auto const granted = granted_terms(r.out, hall_id);
    bool const no_backup = hall.backup_share == 0.0 || !r.out.campuses[hall.campus.row].gensets;
    for (auto const& term : terms) {
        if (!(granted & bit(term.term)) && !(term.term == Term::backup && no_backup)) {
            r.problem("/campuses", fmt::format("hall {} never gets \"{}\" ({}): no activity grants it; add a grant", hall.name, term.name, term.text));
        }
    }
    if (!coolers_are_granted(r.out, hall)) {
        r.problem("/campuses", fmt::format("hall {} never gets cooling: no activity puts the coolers of its building into service; add {{\"group\": \"coolers\", ...}}", hall.name));
    }
}

} // namespace

void check_reachable(Resolver& r)
{
    check_circles(r);
    for (std::size_t h = 0; h < r.out.halls.size(); ++h) {
        check_terms(r, id<Hall>(h));
    }
}

} // namespace aidc
