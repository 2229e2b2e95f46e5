#pragma once
/// \file
/// Numbers over replicates and one more axis, and what is said of each column.

#include "sim/record/h5.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// One row a replicate.
class OverReplicates {
  public:
    explicit OverReplicates(std::size_t columns) : columns_(columns), sorted_(columns) {}

    /// Adds a replicate. \pre as many values as columns, none NaN
    void add(std::span<double const> row);
    /// Sorts the columns; call once, after the last row.
    void sort();

    std::size_t columns() const { return columns_; }
    std::vector<double> const& row_major() const { return row_major_; }
    std::span<double const> sorted(std::size_t column) const { return sorted_[column]; }
    std::vector<double> means() const;             ///< By column
    std::vector<double> quantiles(double p) const; ///< By column, order statistics

  private:
    std::size_t columns_;
    std::vector<double> row_major_;
    std::vector<std::vector<double>> sorted_;
};

/// Writes the matrix [replicate, axis] and mean_, p10_, p50_, p90_ [axis] of it. \pre sorted; the group has both axes
void write_band(h5::Group& group, h5::Quantity const& what, std::string const& axis, OverReplicates const& numbers);

} // namespace aidc
