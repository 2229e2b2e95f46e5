#include "models/demand/scheduler.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <map>
#include <random>

using namespace aidc;

namespace {

using Keys = std::vector<std::uint32_t>;
using Cells = std::vector<std::uint32_t>;

/// One pass. \returns  The keys that start
Keys started(Scheduler& scheduler, double now_s)
{
    Keys begun, gone;
    scheduler.pass(now_s, begun, gone);
    CHECK(gone.empty());
    return begun;
}

/// A request of processors for a time; its key is also its place in the queue.
Request request(std::uint32_t key, std::uint32_t processors, double estimate_s)
{
    return {.key = key, .id = key, .estimate_s = estimate_s, .processors = processors};
}

std::vector<CellShare> placed(Scheduler const& scheduler, std::uint32_t key)
{
    auto const shares = scheduler.placed(key);
    return {shares.begin(), shares.end()};
}

} // namespace

TEST_CASE("EASY lets others overtake where they do not delay the first", "[unit][demand]")
{
    // By hand, 10 processors. Job 0 holds 6 until 100. Job 1 wants 8: shadow date 100, then 10 - 8 = 2 are spare, and now 4 are free.
    Scheduler scheduler(Policy::easy, Placement::leftmost, {10});
    scheduler.submit(request(0, 6, 100.0));
    CHECK(started(scheduler, 0.0) == Keys{0});
    scheduler.submit(request(1, 8, 10.0));  // the head
    scheduler.submit(request(2, 3, 101.0)); // back at 101 > 100, and more than the 2 that are spare: waits
    scheduler.submit(request(3, 1, 999.0)); // one of the 2 spare: starts
    scheduler.submit(request(4, 2, 999.0)); // only 1 is spare now: waits
    scheduler.submit(request(5, 2, 100.0)); // back at the shadow date: starts, 1 is still free
    scheduler.submit(request(6, 1, 999.0)); // the last: starts
    CHECK(started(scheduler, 0.0) == Keys{3, 5, 6});
    CHECK(scheduler.used() == 10);
    CHECK(scheduler.queued() == 3);
    CHECK(scheduler.queued_processors() == 13);
    scheduler.release(0);
    scheduler.release(5);
    CHECK(started(scheduler, 100.0) == Keys{1}); // at its reservation
}

TEST_CASE("first come, first served lets nobody overtake", "[unit][demand]")
{
    Scheduler scheduler(Policy::fcfs, Placement::leftmost, {4});
    scheduler.submit(request(0, 3, 10.0));
    scheduler.submit(request(1, 2, 10.0));
    scheduler.submit(request(2, 1, 1.0));
    CHECK(started(scheduler, 0.0) == Keys{0});
    CHECK(started(scheduler, 5.0).empty());
    scheduler.release(0);
    CHECK(started(scheduler, 10.0) == Keys{1, 2});
}

TEST_CASE("the queue is served by submit date, then by id", "[unit][demand]")
{
    Scheduler scheduler(Policy::fcfs, Placement::leftmost, {1});
    scheduler.submit({.key = 0, .submit_s = 5.0, .id = 9, .estimate_s = 1.0, .processors = 1});
    scheduler.submit({.key = 1, .submit_s = 5.0, .id = 3, .estimate_s = 1.0, .processors = 1});
    scheduler.submit({.key = 2, .submit_s = 4.0, .id = 11, .estimate_s = 1.0, .processors = 1});
    for (std::uint32_t const key : {2u, 1u, 0u}) {
        REQUIRE(started(scheduler, 6.0) == Keys{key});
        scheduler.release(key);
    }
}

TEST_CASE("a job that is late counts as released now", "[unit][demand]")
{
    // Job 0 should have gone at 10. At 20 the shadow date of job 1 is therefore 20: nothing is back by then, and nothing is spare.
    Scheduler scheduler(Policy::easy, Placement::leftmost, {4});
    scheduler.submit(request(0, 3, 10.0));
    CHECK(started(scheduler, 0.0) == Keys{0});
    scheduler.submit(request(1, 4, 10.0));
    scheduler.submit(request(2, 1, 0.001));
    CHECK(started(scheduler, 20.0).empty());
    Scheduler roomy(Policy::easy, Placement::leftmost, {5}); // with one more processor one is spare
    roomy.submit(request(0, 3, 10.0));
    CHECK(started(roomy, 0.0) == Keys{0});
    roomy.submit(request(1, 4, 10.0));
    roomy.submit(request(2, 1, 1e9));
    CHECK(started(roomy, 20.0) == Keys{2});
}

TEST_CASE("with cells of one processor a reservation names machines", "[unit][demand]")
{
    // By hand, machines 0..3: job 0 holds 0 and 1 until 10, job 1 holds 2 until 20; 3 is free. Job 2 wants two: at 10 the leftmost free
    // machines are 0 and 1, so machine 3 is spare for good.
    Scheduler scheduler(Policy::easy, Placement::leftmost, {1, 1, 1, 1});
    scheduler.submit(request(0, 2, 10.0));
    scheduler.submit(request(1, 1, 20.0));
    CHECK(started(scheduler, 0.0) == Keys{0, 1});
    scheduler.submit(request(2, 2, 5.0));
    scheduler.submit(request(3, 1, 1e6));
    CHECK(started(scheduler, 0.0) == Keys{3});
    CHECK(placed(scheduler, 3) == std::vector<CellShare>{{3, 1}});
    CHECK(scheduler.first_processor(3) == 3);
}

TEST_CASE("a gang goes into the fullest cell that holds it, or spans as few as it can", "[unit][demand]")
{
    Scheduler scheduler(Policy::fcfs, Placement::compact, {8, 4, 6});
    auto const place = [&](std::uint32_t key, std::uint32_t processors) {
        scheduler.submit(request(key, processors, 1.0));
        CHECK(started(scheduler, 0.0) == Keys{key});
        return placed(scheduler, key);
    };
    CHECK(place(0, 3) == std::vector<CellShare>{{1, 3}});         // free 8 4 6: 4 is the fewest that hold 3
    CHECK(place(1, 6) == std::vector<CellShare>{{2, 6}});         // free 8 1 6
    CHECK(place(2, 9) == std::vector<CellShare>{{0, 8}, {1, 1}}); // free 8 1 0: the emptiest first
    CHECK(scheduler.first_processor(1) == 12);                    // 8 + 4 come before
    scheduler.release(1);
    CHECK(place(3, 1) == std::vector<CellShare>{{2, 1}});
}

TEST_CASE("who may not span cells waits for a cell", "[unit][demand]")
{
    Scheduler scheduler(Policy::easy, Placement::leftmost, {4, 4});
    scheduler.submit(request(0, 3, 10.0));
    scheduler.submit(request(1, 3, 20.0));
    CHECK(started(scheduler, 0.0) == Keys{0, 1}); // the second spans: 1 of the first cell, 2 of the second
    Request whole = request(2, 3, 5.0);
    whole.one_cell = true;
    scheduler.submit(whole);
    CHECK(started(scheduler, 0.0).empty()); // 2 are free, in the second cell
    scheduler.release(0);                   // 3 + 2 free
    CHECK(started(scheduler, 10.0) == Keys{2});
    CHECK(placed(scheduler, 2) == std::vector<CellShare>{{0, 3}});
}

TEST_CASE("a job larger than the pool waits and reserves nothing", "[unit][demand]")
{
    auto const policy = GENERATE(Policy::fcfs, Policy::easy, Policy::priority);
    Scheduler scheduler(policy, Placement::leftmost, {2, 2});
    scheduler.submit(request(0, 5, 10.0));
    Request whole = request(1, 3, 10.0);
    whole.one_cell = true; // larger than every cell
    scheduler.submit(whole);
    scheduler.submit(request(2, 4, 1e9));
    CHECK(started(scheduler, 0.0) == Keys{2});
    scheduler.release(2);
    Keys evicted;
    scheduler.resize(1, 3, evicted);
    CHECK(started(scheduler, 1.0) == Keys{0}); // the pool has grown to 5
    CHECK(evicted.empty());
}

TEST_CASE("where a cell shrinks the last started of the lowest priority go", "[unit][demand]")
{
    Scheduler scheduler(Policy::easy, Placement::leftmost, {6, 2});
    Request urgent = request(3, 2, 10.0); // starts last, but has priority
    urgent.priority = 1;
    for (auto const& r : {request(0, 2, 10.0), request(1, 1, 10.0), request(2, 1, 10.0), urgent, request(4, 2, 10.0)}) {
        scheduler.submit(r);
    }
    CHECK(started(scheduler, 0.0) == Keys{0, 1, 2, 3, 4}); // job 4 is in the second cell
    Keys evicted;
    scheduler.resize(0, 4, evicted);
    CHECK(evicted == Keys{2, 1});
    CHECK(scheduler.used() == 6);
    CHECK(scheduler.capacity() == 6);
    scheduler.resize(0, 0, evicted);
    CHECK(evicted == Keys{2, 1, 0, 3});
    CHECK(scheduler.used() == 2);
}

TEST_CASE("priority sends away as few as needed, the lowest and last started first", "[unit][demand]")
{
    Scheduler scheduler(Policy::priority, Placement::leftmost, {8});
    auto const with = [](std::uint32_t key, std::uint32_t processors, std::int32_t priority) {
        Request r = request(key, processors, 100.0);
        r.priority = priority;
        return r;
    };
    for (auto const& r : {with(0, 2, 0), with(1, 2, 0), with(2, 2, 1), with(3, 2, 2)}) {
        scheduler.submit(r);
    }
    CHECK(started(scheduler, 0.0) == Keys{3, 2, 0, 1}); // by priority
    Keys begun, evicted;
    scheduler.submit(with(4, 3, 2));
    scheduler.pass(1.0, begun, evicted);
    CHECK(evicted == Keys{1, 0}); // 2 are not enough; job 2 may stay
    CHECK(begun == Keys{4});
    scheduler.submit(with(5, 6, 2)); // 1 free and 2 of lower priority: no room even so, nobody goes
    scheduler.submit(with(6, 1, 0)); // overtakes: free now; at 100, when all but job 4 are released, 5 are free: too few for job 5,
    begun.clear();                   // at 101 all 8, of which 2 are spare
    evicted.clear();
    scheduler.pass(1.0, begun, evicted);
    CHECK(evicted.empty());
    CHECK(begun == Keys{6});
}

TEST_CASE("with exact estimates the first in the queue starts at its first reservation", "[property][demand]")
{
    constexpr std::uint32_t capacity = 32;
    auto const seed = GENERATE(range(1u, 9u));
    std::mt19937 random(seed);
    auto const below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    Scheduler scheduler(Policy::easy, Placement::leftmost, {capacity});
    std::vector<Request> jobs;
    for (std::uint32_t key = 0; key < 400; ++key) {
        double const submit_s = key == 0 ? 0.0 : jobs.back().submit_s + below(20);
        jobs.push_back({.key = key,
                        .submit_s = submit_s,
                        .id = key,
                        .estimate_s = 1.0 + below(200),
                        .processors = 1 + below(below(2) == 0 ? 4 : capacity)});
    }
    std::map<std::uint32_t, double> ends, promised, waiting; // by key
    std::size_t submitted = 0, overtaken = 0;
    while (submitted < jobs.size() || !ends.empty()) {
        double now_s = submitted < jobs.size() ? jobs[submitted].submit_s : 1e18;
        for (auto const& [key, end_s] : ends) {
            now_s = std::min(now_s, end_s);
        }
        std::erase_if(ends, [&](auto const& end) { return end.second <= now_s && (scheduler.release(end.first), true); });
        for (; submitted < jobs.size() && jobs[submitted].submit_s <= now_s; ++submitted) {
            scheduler.submit(jobs[submitted]);
            waiting[jobs[submitted].key] = 0.0;
        }
        for (std::uint32_t const key : started(scheduler, now_s)) {
            ends[key] = now_s + jobs[key].estimate_s;
            overtaken += waiting.begin()->first != key ? 1 : 0;
            waiting.erase(key);
            REQUIRE((!promised.contains(key) || promised[key] == now_s));
        }
        if (!waiting.empty() && !promised.contains(waiting.begin()->first)) { // its reservation: the first date by which enough are free
            std::uint32_t const head = waiting.begin()->first;
            std::uint32_t free = capacity - scheduler.used();
            std::multimap<double, std::uint32_t> releases;
            for (auto const& [key, end_s] : ends) {
                releases.emplace(end_s, jobs[key].processors);
            }
            for (auto const& [date_s, processors] : releases) {
                if ((free += processors) >= jobs[head].processors) {
                    promised[head] = date_s;
                    break;
                }
            }
        }
    }
    CHECK(promised.size() > 20); // the cases occur at all
    CHECK(overtaken > 20);
}
