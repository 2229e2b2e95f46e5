#pragma once
/// \file
/// What a gang's accelerators exchange, over which links, and how much slower it runs when it leaves its cell: a bandwidth rule.

#include "models/demand/job_pool.hpp"

#include <cstdint>
#include <span>

namespace aidc {

/// Links of a pool, one direction each; a cell is a hall with its own fabric.
struct Fabric {
    std::uint32_t domain = 8;        ///< Accelerators of one scale-up domain: a server, an NVL72, a supernode
    double scale_up_B_per_s = 450e9; ///< Of one accelerator inside its domain [B/s]: half of the 900 GB/s of NVLink 4 (NVIDIA H200)
    double scale_out_B_per_s = 50e9; ///< Of one accelerator between domains of its cell [B/s]: 400 Gb/s (NVIDIA ConnectX-7)
    double oversubscription = 1.0;   ///< Of the fabric of a cell, leaf to spine [-], >= 1
    double uplink_B_per_s{};         ///< Of a whole cell to the others, all its gangs together [B/s]; 0: no limit
    double latency_s = 5e-6;         ///< Of one hop of a ring [s] [J]
};

/// What one step of a training job does: each accelerator computes, and sums its gradients with all others.
struct Traffic {
    double compute_s{}; ///< Of one step [s]; 0: the job does not care about the network
    double bytes{};     ///< Summed by each accelerator with those that hold the same part of the model [B]
    double overlap{};   ///< Share of the exchange that hides behind computing [-], 0..1
    double parts{1.0};  ///< Accelerators that hold one copy of the model together, each its part (tensor times pipeline parallel) [-], >= 1
};

/// Time to sum `bytes` over n partners in a ring [s]: 2 (n - 1)/n bytes / bandwidth + 2 (n - 1) latency.
/// Source: P. Patarasuk, X. Yuan, Bandwidth optimal all-reduce algorithms, J. Parallel Distrib. Comput. 69 (2009).
double ring_all_reduce_s(double bytes, double partners, double bandwidth_B_per_s, double latency_s);

/// Time of the exchange of a gang of n accelerators in one cell [s]: summed inside each scale-up domain, between domains, and spread again.
double all_reduce_s(Fabric const& fabric, double bytes, std::uint32_t accelerators);

/// The same where `parts` accelerators hold a copy of the model: of a domain of d, h = max(1, d/parts) hold the same part, and of the gang
/// n/parts, in m = ceil(n/parts/h) domains,
///
///     ring(bytes, h, scale_up) + ring(bytes/h, m, scale_out/oversubscription)
///
/// Not modelled: domains that a gang fills in part, a ring's hops within one leaf, sums in switches (SHARP), trees.
double all_reduce_s(Fabric const& fabric, Traffic const& traffic, std::uint32_t accelerators);

/// What a gang sends between its cells, one direction.
struct Crossing {
    double step_B{};       ///< Over the uplink of each of its cells in a step [B]; 0: it does not cross
    double most_B_per_s{}; ///< What its own links carry [B/s], > 0
    double parts{1.0};     ///< A cell with fewer of its accelerators holds that much less of the model, and sends that much less [-]
    std::span<CellShare const> placed;
};

/// Crossing of a gang in k cells: each cell ends its own sum with a copy of the model, parts x bytes, and the k copies are summed in a ring,
/// 2 (k - 1)/k of it out of each cell and into it. Nothing crosses where the gang holds one copy or less.
Crossing crossing(Fabric const& fabric, Traffic const& traffic, Gang const& gang);

/// Max-min fair rates [B/s] over the uplink of each of a crossing's cells, which is the same in all of them as they wait for each other: all
/// rates rise together until an uplink is full or a gang's own links are, and go on rising without those that are held (progressive
/// filling). Source: D. Bertsekas, R. Gallager, Data Networks, 2nd ed., 1992, section 6.5.2.
/// \param uplink_B_per_s  Of each cell [B/s]; 0: no limit
/// \param rate_B_per_s    Out: by crossing; 0 where nothing crosses
void share_uplinks(double uplink_B_per_s, std::span<Crossing const> crossings, std::span<double> rate_B_per_s);

/// Speeds [-] of all gangs that span cells, relative to the same gang in one cell: what hides behind computing counts less, the uplinks of the
/// cells are shared max-min fairly by the gangs that cross them.
///
///     speed = step in one cell / (step over its cells) <= 1,     step = compute + exchange - min(overlap exchange, compute)
///
/// where the exchange over its cells is that inside the slowest of them, then between them. Uplinks are shared as if all gangs sent all the
/// time: too slow for gangs that mostly compute.
/// \param traffic  By the gangs' rules      \param speed  Out: by gang, 0 < speed <= 1
void pace(Fabric const& fabric, std::span<Traffic const> traffic, std::span<Gang const> gangs, std::span<double> speed);

} // namespace aidc
