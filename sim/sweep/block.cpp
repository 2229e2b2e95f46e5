#include "sim/sweep/block.hpp"

#include "models/ledger/term.hpp"
#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"
#include "sim/run/request.hpp"
#include "sim/scenario/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace aidc {
namespace {

std::vector<std::string> names_of(std::vector<Column> const& columns)
{
    std::vector<std::string> names;
    for (auto const& column : columns) {
        names.push_back(column.name);
    }
    return names;
}

std::vector<std::string> term_names()
{
    std::vector<std::string> names;
    for (auto const& term : terms) {
        names.emplace_back(term.name);
    }
    return names;
}

/// One part of every run, end to end.
template <class Value, class Part> std::vector<Value> together(std::vector<BlockRun> const& runs, Part const& part)
{
    std::vector<Value> all;
    for (auto const& run : runs) {
        std::vector<Value> const& values = part(run);
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

std::string hash_of(std::vector<BlockRun> const& runs)
{
    RunsHash hash;
    for (auto const& run : runs) {
        hash.add(run);
    }
    return hash.value();
}

void write_runs(h5::File& file, Sweep const& sweep, std::size_t block, std::vector<BlockRun> const& runs)
{
    auto const& layout = sweep.manifest.layout;
    auto group = file.group("run", "Runs of one block of a sweep");
    std::vector<std::int64_t> number, high, low;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        number.push_back(static_cast<std::int64_t>(sweep.first_run(block) + i));
        high.push_back(static_cast<std::int64_t>(runs[i].row.world_hash >> 32));
        low.push_back(static_cast<std::int64_t>(runs[i].row.world_hash & 0xffffffff));
    }
    group.index_axis("run", runs.size(), "run of the block");
    group.column({"number", "1", "run of the sweep"}, "run", number);
    group.column({"world_hash_high", "1", "fingerprint of dates, ledger and flows, upper 32 bits"}, "run", high);
    group.column({"world_hash_low", "1", "the lower 32 bits"}, "run", low);
    group.label_axis("figure", names_of(layout.figures), "one number a run");
    group.matrix({"figures", "", "numbers of the run, each in the unit of its column in the index"}, "run", "figure",
                 together<double>(
                     runs, [](BlockRun const& run) -> auto& { return run.row.figures; }));
    group.index_axis("month", layout.month_ends_s.size(), "month");
    group.label_axis("campus", layout.campuses, "campus");
    group.label_axis("term", term_names(), "term");
    auto const series = monthly_of(layout);
    for (std::size_t s = 0; s < series.size(); ++s) {
        group.array(series[s], {"run", "month", "campus"},
                    together<float>(
                        runs, [s](BlockRun const& run) -> auto& { return run.row.monthly[s]; }));
    }
    group.array({"not_live_accelerator_h", "h", "accelerator-hours planned and not live", "month: sum"}, {"run", "month", "term"},
                together<float>(
                    runs, [](BlockRun const& run) -> auto& { return run.row.gate_h; }));
}

/// Values i * width ... (i + 1) * width of an array, converted.
template <class Value> std::vector<Value> slice(std::vector<double> const& all, std::size_t i, std::size_t width)
{
    std::vector<Value> part;
    for (std::size_t k = i * width; k < (i + 1) * width; ++k) {
        part.push_back(static_cast<Value>(all[k]));
    }
    return part;
}

/// A dataset that must have a length; a file of the right sweep always has.
template <class Values> Values sized(Values values, std::size_t size, std::filesystem::path const& file, std::string const& path)
{
    if (values.size() != size) {
        throw h5::Error(file, "read " + path, {fmt::format("it has {} values instead of {}", values.size(), size)});
    }
    return values;
}

/// Errors of the runs that have one: a line each, "<run of the block> <text>".
std::string lines_of(std::vector<BlockRun> const& runs)
{
    std::string lines;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].error.empty()) {
            lines += fmt::format("{} {}\n", i, runs[i].error);
        }
    }
    return lines;
}

void read_lines(std::string const& lines, std::vector<BlockRun>& runs)
{
    for (std::size_t from = 0; from < lines.size();) {
        auto const end = std::min(lines.find('\n', from), lines.size());
        auto const blank = std::min(lines.find(' ', from), end);
        std::size_t run = runs.size();
        std::from_chars(lines.data() + from, lines.data() + blank, run);
        if (run < runs.size()) {
            runs[run].error = lines.substr(blank + 1, end - blank - 1);
        }
        from = end + 1;
    }
}

[[noreturn]] void refuse(std::filesystem::path const& file, std::string const& why) { throw h5::Error(file, "use it", {why}); }

} // namespace

void RunsHash::add(BlockRun const& run) { chain_ = sha256(chain_ + sha256(to_bytes(run.row)) + run.error); }

std::string RunsHash::value() const { return chain_; }

void write_block(Sweep const& sweep, std::size_t block, std::vector<BlockRun> const& runs)
{
    AIDC_EXPECT(runs.size() == sweep.runs_of(block));
    auto const path = sweep.block_file(block);
    // Two workers may compute the same block at the same time: each under a name of its own, and the last one stays.
    // The younger format, because HDF5 checks more of it when it reads.
    h5::File file(path.parent_path() / fmt::format("{:06}.{}.{}", block, host_name(), getpid()), h5::Oldest::hdf5_1_10);
    file.attribute("title", "Block of a sweep");
    file.attribute("sweep", sweep.identity);
    file.attribute("first_run", static_cast<std::int64_t>(sweep.first_run(block)));
    file.attribute("data_sha256", hash_of(runs));
    file.attribute("errors", lines_of(runs));
    write_runs(file, sweep, block, runs);
    file.commit_as(path);
}

std::string one_line(std::string const& error)
{
    constexpr std::size_t longest = 200; // so that the errors of 256 runs fit an attribute
    if (error.empty()) {
        return "it failed without words"; // an empty line would mean that it went well
    }
    auto line = error;
    if (line.size() > longest) {
        auto end = longest - 3;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) {
            --end; // the middle of a letter
        }
        line = line.substr(0, end) + "...";
    }
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

std::vector<BlockRun> read_block(Sweep const& sweep, std::size_t block)
{
    // Numbers and attributes only: HDF5 may crash over damaged variable-length texts.
    auto const path = sweep.block_file(block);
    h5::Reader const file(path);
    if (file.attribute("/", "sweep") != sweep.identity) {
        refuse(path, "it belongs to another sweep");
    }
    auto const& layout = sweep.manifest.layout;
    auto const n = sweep.runs_of(block), months = layout.month_ends_s.size(), campuses = layout.campuses.size();
    auto const numbers = sized(file.column("/run/number"), n, path, "/run/number");
    auto const high = sized(file.column("/run/world_hash_high"), n, path, "/run/world_hash_high");
    auto const low = sized(file.column("/run/world_hash_low"), n, path, "/run/world_hash_low");
    auto const figures = sized(file.column("/run/figures"), n * layout.figures.size(), path, "/run/figures");
    auto const gate = sized(file.column("/run/not_live_accelerator_h"), n * months * term_count, path, "/run/not_live_accelerator_h");
    std::vector<std::vector<double>> monthly;
    for (auto const& series : monthly_of(layout)) {
        monthly.push_back(sized(file.column("/run/" + series.name), n * months * campuses, path, "/run/" + series.name));
    }
    std::vector<BlockRun> runs;
    for (std::size_t i = 0; i < n; ++i) {
        auto& run = runs.emplace_back();
        run.row = {.figures = slice<double>(figures, i, layout.figures.size()),
                   .monthly = {},
                   .gate_h = slice<float>(gate, i, months * term_count),
                   .world_hash = (static_cast<std::uint64_t>(high[i]) << 32) + static_cast<std::uint64_t>(low[i])};
        for (auto const& series : monthly) {
            run.row.monthly.push_back(slice<float>(series, i, months * campuses));
        }
    }
    read_lines(file.attribute("/", "errors"), runs);
    if (n == 0 || numbers.front() != static_cast<double>(sweep.first_run(block)) || file.attribute("/", "data_sha256") != hash_of(runs)) {
        refuse(path, "its numbers are not those that were written");
    }
    return runs;
}

BlockState state_of(Sweep const& sweep, std::size_t block)
{
    if (!std::filesystem::exists(sweep.block_file(block))) {
        return {.is = BlockState::Is::missing};
    }
    try {
        BlockState state{.is = BlockState::Is::whole};
        for (auto const& run : read_block(sweep, block)) {
            state.failed += run.error.empty() ? 0 : 1;
        }
        return state;
    }
    catch (h5::Error const& error) {
        return {.is = BlockState::Is::damaged, .failed = 0, .complaint = error.what()};
    }
}

void put_aside(Sweep const& sweep, std::size_t block)
{
    auto const path = sweep.block_file(block);
    auto aside = path;
    aside += ".damaged";
    for (int n = 2; std::filesystem::exists(aside); ++n) {
        aside = path;
        aside += fmt::format(".damaged-{}", n);
    }
    std::error_code error;
    std::filesystem::rename(path, aside, error);
    if (error && error != std::errc::no_such_file_or_directory) { // another worker may have been faster
        throw h5::Error(path, "put it aside", {error.message()});
    }
}

} // namespace aidc
