// Published job logs, replayed: waits, slowdowns and ends as other programs have them.
//
// Means of the logs SDSC, Philly and PAI are those of an independent simulator of the rules at the head of job_pool.hpp (order by
// (submit, id)); the schedule of the Batsim workload is Batsim's own. Rounding is the tolerance where a figure is given to few digits.
#include "models/demand/job_pool.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/job_log.hpp"
#include "sim/scenario/request_log.hpp"
#include "sim/scenario/weather_rows.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

using namespace aidc;

namespace {

/// Folder of the logs, or nothing where the data sets are not there.
std::optional<std::filesystem::path> folder()
{
    char const* const data = std::getenv("AIDCSIM_DATA");
    if (data == nullptr) {
        WARN("skipped: AIDCSIM_DATA is not set"); // CTest counts the test as skipped by these words
        return {};
    }
    return std::filesystem::path(data) / "jobs";
}

/// A pool without failures, and how it serves its queue.
JobPoolSpec machine(Policy policy, std::vector<std::uint32_t> cells)
{
    return {
        .policy = policy, .placement = Placement::leftmost, .cells = std::move(cells), .rules = {JobRules{}}, .uniform = {}, .pace = {}};
}

/// Records of all jobs of a log, in order of their ends.
std::vector<JobRecord> replay(std::vector<Job> const& jobs, JobPoolSpec spec)
{
    std::vector<JobRecord> records;
    std::size_t next = 0;
    auto const source = [&](Job& job) {
        if (next == jobs.size()) {
            return false;
        }
        job = jobs[next++];
        return true;
    };
    JobPool pool(std::move(spec), source, [&](JobRecord const& record) { records.push_back(record); });
    run_to_end(pool);
    return records;
}

/// One row of the reference results.
struct Reference {
    Policy policy{};
    double wait_s{}, slowdown{}, utilization{}, end_s{};
};

/// Replays on one cell and compares. \param digit  Half a unit of the last digit of the utilization
void check(std::vector<Job> const& jobs, std::uint32_t processors, Reference const& reference, double digit)
{
    ScheduleSums sums;
    for (auto const& record : replay(jobs, machine(reference.policy, {processors}))) {
        sums.add(record);
    }
    CAPTURE(processors, reference.policy == Policy::fcfs ? "fcfs" : "easy");
    CHECK(sums.jobs == jobs.size());
    CHECK_THAT(sums.mean_wait_s(), WithinRel(reference.wait_s, 1e-6));
    CHECK_THAT(sums.mean_slowdown(), WithinRel(reference.slowdown, 1e-6));
    CHECK_THAT(sums.utilization(processors), WithinAbs(reference.utilization, digit));
    CHECK_THAT(sums.last_end_s, WithinRel(reference.end_s, 1e-6));
}

} // namespace

TEST_CASE("SDSC SP2, the first 5,000 jobs on 128 processors", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    auto log = read_job_log(*at / "sdsc-sp2-first-5600-rows.swf.gz", {.machine = 128});
    CHECK(log.format == JobLogFormat::swf);
    CHECK(log.machine == 128);
    CHECK(log.rows == 5600);
    CHECK(log.left_out == 403); // counted by another program: run time or processors not above 0
    REQUIRE(log.jobs.size() == 5197);
    log.jobs.resize(5000);
    CHECK(log.jobs[0].submit_s == 566129.0); // ends count from the log's zero
    check(log.jobs, 128, {Policy::fcfs, 20342.6232, 178.6056873, 0.6770, 5675909.0}, 5e-5);
    check(log.jobs, 128, {Policy::easy, 4088.9962, 17.5928232, 0.6830, 5630765.0}, 5e-5);
}

TEST_CASE("Philly, 82,247 jobs on one pool of 768 accelerators", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    auto const log = read_job_log(*at / "philly.csv.gz", {.machine = 768});
    CHECK(log.format == JobLogFormat::philly);
    CHECK(log.left_out == 0);
    REQUIRE(log.jobs.size() == 82247);
    check(log.jobs, 768, {Policy::fcfs, 1341.8562136, 10.3595689, 0.48728, 9408754.0}, 5e-6);
    check(log.jobs, 768, {Policy::easy, 1151.0022493, 7.3101951, 0.48728, 9408754.0}, 5e-6);
}

TEST_CASE("PAI, 1,000 jobs on 24 processors", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    auto const log = read_job_log(*at / "pai_1k.csv", {.machine = 24});
    CHECK(log.format == JobLogFormat::pai);
    REQUIRE(log.jobs.size() == 1000);
    check(log.jobs, 24, {Policy::fcfs, 5562.88, 5.5796501, 0.68910, 694942.0}, 5e-6);
    check(log.jobs, 24, {Policy::easy, 4806.39, 4.3924661, 0.68910, 694942.0}, 5e-6);
}

TEST_CASE("a log with jobs larger than its pool names them", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    auto const log = read_job_log(*at / "philly.csv.gz", {.machine = 64, .skip_bad_rows = true});
    auto const whole = read_job_log(*at / "philly.csv.gz", {});
    CHECK(log.skipped == static_cast<std::uint64_t>(std::ranges::count_if(whole.jobs, [](Job const& job) { return job.processors > 64; })));
    CHECK(log.skipped > 0);
    CHECK(log.jobs.size() + log.skipped == whole.jobs.size());
    CHECK_THROWS_AS(read_job_log(*at / "philly.csv.gz", {.machine = 64}), InputErrors);
}

TEST_CASE("Batsim's own schedule of 801 jobs on 32 machines: each start and each first machine", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    auto const log = read_job_log(*at / "batsim_medium_late.json", {.machine = 32});
    CHECK(log.format == JobLogFormat::batsim);
    CHECK(log.machine == 32);
    REQUIRE(log.jobs.size() == 801);
    std::map<std::int64_t, JobRecord> by_id;
    ScheduleSums sums;
    for (auto const& record : replay(log.jobs, machine(Policy::easy, std::vector<std::uint32_t>(32, 1)))) {
        by_id[record.job.id] = record;
        sums.add(record);
    }
    CHECK(by_id.size() == 801);
    CHECK_THAT(sums.mean_wait_s(), WithinRel(9.516326, 1e-6));
    CHECK_THAT(sums.last_end_s, WithinRel(16088.51, 1e-6));

    auto const text = read_text(*at / "batsim_easy_jobs.csv");
    auto const lines = lines_of(text);
    auto const names = fields_of(lines.at(0));
    auto const column = [&](std::string_view name) { return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()); };
    REQUIRE(lines.size() == 802);
    std::size_t late = 0, elsewhere = 0, longer = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto const fields = fields_of(lines[i]);
        auto const& record = by_id.at(static_cast<std::int64_t>(number_in(fields.at(column("job_id"))).value()));
        auto const machines = fields.at(column("allocated_resources")); // "0 4-6"
        auto const first = machines.substr(0, machines.find_first_of(" -"));
        // The file has six decimals.
        late += std::abs(record.start_s - number_in(fields.at(column("starting_time"))).value()) > 1e-6 ? 1 : 0;
        longer += std::abs(record.job.run_s - number_in(fields.at(column("execution_time"))).value()) > 1e-6 ? 1 : 0;
        elsewhere += record.first_processor != number_in(first).value() ? 1 : 0;
    }
    CHECK(late == 0);
    CHECK(elsewhere == 0);
    CHECK(longer == 0);
}

TEST_CASE("the Azure requests of 57 minutes", "[data]")
{
    auto const at = folder();
    if (!at) {
        return;
    }
    // Counted by another program (a few lines of Python over the same file).
    auto const log = read_request_log(*at / "AzureLLMInferenceTrace_code.csv.gz", false);
    CHECK(log.rows == 8819);
    REQUIRE(log.arrival_s.size() == 8819);
    CHECK(log.arrival_s.front() == 0.0);
    CHECK_THAT(log.arrival_s.back(), WithinAbs(57 * 60 + 15.948056, 1e-9)); // 18:17:03.97996 to 19:14:19.928016
    CHECK(std::reduce(log.prompt_tokens.begin(), log.prompt_tokens.end()) == 18059974.0);
    CHECK(std::reduce(log.output_tokens.begin(), log.output_tokens.end()) == 245896.0);
}
