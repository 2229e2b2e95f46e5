#pragma once
/// \file
/// The folder of a sweep: what is to be run, and from what. docs/formats/sweep.md describes it.
///
///     DIR/manifest.json       the plan; written once
///     DIR/points.csv          the points, for people
///     DIR/inputs/...          scenario, catalogues and data files as they were when it was planned
///     DIR/blocks/000012.h5    runs of one block; it exists when it is complete
///     DIR/logs/*.jsonl        who computed which block, and how fast
///     DIR/index.h5            everything together, made by `collect`

#include "sim/sweep/layout.hpp"
#include "sim/sweep/points.hpp"
#include "sim/sweep/sweep_spec.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// A file that points are made from, and its copy below inputs/.
struct CopiedInput {
    std::string path; ///< Relative to inputs/
    std::string sha256;
};

template <class V> void describe(V& v, CopiedInput& x)
{
    v.text({"path", Need::required, "Relative to inputs/"}, x.path);
    v.text({"sha256", Need::required, "Of its bytes"}, x.sha256);
}

/// A planned sweep.
struct Manifest {
    std::string format = "aidcsim-sweep-plan";
    std::uint32_t version = 1;
    std::string program;       ///< That planned it; only the same may run it
    SweepSpec sweep;           ///< As asked for; `scenario` is relative to inputs/, `block` is found
    std::uint32_t points{};    ///< How many
    std::string points_sha256; ///< Of points.csv
    std::vector<CopiedInput> inputs;
    double run_s{}; ///< What a run took when it was tried
    Layout layout;
    std::string identity; ///< identity_of() the rest, so that an edit is noticed
};

template <class V> void describe(V& v, Manifest& x)
{
    v.text({"format", Need::required, "\"aidcsim-sweep-plan\""}, x.format);
    v.count({"version", Need::required, "Version of the format: 1"}, x.version, 1);
    v.text({"program", Need::required, "Program that planned it"}, x.program);
    v.object({"sweep", Need::required, "What was asked for"}, x.sweep);
    v.count({"points", Need::required, "How many"}, x.points, 1);
    v.text({"points_sha256", Need::required, "Of points.csv"}, x.points_sha256);
    v.list({"inputs", Need::required, "Files that points are made from"}, x.inputs);
    v.number({"run_s", Need::required, "Seconds that a run took when it was tried"}, x.run_s, not_negative);
    v.object({"layout", Need::required, "What is kept of a run"}, x.layout);
    v.text({"identity", Need::optional, "SHA-256 of the rest, less times and blocks"}, x.identity);
}

/// A run of a sweep: one replicate of one point. Runs are counted point after point.
struct SweepRun {
    std::size_t point{};
    std::uint32_t replicate{}; ///< 0 ... replicates - 1 of the point
};

/// The folder of a planned sweep, opened: the plan, its points and its identity.
struct Sweep {
    std::filesystem::path folder;
    Manifest manifest;
    Points points;
    std::string identity; ///< identity_of() the manifest: which sweep a block belongs to

    std::size_t runs() const { return points.size() * manifest.sweep.replicates; }
    std::size_t blocks() const { return (runs() + manifest.sweep.block - 1) / manifest.sweep.block; }
    std::size_t first_run(std::size_t block) const { return block * manifest.sweep.block; }
    std::size_t runs_of(std::size_t block) const { return std::min<std::size_t>(manifest.sweep.block, runs() - first_run(block)); }
    SweepRun run(std::size_t index) const
    {
        return {.point = index / manifest.sweep.replicates, .replicate = static_cast<std::uint32_t>(index % manifest.sweep.replicates)};
    }
    /// The number that seeds the draws of a run.
    std::uint32_t stream(std::size_t index) const;
    std::filesystem::path scenario() const { return folder / "inputs" / manifest.sweep.scenario; }
    std::filesystem::path block_file(std::size_t block) const;
};

/// JSON text of a manifest.
std::string to_json(Manifest const& manifest);

/// A plan without how long runs take and how they are put in blocks: what makes a sweep the same sweep.
Manifest timeless(Manifest manifest);

/// SHA-256 of the timeless plan.
std::string identity_of(Manifest const& manifest);

/// Opens the folder of a sweep. \throws InputErrors  when it is none, or its files do not belong together
Sweep open_sweep(std::filesystem::path const& folder);

/// The files that points are made from must be those of the plan, and the program the one that planned it.
/// \throws InputErrors
void check_unchanged(Sweep const& sweep);

/// Writes a text beside its final name, fsyncs and renames. \throws InputErrors  when it cannot
void write_text(std::filesystem::path const& path, std::string const& text);

} // namespace aidc
