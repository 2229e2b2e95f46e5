#pragma once
/// \file
/// Sampling designs. The same arguments give the same bits on every machine.

#include "models/study/unit_points.hpp"

#include <cstdint>

namespace aidc {

/// Columns of the table of direction numbers: more dimensions sobol_points does not have, and saltelli_points half as many.
inline constexpr std::size_t most_sobol_dimensions = 3667;

/// Independent points, uniform in the cube. The first rows of a larger design are the smaller design.
/// \pre parameters >= 1
UnitPoints random_points(std::size_t points, std::size_t parameters, std::uint64_t seed);

/// Latin hypercube: in each dimension every one of n equal strata holds exactly one point, at a random place in it,
///
///     x_ij = (pi_j(i) + u_ij)/n,   pi_j a random permutation of 0 ... n - 1,   u_ij uniform in (0, 1)
///
/// Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239-245.
/// Valid for: means of functions that are nearly a sum of functions of one parameter each; no worse than n - 1 random points for any
/// function (A. B. Owen, SIAM J. Numer. Anal. 34 (1997) 1884-1910).
/// Not modelled: balance in two and more dimensions; adding points later.
/// \pre parameters >= 1, points < 2^32
UnitPoints latin_hypercube(std::size_t points, std::size_t parameters, std::uint64_t seed);

/// Sobol' sequence from its first point (the origin) on, with a random digital shift: the first 52 binary digits of each
/// coordinate are changed (exclusive or) by a random number, one a dimension, and the coordinate is the middle of its cell of 2^-52.
///
/// The first 2^k points are balanced: each interval [j/2^k, (j + 1)/2^k) of each dimension holds exactly one; so does every later
/// block of 2^k. The shift keeps that, makes each point uniform in the cube and estimates of means unbiased.
/// The first rows of a larger design are the smaller design.
/// Source: I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86-112; order of I. A. Antonov, V. M. Saleev, ibid. 19 (1979)
/// 252-256; direction numbers of S. Joe, F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635-2654, as in Boost.Random, which leaves the
/// origin out (it is put back here); shift: C. Lemieux, Monte Carlo and Quasi-Monte Carlo Sampling, Springer 2009, chapter 6.
/// Valid for: numbers of points that are powers of two; others lose the balance. Good in the first dimensions above all: put
/// the parameters that are likely to matter first.
/// Not modelled: full (Owen) scrambling.
/// \pre 1 <= parameters <= most_sobol_dimensions
UnitPoints sobol_points(std::size_t points, std::size_t parameters, std::uint64_t seed);

/// Levels 0, 1/3, 2/3, 1 of morris_trajectories.
inline constexpr std::size_t morris_levels = 4;
/// Step of morris_trajectories: p/(2(p - 1)) of p levels, with which all levels are equally probable.
inline constexpr double morris_step = morris_levels / (2.0 * (morris_levels - 1.0));

/// Trajectories that change one parameter at a time: each starts at a random point of the grid and moves every parameter once, in
/// random order, by +-2/3 to the only other level that far away. Trajectory after trajectory, parameters + 1 rows each.
///
/// Source: M. D. Morris, Technometrics 33 (1991) 161-174, with p = 4.
/// Valid for: screening; 10 to 50 trajectories usual. The first trajectories of a larger design are the smaller design.
/// Not modelled: choice of trajectories that are far apart (F. Campolongo, J. Cariboni, A. Saltelli, Environ. Model. Softw. 22 (2007)).
/// \pre parameters >= 1
UnitPoints morris_trajectories(std::size_t trajectories, std::size_t parameters, std::uint64_t seed);

/// Design for sobol_indices: from points of 2d dimensions, A_i the first d coordinates and B_i the others; for each i the rows
///
///     A_i, AB_i^1, ... AB_i^d, B_i,   AB_i^j = A_i with coordinate j of B_i
///
/// that is (d + 2) rows a base row. The first base rows of a larger design are the smaller design.
/// Source: A. Saltelli et al., Comput. Phys. Commun. 181 (2010) 259-270; the 2d dimensions are those of sobol_points.
/// Valid for: numbers of base rows that are powers of two.
/// \pre 1 <= parameters <= most_sobol_dimensions/2
UnitPoints saltelli_points(std::size_t base, std::size_t parameters, std::uint64_t seed);

} // namespace aidc
