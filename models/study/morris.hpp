#pragma once
/// \file
/// Screening by elementary effects.

#include "models/study/interval.hpp"
#include "models/study/unit_points.hpp"

#include <cstdint>

namespace aidc {

/// What one parameter does to an output, in units of the output per width of the parameter's range.
struct ElementaryEffect {
    double mu{};         ///< Mean effect
    double mu_star{};    ///< Mean of the absolute effects: how much the parameter matters
    double sigma{};      ///< Standard deviation of the effects: curvature and interactions
    Interval mu_star_95; ///< 95 % interval of mu_star: bootstrap over trajectories
};

/// Effects of all parameters.
struct MorrisResult {
    std::size_t used{};                    ///< Trajectories without a missing output
    std::vector<ElementaryEffect> effects; ///< One a parameter
};

/// Elementary effects of a design of morris_trajectories: on each trajectory, for the step that moves parameter j,
///
///     EE_j = (y_after - y_before)/(x_j,after - x_j,before)
///     mu = mean EE,   mu* = mean |EE|,   sigma^2 = sum (EE - mu)^2/(r - 1)   over r trajectories
///
/// A trajectory with an output that is not finite is left out as a whole. No trajectory: NaN; one: sigma and interval NaN.
/// An output that never changes has mu = mu* = sigma = 0.
/// Source: M. D. Morris, Technometrics 33 (1991) 161-174; mu*: F. Campolongo, J. Cariboni, A. Saltelli, Environ. Model. Softw. 22
/// (2007) 1509-1518; interval: 1,000 bootstrap resamples of trajectories, percentiles.
/// Valid for: ranking, and for telling what hardly matters; numeric parameters. mu* is that of steps of 2/3 on four levels.
/// Not modelled: which parameters interact; trajectories that miss because of the parameters themselves (the rest is then no fair sample).
/// \param outputs  One a row of the design
/// \param seed     Of the bootstrap
/// \param taken    Where the points really lie in the unit cube, row by row, when values could not follow the design: of a list of two, 0
///                 or 1. Empty: as designed. A trajectory with a step that moved nothing is left out
/// \pre design of morris_trajectories
MorrisResult morris_effects(UnitPoints const& design, std::span<double const> outputs, std::uint64_t seed,
                            std::span<double const> taken = {});

} // namespace aidc
