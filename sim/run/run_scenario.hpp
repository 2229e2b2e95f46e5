#pragma once
/// \file
/// One run as a user asks for it: scenario in, result file out.

#include "sim/run/simulate.hpp"
#include "sim/scenario/scenario.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// What a user asks of one run.
struct RunRequest {
    std::filesystem::path scenario;
    std::filesystem::path output;
    std::vector<std::string> set; ///< "/pointer=value"
    std::optional<std::uint64_t> seed;
    std::uint32_t replicate = 0;
    Detail detail = Detail::operate;
    bool force = false;        ///< Replace an existing result
    bool reproducible = false; ///< No host, no times, no command line in the file
    bool quiet = false;        ///< No progress
    std::string command_line;
};

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

/// Program, version and git revision.
std::string program_name();
/// Compiler and flags.
std::string compiler_name();

} // namespace aidc
