#include "models/cooling/loop.hpp"

#include "tests/catch.hpp"
#include "tests/physics/technique_cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>
#include <string>

using namespace aidc;

namespace {

constexpr double never_s = std::numeric_limits<double>::infinity(); // time constant of an actuator that stands

/// All temperatures of a building with one group of pods [deg C].
std::array<double, 6> temperatures(LoopState const& s)
{
    auto const& pod = s.pods[0];
    return {pod.chip_C, pod.return_C, pod.supply_C, s.fws_return_C, s.fws_supply_C, s.tower_C};
}

double difference_K(LoopState const& a, LoopState const& b)
{
    auto const x = temperatures(a), y = temperatures(b);
    double most = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        most = std::max(most, std::abs(x[i] - y[i]));
    }
    return most;
}

/// A technique that was steady at half its heat and 6 K colder air and then runs at its inputs.
struct Response {
    cases::Technique technique;
    Air outdoors;

    LoopState start() const
    {
        PodHeat half = technique.pod;
        half.chip_W *= 0.5;
        half.direct_W *= 0.5;
        Air const cool = cases::air(outdoors.dry_bulb_C - 6.0, 0.5);
        return steady_loop(technique.plant, {.outdoors = cool, .pods = {&half, 1}, .coolers_up = technique.coolers}, {});
    }

    LoopState after(double time_s, int count) const
    {
        LoopState state = start();
        LoopInputs const inputs{.outdoors = outdoors, .pods = {&technique.pod, 1}, .coolers_up = technique.coolers};
        for (int k = 0; k < count; ++k) {
            step_loop(technique.plant, inputs, state, time_s / count);
        }
        return state;
    }
};

constexpr std::size_t steps = 5; // 5, 2.5, 1.25, 0.625 and 0.3125 s

/// Errors at internal steps that are halved from 5 s on.
struct Study {
    std::array<double, steps> error_K{};
    std::string text;

    Study(Response const& response, double time_s)
    {
        int const coarse = static_cast<int>(std::lround(time_s / 5.0));
        LoopState const fine = response.after(time_s, coarse * 1024); // 0.005 s
        std::ostringstream out;
        out << response.technique.name << " after " << time_s << " s, error in K at 5, 2.5, 1.25, 0.625, 0.3125 s:" << std::setprecision(3);
        for (std::size_t i = 0; i < error_K.size(); ++i) {
            error_K[i] = difference_K(response.after(time_s, coarse << i), fine);
            out << ' ' << error_K[i];
        }
        out << "; order";
        for (std::size_t i = 0; i + 1 < error_K.size(); ++i) {
            out << ' ' << order(i);
        }
        text = out.str();
    }

    double order(std::size_t i) const { return std::log2(error_K[i] / error_K[i + 1]); }
};

} // namespace

TEST_CASE("with valves and fans held the loop is of order two in time", "[convergence][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{4}, std::size_t{5}); // without chillers and heat network
    auto const time_s = GENERATE(20.0, 60.0, 240.0);
    Response response{all[i], cases::air(18.0, 0.5)};
    response.technique.plant.mass.valve_s = never_s; // they stand
    response.technique.plant.mass.fan_s = never_s;
    Study const study(response, time_s);
    WARN(study.text);
    for (std::size_t k = 0; k + 1 < steps; ++k) {
        CHECK(study.order(k) > 1.8);
        CHECK(study.order(k) < 2.3);
    }
    CHECK(study.error_K[0] < 0.06); // at 5 s; reached 0.046 K
}

TEST_CASE("with valves, fans and chillers at work the loop is of order one in time", "[convergence][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{7}));
    auto const time_s = GENERATE(20.0, 60.0, 240.0);
    Study const study({all[i], cases::air(18.0, 0.5)}, time_s);
    WARN(study.text);
    // At 5 s the errors of order one (valves, fans) and two (chips) are alike and partly cancel; from 1.25 s on the first is left.
    CHECK(study.order(2) > 0.8);
    CHECK(study.order(3) > 0.8);
    CHECK(study.order(3) < 1.2);
    CHECK(study.error_K[0] < 0.09); // at 5 s; reached 0.073 K
}

TEST_CASE("chillers that are frozen over a step are of order one in time, or two where they carry a steady heat alone",
          "[convergence][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(std::size_t{2}, std::size_t{3});
    Response response{all[i], cases::air(18.0, 0.5)};
    response.technique.plant.mass.valve_s = never_s;
    response.technique.plant.mass.fan_s = never_s;
    Study const study(response, 240.0);
    WARN(study.text);
    for (std::size_t k = 0; k + 1 < steps; ++k) {
        CHECK(study.order(k) > 0.7); // chillers that start and stop inside the course make single halvings irregular
        CHECK(study.order(k) < 2.1);
    }
}

TEST_CASE("one step of 15 s is three of 5 s, bit for bit", "[property][cooling]")
{
    auto const all = cases::techniques();
    for (auto const& t : all) {
        Response const response{t, cases::air(18.0, 0.5)};
        LoopState const by_15 = response.after(300.0, 20), by_5 = response.after(300.0, 60);
        INFO(t.name);
        CHECK(temperatures(by_15) == temperatures(by_5));
        CHECK(by_15.fan_ratio == by_5.fan_ratio);
        CHECK(by_15.pods[0].fws_flow_kg_per_s == by_5.pods[0].fws_flow_kg_per_s);
    }
}

TEST_CASE("how equal pods are lumped into groups changes nothing", "[property][cooling]")
{
    auto const all = cases::techniques();
    for (auto const& t : all) {
        std::array split{t.pod, t.pod, t.pod};
        split[0].pods = 1.0;
        split[1].pods = 6.5;
        split[2].pods = 2.5;
        Air const outdoors = cases::air(18.0, 0.5), warmer = cases::air(24.0, 0.5);
        LoopState one = steady_loop(t.plant, {.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers}, {});
        LoopState three = steady_loop(t.plant, {.outdoors = outdoors, .pods = split, .coolers_up = t.coolers}, {});
        for (int k = 0; k < 40; ++k) {
            step_loop(t.plant, {.outdoors = warmer, .pods = {&t.pod, 1}, .coolers_up = t.coolers}, one, 15.0);
            step_loop(t.plant, {.outdoors = warmer, .pods = split, .coolers_up = t.coolers}, three, 15.0);
        }
        INFO(t.name);
        CHECK(difference_K(one, three) <= 1e-9); // rounding, and where the solvers stop
    }
}
