#pragma once
/// \file
/// A sweep as a user asks for it: on the command line, in a sweep file, and in the manifest.

#include "sim/scenario/field.hpp"
#include "sim/sweep/parameter.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// How points are spread over the parameters.
enum class Sampling : std::uint8_t {
    grid,    ///< All combinations of the lists
    list,    ///< First values together, second values together, ...
    random,  ///< N independent points
    lhs,     ///< N points of a Latin hypercube
    sobol,   ///< N points of a Sobol' sequence
    morris,  ///< N trajectories of parameters + 1 points, for elementary effects
    saltelli ///< N base points, each with parameters + 2 points, for variance-based indices
};
inline constexpr std::array<std::pair<std::string_view, Sampling>, 7> samplings{{
    {"grid", Sampling::grid},
    {"list", Sampling::list},
    {"random", Sampling::random},
    {"lhs", Sampling::lhs},
    {"sobol", Sampling::sobol},
    {"morris", Sampling::morris},
    {"saltelli", Sampling::saltelli},
}};

/// Random numbers of the replicates of different points.
enum class PointStreams : std::uint8_t {
    common, ///< Replicate r of every point draws the same: differences between points are theirs
    own     ///< Every run has its own draws: points are independent
};
inline constexpr std::array<std::pair<std::string_view, PointStreams>, 2> point_streams{{
    {"common", PointStreams::common},
    {"own", PointStreams::own},
}};

inline constexpr std::array<std::pair<std::string_view, bool>, 2> details{{{"operate", true}, {"build", false}}};

/// What a user asks of a sweep.
struct SweepSpec {
    std::string format = "aidcsim-sweep";
    std::uint32_t version = 1;
    std::string scenario;          ///< File; relative to the folder of the sweep file
    std::vector<std::string> vary; ///< As parse_vary() takes it
    std::vector<std::string> set;  ///< Of all points, "/pointer=value"
    Sampling sampling = Sampling::grid;
    std::uint32_t points = 0;      ///< N of a sampling; grid and list: 0
    std::uint32_t sample_seed = 1; ///< Of random, lhs, sobol, morris, saltelli
    std::uint32_t replicates = 1;  ///< Runs of each point
    PointStreams streams = PointStreams::common;
    bool operate = true;       ///< Hour by hour, or dates and ledger only
    bool keep_invalid = false; ///< Points that are no valid scenario stay in, and fail
    std::uint32_t block = 0;   ///< Runs of a block; 0: found from the time a run takes
};

template <class V> void describe(V& v, SweepSpec& x)
{
    v.text({"format", Need::required, "\"aidcsim-sweep\""}, x.format);
    v.count({"version", Need::required, "Version of the format: 1"}, x.version, 1);
    v.text({"scenario", Need::required, "Scenario file, relative to this one"}, x.scenario);
    v.texts({"vary", Need::required, "Parameters, as --vary takes them"}, x.vary);
    v.texts({"set", Need::optional, "Values of all points, as --set takes them"}, x.set);
    v.choice({"sample", Need::optional, "How points are spread"}, x.sampling, samplings);
    v.count({"points", Need::optional, "N of random, lhs, sobol, morris (trajectories) and saltelli (base points)"}, x.points, 0);
    v.count({"sample_seed", Need::optional, "Seed of the points"}, x.sample_seed, 0);
    v.count({"replicates", Need::optional, "Runs of each point"}, x.replicates, 1);
    v.choice({"streams", Need::optional, "common: replicate r draws the same in every point; own: each run its own"}, x.streams,
             point_streams);
    v.choice({"detail", Need::optional, "build: dates and ledger; operate: hour by hour as well"}, x.operate, details);
    v.flag({"keep_invalid", Need::optional, "Points that are no valid scenario stay in, and fail"}, x.keep_invalid);
    v.count({"block", Need::optional, "Runs of a block; 0: found from the time a run takes"}, x.block, 0);
}

/// Reads a sweep file; `scenario` becomes a path that can be opened. \throws InputErrors
SweepSpec read_sweep_file(std::filesystem::path const& path);

/// Is the file a sweep file, not a scenario? By its "format"; false when it cannot be read.
bool is_sweep_file(std::filesystem::path const& path);

/// Splits "lhs:200" into a sampling and its N. \throws InputErrors
void parse_sampling(std::string const& text, SweepSpec& spec);

} // namespace aidc
