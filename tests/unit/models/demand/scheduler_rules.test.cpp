/// \file
/// The scheduler beside a plain reading of its rules: every list is searched from its beginning, every reservation made anew.

#include "models/demand/scheduler.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <random>

using namespace aidc;

namespace {

using Keys = std::vector<std::uint32_t>;
using Cells = std::vector<std::uint32_t>; ///< Processors by cell

/// Running or waiting.
struct PlainJob {
    Request request;
    double release_s{};
    int order{};
    Cells held{}; ///< Empty: waits
};

std::uint32_t sum(Cells const& cells) { return std::accumulate(cells.begin(), cells.end(), 0u); }

/// What a gang takes of the free processors; nothing if it does not fit.
std::optional<Cells> taken(Placement placement, Cells free, Request const& request)
{
    Cells take(free.size(), 0);
    std::vector<std::size_t> order(free.size());
    std::iota(order.begin(), order.end(), 0u);
    std::vector<std::size_t> whole;
    std::ranges::copy_if(order, std::back_inserter(whole), [&](std::size_t c) { return free[c] >= request.processors; });
    if (placement == Placement::compact) {
        std::ranges::stable_sort(whole, [&](std::size_t a, std::size_t b) { return free[a] < free[b]; });
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return free[a] > free[b]; });
    }
    if (!whole.empty() && (request.one_cell || placement == Placement::compact)) {
        take[whole.front()] = request.processors;
        return take;
    }
    if (request.one_cell || sum(free) < request.processors) {
        return std::nullopt;
    }
    for (std::uint32_t i = 0; i < request.processors; ++i) { // one by one
        std::size_t const cell = *std::ranges::find_if(order, [&](std::size_t c) { return free[c] > take[c]; });
        ++take[cell];
    }
    return take;
}

/// The rules of scheduler.hpp, word by word.
class PlainScheduler {
  public:
    PlainScheduler(Policy policy, Placement placement, Cells sizes) : policy_(policy), placement_(placement), sizes_(std::move(sizes)) {}

    std::map<std::uint32_t, PlainJob> jobs; ///< By key

    Cells free() const
    {
        Cells free = sizes_;
        for (auto const& [key, job] : jobs) {
            subtract(free, job.held);
        }
        return free;
    }

    void resize(std::size_t cell, std::uint32_t size, Keys& evicted)
    {
        for (std::uint32_t const key : to_go(1000)) {
            std::uint32_t used = 0;
            for (auto const& [other, job] : jobs) {
                used += job.held.empty() ? 0 : job.held[cell];
            }
            if (used > size && jobs[key].held[cell] > 0) {
                jobs.erase(key);
                evicted.push_back(key);
            }
        }
        sizes_[cell] = size;
    }

    void pass(double now_s, Keys& started, Keys& evicted)
    {
        std::optional<Request> head;
        std::optional<double> shadow_s;
        Cells later;
        for (Request const& request : waiting()) {
            if (!taken(placement_, sizes_, request)) {
                continue;
            }
            std::optional<Cells> take;
            if (!head) {
                take = taken(placement_, free(), request);
                if (!take && policy_ == Policy::priority) {
                    take = preempt(request, evicted);
                }
                if (!take) {
                    head = request;
                    if (policy_ == Policy::fcfs) {
                        return;
                    }
                    std::tie(shadow_s, later) = reservation(now_s, request);
                    continue;
                }
            }
            else if (now_s + request.estimate_s <= *shadow_s) {
                take = taken(placement_, free(), request);
            }
            else {
                Cells spare = free();
                for (std::size_t c = 0; c < spare.size(); ++c) {
                    spare[c] = std::min(spare[c], later[c]);
                }
                if ((take = taken(placement_, spare, request))) {
                    subtract(later, *take);
                }
            }
            if (take) {
                jobs[request.key] = {request, now_s + request.estimate_s, ++starts_, *take};
                started.push_back(request.key);
            }
        }
    }

  private:
    static void subtract(Cells& from, Cells const& what)
    {
        for (std::size_t c = 0; c < what.size(); ++c) {
            from[c] -= what[c];
        }
    }

    std::vector<Request> waiting() const
    {
        std::vector<Request> requests;
        for (auto const& [key, job] : jobs) {
            if (job.held.empty()) {
                requests.push_back(job.request);
            }
        }
        std::ranges::sort(requests, [&](Request const& a, Request const& b) {
            std::int32_t const pa = policy_ == Policy::priority ? -a.priority : 0, pb = policy_ == Policy::priority ? -b.priority : 0;
            return std::tie(pa, a.submit_s, a.id) < std::tie(pb, b.submit_s, b.id);
        });
        return requests;
    }

    /// Running jobs below a priority, the first to go first.
    Keys to_go(std::int32_t below) const
    {
        Keys keys;
        for (auto const& [key, job] : jobs) {
            if (!job.held.empty() && job.request.priority < below) {
                keys.push_back(key);
            }
        }
        std::ranges::sort(keys, [&](std::uint32_t a, std::uint32_t b) {
            auto const &x = jobs.at(a), &y = jobs.at(b);
            return x.request.priority != y.request.priority ? x.request.priority < y.request.priority : x.order > y.order;
        });
        return keys;
    }

    std::optional<Cells> preempt(Request const& head, Keys& evicted)
    {
        Cells room = free();
        Keys gone;
        for (std::uint32_t const key : to_go(head.priority)) {
            gone.push_back(key);
            for (std::size_t c = 0; c < room.size(); ++c) {
                room[c] += jobs[key].held[c];
            }
            if (auto const take = taken(placement_, room, head)) {
                for (std::uint32_t const k : gone) {
                    bool const elsewhere = head.one_cell && [&] {
                        auto const cell =
                            static_cast<std::size_t>(std::ranges::find_if(*take, [](auto n) { return n > 0; }) - take->begin());
                        return jobs[k].held[cell] == 0;
                    }();
                    if (!elsewhere) {
                        jobs.erase(k);
                        evicted.push_back(k);
                    }
                }
                return taken(placement_, free(), head);
            }
        }
        return std::nullopt;
    }

    std::pair<double, Cells> reservation(double now_s, Request const& head) const
    {
        std::vector<double> dates;
        for (auto const& [key, job] : jobs) {
            if (!job.held.empty()) {
                dates.push_back(std::max(job.release_s, now_s));
            }
        }
        std::ranges::sort(dates);
        for (double const date_s : dates) {
            Cells room = sizes_;
            for (auto const& [key, job] : jobs) {
                if (!job.held.empty() && job.release_s > date_s) {
                    subtract(room, job.held);
                }
            }
            if (auto const take = taken(placement_, room, head)) {
                subtract(room, *take);
                return {date_s, room};
            }
        }
        FAIL("no reservation");
        return {};
    }

    Policy policy_;
    Placement placement_;
    Cells sizes_;
    int starts_{};
};

struct Pools {
    Scheduler own;
    PlainScheduler plain;
    std::map<std::uint32_t, double> ends{}; ///< Of running jobs, by key
};

void compare(Pools& pools, double now_s)
{
    Keys own, plain, own_gone, plain_gone;
    pools.own.pass(now_s, own, own_gone);
    pools.plain.pass(now_s, plain, plain_gone);
    REQUIRE(own == plain);
    REQUIRE(own_gone == plain_gone);
    for (std::uint32_t const key : own) {
        Cells held(pools.plain.jobs[key].held.size(), 0);
        for (CellShare const& share : pools.own.placed(key)) {
            held[share.cell] = share.processors;
        }
        REQUIRE(held == pools.plain.jobs[key].held);
    }
    for (std::uint32_t const key : own_gone) {
        pools.ends.erase(key);
    }
}

} // namespace

TEST_CASE("the scheduler does what a plain reading of its rules does", "[property][demand]")
{
    auto const policy = GENERATE(Policy::fcfs, Policy::easy, Policy::priority);
    auto const placement = GENERATE(Placement::leftmost, Placement::compact);
    auto const cells = GENERATE(Cells{40}, Cells{8, 8, 8, 16}, Cells(24, 1));
    std::mt19937 random(static_cast<std::uint32_t>(cells.size()) + 7);
    auto const below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    Pools pools{Scheduler(policy, placement, cells), PlainScheduler(policy, placement, cells)};
    std::size_t starts = 0, evictions = 0, longest = 0;
    double now_s = 0.0;
    for (std::uint32_t key = 0; key < 700; ++key) {
        now_s += below(3) == 0 ? 0.0 : below(12);
        for (auto const& [running, end_s] : pools.ends) {
            if (end_s <= now_s) {
                pools.own.release(running);
                pools.plain.jobs.erase(running);
            }
        }
        std::erase_if(pools.ends, [&](auto const& end) { return end.second <= now_s; });
        Request const request{.key = key,
                              .submit_s = now_s - below(2) * 5.0, // some come back with an old date
                              .id = key,
                              .estimate_s = 1.0 + below(80),
                              .processors = 1 + below(below(4) == 0 ? 30 : 6),
                              .priority = static_cast<std::int32_t>(below(3)),
                              .one_cell = below(4) == 0};
        pools.own.submit(request);
        pools.plain.jobs[key] = {.request = request};
        if (below(25) == 0) {
            std::uint32_t const cell = below(static_cast<std::uint32_t>(cells.size()));
            std::uint32_t const size = below(3) == 0 ? 0 : cells[cell];
            Keys own, plain;
            pools.own.resize(cell, size, own);
            pools.plain.resize(cell, size, plain);
            REQUIRE(own == plain);
            evictions += own.size();
            std::ranges::for_each(own, [&](std::uint32_t gone) { pools.ends.erase(gone); });
        }
        std::size_t const waited = pools.own.queued();
        compare(pools, now_s);
        starts += waited - pools.own.queued();
        longest = std::max(longest, pools.own.queued());
        for (auto const& [running, job] : pools.plain.jobs) {
            if (!job.held.empty() && !pools.ends.contains(running)) { // most end early, some late
                pools.ends[running] = now_s + std::ceil(job.request.estimate_s * (0.2 + 0.1 * below(10)));
            }
        }
        REQUIRE(pools.own.used() == pools.own.capacity() - sum(pools.plain.free()));
    }
    CHECK(starts > 200); // the cases occur at all
    CHECK(longest > 70); // more than one chunk of the queue
    CHECK(evictions > 0);
}
