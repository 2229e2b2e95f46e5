#pragma once
/// \file
/// What the points of a study say about one output: pure numbers, whoever made them.

#include "models/study/morris.hpp"
#include "models/study/sobol_indices.hpp"
#include "sim/sweep/points.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace aidc {

/// Points of a sweep as numbers.
struct StudyPoints {
    Sampling sampling{};
    std::size_t count{};                     ///< Points
    UnitPoints unit;                         ///< Where they lie in the unit cube; of grid and list: empty
    std::vector<double> taken;               ///< Where they really lie there, row by row: lists in even steps, whole days
    std::vector<std::vector<double>> values; ///< By parameter, then point, as level_number() has it
};

StudyPoints study_points(Sampling sampling, Points const& points);

/// An output as a whole. Quantiles are order statistics in which what was not reached is +infinity.
struct Distribution {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::size_t reached{}; ///< Finite values
    std::size_t never{};   ///< Infinite ones
    std::size_t absent{};  ///< NaN: in neither
    double mean = none;    ///< Of the finite values
    double least = none, greatest = none;
    double p5 = none, p10 = none, p50 = none, p80 = none, p90 = none;

    /// Is there more than one value, infinity counting as one?
    bool varies() const { return reached + never > 0 && (least < greatest || (reached > 0 && never > 0)); }
};

/// An output at one level of a parameter, or in one bin of its values.
struct StudyLevel {
    double from{}, to{}; ///< Least and greatest value of the parameter
    double standard_error = Distribution::none;
    Distribution output;
};

/// An output by one parameter, averaged over everything else.
struct StudyResponse {
    std::vector<StudyLevel> levels;     ///< Rising
    double rho = Distribution::none;    ///< Spearman's
    std::size_t lowest{}, highest{};    ///< Levels with the least and the greatest mean
    double swing = Distribution::none;  ///< Between these two means
    double change = Distribution::none; ///< From the mean at the first level to that at the last
};

/// What the points say about one output.
struct OutputStudy {
    Distribution all;
    std::vector<StudyResponse> responses; ///< By parameter
    std::vector<std::size_t> by_swing;    ///< Parameters, the largest swing first, before them those with a level that nothing reached
    std::optional<MorrisResult> morris;   ///< With such a sampling
    std::optional<SobolResult> sobol;     ///< With saltelli
};

/// Quantiles of values, and how many were not reached.
Distribution distribution_of(std::vector<double> values);

/// Distribution and responses over all values; effects and indices over points.
///
/// At most 8 levels or bins a parameter, of equal count (response_of). A trajectory or base row with a point that is not finite is left
/// out as a whole.
/// \param values    One a run, runs of a point together and equally many; NaN: none, infinite: not reached
/// \param by_point  One a point
OutputStudy study_of(StudyPoints const& points, std::vector<double> const& values, std::vector<double> const& by_point);

} // namespace aidc
