#pragma once
/// \file
/// Histories to test: a generator of uniform numbers, shares of time, and replicates.

#include "models/reliability/history.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace aidc::test {

/// splitmix64 (G. L. Steele et al., OOPSLA 2014) over the arguments, one after the other.
class HashUniforms : public LifeUniforms {
  public:
    explicit HashUniforms(std::uint64_t seed) : seed_(seed) {}

    double uniform(std::uint32_t group, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const override
    {
        std::uint64_t const who = (std::uint64_t{group} << 32) | unit;
        std::uint64_t const what = (static_cast<std::uint64_t>(purpose) << 32) | number;
        return (static_cast<double>(mix(mix(mix(seed_) ^ who) ^ what) >> 12) + 0.5) * 0x1p-52;
    }

  private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    std::uint64_t seed_;
};

inline Duration exponential(double mean_s) { return {.shape = Duration::Shape::exponential, .parameter_s = {mean_s, 0.0, 0.0}}; }

/// Events of [0, end_s).
inline std::vector<LifeEvent> events_until(std::vector<LifeGroup> const& groups, std::vector<ExternalEvent> const& externals, double end_s,
                                           std::uint64_t seed)
{
    HashUniforms const uniforms(seed);
    History history(groups, externals, uniforms);
    std::vector<LifeEvent> events;
    for (auto event = history.next(); event.time_s < end_s; event = history.next()) {
        events.push_back(event);
    }
    return events;
}

/// Share of [from_s, end_s) in which a condition on the number of units up, by group, holds.
inline double share_of_time(std::vector<LifeGroup> const& groups, std::vector<LifeEvent> const& events, double from_s, double end_s,
                            std::function<double(std::vector<double> const&)> const& weight)
{
    std::vector<double> up;
    for (auto const& group : groups) {
        up.push_back(group.units);
    }
    double sum_s = 0.0, last_s = from_s;
    for (auto const& event : events) {
        if (event.time_s > last_s) {
            sum_s += weight(up) * (event.time_s - last_s);
            last_s = event.time_s;
        }
        up[event.group] += event.up ? 1.0 : -1.0;
    }
    return (sum_s + weight(up) * (end_s - last_s)) / (end_s - from_s);
}

struct Estimate {
    double mean{}, standard_error{};
};

inline Estimate estimate(int replicates, std::function<double(std::uint64_t)> const& value_of_seed)
{
    double sum = 0.0, squares = 0.0;
    for (int seed = 1; seed <= replicates; ++seed) {
        double const value = value_of_seed(static_cast<std::uint64_t>(seed));
        sum += value;
        squares += value * value;
    }
    double const mean = sum / replicates;
    return {mean, std::sqrt((squares / replicates - mean * mean) / (replicates - 1.0))};
}

/// Within 3 standard errors, and these are small enough to tell (at most `sharpness` of the value).
inline void check_agrees(Estimate const& simulated, double expected, double sharpness)
{
    CAPTURE(simulated.mean, simulated.standard_error, expected);
    CHECK(std::abs(simulated.mean - expected) < 3.0 * simulated.standard_error);
    CHECK(simulated.standard_error < sharpness * expected);
}

} // namespace aidc::test
