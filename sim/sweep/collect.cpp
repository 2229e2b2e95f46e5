#include "sim/sweep/collect.hpp"

#include "models/ledger/term.hpp"
#include "sim/record/h5.hpp"
#include "sim/run/progress.hpp"
#include "sim/sweep/block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace aidc {
namespace {

/// All runs, column by column.
struct Table {
    std::vector<std::vector<double>> figures; ///< By figure, then run
    std::vector<std::string> errors, world_hashes;
    std::vector<std::int8_t> status;
    std::vector<std::vector<float>> monthly; ///< With --copy: by series, then run, month, campus
    std::vector<float> gate_h;               ///< With --copy
    std::vector<bool> block_is_there;
};

void append(Table& table, BlockRun const& run, bool copy)
{
    for (std::size_t f = 0; f < table.figures.size(); ++f) {
        table.figures[f].push_back(run.row.figures[f]);
    }
    table.errors.push_back(run.error);
    table.world_hashes.push_back(run.error.empty() ? fmt::format("{:016x}", run.row.world_hash) : "");
    for (std::size_t s = 0; copy && s < table.monthly.size(); ++s) {
        table.monthly[s].insert(table.monthly[s].end(), run.row.monthly[s].begin(), run.row.monthly[s].end());
    }
    if (copy) {
        table.gate_h.insert(table.gate_h.end(), run.row.gate_h.begin(), run.row.gate_h.end());
    }
}

/// Reads block after block; what is missing or damaged leaves a hole.
Table read_all(Sweep const& sweep, CollectOptions options, CollectOutcome& outcome)
{
    auto const& layout = sweep.manifest.layout;
    Table table;
    table.figures.resize(layout.figures.size());
    table.monthly.resize(monthly_of(layout).size());
    RunsHash hash;
    BlockRun const hole{.row = missing_row(layout), .error = {}};
    CountProgress progress(sweep.blocks(), "blocks", options.quiet);
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        std::vector<BlockRun> runs;
        if (std::filesystem::exists(sweep.block_file(b))) {
            try {
                runs = read_block(sweep, b);
            }
            catch (h5::Error const& error) {
                outcome.complaints.emplace_back(error.what());
            }
        }
        bool const there = !runs.empty();
        table.block_is_there.push_back(there);
        runs.resize(sweep.runs_of(b), hole);
        for (auto const& run : runs) {
            append(table, run, options.copy);
            hash.add(run);
            table.status.push_back(static_cast<std::int8_t>(!there              ? RunStatus::missing
                                                            : run.error.empty() ? RunStatus::ok
                                                                                : RunStatus::failed));
        }
        progress.done(b + 1);
    }
    outcome.data_sha256 = hash.value();
    return table;
}

void write_points(h5::File& file, Sweep const& sweep)
{
    auto group = file.group("point", "Points: values of the parameters");
    auto const& points = sweep.points;
    group.index_axis("point", points.size(), "point of the sweep");
    for (std::size_t j = 0; j < points.parameters.size(); ++j) {
        auto const& parameter = points.parameters[j];
        std::vector<double> numbers;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < points.size(); ++i) {
            numbers.push_back(number_of(parameter, points.value(i, j)));
            texts.push_back(points.value(i, j));
        }
        std::string pointers;
        for (auto const& pointer : parameter.pointers) {
            pointers += (pointers.empty() ? "" : " ") + pointer;
        }
        group.column({parameter.name, "1", pointers}, "point", numbers);
        group.column({parameter.name + "_text", "", "the same as it is written"}, "point", texts);
    }
    group.text("manifest", to_json(timeless(sweep.manifest)));
}

void write_runs(h5::File& file, Sweep const& sweep, Table const& table)
{
    auto group = file.group("run", "Runs: replicates of points, and their numbers");
    group.index_axis("run", sweep.runs(), "run of the sweep");
    std::vector<std::int32_t> point, replicate;
    for (std::size_t i = 0; i < sweep.runs(); ++i) {
        point.push_back(static_cast<std::int32_t>(sweep.run(i).point));
        replicate.push_back(static_cast<std::int32_t>(sweep.run(i).replicate));
    }
    group.column({"point", "1", "row of /point"}, "run", point);
    group.column({"replicate", "1", "replicate of the point"}, "run", replicate);
    group.column({"status", "1", "is the run there?"}, "run", table.status);
    group.flags("status", false, {{0, "missing"}, {1, "ok"}, {2, "failed"}});
    group.column({"error", "", "why it failed"}, "run", table.errors);
    group.column({"world_hash", "", "fingerprint of dates, ledger and flows"}, "run", table.world_hashes);
    for (std::size_t f = 0; f < table.figures.size(); ++f) {
        auto const& column = sweep.manifest.layout.figures[f];
        group.column({column.name, column.units, column.text}, "run", table.figures[f]);
    }
}

/// One array over runs and months: copied, or as a virtual dataset over the blocks.
void write_array(h5::Group& group, h5::Quantity const& what, std::string const& axis, Sweep const& sweep, Table const& table,
                 std::vector<float> const& copied)
{
    std::vector<std::string> const axes{"run", "month", axis};
    if (!copied.empty()) {
        group.array(what, axes, copied);
        return;
    }
    std::vector<h5::Piece> pieces;
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        if (table.block_is_there[b]) {
            pieces.push_back({.file = std::filesystem::path("blocks") / sweep.block_file(b).filename(),
                              .dataset = "/run/" + what.name,
                              .first = sweep.first_run(b),
                              .rows = sweep.runs_of(b)});
        }
    }
    group.virtual_array(what, axes, pieces);
}

void write_months(h5::File& file, Sweep const& sweep, Table const& table, bool copy)
{
    auto const& layout = sweep.manifest.layout;
    auto group = file.group("run_month", "Runs month by month");
    group.index_axis("run", sweep.runs(), "run of the sweep");
    group.date_axis("month", layout.start, layout.month_ends_s, "end of the month");
    group.label_axis("campus", layout.campuses, "campus");
    std::vector<std::string> names;
    for (auto const& term : terms) {
        names.emplace_back(term.name);
    }
    group.label_axis("term", names, "term");
    auto const series = monthly_of(layout);
    for (std::size_t s = 0; s < series.size(); ++s) {
        write_array(group, series[s], "campus", sweep, table, copy ? table.monthly[s] : std::vector<float>{});
    }
    write_array(group,
                {"not_live_accelerator_h", "h", "accelerator-hours planned and not live of the month, equal split over the unmet set",
                 "month: sum"},
                "term", sweep, table, copy ? table.gate_h : std::vector<float>{});
}

/// Removes what killed workers have left half-written; of another worker that may be at it now, nothing.
void remove_remains(Sweep const& sweep)
{
    constexpr auto surely_dead = std::chrono::hours(1);
    std::error_code ignored;
    for (auto const& entry : std::filesystem::directory_iterator(sweep.folder / "blocks", ignored)) {
        bool const is_old = std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored) > surely_dead;
        if (entry.path().extension() == ".part" && is_old) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

} // namespace

CollectOutcome collect(Sweep const& sweep, CollectOptions options)
{
    CollectOutcome outcome{.written = sweep.folder / "index.h5", .runs = sweep.runs()};
    auto const table = read_all(sweep, options, outcome);
    outcome.missing = static_cast<std::size_t>(std::ranges::count(table.status, static_cast<std::int8_t>(RunStatus::missing)));
    outcome.failed = static_cast<std::size_t>(std::ranges::count(table.status, static_cast<std::int8_t>(RunStatus::failed)));
    h5::File file(outcome.written, options.copy ? h5::Oldest::hdf5_1_8 : h5::Oldest::hdf5_1_10);
    file.attribute("title", "Sweep of " + sweep.manifest.sweep.scenario);
    file.attribute("program", sweep.manifest.program);
    file.attribute("sweep", sweep.identity);
    file.attribute("data_sha256", outcome.data_sha256);
    write_points(file, sweep);
    write_runs(file, sweep, table);
    write_months(file, sweep, table, options.copy);
    file.commit();
    remove_remains(sweep);
    return outcome;
}

} // namespace aidc
