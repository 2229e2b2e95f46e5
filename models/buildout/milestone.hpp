#pragma once
/// \file
/// The dates that planners ask for: read off a plan or an as-built plan, never simulated apart.

#include "models/base/id.hpp"
#include "models/base/tick.hpp"

#include <string>
#include <vector>

namespace aidc {

struct Buildout;
struct Campus;
struct Hall;
struct Plan;

/// One date of interest.
struct Milestone {
    enum class Kind : std::uint8_t {
        power,      ///< First grid import of a campus
        handover,   ///< A hall is handed over as a whole
        first_live, ///< First racks of a hall or campus are live
        complete,   ///< All planned racks of a hall or campus are live
        target      ///< A power of the scenario's "targets" is live over all campuses
    };
    Kind kind{};
    std::string name;  ///< "langfang/A/A1 complete", "langfang power"; unique
    Id<Campus> campus; ///< None for targets
    Id<Hall> hall;     ///< None for those of a campus
    double it_W{};     ///< Of complete and target: what must be live
    Tick due = never;  ///< Of a target with a date
};

/// Milestones of a buildout: by campus (power, first live, complete), by hall (handover, first live, complete), targets.
std::vector<Milestone> milestones_of(Buildout const& buildout);

/// When a milestone was reached; `never` when it was not. Ever-live watts count: a later retirement takes no date back.
/// \param dates  A plan, or what was built
Tick date_of(Milestone const& milestone, Buildout const& buildout, Plan const& dates);

/// Live IT power of each campus [W] at a date.
std::vector<double> live_W_at(Buildout const& buildout, Plan const& dates, Tick at);

/// First instants of the months after the start, and the end of the scenario: month ends of a row of months.
std::vector<Tick> month_ends(Buildout const& buildout);

} // namespace aidc
