#pragma once
/// \file
/// The command line of `aidcsim sweep`.

#include "sim/cli/sweep_analyze.hpp"
#include "sim/cli/sweep_commands.hpp"
#include "sim/cli/sweep_optimize.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace aidc {

/// What stands behind the words of `aidcsim sweep`.
struct SweepWords {
    SweepPlanRequest plan;
    std::string base; ///< Scenario or sweep file
    std::string sample = "grid";
    std::string detail = "operate";
    std::string streams = "common";
    std::filesystem::path folder;
    WorkerOptions worker;
    std::string task;
    SweepStatusRequest status;
    std::size_t point = 0;
    CollectOptions collect;
    ScriptOptions script;
    std::string system;
    std::filesystem::path output;
    AnalyzeWords analyze;
    OptimizeWords optimize;
};

/// Adds `sweep` and its commands. \param words  Must outlive the parsing
/// \param program  Path of this program, for batch files
void add_sweep(CLI::App& app, SweepWords& words, std::string const& program, int& code);

} // namespace aidc
