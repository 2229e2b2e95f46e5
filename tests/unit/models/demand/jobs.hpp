#pragma once
/// \file
/// Jobs for tests.

#include "models/demand/job.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace aidc {

using Cells = std::vector<std::uint32_t>; ///< Processors by cell

/// Gives a list of jobs.
inline JobSource listed(std::vector<Job> jobs)
{
    return [jobs = std::move(jobs), at = std::size_t{0}](Job& job) mutable {
        bool const more = at < jobs.size();
        job = more ? jobs[at++] : job;
        return more;
    };
}

/// splitmix64 of (a, b), on (0, 1).
inline double uniform(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t z = a * 0xd1342543de82ef95u + (b + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (static_cast<double>((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52;
}

} // namespace aidc
