#pragma once
/// \file
/// What an estimate would have been with other rows of the same kind.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

inline constexpr std::size_t bootstrap_resamples = 1000;

/// Means of the columns of 1,000 resamples of a table, each of as many rows drawn with replacement; one row a resample.
///
/// An estimate that is a function of means needs nothing else, so a resample costs one pass of additions.
/// Source: B. Efron, Ann. Statist. 7 (1979) 1-26.
/// Valid for: independent rows. Means over a balanced design (Sobol') vary less than those of independent rows: intervals are then too
/// wide.
/// Not modelled: rounding of plain sums; centre the columns first.
/// \param row_major  Rows of `columns` values
/// \pre columns >= 1, 1 <= rows < 2^32
std::vector<double> bootstrap_means(std::span<double const> row_major, std::size_t columns, std::uint64_t seed);

} // namespace aidc
