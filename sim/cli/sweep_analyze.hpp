#pragma once
/// \file
/// The command line of `aidcsim sweep analyze`.

#include "sim/analyze/analyze.hpp"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace aidc {

/// What stands behind the words of `aidcsim sweep analyze`.
struct AnalyzeWords {
    std::filesystem::path folder;
    AnalyzeRequest request;
    std::string minimize, maximize;
    std::size_t best = 10;
    bool json = false;
};

/// Adds `analyze` to `sweep`. \param words  Must outlive the parsing
void add_analyze(CLI::App& sweep, AnalyzeWords& words, int& code);

} // namespace aidc
