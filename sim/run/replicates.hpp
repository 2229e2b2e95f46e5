#pragma once
/// \file
/// Many replicates of one scenario, a few processes at once, in one result file.

#include "sim/record/replicate_set.hpp"
#include "sim/run/digest.hpp"
#include "sim/run/request.hpp"

#include <cstddef>
#include <stdexcept>

namespace aidc {

/// How many replicates, and how many processes at once. The result does not depend on `jobs`.
struct ReplicatesOptions {
    std::size_t count = 1; ///< Replicates 0 ... count - 1, >= 1
    std::size_t jobs = 1;  ///< >= 1
};

/// What came of it.
struct ReplicatesOutcome {
    Ending ending{};               ///< complete, or stopped by a signal
    std::filesystem::path written; ///< Empty when stopped before the first replicate
    std::size_t replicates{};      ///< That are in the file
    double wall_s{};
};

/// A replicate failed: which, why, and the command that shows it alone.
class ReplicateError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Runs replicates 0 ... count - 1 of the request; each is what `--replicate K` runs. `request.replicate` is not read.
/// \throws InputErrors, h5::Error, ReplicateError
ReplicatesOutcome run_replicates(RunRequest const& request, ReplicatesOptions options);

/// An empty set for the replicates of a buildout.
ReplicateSet make_replicate_set(Buildout const& buildout, std::size_t asked);

/// Adds what is kept of the next replicate. \pre the digest is of a complete run of the buildout
void add_replicate(ReplicateSet& set, Buildout const& buildout, Digest const& digest);

} // namespace aidc
