#include "models/demand/job_pool.hpp"

#include "tests/catch.hpp"
#include "tests/unit/models/demand/jobs.hpp"

#include <cmath>
#include <map>

using namespace aidc;

namespace {

/// A pool with given jobs; its records by id.
struct Run {
    std::map<std::int64_t, JobRecord> records;
    JobPool pool;

    Run(JobPoolSpec spec, std::vector<Job> jobs)
        : pool(std::move(spec), listed(std::move(jobs)), [this](JobRecord const& record) { records[record.job.id] = record; })
    {
    }
    Run(Run const&) = delete;
    Run& operator=(Run const&) = delete;
};

Job job(std::int64_t id, double submit_s, double run_s, std::uint32_t processors)
{
    return {.id = id, .submit_s = submit_s, .run_s = run_s, .estimate_s = run_s, .processors = processors};
}

constexpr CheckpointRule every_30{.every_s = 30.0, .write_s = 5.0, .restart_s = 10.0};

} // namespace

TEST_CASE("EASY through a pool, worked out by hand", "[unit][demand]")
{
    // 4 processors. 0 holds 2 until 10. 1 wants 4: shadow date 10, nothing spare. 2 would be back at 11: waits. 3 is back at 10: overtakes.
    Run run({.policy = Policy::easy, .cells = {4}}, {job(0, 0.0, 10.0, 2), job(1, 1.0, 5.0, 4), job(2, 2.0, 9.0, 2), job(3, 2.0, 8.0, 2)});
    run_to_end(run.pool);
    CHECK(run.records[3].start_s == 2.0);
    CHECK(run.records[1].start_s == 10.0);
    CHECK(run.records[2].start_s == 15.0);
    ScheduleSums sums;
    for (auto const& [id, record] : run.records) {
        sums.add(record);
    }
    CHECK(sums.jobs == 4);
    CHECK(sums.mean_wait_s() == (0.0 + 9.0 + 13.0 + 0.0) / 4.0);
    CHECK(sums.wait_max_s == 13.0);
    CHECK(sums.makespan_s() == 24.0);
    CHECK(sums.utilization(4.0) == (20.0 + 20.0 + 18.0 + 16.0) / (4.0 * 24.0));
    CHECK_THAT(sums.mean_slowdown(), WithinRel((1.0 + 14.0 / 10.0 + 22.0 / 10.0 + 1.0) / 4.0, 1e-14)); // bounded by 10 s
}

TEST_CASE("the bounded slowdown is at least one and spares short jobs", "[unit][demand]")
{
    CHECK(bounded_slowdown(90.0, 10.0) == 10.0);
    CHECK(bounded_slowdown(99.0, 1.0) == 10.0); // not 100: (99 + 1) / 10
    CHECK(bounded_slowdown(0.0, 1.0) == 1.0);
}

TEST_CASE("a job that nothing disturbs ends exactly its span after its start", "[unit][demand]")
{
    double const start_s = 0.1 + 0.2, run_s = 1234.56789;
    auto const rule = GENERATE(CheckpointRule{}, every_30);
    Run run({.cells = {1}, .rules = {{.checkpoint = rule}}}, {job(7, start_s, run_s, 1)});
    for (double now_s = start_s; run.pool.next_s() < 1e9; now_s = std::min(now_s + 0.7, run.pool.next_s())) { // booked many times
        run.pool.advance(now_s);
        run.pool.take_sums();
    }
    CHECK(run.records[7].end_s == start_s + span_s(rule, run_s));
}

TEST_CASE("a failure takes a job back to its last checkpoint", "[unit][demand]")
{
    // By hand: 100 s of work on 2 accelerators; the first failure comes after 50 s at work and writing. Checkpoint over 30-35, so 45 s are
    // done and 30 saved: 15 lost. Restart until 60, then 70 s of work and two checkpoints: 80 s.
    constexpr double rate_per_s = 0.005;
    auto const uniform = [](std::int64_t, std::uint32_t n) { return n == 0 ? std::exp(-50.0 * 2.0 * rate_per_s) : 1e-300; };
    Run run({.cells = {2}, .rules = {{.checkpoint = every_30, .interruptions_per_s = rate_per_s}}, .uniform = uniform},
            {job(0, 0.0, 100.0, 2)});
    run.pool.advance(0.0);
    CHECK_THAT(run.pool.next_s(), WithinRel(50.0, 1e-12));
    run.pool.advance(run.pool.next_s());
    JobRecord const open = run.pool.open_records().at(0);
    CHECK_THAT(open.lost_s, WithinRel(15.0, 1e-12));
    CHECK_THAT(run.pool.next_s(), WithinRel(60.0, 1e-12));
    run.pool.advance(run.pool.next_s());
    run.pool.advance(80.0); // 20 s on
    JobSums const sums = run.pool.take_sums();
    CHECK_THAT(sums.allocated_s, WithinRel(160.0, 1e-12));
    CHECK_THAT(sums.busy_s, WithinRel(140.0, 1e-12));
    CHECK_THAT(sums.worked_s, WithinRel(2.0 * (45.0 + 20.0), 1e-12));
    CHECK_THAT(sums.rolled_back_s, WithinRel(30.0, 1e-12));
    CHECK(sums.interrupted == 1);
    run_to_end(run.pool);
    JobRecord const& record = run.records[0];
    CHECK_THAT(record.end_s, WithinRel(140.0, 1e-12));
    CHECK_THAT(record.writing_s, WithinRel(15.0, 1e-12));
    CHECK_THAT(record.allocated_s, WithinRel(140.0, 1e-12));
    CHECK(record.interruptions == 1);
    CHECK(record.evictions == 0);
}

TEST_CASE("speed stretches work, nothing stretches a restart", "[unit][demand]")
{
    Run run({.cells = {1}}, {job(0, 0.0, 100.0, 1)});
    run.pool.advance(0.0);
    run.pool.advance(40.0);
    run.pool.set_speed(40.0, 0.5); // 40 done
    run.pool.set_speed(60.0, 0.0); // 50 done; everything stands
    CHECK(run.pool.next_s() == std::numeric_limits<double>::infinity());
    CHECK(run.pool.running() == 1);
    run.pool.advance(80.0);
    JobSums const sums = run.pool.take_sums();
    CHECK(sums.busy_s == 80.0);
    CHECK(sums.worked_s == 50.0);
    run.pool.set_speed(80.0, 1.0);
    CHECK(run.pool.next_s() == 130.0);
}

TEST_CASE("a gang that spans cells has the pace that the network gives it", "[unit][demand]")
{
    std::size_t calls = 0;
    auto const pace = [&](std::span<Gang const> gangs, std::span<double> speed) {
        ++calls;
        for (std::size_t i = 0; i < gangs.size(); ++i) {
            CHECK(gangs[i].placed.size() == 2);
            speed[i] = 1.0 / static_cast<double>(gangs.size() + 1); // shared: 1/2 alone, 1/3 of two
        }
    };
    // Cells of 4 and 8. Job 0 takes 4 + 1, job 1 takes 3 of the second cell, job 2 waits for job 0 and takes 4 + 4.
    Run run({.cells = {4, 8}, .pace = pace}, {job(0, 0.0, 60.0, 5), job(1, 0.0, 30.0, 3), job(2, 1.0, 50.0, 8)});
    run_to_end(run.pool);
    CHECK(run.records[1].end_s == 30.0); // in one cell: full speed
    CHECK(!run.records[1].spans);
    CHECK(run.records[0].spans);
    CHECK_THAT(run.records[0].end_s, WithinRel(120.0, 1e-12)); // alone at 1/2
    CHECK_THAT(run.records[2].end_s, WithinRel(220.0, 1e-12)); // from 120 at 1/2
    CHECK(calls == 2);                                         // at 0 and at 120; none are left at 220
}

TEST_CASE("two gangs that share the network slow each other while both run", "[unit][demand]")
{
    auto const pace = [](std::span<Gang const> gangs, std::span<double> speed) {
        std::ranges::fill(speed, 1.0 / static_cast<double>(gangs.size()));
    };
    // Cells of 2, 2, 2, 2, gangs of 3. Job 0 works alone until 10, at half speed from then: 90 more take 180.
    // Job 1 has done 90 of 100 by then, and is alone.
    Run run({.cells = {2, 2, 2, 2}, .pace = pace}, {job(0, 0.0, 100.0, 3), job(1, 10.0, 100.0, 3)});
    run_to_end(run.pool);
    CHECK_THAT(run.records[0].end_s, WithinRel(190.0, 1e-12));
    CHECK_THAT(run.records[1].end_s, WithinRel(200.0, 1e-12));
}

TEST_CASE("a job that loses an accelerator works on from its last checkpoint when there is room", "[unit][demand]")
{
    Run run({.cells = {2, 2}, .rules = {{.checkpoint = every_30}}}, {job(0, 0.0, 100.0, 3)});
    run.pool.advance(0.0);
    run.pool.advance(50.0); // 45 done, 30 saved
    run.pool.resize(50.0, Cells{2, 0});
    CHECK(run.pool.used() == 0);
    CHECK(run.pool.capacity() == 2);
    CHECK(run.pool.queued_processors() == 3);
    CHECK(run.pool.next_s() == std::numeric_limits<double>::infinity()); // larger than the pool
    run.pool.advance(70.0);
    run.pool.resize(70.0, Cells{2, 1});
    run_to_end(run.pool);
    JobRecord const& record = run.records[0];
    CHECK(record.start_s == 0.0);
    CHECK(record.lost_s == 15.0);
    CHECK(record.evictions == 1);
    CHECK(record.end_s == 160.0);       // 70 + 10 restart + 70 work + two checkpoints
    CHECK(record.allocated_s == 140.0); // 50 + 90
    CHECK(run.pool.take_sums().evicted == 1);
}

TEST_CASE("the time to the next failure goes on after an eviction", "[unit][demand]")
{
    // By hand, without checkpoints: the failure comes after 50 s at work. 30 s until the pool goes, back at 40, restart until 50, 20 s of
    // work to the failure at 70, restart until 80, 100 s of work.
    constexpr double rate_per_s = 0.01;
    auto const uniform = [](std::int64_t, std::uint32_t n) { return n == 0 ? std::exp(-50.0 * rate_per_s) : 1e-300; };
    Run run({.cells = {1}, .rules = {{.checkpoint = {.restart_s = 10.0}, .interruptions_per_s = rate_per_s}}, .uniform = uniform},
            {job(0, 0.0, 100.0, 1)});
    run.pool.advance(0.0);
    run.pool.advance(30.0);
    run.pool.resize(30.0, Cells{0});
    run.pool.resize(40.0, Cells{1});
    run_to_end(run.pool);
    CHECK_THAT(run.records[0].end_s, WithinRel(180.0, 1e-12));
    CHECK_THAT(run.records[0].lost_s, WithinRel(50.0, 1e-12));
}

TEST_CASE("a job that comes back is planned with what is left of it", "[unit][demand]")
{
    // Job 0 loses its accelerators at 50 with 30 of 100 s saved and starts again at once. Left of its estimate of 200: 170; of 100: 70, but
    // its work still takes 70 and two checkpoints of 5. With the restart of 10 it is expected back at 50 + 180, or 50 + 90.
    struct Row {
        double estimate_s, back_s;
    };
    Row const row = GENERATE(Row{200.0, 230.0}, Row{100.0, 140.0});
    double const late_s = GENERATE(0.0, 0.5); // job 2 may overtake job 1, which waits for job 0, only if it is not late
    Job first = job(0, 0.0, 100.0, 3);
    first.estimate_s = row.estimate_s;
    Run run({.policy = Policy::easy, .cells = {4}, .rules = {{.checkpoint = every_30}, {}}},
            {first,
             {.id = 1, .submit_s = 51.0, .run_s = 1.0, .estimate_s = 1.0, .processors = 4, .rules = 1},
             {.id = 2, .submit_s = 51.0, .run_s = 5.0, .estimate_s = row.back_s - 51.0 + late_s, .processors = 1, .rules = 1}});
    run.pool.advance(0.0);
    run.pool.advance(50.0);
    run.pool.resize(50.0, Cells{0});
    run.pool.resize(50.0, Cells{4});
    run_to_end(run.pool);
    CHECK((run.records[2].start_s == 51.0) == (late_s == 0.0));
    CHECK(run.records[0].end_s == 140.0);
}

TEST_CASE("others start in the room that a growing pool gives", "[unit][demand]")
{
    Run run({.policy = Policy::easy, .cells = {0}}, {job(0, 0.0, 10.0, 4), job(1, 0.0, 10.0, 1)});
    run.pool.advance(0.0);
    CHECK(run.pool.queued() == 2);
    run.pool.resize(5.0, Cells{1});
    CHECK(run.pool.used() == 1); // the larger waits, and reserves nothing
    run.pool.resize(6.0, Cells{5});
    CHECK(run.pool.used() == 5);
    run_to_end(run.pool);
    CHECK(run.records[1].end_s == 15.0);
    CHECK(run.records[0].end_s == 16.0);
}

TEST_CASE("a job sent away for one of higher priority saves its work or does not", "[unit][demand]")
{
    bool const saves = GENERATE(true, false);
    Job urgent = job(1, 50.0, 20.0, 2);
    urgent.priority = 1;
    urgent.rules = 1;
    Run run({.policy = Policy::priority, .cells = {2}, .rules = {{.checkpoint = every_30, .saves_when_evicted = saves}, {}}},
            {job(0, 0.0, 100.0, 1), urgent});
    run_to_end(run.pool);
    CHECK(run.records[1].start_s == 50.0);
    // 45 were done and 30 saved. From 70: 10 restart, then 55 of work and one checkpoint, or 70 and two.
    CHECK(run.records[0].lost_s == (saves ? 0.0 : 15.0));
    CHECK(run.records[0].end_s == (saves ? 70.0 + 10.0 + 60.0 : 70.0 + 10.0 + 80.0));
}

TEST_CASE("who is sent away takes what is left at once", "[unit][demand]")
{
    // 0 holds 3 of 4, 1 wants 3 and sends it away; 2 of 1 processor was sent away too and goes back into the one that is left.
    Job urgent = job(2, 5.0, 20.0, 3);
    urgent.priority = 1;
    Run run({.policy = Policy::priority, .cells = {4}}, {job(0, 0.0, 100.0, 3), job(1, 0.0, 50.0, 1), urgent});
    run_to_end(run.pool);
    CHECK(run.records[2].start_s == 5.0);
    CHECK(run.records[1].evictions == 1);
    CHECK(run.records[1].end_s == 55.0); // from its beginning, at 5
    CHECK(run.records[0].end_s == 125.0);
}

TEST_CASE("what a run leaves open is told in order", "[unit][demand]")
{
    Run run({.cells = {1}}, {job(4, 0.0, 50.0, 1), job(1, 2.0, 50.0, 1), job(9, 2.0, 50.0, 1)});
    run.pool.advance(0.0);
    run.pool.advance(2.0);
    run.pool.advance(60.0); // 4 has ended, late; 1 runs from then
    auto const open = run.pool.open_records();
    REQUIRE(open.size() == 2);
    CHECK(open[0].job.id == 1);
    CHECK(open[0].start_s == 60.0);
    CHECK(open[1].job.id == 9);
    CHECK(std::isnan(open[1].start_s));
    CHECK(run.records[4].end_s == 60.0);
    CHECK(run.pool.ended() == 1);
}

TEST_CASE("running to the end tells how far it is", "[unit][demand]")
{
    std::vector<Job> jobs;
    for (std::int64_t id = 0; id < 20'000; ++id) {
        jobs.push_back(job(id, static_cast<double>(id), 0.5, 1));
    }
    Run run({.cells = {1}}, std::move(jobs));
    double last_s = -1.0;
    std::size_t calls = 0;
    run_to_end(run.pool, [&](double now_s, std::uint64_t ended) {
        CHECK(now_s > last_s);
        CHECK(static_cast<double>(ended) <= now_s + 1.0);
        last_s = now_s;
        ++calls;
    });
    CHECK(calls >= 2);
    CHECK(run.pool.ended() == 20'000);
}
