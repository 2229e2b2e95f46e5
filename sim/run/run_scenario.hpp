#pragma once
/// \file
/// One run as a user asks for it: scenario in, result file out.

#include "sim/run/digest.hpp"
#include "sim/run/request.hpp"

namespace aidc {

/// What came of it.
struct RunOutcome {
    Ending ending{};
    std::filesystem::path written;
    Digest digest;
    Buildout buildout;
    double cpu_s{};
};

/// \throws InputErrors, h5::Error, SolverError, AuditError
RunOutcome run_scenario(RunRequest const& request);

} // namespace aidc
