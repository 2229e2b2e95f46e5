/// \file
/// What a pool books agrees with its records, whatever happens; and with queueing theory and the theory of checkpoints.

#include "models/demand/job_pool.hpp"

#include "tests/catch.hpp"
#include "tests/unit/models/demand/jobs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace aidc;

namespace {

/// Mean and its standard error.
struct Estimate {
    double mean{}, error{};
};

Estimate estimate(std::vector<double> const& values)
{
    double const n = static_cast<double>(values.size());
    double sum = 0.0, squares = 0.0;
    for (double const value : values) {
        sum += value;
    }
    for (double const value : values) {
        squares += (value - sum / n) * (value - sum / n);
    }
    return {sum / n, std::sqrt(squares / (n - 1.0) / n)};
}

/// Mean wait over mean service of jobs that arrive at random; the first quarter is dropped.
double mean_wait(std::uint64_t seed, std::uint32_t servers, double load, std::function<double(double)> const& service)
{
    constexpr std::int64_t jobs = 30'000, dropped = jobs / 4;
    Job last{.id = -1, .processors = 1};
    auto const source = [&](Job& job) {
        ++last.id;
        auto const draw = [&](std::uint64_t purpose) { return uniform(seed * 2 + purpose, static_cast<std::uint64_t>(last.id)); };
        last.submit_s -= std::log(draw(0)) / (load * servers);
        last.run_s = last.estimate_s = service(draw(1));
        job = last;
        return job.id < jobs;
    };
    double sum_s = 0.0;
    JobPool pool({.cells = {servers}}, source, [&](JobRecord const& record) { sum_s += record.job.id < dropped ? 0.0 : wait_s(record); });
    run_to_end(pool);
    return sum_s / static_cast<double>(jobs - dropped);
}

/// Services of mean 1 [s] from a uniform number.
double exponential(double u) { return -std::log(u); }
double constant(double) { return 1.0; }

/// Two exponentials with equal shares of the work; squared coefficient of variation 4.
double hyperexponential(double u)
{
    double const p = 0.5 * (1.0 + std::sqrt(3.0 / 5.0)); // p = (1 + sqrt((c2 - 1) / (c2 + 1))) / 2, rates 2 p and 2 (1 - p)
    return u < p ? -std::log(u / p) / (2.0 * p) : -std::log((u - p) / (1.0 - p)) / (2.0 * (1.0 - p));
}

/// Mean wall time of a single job over its work, for each of so many seeds.
std::vector<double> stretches(CheckpointRule const& rule, double mtbf_s, double work_s, int seeds)
{
    std::vector<double> values;
    for (int seed = 0; seed < seeds; ++seed) {
        auto const draw = [&](std::int64_t, std::uint32_t n) { return uniform(static_cast<std::uint64_t>(seed) + 1, n); };
        double end_s = 0.0;
        JobPool pool({.cells = {8}, .rules = {{.checkpoint = rule, .interruptions_per_s = 0.125 / mtbf_s}}, .uniform = draw},
                     listed({{.run_s = work_s, .estimate_s = work_s, .processors = 8}}),
                     [&](JobRecord const& record) { end_s = record.end_s; });
        run_to_end(pool);
        values.push_back(end_s / work_s);
    }
    return values;
}

} // namespace

TEST_CASE("waits in a pool are those of queueing theory", "[analytic][demand]")
{
    struct Row {
        char const* name;
        std::uint32_t servers;
        double load, wait;
        double (*service)(double);
    };
    // Mean wait over mean service: Erlang C for M/M/c; Pollaczek-Khinchine, rho (1 + c2) / (2 (1 - rho)), for one server.
    Row const row = GENERATE(Row{"M/M/1", 1, 0.5, 1.0, exponential}, Row{"M/M/2", 2, 0.8, 1.7777777777777786, exponential},
                             Row{"M/M/8", 8, 0.7, 0.11275122176250092, exponential}, Row{"M/D/1", 1, 0.8, 2.0, constant},
                             Row{"M/G/1, c2 = 4", 1, 0.5, 2.5, hyperexponential});
    CAPTURE(row.name);
    std::vector<double> means;
    for (std::uint64_t replicate = 0; replicate < 20; ++replicate) {
        means.push_back(mean_wait(replicate + 1, row.servers, row.load, row.service));
    }
    Estimate const found = estimate(means);
    CHECK(found.error < 0.025 * row.wait); // sharp enough to mean something
    CHECK_THAT(found.mean, WithinAbs(row.wait, 3.0 * found.error));
}

TEST_CASE("failures stretch a job as Daly's equation says", "[analytic][demand]")
{
    // 2,000 intervals of 100 s. Daly's equation has a checkpoint after the last interval too, and lets failures strike during a restart,
    // e^(R / M). A pool leaves both out: by renewal each interval takes (M + R) (e^(length / M) - 1), the last without writing.
    CheckpointRule const rule{.every_s = 100.0, .write_s = 10.0, .restart_s = 5.0};
    double const mtbf_s = GENERATE(300.0, 1000.0);
    constexpr double intervals = 2000.0;
    double const work_s = intervals * rule.every_s;
    double const exact = (mtbf_s + rule.restart_s) * ((intervals - 1.0) * std::expm1(110.0 / mtbf_s) + std::expm1(100.0 / mtbf_s)) / work_s;
    Estimate const found = estimate(stretches(rule, mtbf_s, work_s, 1000));
    double const daly = expected_stretch(rule, mtbf_s);
    CHECK(found.error < 0.001 * daly);
    CHECK_THAT(found.mean, WithinAbs(exact, 3.0 * found.error));
    CHECK_THAT(found.mean, WithinAbs(daly, 3.0 * found.error)); // the two differ by less than 2e-4
}

TEST_CASE("a job is done soonest with Daly's interval", "[analytic][demand]")
{
    // Writing over life 0.02: the optimum is flat, so in steps of a factor 1.5, with the same failures for each.
    constexpr double mtbf_s = 10'000.0, write_s = 200.0;
    double const daly_s = daly_interval_s(write_s, mtbf_s);
    auto const mean = [&](double factor) {
        CheckpointRule const rule{.every_s = factor * daly_s, .write_s = write_s, .restart_s = 60.0};
        return estimate(stretches(rule, mtbf_s, 1000.0 * mtbf_s, 20)).mean;
    };
    double const best = mean(1.0);
    for (double const factor : {1.0 / 2.25, 1.0 / 1.5, 1.5, 2.25}) {
        CAPTURE(factor);
        CHECK(mean(factor) > best);
    }
}

namespace {

/// A pool to which everything happens.
struct Turmoil {
    Policy policy;
    Placement placement;
    bool paced;
    bool rebuilt; ///< Its cells and its speed change
};

struct Totals {
    JobSums sums;
    double allocated_s{}, worked_s{}, lost_s{}, writing_s{}, restart_s{}; ///< Of the records
    std::uint64_t jobs{}, interruptions{}, evictions{};
};

void add(JobSums& total, JobSums const& one)
{
    total.allocated_s += one.allocated_s;
    total.busy_s += one.busy_s;
    total.worked_s += one.worked_s;
    total.rolled_back_s += one.rolled_back_s;
    total.started += one.started;
    total.ended += one.ended;
    total.interrupted += one.interrupted;
    total.evicted += one.evicted;
}

std::vector<Job> many_jobs(std::int64_t count)
{
    std::vector<Job> jobs;
    double submit_s = 0.0;
    for (std::int64_t id = 0; id < count; ++id) {
        auto const draw = [&](std::uint64_t purpose) { return uniform(100 + purpose, static_cast<std::uint64_t>(id)); };
        submit_s -= 40.0 * std::log(draw(0));
        double const run_s = -300.0 * std::log(draw(1));
        jobs.push_back({.id = id,
                        .submit_s = submit_s,
                        .run_s = run_s,
                        .estimate_s = 1.5 * run_s,
                        .processors = 1 + static_cast<std::uint32_t>(8.0 * draw(2)),
                        .priority = static_cast<std::int32_t>(3.0 * draw(3)),
                        .rules = static_cast<std::uint32_t>(3.0 * draw(4))});
    }
    return jobs;
}

Totals endure(Turmoil const& turmoil)
{
    Totals totals;
    std::vector<JobRules> const rules{
        {.checkpoint = {.every_s = 60.0, .write_s = 7.0, .restart_s = 20.0}, .interruptions_per_s = 4e-4, .saves_when_evicted = true},
        {.checkpoint = {.every_s = 100.0, .write_s = 0.0, .restart_s = 5.0}, .interruptions_per_s = 1e-4},
        {.one_cell = true}};
    JobPoolSpec spec{.policy = turmoil.policy,
                     .placement = turmoil.placement,
                     .cells = {8, 8, 16},
                     .rules = rules,
                     .uniform = [](std::int64_t id, std::uint32_t n) { return uniform(static_cast<std::uint64_t>(id), n); }};
    if (turmoil.paced) {
        spec.pace = [](std::span<Gang const> gangs, std::span<double> speed) {
            for (std::size_t i = 0; i < speed.size(); ++i) {
                speed[i] = 1.0 / (1.0 + 0.13 * static_cast<double>(gangs.size() + i % 3));
            }
        };
    }
    JobPool pool(spec, listed(many_jobs(3000)), [&](JobRecord const& record) {
        double const n = record.job.processors;
        totals.allocated_s += n * record.allocated_s;
        totals.worked_s += n * (record.job.run_s + record.lost_s);
        totals.lost_s += n * record.lost_s;
        totals.writing_s += n * record.writing_s;
        totals.restart_s += n * record.interruptions * rules[record.job.rules].checkpoint.restart_s;
        totals.jobs += 1;
        totals.interruptions += record.interruptions;
        totals.evictions += record.evictions;
        REQUIRE(record.end_s >= record.start_s + record.job.run_s * (1.0 - 1e-12));
    });
    auto const take = [&] {
        JobSums const sums = pool.take_sums();
        REQUIRE((0.0 <= sums.worked_s && sums.worked_s <= sums.busy_s && sums.busy_s <= sums.allocated_s));
        add(totals.sums, sums);
    };
    std::uint64_t turn = 0;
    double now_s = 0.0, next_turn_s = 0.0;
    while (std::min(pool.next_s(), next_turn_s) < 1e7) {
        now_s = std::min(pool.next_s(), next_turn_s);
        pool.advance(now_s);
        if (now_s < next_turn_s) {
            continue;
        }
        take();
        bool const over = pool.running() + pool.queued() == 0 && pool.next_s() > 1e9;
        next_turn_s = over ? 1e9 : now_s + 97.3;
        if (turmoil.rebuilt) {
            auto const draw = [&](std::uint64_t purpose) { return uniform(200 + purpose, turn); };
            pool.resize(now_s, Cells{draw(0) < 0.2 ? 3u : 8u, draw(1) < 0.1 ? 0u : 8u, draw(2) < 0.3 ? 12u : 16u});
            REQUIRE(pool.used() <= pool.capacity());
            pool.set_speed(now_s, std::floor(4.0 * draw(3)) / 3.0);
            ++turn;
        }
    }
    take();
    return totals;
}

} // namespace

TEST_CASE("sums agree with records, whatever happens", "[conservation][demand]")
{
    Turmoil const turmoil{.policy = GENERATE(Policy::fcfs, Policy::easy, Policy::priority),
                          .placement = GENERATE(Placement::leftmost, Placement::compact),
                          .paced = GENERATE(false, true),
                          .rebuilt = GENERATE(false, true)};
    Totals const totals = endure(turmoil);
    CHECK(totals.jobs == 3000);
    CHECK(totals.sums.ended == 3000);
    CHECK(totals.sums.started == totals.jobs + totals.evictions);
    CHECK(totals.sums.interrupted == totals.interruptions);
    CHECK(totals.sums.evicted == totals.evictions);
    CHECK(totals.interruptions > 300); // the cases occur at all
    CHECK((totals.evictions > 100) == (turmoil.rebuilt || turmoil.policy == Policy::priority));
    CHECK_THAT(totals.sums.allocated_s, WithinRel(totals.allocated_s, 1e-9));
    CHECK_THAT(totals.sums.worked_s, WithinRel(totals.worked_s, 1e-9));
    CHECK_THAT(totals.sums.rolled_back_s, WithinRel(totals.lost_s, 1e-9));
    if (totals.evictions == 0) { // each restart is whole
        CHECK_THAT(totals.sums.busy_s, WithinRel(totals.allocated_s - totals.restart_s, 1e-9));
        if (!turmoil.paced) { // at full speed
            CHECK_THAT(totals.sums.worked_s, WithinRel(totals.sums.busy_s - totals.writing_s, 1e-9));
        }
    }
}
