#include "sim/sweep/plan.hpp"

#include "sim/run/bytes.hpp"
#include "sim/run/child.hpp"
#include "sim/run/pool.hpp"
#include "sim/run/progress.hpp"
#include "sim/scenario/sha256.hpp"
#include "sim/sweep/check_points.hpp"
#include "sim/sweep/inputs.hpp"
#include "sim/sweep/prepare.hpp"
#include "sim/sweep/run_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

namespace aidc {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

/// Seconds of wall time of one run of a point, from its values to its row.
double tried_s(PointMaker& maker, std::size_t point, Layout const& layout)
{
    maker.make_baseline();
    auto const began = Clock::now();
    in_child([&] { return to_bytes(run_row(maker.planned(point), 0, layout)); });
    return std::chrono::duration<double>(Clock::now() - began).count();
}

/// Runs of a block: 1 s to 20 s of work, in between 32 blocks for workers to share; a power of two.
std::uint32_t block_of(double run_s, std::size_t runs)
{
    double const a_second = 1.0 / std::max(run_s, 1e-3);
    double const by_count = static_cast<double>(runs) / 32.0;
    double const size = std::min({std::clamp(by_count, a_second, 20.0 * a_second), static_cast<double>(runs), 256.0});
    return std::bit_floor(static_cast<std::uint32_t>(std::max(1.0, size)));
}

/// Anything in the folder that no sweep puts there?
bool is_foreign(fs::path const& folder)
{
    static constexpr std::array<std::string_view, 6> own{"points.csv", "inputs", "blocks", "logs", "index.h5", "analysis.h5"};
    return std::ranges::any_of(fs::directory_iterator(folder), [](fs::directory_entry const& entry) {
        auto const name = entry.path().filename().string();
        return std::ranges::find(own, name) == own.end() && !name.starts_with("manifest.json.part-")
               && !name.starts_with("points.csv.part-");
    });
}

void refuse_other(PlannedSweep const& planned, fs::path const& folder)
{
    auto const complain = [&folder](std::string message) { throw InputErrors({{folder.string(), "", std::move(message)}}); };
    if (fs::exists(folder) && !fs::is_directory(folder)) {
        complain("is a file; name a folder with -o");
    }
    if (fs::exists(folder / "manifest.json") && open_sweep(folder).identity != identity_of(planned.manifest)) {
        complain("holds another sweep (its blocks would be mixed with new ones); name another folder with -o");
    }
    if (fs::exists(folder) && !fs::exists(folder / "manifest.json") && is_foreign(folder)) {
        complain("is not empty and no sweep; name a new folder with -o");
    }
}

} // namespace

PlannedSweep plan_sweep(SweepSpec const& spec, PlanOptions const& options)
{
    PlannedSweep planned;
    planned.points = make_points(spec);
    constexpr double most_runs = 1e9;
    if (static_cast<double>(planned.points.size()) * spec.replicates > most_runs) {
        throw InputErrors(
            {{"--replicates", "",
              fmt::format("{} of {} points are more than {:g} runs; ask for fewer", spec.replicates, planned.points.size(), most_runs)}});
    }
    planned.manifest.sweep = spec;
    planned.manifest.program = program_name();
    planned.manifest.points = static_cast<std::uint32_t>(planned.points.size());
    planned.manifest.points_sha256 = sha256(points_csv(planned.points));
    PointMaker maker(fs::relative(fs::absolute(spec.scenario)), spec, planned.points);
    auto const checked = check_points(maker, spec, planned.points, options);
    planned.invalid = checked.invalid;
    planned.manifest.layout = checked.layout;
    auto const placed = place_inputs(checked.inputs);
    planned.inputs = placed.from;
    planned.manifest.inputs = placed.to;
    planned.manifest.sweep.scenario = placed.to.front().path;
    planned.manifest.run_s = tried_s(maker, checked.first_valid, checked.layout);
    if (spec.block == 0) {
        planned.manifest.sweep.block = block_of(planned.manifest.run_s, planned.points.size() * spec.replicates);
    }
    planned.manifest.identity = identity_of(planned.manifest);
    return planned;
}

bool write_sweep(PlannedSweep const& planned, fs::path const& folder)
{
    refuse_other(planned, folder);
    if (fs::exists(folder / "manifest.json")) {
        return false;
    }
    try {
        for (auto const* const name : {"inputs", "blocks", "logs"}) {
            fs::create_directories(folder / name);
        }
    }
    catch (fs::filesystem_error const& error) {
        throw InputErrors(
            {{folder.string(), "",
              fmt::format("cannot be written ({}); check the folder, its permissions and the free space", error.code().message())}});
    }
    copy_inputs({.from = planned.inputs, .to = planned.manifest.inputs}, folder);
    write_text(folder / "points.csv", points_csv(planned.points));
    write_text(folder / "manifest.json", to_json(planned.manifest));
    return true;
}

} // namespace aidc
