#include "sim/run/pool.hpp"

#include "tests/catch.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
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
    CHECK(for_each_in_children({.count = 9, .jobs = 2}, work, taken.taker(), [&taken] { return taken.indices.size() == 3; }) == 3);
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
