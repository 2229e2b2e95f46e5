#pragma once
/// \file
/// The core of a search: plans are asked for, each is evaluated once, and what is best is known. Who asks, and what evaluates, stand
/// elsewhere: method.hpp and runs.hpp.

#include "sim/search/space.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace aidc {

/// A statistic over the replicates of a plan. A value may be infinite: a date that was not reached.
struct Estimate {
    double value = std::numeric_limits<double>::quiet_NaN(); ///< NaN: there is none
    double low = std::numeric_limits<double>::quiet_NaN();   ///< 95 % interval; NaN: the statistic has none
    double high = std::numeric_limits<double>::quiet_NaN();
    double not_reached{}; ///< Share of the replicates whose number is not finite

    bool operator==(Estimate const&) const = default;
};

/// Which replicates of a plan are run.
struct Replicates {
    std::uint32_t first{};
    std::uint32_t count{};

    auto operator<=>(Replicates const&) const = default;
};

/// One plan, simulated.
struct Evaluation {
    Steps plan;
    Replicates replicates;
    Estimate objective;
    std::vector<Estimate> constraints;
    std::string error; ///< Why the plan is no valid scenario, or what failed; else empty
};

/// A constraint on a number: at most or at least.
struct Bound {
    bool at_most = true;
    double bound{};
};

/// What is wanted, in numbers.
struct Goal {
    bool maximize = false;
    std::vector<Bound> bounds;
    std::vector<double> margins{}; ///< By constraint, demanded of its value beyond the bound; empty: none

    /// What is to be small: the objective, with its sign turned when it is to be large.
    double cost(Evaluation const& e) const { return maximize ? -e.objective.value : e.objective.value; }
    /// By how much constraint c is missed, rising with the part of its bound; 0 or less: it holds. What was not reached misses more than
    /// what was, by 10 and more.
    double missed(Evaluation const& e, std::size_t c) const;
    /// Sum over the constraints that are missed.
    double violation(Evaluation const& e) const;
    /// It was simulated and its objective is a number.
    bool is_usable(Evaluation const& e) const;
    bool is_feasible(Evaluation const& e) const { return is_usable(e) && violation(e) == 0.0; }
    /// Deb's rule: what can be used before what cannot, then less violation, then less cost. Of equals: none is better.
    bool better(Evaluation const& a, Evaluation const& b) const;
};

/// What a search calls and how far it may go.
struct SearchCalls {
    /// Simulates a plan; nothing when it was stopped. The same arguments must give the same numbers.
    std::function<std::optional<Evaluation>(Steps const&, Replicates)> evaluate;
    std::function<void(Evaluation const&)> note; ///< Called once for each evaluation that is new; none: nothing
};

/// Evaluates plans, each once.
class Search {
  public:
    /// \param known  Evaluations of an earlier part of the same search, in their order
    Search(SearchSpace const& space, Goal goal, SearchCalls calls, Replicates replicates, std::vector<Evaluation> const& known = {});

    /// The evaluation of a plan; nothing when the budget is spent or the search was stopped. Only plans that were not asked for before
    /// count; one that an earlier part evaluated counts, and costs no simulation.
    Evaluation const* ask(Steps const& plan);
    /// The same with other replicates; never counts.
    Evaluation const* ask(Steps const& plan, Replicates replicates);
    /// The evaluation of a plan that was asked for; nothing when it was not.
    Evaluation const* find(Steps const& plan) const;

    /// More evaluations may be asked for, up to so many in all.
    void allow(std::size_t budget) { budget_ = budget; }
    std::size_t left() const { return budget_ > asked_.size() ? budget_ - asked_.size() : 0; }
    bool stopped() const { return stopped_; }
    /// Plans in the order in which they were first asked for.
    std::vector<Evaluation const*> const& asked() const { return asked_; }
    /// The best of them, the first of equals; nothing before the first.
    Evaluation const* best() const { return best_; }
    /// From now on, what is best holds with these margins.
    void demand(std::vector<double> margins);
    /// Takes up what an earlier part evaluated and this one did not ask for (its budget was another).
    void take_up_rest();

    SearchSpace const& space() const { return space_; }
    Goal const& goal() const { return goal_; }
    Replicates replicates() const { return replicates_; }

  private:
    using Key = std::tuple<Steps, Replicates>;

    Evaluation const* find_or_evaluate(Steps const& plan, Replicates replicates);
    void take(Evaluation const& evaluation);

    SearchSpace const& space_;
    Goal goal_;
    SearchCalls calls_;
    Replicates replicates_;
    std::size_t budget_ = 0;
    bool stopped_ = false;
    std::map<Key, Evaluation> cache_;
    std::vector<Key> known_;             ///< Keys of the earlier part
    std::map<Steps, std::size_t> place_; ///< In asked_
    std::vector<Evaluation const*> asked_;
    Evaluation const* best_ = nullptr;
};

} // namespace aidc
