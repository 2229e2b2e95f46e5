#pragma once
/// \file
/// Everything of a sweep in one file: DIR/index.h5.

#include "sim/sweep/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// How a sweep is put together.
struct CollectOptions {
    bool copy = false;  ///< Monthly series are copied, for readers without virtual datasets and for moving one file
    bool quiet = false; ///< No progress
};

/// What was put together.
struct CollectOutcome {
    std::filesystem::path written;
    std::size_t runs{}, failed{}, missing{}; ///< All, failed, not there
    std::vector<std::string> complaints;     ///< Damaged blocks, taken as missing
    std::string data_sha256;                 ///< Of the numbers of all runs in order; the same however they were computed

    bool complete() const { return missing == 0 && failed == 0; }
};

/// Writes DIR/index.h5: a table of points, a table of runs with every figure, monthly series as virtual datasets over blocks/.
/// Runs that are not there read as missing. The file does not depend on who computed what, when and where.
/// \throws h5::Error  when it cannot be written
CollectOutcome collect(Sweep const& sweep, CollectOptions options);

/// What is there of each run: the codes of /run/status.
enum class RunStatus : std::int8_t { missing = 0, ok = 1, failed = 2 };

} // namespace aidc
