#pragma once
/// \file
/// The command line of `aidcsim sweep analyze`.

#include <CLI/CLI.hpp>

#include <filesystem>

namespace aidc {

/// What stands behind the words of `aidcsim sweep analyze`.
struct AnalyzeWords {
    std::filesystem::path folder;
};

/// Adds `analyze` to `sweep`. \param words  Must outlive the parsing
void add_analyze(CLI::App& sweep, AnalyzeWords& words, int& code);

} // namespace aidc
