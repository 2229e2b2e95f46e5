#include "sim/scenario/resolve.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace aidc {
namespace {

/// Depth-first search for a circle of predecessors.
class CircleFinder {
  public:
    explicit CircleFinder(std::vector<Activity> const& activities) : activities_(activities), state_(activities.size(), State::unseen) {}

    /// Each waits for the next, the last is the first again; empty when no circle is found among what was not seen before.
    std::vector<Id<Activity>> find(Id<Activity> from)
    {
        if (state_[from.row] == State::open) {
            auto const begins = std::ranges::find(path_, from);
            std::vector<Id<Activity>> circle(begins, path_.end());
            circle.push_back(from);
            return circle;
        }
        if (state_[from.row] == State::done) {
            return {};
        }
        state_[from.row] = State::open;
        path_.push_back(from);
        for (auto const& link : activities_[from.row].after) {
            if (auto circle = find(link.from); !circle.empty()) {
                return circle;
            }
        }
        path_.pop_back();
        state_[from.row] = State::done;
        return {};
    }

  private:
    enum class State : std::uint8_t { unseen, open, done };

    std::vector<Activity> const& activities_;
    std::vector<State> state_;
    std::vector<Id<Activity>> path_{};
};

void check_circles(Resolver& r)
{
    CircleFinder finder(r.out.activities);
    for (std::size_t i = 0; i < r.out.activities.size(); ++i) {
        auto const circle = finder.find(id<Activity>(i));
        if (!circle.empty()) {
            std::vector<std::string> names;
            for (auto const activity : circle) {
                names.push_back(r.out.activities[activity.row].name);
            }
            r.problem(r.activity_pointers[circle.front().row],
                      fmt::format("waits for itself (it would never start): {}; cut one link", fmt::join(names, " waits for ")));
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
            r.problem(r.hall_pointers[hall_id.row],
                      fmt::format("hall {} never gets \"{}\" ({}): no activity grants it; add a grant", hall.name, term.name, term.text));
        }
    }
    if (!coolers_are_granted(r.out, hall)) {
        r.problem(r.hall_pointers[hall_id.row], fmt::format("hall {} never gets cooling: no activity puts the coolers of its building into "
                                                            "service; add {{\"group\": \"coolers\", ...}}",
                                                            hall.name));
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
