#pragma once
/// \file
/// Plans of a search, simulated: every replicate in a process of its own.

#include "sim/run/pool.hpp"
#include "sim/search/goal.hpp"
#include "sim/search/spec.hpp"
#include "sim/sweep/prepare.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace aidc {

/// Scenarios of plans.
class PlanMaker {
  public:
    /// \param scenario  Scenario file \throws InputErrors
    PlanMaker(std::filesystem::path const& scenario, SearchSpec const& spec, SearchSpace const& space);
    PlanMaker(PlanMaker const&) = delete;
    PlanMaker& operator=(PlanMaker const&) = delete;

    /// The scenario of a plan, checked. \throws InputErrors
    Scenario scenario(Steps const& plan) { return maker_.scenario(point_of(plan)); }
    /// The same with its baseline. \throws InputErrors
    PlannedScenario planned(Steps const& plan) { return maker_.planned(point_of(plan)); }
    /// The command that runs one replicate of a plan alone. \param file  Scenario, as it is named on the command line
    std::string command(Steps const& plan, std::string const& file, std::uint32_t replicate);

  private:
    std::size_t point_of(Steps const& plan);

    SearchSpace const& space_;
    SweepSpec sweep_; ///< The search as a sweep, of which a plan is the only point
    Points point_;
    PointMaker maker_;
};

/// How plans are simulated.
struct RunsOptions {
    std::size_t jobs = 1; ///< Simulations at once
    ChildLimits limits;   ///< Of each simulation
    std::function<bool()> stop_asked;
};

/// Simulates plans and takes their statistics.
class SearchRuns {
  public:
    SearchRuns(PlanMaker& maker, SearchSpec const& spec, SearchSpace const& space, Wanted const& wanted, RunsOptions options);

    /// One plan. A plan that is no valid scenario, or of which a simulation fails, is an evaluation with an error.
    /// \return nothing when it was stopped
    std::optional<Evaluation> evaluate(Steps const& plan, Replicates replicates);
    std::size_t runs() const { return runs_; } ///< Simulations that ended
    double cpu_s() const { return cpu_s_; }    ///< Of them

  private:
    struct Values;

    bool simulate(PlannedScenario const& planned, Replicates replicates, Values& values);

    PlanMaker& maker_;
    SearchSpec const& spec_;
    SearchSpace const& space_;
    Wanted const& wanted_;
    RunsOptions options_;
    std::size_t runs_ = 0;
    double cpu_s_ = 0.0;
};

} // namespace aidc
