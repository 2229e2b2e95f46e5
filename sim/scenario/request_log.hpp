#pragma once
/// \file
/// Logs of requests to a language model, as tables (CSV). docs/formats/jobs.md is the page for users.

#include "models/base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace aidc {

/// Requests in order of their arrival; all columns have one row a request.
struct RequestLog {
    std::vector<double> arrival_s;     ///< [s]; from the first request where a log has dates
    std::vector<double> prompt_tokens; ///< Read [-], >= 0
    std::vector<double> output_tokens; ///< Written [-], >= 0
    std::uint64_t rows{};              ///< In the file
    std::uint64_t skipped{};           ///< Of them, bad and left out
    std::vector<Problem> skipped_why;  ///< The first problems of those, at most 20
};

/// Reads a log, also a gzip-compressed one: the columns TIMESTAMP (a date with the time of day, or seconds), ContextTokens and
/// GeneratedTokens, as of the Azure LLM inference traces; or arrival_s, prompt_tokens and output_tokens.
/// \param skip_bad_rows  Bad rows are left out and counted, not errors
/// \throws InputErrors  with file and line, up to twenty at once: rows that are not what the names say, or that arrive before one above;
///                      whatever is skipped: columns that are not there, no requests, a file that is cut off
RequestLog read_request_log(std::filesystem::path const& path, bool skip_bad_rows);

} // namespace aidc
