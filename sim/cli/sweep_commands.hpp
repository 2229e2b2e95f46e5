#pragma once
/// \file
/// The commands of `aidcsim sweep`. Each returns its exit code; results go to stdout or files, people are spoken to on stderr.

#include "sim/sweep/collect.hpp"
#include "sim/sweep/plan.hpp"
#include "sim/sweep/script.hpp"
#include "sim/sweep/worker.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace aidc {

/// What a user asks of `sweep plan`.
struct SweepPlanRequest {
    SweepSpec spec;
    std::filesystem::path folder; ///< Empty: the name of the scenario with .sweep
    PlanOptions options;
    bool dry = false;
};

int sweep_plan(SweepPlanRequest request);
int sweep_run(std::filesystem::path const& folder, WorkerOptions const& options);

/// What a user asks of `sweep status`.
struct SweepStatusRequest {
    std::filesystem::path folder;
    bool json = false;
    bool all = false;                 ///< Every failed run
    std::optional<std::size_t> point; ///< Instead: this point and the command that runs it alone
};

int sweep_status(SweepStatusRequest const& request);
int sweep_collect(std::filesystem::path const& folder, CollectOptions options);
/// \param output  Empty: print it
int sweep_script(std::filesystem::path const& folder, ScriptOptions const& options, std::filesystem::path const& output);

} // namespace aidc
