#pragma once
/// \file
/// The command line of `aidcsim sweep optimize`.

#include <CLI/CLI.hpp>

#include <filesystem>

namespace aidc {

/// What stands behind the words of `aidcsim sweep optimize`.
struct OptimizeWords {
    std::filesystem::path folder;
};

/// Adds `optimize` to `sweep`. \param words  Must outlive the parsing
void add_optimize(CLI::App& sweep, OptimizeWords& words, int& code);

} // namespace aidc
