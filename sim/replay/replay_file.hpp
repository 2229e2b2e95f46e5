#pragma once
/// \file
/// Result file of a replay: HDF5 of its own kind, described in results/README.md.

#include "sim/record/h5.hpp"
#include "sim/replay/replay.hpp"
#include "sim/scenario/job_log.hpp"

#include <filesystem>
#include <string>

namespace aidc {

/// Takes jobs while they end. Destroyed without close() it leaves nothing behind.
class ReplayFile {
  public:
    /// \param log_path  As the user wrote it
    ReplayFile(std::filesystem::path const& path, std::string const& log_path, ReplaySpec const& spec);

    void append(JobRecord const& record);
    /// Writes what is known at the end, and gives the file its name.
    void close(Replayed const& replayed, JobLog const& log, ReplaySpec const& spec);

  private:
    h5::File file_;
    h5::Group summary_;
    h5::Table jobs_;
};

} // namespace aidc
