#pragma once
/// \file
/// Which part of a sweep a process does, as it is told or as the batch system says.

#include <cstddef>
#include <functional>
#include <string>

namespace aidc {

/// Worker `index` of `count`: it does the blocks whose number leaves this remainder.
struct Task {
    std::size_t index = 0;
    std::size_t count = 1;

    bool does(std::size_t block) const { return block % count == index; }
};

/// Reads "k/K" (0 <= k < K), "auto" (from the variables of a batch system), or "" (all of it).
///
/// Auto knows job arrays of Slurm, PBS, Grid Engine and LSF, and ranks of srun, Open MPI and PMI (MPICH, Intel MPI); an array
/// whose tasks start ranks has tasks times ranks parts. A bare batch script of Slurm counts no ranks: there SLURM_PROCID is set
/// though nothing was started by srun.
/// \param variable  Value of an environment variable; "" when it is not set
/// \throws InputErrors  also when auto finds nothing
Task parse_task(std::string const& text, std::function<std::string(char const*)> const& variable);

/// Value of a variable of this process's environment; "" when it is not set.
std::string environment(char const* name);

} // namespace aidc
