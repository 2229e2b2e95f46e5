#include "sim/engine/simulation.hpp"

#include "tests/catch.hpp"
#include "tests/unit/sim/engine/in_child.hpp"

#include <algorithm>
#include <csignal>
#include <random>
#include <vector>

using namespace aidc;
using test::in_child;
using test::Leave;

namespace {

/// Adds "<mark>@<tick> " to a text when it runs.
auto note(Simulation& simulation, std::string& text, char mark)
{
    return [&simulation, &text, mark] { text += mark + ("@" + std::to_string(simulation.now())) + " "; };
}

} // namespace

TEST_CASE("events run exactly on their tick, however far (T1)")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        Tick const far = ticks(100.0 * year_s) + 1;
        for (Tick const date : {Tick{0}, Tick{1}, Tick{1023}, far, far + 1}) {
            simulation.at(date, Phase::settle, [&text, &simulation, date] { text += simulation.now() == date ? "=" : "!"; });
        }
        simulation.run_until(far + 1);
        return text + std::to_string(simulation.events_run());
    });
    CHECK(child.exit_code == 0);
    CHECK(child.bytes == "=====5");
}

TEST_CASE("order inside one instant is phase, then the order of posting (T1)")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        simulation.at(5, Phase::record, note(simulation, text, 'f'));
        simulation.at(5, Phase::arrival, note(simulation, text, 'c'));
        simulation.at(5, Phase::arrival, note(simulation, text, 'd'));
        simulation.at(5, Phase::completion, note(simulation, text, 'b'));
        simulation.at(5, Phase::environment, note(simulation, text, 'a'));
        simulation.at(5, Phase::settle, note(simulation, text, 'e'));
        simulation.run_until(10);
        return text;
    });
    CHECK(child.bytes == "a@5 b@5 c@5 d@5 e@5 f@5 ");
}

TEST_CASE("phases only move forward: an earlier phase at now means the same phase one tick later (T2)")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        simulation.at(5, Phase::settle, [&] {
            text += "s@5 ";
            simulation.at(5, Phase::failure, note(simulation, text, 'f'));
            simulation.at(5, Phase::record, note(simulation, text, 'r'));
            simulation.at(5, Phase::settle, note(simulation, text, 't'));
        });
        simulation.run_until(5);
        text += "| ";
        simulation.at(5, Phase::arrival, note(simulation, text, 'a')); // record has run at 5
        simulation.at(5, Phase::record, note(simulation, text, 'u'));
        simulation.run_until(6);
        return text;
    });
    CHECK(child.bytes == "s@5 t@5 r@5 | u@5 f@6 a@6 ");
}

TEST_CASE("cancelled events never run, and cancel says whether there was one")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        EventId const second = simulation.at(2, Phase::settle, note(simulation, text, 'b'));
        EventId first;
        first = simulation.at(1, Phase::settle, [&] {
            text += simulation.cancel(first) ? "self " : "running "; // an event that runs is no longer pending
            text += simulation.cancel(second) ? "yes " : "no ";
            text += simulation.cancel(second) ? "yes " : "no ";
        });
        simulation.run_until(10);
        text += simulation.cancel(first) ? "yes" : "no";
        return text;
    });
    CHECK(child.bytes == "running yes no no");
}

namespace {

/// 300 events with different (tick, phase), posted in an order that depends on `seed`. \returns the hash of the run
std::string shuffled_hash(unsigned seed)
{
    std::vector<int> order(300);
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = static_cast<int>(i);
    }
    std::mt19937 random(seed);
    std::shuffle(order.begin(), order.end(), random);
    Simulation simulation;
    for (int const i : order) {
        simulation.at(1000 * (i / 7), static_cast<Phase>(i % 7), [] {});
    }
    simulation.run_until(100'000);
    return std::to_string(simulation.trace_hash()) + "/" + std::to_string(simulation.events_run());
}

} // namespace

TEST_CASE("the order of posting independent events does not change the trace")
{
    auto const first = in_child([] { return shuffled_hash(1); });
    CHECK(first.exit_code == 0);
    CHECK(first.bytes.find("/300") != std::string::npos);
    CHECK(in_child([] { return shuffled_hash(2); }).bytes == first.bytes);
    CHECK(in_child([] { return shuffled_hash(3); }).bytes == first.bytes);
}

TEST_CASE("a child forked before its engine runs the same trace as its parent")
{
    auto const both = in_child([] {
        auto const child = in_child([] { return shuffled_hash(1); });
        return child.bytes == shuffled_hash(1) ? std::string("same") : "different";
    });
    CHECK(both.bytes == "same");
}

TEST_CASE("the trace differs when one event moves by a tick or a phase")
{
    auto const hash = [](Tick date, Phase phase) {
        return in_child([=] {
                   Simulation simulation;
                   simulation.at(date, phase, [] {});
                   simulation.run_until(10);
                   return std::to_string(simulation.trace_hash());
               })
            .bytes;
    };
    CHECK(hash(5, Phase::settle) == hash(5, Phase::settle));
    CHECK(hash(5, Phase::settle) != hash(6, Phase::settle));
    CHECK(hash(5, Phase::settle) != hash(5, Phase::record));
}

TEST_CASE("run_until includes its end, stands there without events, and can go on")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        simulation.run_until(7);
        text += std::to_string(simulation.now()) + " ";
        simulation.at(10, Phase::settle, note(simulation, text, 'a'));
        simulation.at(11, Phase::settle, note(simulation, text, 'b'));
        simulation.run_until(10);
        text += std::to_string(simulation.now()) + " ";
        simulation.run_until(10);
        simulation.run_until(12);
        return text + std::to_string(simulation.now());
    });
    CHECK(child.bytes == "7 a@10 10 b@11 12");
}

TEST_CASE("stop_asked stops between two instants")
{
    auto const child = in_child([] {
        Simulation simulation;
        int runs = 0;
        for (Tick date = 1; date <= 100; ++date) {
            simulation.at(date, Phase::settle, [&runs] { ++runs; });
            simulation.at(date, Phase::record, [&runs] { ++runs; });
        }
        simulation.run_until(100, [&runs] { return runs >= 9; });
        std::string text = std::to_string(runs) + "@" + std::to_string(simulation.now()) + " ";
        simulation.run_until(100, [] { return true; });
        text += std::to_string(runs) + " ";
        simulation.run_until(100);
        return text + std::to_string(runs) + "@" + std::to_string(simulation.now());
    });
    CHECK(child.bytes == "10@5 10 200@100");
}

TEST_CASE("an exception of an event comes out of run_until, and the rest stays pending")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::string text;
        simulation.at(3, Phase::settle, [] { throw std::runtime_error("no chiller"); });
        simulation.at(3, Phase::record, note(simulation, text, 'r'));
        try {
            simulation.run_until(10);
            text += "missed ";
        }
        catch (std::runtime_error const& error) {
            text += error.what() + ("@" + std::to_string(simulation.now())) + " ";
        }
        simulation.run_until(10);
        return text + std::to_string(simulation.now());
    });
    CHECK(child.bytes == "no chiller@3 r@3 10");
}

TEST_CASE("broken contracts end the process with code 70")
{
    CHECK(in_child([] { // an event in the past
              Simulation simulation;
              simulation.run_until(10);
              simulation.at(9, Phase::settle, [] {});
              return std::string();
          })
              .exit_code
          == 70);
    CHECK(in_child([] { // a second engine in one process
              Simulation const first;
              Simulation const second;
              return std::string();
          })
              .exit_code
          == 70);
    CHECK(in_child([] { // a run inside a run
              Simulation simulation;
              simulation.at(1, Phase::settle, [&] { simulation.run_until(5); });
              simulation.run_until(10);
              return std::string();
          })
              .exit_code
          == 70);
}

TEST_CASE("the process keeps its signal handlers")
{
    auto const child = in_child([] {
        std::signal(SIGINT, SIG_IGN);
        std::signal(SIGSEGV, SIG_DFL); // the test program has its own
        Simulation simulation;
        simulation.at(1, Phase::settle, [] { std::raise(SIGINT); });
        simulation.run_until(2);
        std::string text = std::signal(SIGINT, SIG_DFL) == SIG_IGN ? "kept " : "taken ";
        text += std::signal(SIGSEGV, SIG_DFL) == SIG_DFL ? "kept" : "taken";
        return text;
    });
    CHECK(child.exit_code == 0);
    CHECK(child.bytes == "kept kept");
}

TEST_CASE("a process that ran an engine exits with code 0")
{
    auto const child = in_child(
        [] {
            Simulation simulation;
            simulation.at(5, Phase::settle, [] {});
            simulation.run_until(10);
            return std::string("done");
        },
        Leave::through_exit);
    CHECK(child.exit_code == 0);
    CHECK(child.bytes == "done");
}
