#pragma once
/// \file
/// Where a result file comes from: the group /provenance, and the names that files get.

#include "sim/record/h5.hpp"
#include "sim/world/observer.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

/// Where a result comes from.
struct Provenance {
    std::string program; ///< Name, version, git revision
    std::string compiler;
    std::string command_line;
    std::string scenario_json;                               ///< Resolved
    std::string overrides;                                   ///< One `--set` a line
    std::vector<std::pair<std::string, std::string>> inputs; ///< Path, SHA-256
    std::string written_at;                                  ///< Empty with --reproducible
    std::string host;                                        ///< Empty with --reproducible
    Detail detail{};
    std::uint32_t replicate{};
    bool reproducible = false;
};

/// Attributes of a result file.
void write_title(h5::File& file, Buildout const& buildout, Provenance const& provenance);
/// /provenance.
void write_provenance(h5::File& file, Buildout const& buildout, Provenance const& provenance);

/// "complete", "incomplete" or "failed".
std::string word_of(Ending ending);
/// NAME.failed.h5 for NAME.h5.
std::filesystem::path beside(std::filesystem::path const& path, std::string const& word);

} // namespace aidc
