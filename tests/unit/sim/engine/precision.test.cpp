/// \file
/// The way SimGrid loses time, and that it cannot here. SimGrid's C functions are declared, not included: its headers stay
/// in sim/engine.

#include "sim/engine/line.hpp"
#include "sim/engine/story.hpp"
#include "sim/engine/streams.hpp"

#include "tests/catch.hpp"
#include "tests/unit/sim/engine/in_child.hpp"

#include <cmath>
#include <utility>
#include <vector>

extern "C" {
void* sg_host_by_name(char const* name);
void sg_host_turn_off(void* host);
void* sg_actor_create_(char const* name, void* host, void (*code)(int, char**), int argc, char const* const* argv);
void sg_actor_sleep_for(double duration_s);
void sg_cfg_set_double(char const* name, double value);
}

using namespace aidc;
using test::Child;
using test::in_child;

namespace {

/// Dates a < b [s] such that a clock that moves from a by (b - a) lands one step beyond b.
struct Overshoot {
    double a_s = 0.0, b_s = 0.0;
};

Overshoot find_overshoot()
{
    Streams const streams(5, 0);
    for (std::uint64_t draw = 0;; ++draw) {
        double const a_s = 30.0 * day_s * streams.uniform("overshoot", "a", draw);
        double const b_s = 1e7 + 6e7 * streams.uniform("overshoot", "b", draw);
        double const volatile step_s = b_s - a_s;
        if (a_s + step_s > b_s) {
            return {a_s, b_s};
        }
    }
}

void sleep_for(int, char** arguments) { sg_actor_sleep_for(std::strtod(arguments[0], nullptr)); }

/// An actor of SimGrid that sleeps to `date_s`.
void add_sleeper(double date_s)
{
    std::string date(64, '\0');
    date.resize(static_cast<std::size_t>(std::snprintf(date.data(), date.size(), "%a", date_s)));
    char const* const arguments[] = {date.c_str(), nullptr};
    sg_actor_create_("sleeper", sg_host_by_name("maker"), sleep_for, 1, arguments);
}

/// Two sleepers of SimGrid make its clock land one step beyond the second one's end; a line has work to 1000 s after that.
std::string run_overshoot(double timing_precision_s)
{
    Overshoot const dates = find_overshoot();
    Simulation simulation;
    Line line(simulation, "maker", {1.0}, {1.0});
    if (timing_precision_s > 0.0) {
        sg_cfg_set_double("surf/precision", timing_precision_s);
    }
    std::string text = "lost";
    line.enqueue(0, dates.b_s + 1000.0, [&] { text = std::to_string(simulation.now()); });
    add_sleeper(dates.a_s);
    add_sleeper(dates.b_s);
    simulation.run_until(ticks(dates.b_s + 2000.0));
    return text;
}

} // namespace

TEST_CASE("a clock that lands one step beyond a date loses nothing with our precision")
{
    auto const child = in_child([] { return run_overshoot(0.0); });
    CHECK(child.exit_code == 0);
    CHECK(child.bytes == std::to_string(ticks(find_overshoot().b_s + 1000.0) + 1));
}

TEST_CASE("with SimGrid's own precision the same clock stops the line for ever, and the process cannot end well")
{
    auto const child = in_child([] { return run_overshoot(1e-9); });
    CHECK(child.exit_code == 1);
}

TEST_CASE("a line that stops for no reason is a deadlock, not a result")
{
    auto const child = in_child([] {
        Simulation simulation;
        Line line(simulation, "maker", {1.0}, {1.0, 3.0});
        line.enqueue(0, 100.0, [] {});
        simulation.at(ticks(10.0), Phase::settle, [] { sg_host_turn_off(sg_host_by_name("maker")); });
        simulation.run_until(ticks(1000.0));
        return std::string("unnoticed");
    });
    CHECK(child.exit_code == 1);
    CHECK_THAT(child.bytes, ContainsSubstring("the line maker has work in hand but makes no progress"));
}

namespace {

/// One order: wait, have it made, wait again.
Story order(Simulation& simulation, Line& line, Streams const& streams, std::size_t id, int& finished)
{
    auto const wait = [&streams, id](char const* what, double mean_s) { // no coroutine: it may capture
        return ticks(-mean_s * std::log(streams.uniform("order " + std::to_string(id), what, 0)));
    };
    co_await until(simulation, wait("permit", 20.0 * day_s), Phase::arrival);
    Signal made;
    line.enqueue(id % 2, static_cast<double>(wait("units", 365.0 * day_s)) / ticks_per_second,
                 [&made, &simulation] { made.notify(simulation, Phase::completion); });
    co_await made.wait();
    co_await until(simulation, simulation.now() + wait("commissioning", 365.0 * day_s), Phase::completion);
    ++finished;
}

/// A sparse plan: six orders on two lines, most of it in ten years, the rest in two hundred. \returns how many ended
int sparse_plan(std::uint32_t replicate)
{
    Streams const streams(1, replicate);
    Simulation simulation;
    int finished = 0;
    std::vector<Line> lines;
    lines.emplace_back(simulation, "north", std::vector<double>{1.0, 0.0}, std::vector<double>{1.0, 2.0});
    lines.emplace_back(simulation, "south", std::vector<double>{1.0 / 3.0}, std::vector<double>{3.0, 1.0});
    std::vector<Story> stories;
    for (std::size_t id = 0; id < 6; ++id) {
        stories.push_back(order(simulation, lines[id % 3 == 0], streams, id, finished));
        start(simulation, stories.back(), 0, Phase::environment);
    }
    simulation.run_until(ticks(10.0 * year_s));
    simulation.run_until(ticks(200.0 * year_s));
    return finished;
}

} // namespace

TEST_CASE("no replicate of a sparse plan over years is lost")
{
    // With SimGrid's own precision and sleeping actors 2.6 % of such plans end in a false deadlock.
#if defined(__SANITIZE_ADDRESS__)
    std::uint32_t constexpr replicates = 500;
#else
    std::uint32_t constexpr replicates = 10'000;
#endif
    std::size_t constexpr at_a_time = 4;
    int lost = 0;
    std::vector<Child> children;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
        children.emplace_back([replicate] { return std::to_string(sparse_plan(replicate)); });
        if (children.size() == at_a_time || replicate + 1 == replicates) {
            for (auto& child : children) {
                auto const result = child.result();
                lost += result.exit_code != 0 || result.bytes != "6";
            }
            children.clear();
        }
    }
    CHECK(lost == 0);
}
