#pragma once
/// \file
/// The result file of a replicated run. results/README.md is its format page; a test holds the two together.

#include "sim/record/h5.hpp"
#include "sim/record/provenance.hpp"
#include "sim/record/replicate_set.hpp"

#include <filesystem>

namespace aidc {

/// Holds NAME.h5.part from before the first replicate, so that a folder that cannot be written is known at once.
class ReplicateRecorder {
  public:
    /// \throws h5::Error  when the file cannot be created
    ReplicateRecorder(std::filesystem::path path, Buildout const& buildout, Plan const& plan, Provenance provenance);

    /// Writes everything; the file becomes NAME.h5, or NAME.incomplete.h5 when replicates are missing. Call once.
    /// \pre at least one replicate      \return the name it got
    std::filesystem::path write(ReplicateSet const& set);

  private:
    std::filesystem::path path_;
    Buildout const& buildout_;
    Plan const& plan_;
    Provenance provenance_;
    h5::File file_;
};

/// /replicate_milestones: every milestone in every replicate, and its quantiles.
void write_replicate_milestones(h5::File& file, Buildout const& buildout, Plan const& plan, ReplicateSet const& set);
/// /replicate_live: live power at the ends of months.
void write_replicate_live(h5::File& file, Buildout const& buildout, Plan const& plan, ReplicateSet const& set);
/// /replicate_summary, /replicate_term, /replicate_cause, /replicate_gate: accelerator-hours.
void write_replicate_hours(h5::File& file, Buildout const& buildout, ReplicateSet const& set);

} // namespace aidc
