#pragma once
/// \file
/// What a user asks of a run, and what every kind of run makes of it first.

#include "sim/record/provenance.hpp"
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

/// A scenario with its overrides, and its baseline.
struct PlannedScenario {
    Scenario scenario;
    Plan plan; ///< Of the scenario as written, whatever was overridden
};

/// Reads the scenario and makes its baseline in a child process. \throws InputErrors
PlannedScenario plan_scenario(RunRequest const& request);

/// \throws InputErrors  when the output exists and may not be replaced
void refuse_to_replace(RunRequest const& request);

/// What the result file says about where it comes from.
Provenance provenance_of(RunRequest const& request, Scenario const& scenario);

/// Program, version and git revision.
std::string program_name();
/// Compiler and flags.
std::string compiler_name();
/// Name of this machine.
std::string host_name();

} // namespace aidc
