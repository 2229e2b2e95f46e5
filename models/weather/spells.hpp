#pragma once
/// \file
/// The course of spells through a made year.

#include <cstddef>

namespace aidc {

/// Warm (> 0) and cool (< 0) spells: zero mean, variance 1, the same in every year and place.
///
///     z(t) = sqrt(2/5) sum_i cos(2 pi (k_i t + 0.618034 i)),   t = (hour + 1/2) / 8760
///     k = 21, 25, 31, 35, 45 a year, i = 6...10
///
/// Half periods are 4.1 to 8.7 days; golden-section phases keep the tones out of step. Of some 70 spells a year all last 3.0
/// to 10.5 days.
/// Source: our own judgement [J]: weather changes in 3 to 10 days.
/// \param hour  0...8759
double warm_spells(std::size_t hour);

/// Moist (> 0) and dry (< 0) spells beside them: the same law with k = 22, 27, 39, 43, 46 and i = 1...5, so uncorrelated with z.
double moist_spells(std::size_t hour);

} // namespace aidc
