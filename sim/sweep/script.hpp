#pragma once
/// \file
/// Batch files for a sweep: complete, commented, to be read and changed by people.

#include "sim/sweep/manifest.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace aidc {

/// What starts the workers.
enum class BatchSystem : std::uint8_t { slurm, mpi, parallel, pbs };
inline constexpr std::array<std::pair<std::string_view, BatchSystem>, 4> batch_systems{{
    {"slurm", BatchSystem::slurm},
    {"mpi", BatchSystem::mpi},
    {"parallel", BatchSystem::parallel},
    {"pbs", BatchSystem::pbs},
}};

/// What a user asks of a batch file.
struct ScriptOptions {
    BatchSystem system{};
    std::size_t tasks = 0;  ///< Workers; 0: four, or as many as there are blocks
    std::size_t cpus = 1;   ///< Simulations at once in each
    std::string time = "";  ///< Limit of a job, HH:MM:SS; empty: from the time a run took, threefold
    double memory_MB = 0.0; ///< Of each simulation; 0: left to the cluster
    std::string partition;  ///< Or queue; empty: the cluster's default
    std::string account;
    std::string name;    ///< Of the file that is written
    std::string program; ///< Path of aidcsim on the cluster
};

/// The batch file: workers, a job that tops up what lost workers left, and one that collects.
/// \throws InputErrors
std::string batch_script(Sweep const& sweep, ScriptOptions const& options);

/// "HH:MM:SS" for so many workers, with room to spare.
std::string time_limit(Sweep const& sweep, std::size_t workers);

} // namespace aidc
