#include "models/cooling/loop.hpp"

#include "tests/catch.hpp"
#include "tests/physics/technique_cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <random>
#include <sstream>

using namespace aidc;

namespace {

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

    LoopState after(double time_s, int steps) const
    {
        LoopState state = start();
        LoopInputs const inputs{.outdoors = outdoors, .pods = {&technique.pod, 1}, .coolers_up = technique.coolers};
        for (int k = 0; k < steps; ++k) {
            step_loop(technique.plant, inputs, state, time_s / steps);
        }
        return state;
    }
};

/// Errors at internal steps of 5, 2.5, 1.25 and 0.625 s.
struct Study {
    std::array<double, 4> error_K{};
    std::string text;

    Study(Response const& response, double time_s)
    {
        int const coarse = static_cast<int>(std::lround(time_s / 5.0));
        LoopState const fine = response.after(time_s, coarse * 1024); // 0.005 s
        std::ostringstream out;
        out << response.technique.name << " after " << time_s << " s, error in K at 5, 2.5, 1.25, 0.625 s:" << std::setprecision(3);
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
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{6}));
    auto const time_s = GENERATE(20.0, 60.0, 240.0);
    Response response{all[i], cases::air(18.0, 0.5)};
    response.technique.plant.mass.valve_s = 1e15; // time constants: they stand
    response.technique.plant.mass.fan_s = 1e15;
    Study const study(response, time_s);
    WARN(study.text);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(study.order(k) > 1.8);
        CHECK(study.order(k) < 2.3);
    }
}

TEST_CASE("with valves and fans moving the loop is of order one in time", "[convergence][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{7}));
    auto const time_s = GENERATE(20.0, 60.0, 240.0);
    Study const study({all[i], cases::air(18.0, 0.5)}, time_s);
    WARN(study.text);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(study.order(k) > 0.8);
    }
}
