// Workers on real, small runs: whoever does a block, when and with whom, it is the same block.
#include "sim/sweep/worker.hpp"

#include "sim/record/h5.hpp"
#include "sim/run/child.hpp"
#include "sim/sweep/block.hpp"
#include "sim/sweep/prepare.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <csignal>
#include <fcntl.h>
#include <map>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace aidc;
using namespace aidc::test;

namespace {

/// Bytes of all blocks by their names.
std::map<std::string, std::string> blocks_of(Sweep const& sweep)
{
    std::map<std::string, std::string> blocks;
    for (auto const& name : files_of(sweep.folder / "blocks")) {
        blocks[name] = bytes_of(sweep.folder / "blocks" / name);
    }
    return blocks;
}

std::vector<BlockRun> all_runs(Sweep const& sweep)
{
    std::vector<BlockRun> runs;
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        auto const more = read_block(sweep, b);
        runs.insert(runs.end(), more.begin(), more.end());
    }
    return runs;
}

std::string hash_of(std::vector<BlockRun> const& runs)
{
    RunsHash hash;
    for (auto const& run : runs) {
        hash.add(run);
    }
    return hash.value();
}

/// The small sweep with one level at which the scenario is invalid: points 2 and 3 of 6.
SweepSpec spec_with_invalid(std::uint32_t replicates)
{
    auto spec = small_spec(replicates, 3);
    spec.vary.front() = "backlog:/makers/gensets/backlog_units=40,-1,80";
    spec.keep_invalid = true;
    return spec;
}

} // namespace

TEST_CASE("each run of a sweep is the run of its point and replicate alone", "[unit][sweep]")
{
    auto const streams = GENERATE(PointStreams::common, PointStreams::own);
    Folder const folder;
    auto spec = small_spec(2, 5);
    spec.streams = streams;
    auto const sweep = planned_in(folder / "s", spec);
    auto const outcome = work(sweep);
    CHECK((outcome.blocks == 3 && outcome.runs == 12 && outcome.failed == 0 && outcome.left == 0 && !outcome.stopped));
    CHECK(outcome.cpu_s > 0.0);
    auto const runs = all_runs(sweep);
    REQUIRE(runs.size() == 12);
    PointMaker maker(sweep.scenario(), sweep.manifest.sweep, sweep.points);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto const replicate = streams == PointStreams::own ? i : i % 2;
        auto const alone =
            in_child([&] { return to_bytes(run_row(maker.planned(i / 2), static_cast<std::uint32_t>(replicate), sweep.manifest.layout)); });
        CHECK(to_bytes(runs[i].row) == alone);
    }
}

TEST_CASE("tasks, jobs, and blocks of any size give the same numbers", "[unit][sweep]")
{
    Folder const folder;
    auto const whole = planned_in(folder / "whole", small_spec(2, 4)), parts = planned_in(folder / "parts", small_spec(2, 4));
    auto const other = planned_in(folder / "other", small_spec(2, 5)), single = planned_in(folder / "single", small_spec(2, 1));
    work_on(whole, {.jobs = 1, .quiet = true});
    CHECK(work(parts, {.index = 1, .count = 2}).blocks == 1);
    CHECK(files_of(parts.folder / "blocks") == std::vector<std::string>{"000001.h5"});
    CHECK(work(parts, {.index = 0, .count = 2}).blocks == 2);
    CHECK(blocks_of(whole) == blocks_of(parts));
    work_on(other, {.jobs = 7, .quiet = true});
    work(single);
    CHECK(hash_of(all_runs(other)) == hash_of(all_runs(whole)));
    CHECK(hash_of(all_runs(single)) == hash_of(all_runs(whole)));
}

TEST_CASE("a folder that is done stays untouched, and what is missing is all that is done", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    work(sweep);
    auto const before = blocks_of(sweep);
    auto const times = [&] {
        std::map<std::string, std::filesystem::file_time_type> all;
        for (auto const& [name, bytes] : before) {
            all[name] = std::filesystem::last_write_time(sweep.folder / "blocks" / name);
        }
        return all;
    };
    auto const written = times();
    CHECK(work(sweep).blocks == 0);
    CHECK(times() == written);
    std::filesystem::remove(sweep.block_file(1));
    auto const again = work(sweep);
    CHECK((again.blocks == 1 && again.runs == 2));
    CHECK(blocks_of(sweep) == before);
    CHECK(times().at("000000.h5") == written.at("000000.h5"));
    CHECK(times().at("000002.h5") == written.at("000002.h5"));
}

TEST_CASE("damaged blocks and blocks of others are put aside and done again, the rest stays", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 1));
    work(sweep);
    auto const before = blocks_of(sweep);
    auto spec = small_spec(1, 1);
    spec.set = {"/seed=2"};
    auto const other = planned_in(folder / "t", spec);
    work(other);
    write(sweep.block_file(0), "");
    write(sweep.block_file(2), before.at("000002.h5").substr(0, 3000));
    std::filesystem::copy_file(other.block_file(4), sweep.block_file(4), std::filesystem::copy_options::overwrite_existing);
    auto const outcome = work(sweep);
    CHECK(outcome.blocks == 3);
    REQUIRE(outcome.complaints.size() == 3);
    CHECK_THAT(outcome.complaints[0], ContainsSubstring("000000.h5"));
    CHECK_THAT(outcome.complaints[2], ContainsSubstring("belongs to another sweep"));
    auto after = blocks_of(sweep);
    CHECK(after.at("000004.h5.damaged") == bytes_of(other.block_file(4))); // nothing is thrown away
    std::erase_if(after, [](auto const& block) { return block.first.ends_with(".damaged"); });
    CHECK(after == before);
    auto const kept = blocks_of(sweep);
    CHECK(work(sweep).blocks == 0); // what was put aside is no block
    CHECK(blocks_of(sweep) == kept);
}

TEST_CASE("runs of invalid points fail in words, the others are as in a sweep without them", "[unit][sweep]")
{
    auto const replicates = GENERATE(1u, 2u); // alone in their child, and shared by replicates
    Folder const folder;
    auto const sweep = planned_in(folder / "s", spec_with_invalid(replicates));
    auto const outcome = work(sweep);
    CHECK(outcome.failed == 2 * replicates);
    auto const runs = all_runs(sweep);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        bool const invalid = i / replicates == 2 || i / replicates == 3;
        INFO(i << " " << runs[i].error);
        CHECK(runs[i].error.empty() != invalid);
        if (invalid) {
            CHECK_THAT(runs[i].error, ContainsSubstring("/makers/0/backlog_units: is -1 and must be at least 0"));
            CHECK(to_bytes(runs[i].row) == to_bytes(missing_row(sweep.manifest.layout)));
        }
    }
    auto const sound = planned_in(folder / "t", small_spec(replicates, 3));
    work(sound);
    auto const others = all_runs(sound);
    for (std::size_t const i : {0U, 6 * replicates - 1}) {
        CHECK(to_bytes(runs[i].row) == to_bytes(others[i].row)); // backlogs 40 and 80 are in both
    }
}

TEST_CASE("a run over its time is recorded, and run again when it is asked for", "[unit][sweep]")
{
    Folder const folder;
    SweepSpec const spec{.scenario = small_campus().string(), .vary = {"/step_h=0.1"}, .block = 1}; // half a second of CPU
    auto const sweep = planned_in(folder / "s", spec);
    auto const late = work_on(sweep, {.jobs = 1, .limits = {.time_s = 0.02}, .quiet = true});
    CHECK((late.blocks == 1 && late.runs == 1 && late.failed == 1 && !late.stopped));
    CHECK(all_runs(sweep).front().error == "it took longer than the 0.02 s it may take");
    CHECK(work(sweep).blocks == 0); // failed runs are done, unless one asks
    auto const again = work_on(sweep, {.jobs = 2, .retry_failed = true, .limits = {.time_s = 600.0, .memory_MB = 8000.0}, .quiet = true});
    CHECK((again.blocks == 1 && again.runs == 1 && again.failed == 0));
    auto const fresh = planned_in(folder / "t", spec);
    work(fresh);
    CHECK(blocks_of(sweep) == blocks_of(fresh));
}

TEST_CASE("only failed runs are run again, and a block keeps its sound ones to the last bit", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(2, 4));
    work(sweep);
    auto const before = blocks_of(sweep);
    auto runs = read_block(sweep, 1);
    runs[2] = {.row = missing_row(sweep.manifest.layout), .error = "its process died (signal 9)"};
    write_block(sweep, 1, runs);
    auto const again = work_on(sweep, {.jobs = 1, .retry_failed = true, .quiet = true});
    CHECK((again.blocks == 1 && again.runs == 1 && again.failed == 0));
    CHECK(blocks_of(sweep) == before);
}

TEST_CASE("two workers on the same task at the same time leave the blocks of one", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(2, 1)), alone = planned_in(folder / "t", small_spec(2, 1));
    std::vector<pid_t> workers;
    for (int k = 0; k < 3; ++k) {
        pid_t const process = fork();
        if (process == 0) {
            auto const outcome = work_on(sweep, {.jobs = 2, .quiet = true});
            _exit(outcome.left == 0 && outcome.failed == 0 ? 0 : 1);
        }
        workers.push_back(process);
    }
    for (pid_t const worker : workers) {
        int status = 0;
        waitpid(worker, &status, 0);
        CHECK(status == 0);
    }
    work(alone);
    CHECK(blocks_of(sweep) == blocks_of(alone)); // and no .part beside them
}

TEST_CASE("blocks that were written stay when there is no space for more, and work goes on when there is", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 2));
    work(sweep, {.index = 0, .count = 3});
    auto const before = blocks_of(sweep);
    pid_t const process = fork();
    if (process == 0) {
        std::signal(SIGXFSZ, SIG_IGN); // write() then fails with EFBIG
        rlimit const limit{.rlim_cur = 3000, .rlim_max = RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
        try {
            work(sweep);
        }
        catch (h5::Error const& error) {
            _exit(std::string(error.what()).find("blocks") != std::string::npos ? 42 : 1);
        }
        _exit(0);
    }
    int status = 0;
    waitpid(process, &status, 0);
    CHECK(WEXITSTATUS(status) == 42);
    CHECK(blocks_of(sweep) == before); // nothing partial beside them
    CHECK(work(sweep).blocks == 2);
}

TEST_CASE("a folder without its logs or blocks is bad input, not a crash", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    std::filesystem::remove_all(sweep.folder / "logs");
    write(sweep.folder / "logs", "a file");
    CHECK_THAT(complaint_of([&] { work(sweep); }), ContainsSubstring("cannot be written"));
    std::filesystem::remove(sweep.folder / "logs");
    std::filesystem::create_directory(sweep.folder / "logs");
    std::filesystem::remove_all(sweep.folder / "blocks");
    write(sweep.folder / "blocks", "a file");
    CHECK_THROWS_AS(work(sweep), h5::Error);
}
