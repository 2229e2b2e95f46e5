#pragma once
/// \file
/// The command line of `aidcsim sweep optimize`.

#include "sim/run/pool.hpp"
#include "sim/search/spec.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace aidc {

/// What stands behind the words of `aidcsim sweep optimize`.
struct OptimizeWords {
    std::filesystem::path base; ///< Scenario, search file, or folder of a search
    SearchSpec spec;
    std::string method = "auto";
    std::string detail = "build";
    std::filesystem::path folder; ///< Empty: the name of the base with .search
    std::size_t jobs = 1;
    ChildLimits limits;
    bool dry = false;
    bool json = false;
    bool quiet = false;
};

/// Adds `optimize` to `sweep`. \param words  Must outlive the parsing
void add_optimize(CLI::App& sweep, OptimizeWords& words, int& code);

} // namespace aidc
