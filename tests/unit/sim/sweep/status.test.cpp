#include "sim/sweep/status.hpp"

#include "sim/sweep/block.hpp"
#include "sim/sweep/work_log.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::vector<BlockRun> made_up(Sweep const& sweep, std::size_t block)
{
    return {sweep.runs_of(block), {.row = missing_row(sweep.manifest.layout), .error = {}}};
}

} // namespace

TEST_CASE("status counts blocks and runs that are there, failed and damaged", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(3, 5)); // 18 runs: blocks of 5, 5, 5, 3
    auto const fresh = status_of(sweep);
    CHECK((fresh.blocks == 4 && fresh.blocks_there == 0 && fresh.runs == 18 && fresh.runs_there == 0 && !fresh.complete()));
    write_block(sweep, 0, made_up(sweep, 0));
    auto last = made_up(sweep, 3);
    last[1].error = "no root";
    write_block(sweep, 3, last);
    write(sweep.block_file(1), "junk");
    auto const status = status_of(sweep);
    CHECK((status.blocks_there == 2 && status.blocks_damaged == 1 && status.runs_there == 8 && status.runs_failed == 1));
    REQUIRE(status.failed.size() == 1);
    CHECK(status.failed[0].run == 16); // the second of the last block
    CHECK(status.failed[0].error == "no root");
    REQUIRE(status.complaints.size() == 1);
    CHECK_THAT(status.complaints[0], ContainsSubstring("000001.h5"));
    CHECK_FALSE(status.complete());
    CHECK(bytes_of(sweep.block_file(1)) == "junk"); // looking changes nothing
}

TEST_CASE("a sweep with all blocks and a failed run is not complete, without it is", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 3));
    auto runs = made_up(sweep, 0);
    runs[0].error = "x";
    write_block(sweep, 0, runs);
    write_block(sweep, 1, made_up(sweep, 1));
    CHECK_FALSE(status_of(sweep).complete());
    write_block(sweep, 0, made_up(sweep, 0));
    CHECK(status_of(sweep).complete());
}

TEST_CASE("logs of all workers are added up, and whatever else lies there is passed over", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 1));
    {
        WorkLog first(sweep, {.index = 0, .count = 2});
        first.block({.block = 0, .runs = 4, .failed = 1, .wall_s = 2.0, .cpu_s = 1.5});
        first.block({.block = 2, .runs = 4, .failed = 0, .wall_s = 1.0, .cpu_s = 0.5});
        WorkLog second(sweep, {.index = 1, .count = 2});
        second.block({.block = 1, .runs = 2, .failed = 0, .wall_s = 1.0, .cpu_s = 1.0});
    }
    write(sweep.folder / "logs/slurm-1.txt", "slurmstepd: error: *** JOB 1 CANCELLED\n7\n[1]\n{\"runs\": 1\nnull\n\xff\n");
    write(sweep.folder / "logs/torn.jsonl",
          "{\"block\": 3, \"runs\": 1, \"failed\": 0, \"wall_s\": 1, \"cpu_s\": 1}\n{\"block\": 4, \"runs\": 9, \"fai");
    write(sweep.folder / "logs/other.jsonl",
          "{\"runs\": \"many\"}\n{\"runs\": 5}\n{\"block\": -1, \"runs\": 5, \"failed\": 0, \"wall_s\": 1, \"cpu_s\": 1}\n"
          "{\"block\": 1, \"runs\": 5, \"failed\": 0, \"wall_s\": \"x\", \"cpu_s\": null}\n");
    std::filesystem::create_directory(sweep.folder / "logs/folder");
    auto const status = status_of(sweep);
    CHECK(status.logged_runs == 4 + 4 + 2 + 1);
    CHECK(status.cpu_s == 1.5 + 0.5 + 1.0 + 1.0);
    CHECK(status.wall_s == 2.0 + 1.0 + 1.0 + 1.0);
    CHECK(status.runs_there == 0); // a log is no block
    std::filesystem::remove_all(sweep.folder / "logs");
    CHECK(status_of(sweep).logged_runs == 0);
}

TEST_CASE("a worker's log has a line for each block it wrote", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 2));
    work(sweep);
    auto const blocks = read_logs(sweep);
    REQUIRE(blocks.size() == 3);
    for (std::size_t b = 0; b < 3; ++b) {
        CHECK((blocks[b].block == b && blocks[b].runs == 2 && blocks[b].failed == 0));
        CHECK(blocks[b].wall_s > 0.0);
        CHECK(blocks[b].cpu_s > 0.0);
    }
}
