#pragma once
/// \file
/// A smooth course through the year that keeps twelve monthly means.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

/// Twelve values; January first.
using Months = std::array<double, 12>;

/// First day of each month of a common year, and the first day after it.
inline constexpr std::array<int, 13> first_day_of_month{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/// Periodic cubic through a node in the middle of each month, at the middles of the 8760 hours of a common year.
///
///     y(u) = N0 + u (S0 + u (3 D - 2 S0 - S1 + u (S0 + S1 - 2 D))),   D = N1 - N0,   u = 0...1 between two nodes
///
/// S is the slope of the chord over the neighbours of a node (Catmull-Rom). y is linear in the nodes: the four weights of an
/// hour are computed once, and so is the matrix from nodes to monthly means.
/// Source: interpolation is our own judgement [J].
class SeasonalCurve {
  public:
    SeasonalCurve();

    /// Value in the middle of an hour. \param hour  0...8759
    double at(Months const& nodes, std::size_t hour) const
    {
        auto const& w = weights_[hour];
        return w.of[0] * nodes[w.month[0]] + w.of[1] * nodes[w.month[1]] + w.of[2] * nodes[w.month[2]] + w.of[3] * nodes[w.month[3]];
    }

    /// Nodes whose curve has these monthly means, to rounding.
    Months nodes_of(Months const& means) const;

  private:
    struct Weights {
        std::array<double, 4> of{};
        std::array<std::uint8_t, 4> month{};
    };

    std::vector<Weights> weights_;
    std::array<Months, 12> mean_of_nodes_{}; ///< Row: month; column: node
};

/// Monthly means of 8760 hourly values.
Months monthly_means(std::span<double const> hours);

} // namespace aidc
