#include "sim/engine/story.hpp"

#include "tests/catch.hpp"
#include "tests/unit/sim/engine/in_child.hpp"

#include <memory>
#include <vector>

using namespace aidc;
using test::in_child;

namespace {

struct World {
    Simulation simulation;
    Signal signal;
    std::string text;

    void note(std::string const& what) { text += what + "@" + std::to_string(simulation.now()) + " "; }
};

Story two_steps(World& world, int id)
{
    world.note("begin" + std::to_string(id));
    co_await until(world.simulation, 10, Phase::completion);
    world.note("middle" + std::to_string(id));
    co_await until(world.simulation, 20, Phase::completion);
    world.note("end" + std::to_string(id));
}

Story waiter(World& world, int id)
{
    co_await world.signal.wait();
    world.note("woken" + std::to_string(id));
}

Story keeper(World& world, std::shared_ptr<int> token)
{
    co_await until(world.simulation, 50, Phase::completion);
    ++*token;
}

Story thrower(World& world)
{
    co_await until(world.simulation, 5, Phase::completion);
    throw std::runtime_error("spoilt");
}

/// Runs a test body on a fresh world in a child. \returns the world's text
template <class F> std::string told(F body)
{
    auto const child = in_child([&] {
        World world;
        body(world);
        return world.text;
    });
    return child.exit_code == 0 ? child.bytes : "exit code " + std::to_string(child.exit_code);
}

} // namespace

TEST_CASE("a story starts through the calendar and goes on at the dates it waits for")
{
    CHECK(told([](World& world) {
              Story story = two_steps(world, 1);
              start(world.simulation, story, 0, Phase::arrival);
              world.text += "nothing yet ";
              world.simulation.run_until(15);
              world.text += story.done() ? "done " : "not done ";
              world.simulation.run_until(30);
              world.text += story.done() ? "done" : "not done";
          })
          == "nothing yet begin1@0 middle1@10 not done end1@20 done");
}

TEST_CASE("a destroyed story cancels its event and frees what it holds")
{
    CHECK(told([](World& world) {
              auto const token = std::make_shared<int>(0);
              auto story = std::make_unique<Story>(keeper(world, token));
              start(world.simulation, *story, 0, Phase::arrival);
              world.simulation.at(20, Phase::failure, [&] { story.reset(); });
              world.simulation.run_until(100);
              world.text =
                  std::to_string(*token) + " " + std::to_string(token.use_count()) + " " + std::to_string(world.simulation.events_run());
          })
          == "0 1 2"); // the first step and the reset; the step at 50 never ran
}

TEST_CASE("a story that is never started, or destroyed before its first step, frees what it holds")
{
    CHECK(told([](World& world) {
              auto const token = std::make_shared<int>(0);
              {
                  Story const idle = keeper(world, token);
                  Story started = keeper(world, token);
                  start(world.simulation, started, 3, Phase::arrival);
              }
              world.simulation.run_until(10);
              world.text = std::to_string(token.use_count()) + " " + std::to_string(world.simulation.events_run());
          })
          == "1 0");
}

TEST_CASE("a signal wakes all who wait, in the order they began to wait")
{
    CHECK(told([](World& world) {
              std::vector<Story> stories;
              for (int id : {3, 1, 2}) {
                  stories.push_back(waiter(world, id));
                  start(world.simulation, stories.back(), 0, Phase::arrival);
              }
              world.simulation.at(7, Phase::arrival, [&] {
                  world.text += world.signal.any_waiting() ? "some " : "none ";
                  world.signal.notify(world.simulation, Phase::settle);
                  world.text += world.signal.any_waiting() ? "some " : "none ";
              });
              world.simulation.run_until(10);
          })
          == "some none woken3@7 woken1@7 woken2@7 ");
}

TEST_CASE("a signal asked for an earlier phase wakes one tick later, and has no memory")
{
    CHECK(told([](World& world) {
              Story early = waiter(world, 1);
              Story late = waiter(world, 2);
              start(world.simulation, early, 0, Phase::arrival);
              start(world.simulation, late, 8, Phase::arrival);
              world.simulation.at(7, Phase::settle, [&] { world.signal.notify(world.simulation, Phase::failure); });
              world.simulation.run_until(20);
              world.text += late.done() ? "woken" : "still waits";
          })
          == "woken1@8 still waits");
}

TEST_CASE("a destroyed story leaves the queue of its signal, first, middle or last")
{
    for (int const gone : {0, 1, 2}) {
        std::string expected;
        for (int id : {0, 1, 2}) {
            expected += id == gone ? "" : "woken" + std::to_string(id) + "@5 ";
        }
        CHECK(told([gone](World& world) {
                  std::vector<std::unique_ptr<Story>> stories;
                  for (int id : {0, 1, 2}) {
                      stories.push_back(std::make_unique<Story>(waiter(world, id)));
                      start(world.simulation, *stories.back(), 0, Phase::arrival);
                  }
                  world.simulation.run_until(2);
                  stories[static_cast<std::size_t>(gone)].reset();
                  world.simulation.at(5, Phase::arrival, [&] { world.signal.notify(world.simulation, Phase::settle); });
                  world.simulation.run_until(10);
              })
              == expected);
    }
}

TEST_CASE("a story destroyed between its signal and its step never takes the step")
{
    CHECK(told([](World& world) {
              auto story = std::make_unique<Story>(waiter(world, 1));
              start(world.simulation, *story, 0, Phase::arrival);
              world.simulation.at(5, Phase::arrival, [&] {
                  world.signal.notify(world.simulation, Phase::settle);
                  story.reset();
              });
              world.simulation.run_until(10);
          }).empty());
}

TEST_CASE("a signal may move or go away while stories wait")
{
    CHECK(told([](World& world) {
              Story first = waiter(world, 1);
              Story second = waiter(world, 2);
              start(world.simulation, first, 0, Phase::arrival);
              start(world.simulation, second, 0, Phase::arrival);
              world.simulation.run_until(1);
              {
                  Signal moved = std::move(world.signal);
                  world.text += moved.any_waiting() && !world.signal.any_waiting() ? "moved " : "lost ";
                  world.signal = std::move(moved);
                  second = Story();
                  world.signal.notify(world.simulation, Phase::settle);
              }
              Story third = waiter(world, 3);
              start(world.simulation, third, 2, Phase::arrival);
              world.simulation.run_until(3);
              world.signal = Signal();
              world.simulation.run_until(5);
          })
          == "moved woken1@1 ");
}

TEST_CASE("an exception of a story comes out of run_until, and the story is done")
{
    CHECK(told([](World& world) {
              Story story = thrower(world);
              start(world.simulation, story, 0, Phase::arrival);
              try {
                  world.simulation.run_until(10);
              }
              catch (std::runtime_error const& error) {
                  world.note(error.what());
              }
              world.text += story.done() ? "done" : "not done";
          })
          == "spoilt@5 done");
}

TEST_CASE("starting a story twice, or an empty one, breaks the contract")
{
    CHECK(told([](World& world) {
              Story story = waiter(world, 1);
              start(world.simulation, story, 0, Phase::arrival);
              start(world.simulation, story, 0, Phase::arrival);
          })
          == "exit code 70");
    CHECK(told([](World& world) {
              Story empty;
              world.text = empty.done() ? "" : "not done";
              start(world.simulation, empty, 0, Phase::arrival);
          })
          == "exit code 70");
}
