#pragma once
/// \file
/// The commands of aidcsim. Each returns its exit code; results go to stdout or files, people are spoken to on stderr.

#include "sim/run/replicates.hpp"
#include "sim/run/run_scenario.hpp"

#include <functional>
#include <string>
#include <vector>

namespace aidc {

int run(RunRequest request);
int run_replicated(RunRequest request, ReplicatesOptions options);
int print_resolved(RunRequest const& request);
int check(std::vector<std::string> const& files);
int show(std::string const& file, bool json, bool all);
int diff(std::string const& before, std::string const& after);
int baseline(std::string const& scenario, std::string const& output, std::vector<std::string> const& set);
int print_schema(bool table);
int print_version();

/// Runs a command and turns what it throws into a message and an exit code: 1 failed run, 2 bad input, 70 internal error.
int with_exit_code(std::function<int()> const& command);

} // namespace aidc
