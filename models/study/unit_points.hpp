#pragma once
/// \file
/// Where the parameters of a study are set, before each is stretched to its own range.

#include <cstddef>
#include <span>
#include <vector>

namespace aidc {

/// Points of the unit cube, one row a point.
struct UnitPoints {
    std::size_t parameters{};      ///< Columns, >= 1
    std::vector<double> row_major; ///< Row after row [0, 1]

    std::size_t size() const { return parameters == 0 ? 0 : row_major.size() / parameters; }

    /// Row i. \pre i < size()
    std::span<double const> point(std::size_t i) const { return {row_major.data() + i * parameters, parameters}; }

    bool operator==(UnitPoints const&) const = default;
};

} // namespace aidc
