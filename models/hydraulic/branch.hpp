#pragma once
/// \file
/// Elements in series and in parallel: a rack as one branch, the racks of a CDU at one pressure drop.

#include "models/hydraulic/element.hpp"

#include <span>

namespace aidc {

/// Pressure drop [Pa] of elements that carry the same flow, one after the other: the sum.
double series_drop_Pa(std::span<HydraulicElement const> elements, double flow_m3_per_s);

/// One element in place of several in series, e.g. the manifold, quick disconnects and cold plates of a rack.
///
/// Exact for equal exponents: k = sum of k. Else dp = k V^n through the summed drops at the two flows: exact there, too high
/// between and too low outside. At worst a laminar and a turbulent element of equal drop: 4 % between flows of ratio 3,
/// 15 % at twice the higher flow.
/// \pre at least one element, none shut; 0 < low_m3_per_s < high_m3_per_s, the range of operation
HydraulicElement in_series(std::span<HydraulicElement const> elements, double low_m3_per_s, double high_m3_per_s);

/// One element in place of equal branches in parallel: each carries its share, k/N^n. \pre branches >= 1
HydraulicElement in_parallel(HydraulicElement const& branch, int branches);

/// Flows of unequal branches at their common pressure drop.
///
///     sum of (dp/k_i)^(1/n_i) = V
/// Equal exponents: closed form, dp = (V / sum of k_i^(-1/n))^n. Else one bracketed root in dp. The flows sum to V.
/// A shut branch has k = infinity and carries nothing.
/// Valid for: branches between two headers without loss of their own. Not modelled: drop along the headers (reverse return assumed),
/// flow backwards.
/// \param total_m3_per_s  V [m3/s], >= 0
/// \param out             Flow of each branch [m3/s]; as many as branches
/// \return                The common drop [Pa]
/// \throws SolverError    when every branch is shut and V > 0
double flows_at_common_drop(std::span<HydraulicElement const> branches, double total_m3_per_s, std::span<double> out);

} // namespace aidc
