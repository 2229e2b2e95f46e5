#pragma once
/// \file
/// From a point of a sweep to a scenario that can be run.

#include "sim/run/request.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/points.hpp"

#include <optional>

namespace aidc {

/// Scenarios of points: the files are read once, and the baseline is made once; children that are forked later share both.
class PointMaker {
  public:
    /// \param scenario  Scenario file
    /// \throws InputErrors
    PointMaker(std::filesystem::path const& scenario, SweepSpec const& spec, Points const& points);

    /// The scenario of a point, checked, without its text. \throws InputErrors
    Scenario scenario(std::size_t point) { return file_.resolve(overrides_of(spec_, points_, point), false); }

    /// The same with the baseline: of the scenario as written, whatever is varied.
    /// \throws InputErrors
    PlannedScenario planned(std::size_t point);

    /// Makes the baseline now, so that children need not. \throws InputErrors
    void make_baseline();

  private:
    ScenarioFile file_;
    SweepSpec const& spec_;
    Points const& points_;
    std::optional<Scenario> as_written_;
    Plan plan_; ///< Of the scenario as written
};

} // namespace aidc
