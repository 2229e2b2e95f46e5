#pragma once
/// \file
/// A maker's line: capacity that customers share.

#include "sim/engine/simulation.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace aidc {

namespace engine {
class LineCore;
}

/// Shared capacity: a SimGrid host on which each customer class has at most one job running.
///
/// Between the classes that have work, weighted max-min: class k makes
///
///     rate_k = capacity * weight_k / (sum of the weights of the classes with work)      [units/s]
///
/// so the share of a class without work reflows to the others. Inside a class by priority, then first in, first out; what
/// is being made is not set aside.
/// A change of capacity keeps all progress. Not modelled: change-over, scrap, a largest rate of one class.
class Line {
  public:
    /// \param name              Unique among the lines of a simulation
    /// \param capacities_per_s  All capacities the line can ever have [units/s], >= 0, not empty; it begins with the first.
    ///                          0 means stopped. Those above 0 should lie within a factor of 1e6
    /// \param class_weights     Weight of each customer class [-], > 0, not empty; within a factor of 1e3
    /// \pre  the simulation has not run yet
    Line(Simulation&, std::string const& name, std::vector<double> capacities_per_s, std::vector<double> class_weights);
    /// Forgets all jobs.
    ~Line();
    Line(Line&&) noexcept;
    Line& operator=(Line&&) noexcept;

    /// \param units_per_s  One of the declared capacities, exactly [units/s]
    void set_capacity(double units_per_s);

    /// Adds a job to its class' queue, behind all of the same priority. When SimGrid has ended it at d, `done` runs in Phase::completion at
    /// round(d) + 1 tick (law T3); the next job of the class has begun at d.
    /// \param units     Amount [units], > 0
    /// \param priority  0 comes first
    /// \returns the job's number, for withdraw
    std::uint64_t enqueue(std::size_t customer_class, double units, Callback done, std::uint32_t priority = 0);

    /// Takes a job back, queued or running; its progress is lost and `done` never runs. False if `done` has run (or is
    /// running) or the job was withdrawn.
    bool withdraw(std::uint64_t job);

  private:
    std::unique_ptr<engine::LineCore> core_;
};

} // namespace aidc
