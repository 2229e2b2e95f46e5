#include "sim/run/pool.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <memory>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace aidc;

namespace {

/// What was taken, in the order in which it was taken.
struct Taken {
    std::vector<std::size_t> indices;
    std::vector<FromChild> results;

    auto taker()
    {
        return [this](std::size_t index, FromChild result) {
            indices.push_back(index);
            results.push_back(std::move(result));
        };
    }
};

void sleep_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

bool has_no_child() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

} // namespace

TEST_CASE("results are taken in the order of the work, whichever child is first", "[unit][run]")
{
    auto const jobs = GENERATE(1u, 2u, 5u);
    Taken taken;
    auto const work = [](std::size_t index) {
        sleep_ms(index % 3 == 0 ? 20 : 0);                                         // every third comes late
        return std::to_string(index) + std::string(index == 4 ? 300'000 : 0, 'x'); // more than a pipe holds
    };
    CHECK(for_each_in_children({.count = 11, .jobs = jobs}, work, taken.taker()) == 11);
    REQUIRE(taken.indices.size() == 11);
    for (std::size_t i = 0; i < 11; ++i) {
        CHECK(taken.indices[i] == i);
        CHECK(!taken.results[i].error);
        CHECK(taken.results[i].bytes.substr(0, 2) == (std::to_string(i) + (i == 4 ? "x" : "")).substr(0, 2));
    }
    CHECK(taken.results[4].bytes.size() == 300'001);
    CHECK(has_no_child());
}

TEST_CASE("more jobs than work, and no work at all", "[unit][run]")
{
    Taken taken;
    CHECK(for_each_in_children(
              {.count = 2, .jobs = 50}, [](std::size_t i) { return std::to_string(i); }, taken.taker())
          == 2);
    CHECK(taken.results[1].bytes == "1");
    CHECK(for_each_in_children(
              {.count = 0, .jobs = 3}, [](std::size_t) { return std::string(); }, taken.taker())
          == 0);
}

TEST_CASE("a child that dies is an error with its number and signal, and the others go on", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t index) -> std::string {
        if (index == 1) {
            std::raise(SIGKILL);
        }
        if (index == 2) {
            _exit(70);
        }
        return "well";
    };
    CHECK(for_each_in_children({.count = 4, .jobs = 2}, work, taken.taker()) == 4);
    CHECK(taken.results[0].bytes == "well");
    CHECK(taken.results[1].error.value() == "child process 1 died (signal 9)");
    CHECK(taken.results[1].bytes.empty());
    CHECK(taken.results[2].error.value() == "child process 2 died (exit code 70)");
    CHECK(taken.results[3].bytes == "well");
}

TEST_CASE("an exception in a child arrives in its own words", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t) -> std::string { throw std::runtime_error("no root near 7"); };
    for_each_in_children({.count = 1, .jobs = 1}, work, taken.taker());
    CHECK(taken.results.at(0).error.value() == "no root near 7");
}

TEST_CASE("what take throws ends the pool and its children", "[unit][run]")
{
    auto const work = [](std::size_t index) {
        sleep_ms(index == 0 ? 0 : 60'000);
        return std::string();
    };
    auto const take = [](std::size_t, FromChild const&) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH(for_each_in_children({.count = 8, .jobs = 3}, work, take), "enough");
    CHECK(has_no_child());
}

TEST_CASE("a stop kills the children and says how many results were taken", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t index) {
        sleep_ms(index < 3 ? 0 : 60'000);
        return std::string();
    };
    auto const began = std::chrono::steady_clock::now();
    PoolOptions const options{.count = 9, .jobs = 2, .stop_asked = [&taken] { return taken.indices.size() == 3; }};
    CHECK(for_each_in_children(options, work, taken.taker()) == 3);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    CHECK(has_no_child());
}

TEST_CASE("a slow first piece of work lets only a few others run ahead", "[unit][run]")
{
    // 2 jobs: the pieces up to 7 may start while 0 is awaited. Each writes a byte when it starts.
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    std::size_t started_at_first = 0;
    auto const work = [&ends](std::size_t index) {
        if (write(ends[1], "s", 1) != 1) {
            _exit(70);
        }
        sleep_ms(index == 0 ? 700 : 0);
        return std::string();
    };
    auto const take = [&](std::size_t index, FromChild const&) {
        char bytes[100];
        auto const n = index == 0 ? read(ends[0], bytes, sizeof bytes) : 0;
        started_at_first += static_cast<std::size_t>(n);
    };
    for_each_in_children({.count = 40, .jobs = 2}, work, take);
    CHECK(started_at_first == 8);
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("a child that takes too long is killed, and the others have their time", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t index) {
        sleep_ms(index == 1 ? 60'000 : 0);
        return std::string("well");
    };
    auto const began = std::chrono::steady_clock::now();
    CHECK(for_each_in_children({.count = 4, .jobs = 2, .limits = {.time_s = 1.0}}, work, taken.taker()) == 4);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    CHECK(taken.results[1].error.value() == "it took longer than the 1 s it may take");
    for (auto const i : {0u, 2u, 3u}) {
        CHECK(taken.results[i].bytes == "well");
    }
    CHECK(has_no_child());
}

TEST_CASE("a child that takes too long is not tried again", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t) {
        sleep_ms(60'000);
        return std::string();
    };
    std::size_t started = 0;
    for_each_in_children({.count = 1, .limits = {.time_s = 0.2}, .tries = 5, .prepare = [&started](std::size_t) { ++started; }}, work,
                         taken.taker());
    CHECK(started == 1);
    CHECK(taken.results.at(0).error.value() == "it took longer than the 0.2 s it may take");
}

TEST_CASE("a child that wants more memory than it may have says so, and this process keeps its own", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t index) {
        std::vector<char> room(index == 1 ? 2'000'000'000 : 1'000'000, 'x');
        return std::string(1, room.at(room.size() / 2));
    };
    CHECK(for_each_in_children({.count = 3, .jobs = 2, .limits = {.memory_MB = 1000.0}}, work, taken.taker()) == 3);
    CHECK(taken.results[0].bytes == "x");
    CHECK(taken.results[1].error.value() == "it needed more memory than it may have");
    CHECK(taken.results[2].bytes == "x");
    CHECK(std::unique_ptr<char[]>(new char[1'500'000'000]) != nullptr); // not bound by it
}

TEST_CASE("a child that dies without words is started again as often as it may be", "[unit][run]")
{
    // Work 1 dies in its first `deaths` starts; the count is kept in this process, by what prepares them.
    auto const deaths = GENERATE(1, 2, 3);
    Taken taken;
    std::vector<std::size_t> prepared;
    int left = deaths;
    auto const prepare = [&](std::size_t index) {
        prepared.push_back(index);
        left -= index == 1 ? 1 : 0;
    };
    auto const work = [&](std::size_t index) -> std::string {
        if (index == 1 && left >= 0) {
            std::raise(SIGKILL);
        }
        return "well";
    };
    CHECK(for_each_in_children({.count = 3, .jobs = 2, .tries = 3, .prepare = prepare}, work, taken.taker()) == 3);
    CHECK(std::count(prepared.begin(), prepared.end(), 1u) == std::min(deaths + 1, 3));
    CHECK(std::count(prepared.begin(), prepared.end(), 0u) == 1);
    CHECK(taken.indices == std::vector<std::size_t>{0, 1, 2}); // in order all the same
    if (deaths < 3) {
        CHECK(taken.results[1].bytes == "well");
    }
    else {
        CHECK(taken.results[1].error.value() == "child process 1 died (signal 9)");
    }
}

TEST_CASE("a child that ends with words is believed at once", "[unit][run]")
{
    Taken taken;
    std::size_t started = 0;
    auto const work = [](std::size_t) -> std::string { throw std::runtime_error("no root"); };
    for_each_in_children({.count = 1, .tries = 5, .prepare = [&started](std::size_t) { ++started; }}, work, taken.taker());
    CHECK(started == 1);
    CHECK(taken.results.at(0).error.value() == "no root");
}

TEST_CASE("what is prepared in this process is what the child of that piece sees", "[unit][run]")
{
    Taken taken;
    std::size_t made = 99;
    auto const work = [&made](std::size_t) { return std::to_string(made); };
    PoolOptions const options{.count = 20, .jobs = 3, .prepare = [&made](std::size_t index) { made = 10 * index; }};
    for_each_in_children(options, work, taken.taker());
    for (std::size_t i = 0; i < 20; ++i) {
        CHECK(taken.results[i].bytes == std::to_string(10 * i));
    }
}

TEST_CASE("the CPU time of a child is its own, however it ended in words", "[unit][run]")
{
    auto const spin = [](double seconds) {
        auto const began = std::clock();
        while (static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < seconds) {}
    };
    Taken taken;
    auto const work = [&spin](std::size_t index) -> std::string {
        index == 1 ? sleep_ms(300) : spin(0.3);
        return index == 2 ? throw std::runtime_error("tired") : std::string();
    };
    for_each_in_children({.count = 3, .jobs = 3}, work, taken.taker());
    CHECK(taken.results[0].cpu_s >= 0.3); // exactly what it spun, and a little to start
    CHECK(taken.results[0].cpu_s < 0.6);
    CHECK(taken.results[1].cpu_s < 0.2); // asleep
    CHECK(taken.results[2].cpu_s >= 0.3);
}

TEST_CASE("a stop is asked for while children are silent", "[unit][run]")
{
    Taken taken;
    auto const work = [](std::size_t) {
        sleep_ms(60'000);
        return std::string();
    };
    auto const began = std::chrono::steady_clock::now();
    auto const is_time = [&began] { return std::chrono::steady_clock::now() - began > std::chrono::milliseconds(300); };
    CHECK(for_each_in_children({.count = 3, .jobs = 2, .stop_asked = is_time}, work, taken.taker()) == 0);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    CHECK(has_no_child());
}
