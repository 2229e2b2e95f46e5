#include "models/demand/waiting_queue.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <random>

using namespace aidc;

namespace {

std::vector<std::int64_t> ids(WaitingQueue const& queue)
{
    std::vector<std::int64_t> all;
    for (auto place = queue.first(); !queue.is_end(place); place = queue.behind(place)) {
        all.push_back(queue.at(place).id);
    }
    return all;
}

} // namespace

TEST_CASE("jobs wait by submit date and id, or by priority before that", "[unit][demand]")
{
    bool const by_priority = GENERATE(false, true);
    WaitingQueue queue(by_priority ? QueueOrder::by_priority : QueueOrder::by_submit);
    queue.insert({.submit_s = 2.0, .id = 5, .processors = 1});
    queue.insert({.submit_s = 1.0, .id = 7, .processors = 2});
    queue.insert({.submit_s = 2.0, .id = 4, .processors = 3});
    queue.insert({.submit_s = 3.0, .id = 1, .processors = 4, .priority = 1});
    CHECK(ids(queue) == (by_priority ? std::vector<std::int64_t>{1, 7, 4, 5} : std::vector<std::int64_t>{7, 4, 5, 1}));
    CHECK(queue.size() == 4);
    CHECK(queue.processors() == 10);
}

TEST_CASE("a gap admits who fits and is back in time, or fits into what is spare", "[unit][demand]")
{
    Gap const gap{.free = 4, .spare = 2, .now_s = 10.0, .shadow_s = 20.0};
    CHECK(gap.admits(4, 10.0));
    CHECK(!gap.admits(4, 10.1));
    CHECK(gap.admits(2, 1e9));
    CHECK(!gap.admits(5, 1.0));
}

TEST_CASE("a long queue behaves as a sorted list does", "[property][demand]")
{
    std::mt19937 random(3);
    auto const below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    WaitingQueue queue(QueueOrder::by_submit);
    std::vector<Request> list; // the reference
    std::size_t found = 0, longest = 0;
    for (std::int64_t id = 0; id < 3000; ++id) {
        Request const request{.submit_s = 1.0 * below(500), .id = id, .estimate_s = 1.0 + below(1000), .processors = 1 + below(100)};
        queue.insert(request);
        list.insert(std::ranges::find_if(list, [&](Request const& r) { return r.submit_s > request.submit_s; }), request);
        for (std::uint32_t n = below(id < 1500 ? 2 : 4); n > 0; --n) { // take some out, a first one or one that fits
            Gap const gap{.free = below(60), .spare = below(10), .now_s = 5.0, .shadow_s = 1.0 * below(800)};
            std::size_t const skipped = std::min<std::size_t>(below(300), list.size());
            auto from = queue.first();
            for (std::size_t i = 0; i < skipped; ++i) {
                from = queue.behind(from);
            }
            auto const expected = std::find_if(list.begin() + static_cast<std::ptrdiff_t>(skipped), list.end(),
                                               [&](Request const& r) { return gap.admits(r.processors, r.estimate_s); });
            auto const place = queue.first_in(gap, from);
            REQUIRE(queue.is_end(place) == (expected == list.end()));
            if (expected != list.end()) {
                REQUIRE(queue.at(place).id == expected->id);
                auto const next = queue.erase(place);
                auto const behind = list.erase(expected);
                REQUIRE(queue.is_end(next) == (behind == list.end()));
                REQUIRE((behind == list.end() || queue.at(next).id == behind->id));
                ++found;
            }
        }
        longest = std::max(longest, list.size());
    }
    CHECK(found > 500); // the cases occur at all
    CHECK(longest > 200);
    CHECK(queue.size() == list.size());
    REQUIRE(ids(queue).size() == list.size());
    CHECK(std::ranges::equal(ids(queue), list, {}, {}, &Request::id));
}
