#pragma once
/// \file
/// A sweep whose runs were never simulated: their numbers are closed forms of its parameters.

#include "sim/analyze/analyze.hpp"
#include "sim/sweep/block.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <cmath>
#include <limits>

namespace aidc::test {

inline constexpr double never_reached = std::numeric_limits<double>::quiet_NaN(); ///< As a block keeps a date

/// Figures of the sweep.
inline Layout closed_form_layout()
{
    std::string const since = "seconds since 2026-01-01T00:00:00Z";
    return {.start = "2026-01-01",
            .operate = false,
            .figures = {{"live_W", "W", "live IT power at the end"},
                        {"first_live", since, "first rack live"},
                        {"pue", "1", "facility energy over IT energy"},
                        {"cost", "1", "a number that no run has"},
                        {"date_400_MW", since, "400 MW"},
                        {"date_site_complete", since, "site complete"},
                        {"date_site_A_complete", since, "site/A complete"},
                        {"date_site_power", since, "site power"}},
            .campuses = {"site"},
            .month_ends_s = {31.0 * 86400.0}};
}

/// a = 1, 2 and b = 10, 20, 30 with two replicates, four runs a block: 6 points, 12 runs, 3 blocks.
inline Sweep closed_form_sweep(std::filesystem::path const& folder)
{
    std::filesystem::create_directories(folder / "blocks");
    Sweep sweep{.folder = folder};
    sweep.manifest.program = "test";
    sweep.manifest.sweep = {.scenario = "base.json", .vary = {"a:/a=1,2", "b:/b=10,20,30"}, .replicates = 2, .operate = false, .block = 4};
    sweep.manifest.layout = closed_form_layout();
    sweep.points = make_points(sweep.manifest.sweep);
    sweep.identity = identity_of(sweep.manifest);
    return sweep;
}

/// live_W = (100 a + b + replicate) MW; first_live 10 a days later with each replicate a day more, never at the last point's second;
/// pue 1.25 always; cost never a number; 400 MW after b days, never with a = 2.
inline BlockRun closed_form_run(Sweep const& sweep, std::size_t index)
{
    auto const [point, replicate] = sweep.run(index);
    double const a = number_of(sweep.points.parameters[0], sweep.points.value(point, 0));
    double const b = number_of(sweep.points.parameters[1], sweep.points.value(point, 1));
    double const k = replicate, day = 86400.0;
    BlockRun run{.row = missing_row(sweep.manifest.layout), .error = {}};
    bool const last = a == 2.0 && b == 30.0 && k == 1.0;
    run.row.figures = {1e6 * (100.0 * a + b + k),
                       last ? never_reached : day * (10.0 * a + k),
                       1.25,
                       never_reached,
                       a == 2.0 ? never_reached : day * b,
                       day * (100.0 * a + b),
                       0.0,
                       0.0};
    return run;
}

inline void write_closed_form(Sweep const& sweep, std::size_t block, std::vector<std::size_t> const& failed = {})
{
    std::vector<BlockRun> runs;
    for (std::size_t i = 0; i < sweep.runs_of(block); ++i) {
        auto const index = sweep.first_run(block) + i;
        bool const fails = std::ranges::find(failed, index) != failed.end();
        runs.push_back(fails ? BlockRun{.row = missing_row(sweep.manifest.layout), .error = "no solution"} : closed_form_run(sweep, index));
    }
    write_block(sweep, block, runs);
}

/// The same with every block written.
inline Sweep done_sweep(std::filesystem::path const& folder)
{
    auto sweep = closed_form_sweep(folder);
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        write_closed_form(sweep, b);
    }
    return sweep;
}

} // namespace aidc::test
