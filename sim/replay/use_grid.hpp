#pragma once
/// \file
/// How full a pool was, in equal steps, when nobody knows beforehand how long it takes.

#include <cstddef>
#include <vector>

namespace aidc {

/// Integrals over the time of a replay, step by step. Steps are of a round length that grows as the time does, by whole factors, so that
/// nothing is lost: 1 s, 5 s, 10 s, 30 s, 1 min ... 1 h, 2 h, 6 h, 12 h, 1 d, 1 week and twice as long again and again.
class UseGrid {
  public:
    /// Most steps; once they are more than that there are 285 to 2,000 of them. 2,000 are a picture's pixels [J]
    static constexpr std::size_t most_steps = 2000;

    explicit UseGrid(double from_s) : from_s_(from_s), to_s_(from_s) {}

    /// Constant from the end of what was added before, up to `to_s`. \pre  to_s is not before it
    void add(double to_s, double used, double queued);

    /// Means over one step.
    struct Row {
        double from_s{};   ///< [s]
        double length_s{}; ///< Of all but the last the same [s]
        double used{};     ///< Processors [-]
        double queued{};   ///< Processors that queued jobs ask for [-]
    };
    std::vector<Row> rows() const;

    double used_s() const; ///< Integral over the whole time [processor s]

  private:
    /// Integrals over one step.
    struct Step {
        double used_s{};
        double queued_s{};
    };

    void coarsen();

    double from_s_;
    double to_s_;
    std::size_t length_ = 0; ///< Which of the round lengths
    double length_s_ = 1.0;
    std::vector<Step> steps_;
};

} // namespace aidc
