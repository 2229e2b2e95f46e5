// Blocks of made-up numbers: what is written is read, and what is not whole is not believed.
#include "sim/sweep/block.hpp"

#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <cmath>
#include <limits>

using namespace aidc;
using namespace aidc::test;

namespace {

/// Runs that differ in every number. \param failed  Run of the block that has failed; none: -1
std::vector<BlockRun> runs_of(Sweep const& sweep, std::size_t block, int failed = -1)
{
    std::vector<BlockRun> runs;
    double next = 1000.0 * static_cast<double>(block) + 0.1;
    for (std::size_t i = 0; i < sweep.runs_of(block); ++i) {
        BlockRun run{.row = missing_row(sweep.manifest.layout), .error = {}};
        if (static_cast<int>(i) == failed) {
            run.error = "no root near 7, at \"x\": 100 %";
        }
        else {
            auto const number = [&next] { return static_cast<float>(next += 1.25); };
            std::ranges::generate(run.row.figures, [&next] { return next *= 1.0001; });
            run.row.figures.back() = std::numeric_limits<double>::quiet_NaN(); // a date that was not reached
            for (auto& series : run.row.monthly) {
                std::ranges::generate(series, number);
            }
            std::ranges::generate(run.row.gate_h, number);
            run.row.world_hash = 0xfedcba9876543210ULL + i;
        }
        runs.push_back(run);
    }
    return runs;
}

/// NaN is equal to NaN here.
bool same(std::vector<BlockRun> const& a, std::vector<BlockRun> const& b)
{
    return std::ranges::equal(
        a, b, [](BlockRun const& x, BlockRun const& y) { return to_bytes(x.row) == to_bytes(y.row) && x.error == y.error; });
}

} // namespace

TEST_CASE("what is written to a block is read from it, to the last bit", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(2, 5)); // 12 runs: 5, 5, 2
    for (std::size_t b = 0; b < 3; ++b) {
        auto const runs = runs_of(sweep, b, 1);
        write_block(sweep, b, runs);
        CHECK(same(read_block(sweep, b), runs));
        auto const state = state_of(sweep, b);
        CHECK(state.is == BlockState::Is::whole);
        CHECK(state.failed == 1);
    }
    CHECK(files_of(folder / "s/blocks") == std::vector<std::string>{"000000.h5", "000001.h5", "000002.h5"});
}

TEST_CASE("a block is a function of the sweep and its number: written again it has the same bytes", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec()), twin = planned_in(folder / "t", small_spec());
    write_block(sweep, 1, runs_of(sweep, 1, 0));
    write_block(twin, 1, runs_of(twin, 1, 0));
    CHECK(bytes_of(sweep.block_file(1)) == bytes_of(twin.block_file(1)));
    auto const before = bytes_of(sweep.block_file(1));
    write_block(sweep, 1, runs_of(sweep, 1, 0));
    CHECK(bytes_of(sweep.block_file(1)) == before);
}

TEST_CASE("an absent block is missing, not damaged", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    CHECK(state_of(sweep, 0).is == BlockState::Is::missing);
    CHECK_THROWS_AS(read_block(sweep, 0), h5::Error);
}

TEST_CASE("a block with a changed byte is either as it was written or damaged, never wrong", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    auto const runs = runs_of(sweep, 0, 1);
    write_block(sweep, 0, runs);
    auto const path = sweep.block_file(0);
    auto const sound = bytes_of(path);
    std::size_t noticed = 0, tried = 0;
    for (std::size_t at = 0; at < sound.size(); at += 11) {
        auto bytes = sound;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
        write(path, bytes);
        auto const state = state_of(sweep, 0);
        ++tried;
        if (state.is == BlockState::Is::damaged) {
            ++noticed;
            CHECK_THAT(state.complaint, ContainsSubstring("000000.h5"));
        }
        else if (!same(read_block(sweep, 0), runs)) {
            FAIL_CHECK("byte " << at << " changed the numbers and was not noticed");
        }
    }
    CHECK(tried > 500);
    CHECK(noticed > tried / 4); // the rest lies in names, fill values and gaps
}

TEST_CASE("a block that is cut off, empty, no HDF5 or a folder is damaged", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    write_block(sweep, 0, runs_of(sweep, 0));
    auto const path = sweep.block_file(0);
    auto const sound = bytes_of(path);
    for (std::size_t size = 0; size < sound.size(); size += sound.size() / 40) {
        INFO(size);
        write(path, sound.substr(0, size));
        CHECK(state_of(sweep, 0).is == BlockState::Is::damaged);
    }
    write(path, std::string(sound.size(), '\0'));
    CHECK(state_of(sweep, 0).is == BlockState::Is::damaged);
    write(path, "point,backlog\n");
    CHECK(state_of(sweep, 0).is == BlockState::Is::damaged);
    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
    CHECK(state_of(sweep, 0).is == BlockState::Is::damaged);
    std::filesystem::remove(path);
    write(path, sound);
    CHECK(state_of(sweep, 0).is == BlockState::Is::whole);
}

TEST_CASE("a block of another sweep, and one under another number, are not used", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    auto spec = small_spec();
    spec.set = {"/seed=2"};
    auto const other = planned_in(folder / "t", spec);
    write_block(other, 0, runs_of(other, 0));
    std::filesystem::copy_file(other.block_file(0), sweep.block_file(0));
    CHECK_THAT(state_of(sweep, 0).complaint, ContainsSubstring("belongs to another sweep"));
    write_block(sweep, 1, runs_of(sweep, 1));
    std::filesystem::copy_file(sweep.block_file(1), sweep.block_file(2));
    CHECK(state_of(sweep, 1).is == BlockState::Is::whole);
    CHECK(state_of(sweep, 2).is == BlockState::Is::damaged);
    // The same sweep in blocks of another size: block 0 has the right first run and too few runs.
    auto const coarse = planned_in(folder / "u", small_spec(1, 3));
    std::filesystem::remove(sweep.block_file(0));
    write_block(coarse, 0, runs_of(coarse, 0));
    std::filesystem::copy_file(coarse.block_file(0), sweep.block_file(0));
    CHECK(coarse.identity == sweep.identity);
    CHECK_THAT(state_of(sweep, 0).complaint, ContainsSubstring("it has 3 values instead of 2"));
}

TEST_CASE("a damaged block that is put aside is kept", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    write(sweep.block_file(2), "junk");
    put_aside(sweep, 2);
    CHECK(files_of(folder / "s/blocks") == std::vector<std::string>{"000002.h5.damaged"});
    CHECK(bytes_of(folder / "s/blocks/000002.h5.damaged") == "junk");
    put_aside(sweep, 2); // another worker was faster
    CHECK(files_of(folder / "s/blocks") == std::vector<std::string>{"000002.h5.damaged"});
}

TEST_CASE("errors are one line of 200 bytes at most, whole letters and never empty", "[unit][sweep]")
{
    CHECK(one_line("a root\nand a leaf\r\nx\ty") == "a root and a leaf  x y");
    CHECK(one_line(std::string(200, 'x')) == std::string(200, 'x'));
    CHECK(one_line(std::string(201, 'x')) == std::string(197, 'x') + "...");
    for (std::size_t before = 180; before < 197; ++before) {
        auto const line = one_line(std::string(before, 'x')
                                   + "\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac"); // Han
        CHECK(line.size() <= 200);
        CHECK((line.size() - before - (line.ends_with("...") ? 3 : 0)) % 3 == 0); // letters of three bytes, whole
    }
    CHECK_FALSE(one_line("").empty()); // an error without words is an error all the same
}

TEST_CASE("a block of many runs that all failed at length can be written", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(100, 600));
    std::vector<BlockRun> const runs(600, {.row = missing_row(sweep.manifest.layout), .error = std::string(200, 'x')}); // 120 kB of words
    write_block(sweep, 0, runs);
    CHECK(same(read_block(sweep, 0), runs));
    CHECK(state_of(sweep, 0).failed == 600);
}

TEST_CASE("the hash of runs depends on numbers, errors and order, and not on blocks", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 6));
    auto const hash_of = [](std::vector<BlockRun> const& runs) {
        RunsHash hash;
        for (auto const& run : runs) {
            hash.add(run);
        }
        return hash.value();
    };
    auto const runs = runs_of(sweep, 0);
    CHECK(hash_of(runs).size() == 64);
    auto changed = runs;
    std::swap(changed[0], changed[1]);
    CHECK(hash_of(changed) != hash_of(runs));
    changed = runs;
    changed[3].row.gate_h[0] = std::nextafter(changed[3].row.gate_h[0], 1e9F);
    CHECK(hash_of(changed) != hash_of(runs));
    changed = runs;
    changed[3].error = "x";
    CHECK(hash_of(changed) != hash_of(runs));
}
