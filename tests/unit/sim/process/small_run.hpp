#pragma once
/// \file
/// Runs of tests/fixtures/small_campus.json for the tests, each in a child process: one SimGrid engine a process.

#include "sim/run/child.hpp"
#include "sim/run/simulate.hpp"
#include "sim/scenario/scenario.hpp"

#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace aidc::testing {

inline std::filesystem::path fixture() { return std::filesystem::path(AIDC_SOURCE_DIR) / "tests/fixtures/small_campus.json"; }

/// Hands the finished world to a test.
class AtEnd final : public Observer {
  public:
    explicit AtEnd(std::function<void(World const&, Tick)> look) : look_(std::move(look)) {}
    void row(World const& world, Tick from, Tick to) override
    {
        if (on_row) {
            on_row(world, from, to);
        }
    }
    void event(Event const&) override {}
    void finish(World const& world, Tick at, Ending) override { look_(world, at); }

    std::function<void(World const&, Tick, Tick)> on_row;

  private:
    std::function<void(World const&, Tick)> look_;
};

/// The fixture with overrides, and its plan (of the fixture as written).
struct Prepared {
    Buildout buildout;
    Plan plan;
};

inline Prepared prepare(std::vector<Override> const& overrides = {})
{
    auto const as_written = load_scenario(fixture());
    auto variant = load_scenario(fixture(), overrides);
    auto plan = fit_plan(make_plan(as_written.buildout), as_written.buildout, variant.buildout);
    return {.buildout = std::move(variant.buildout), .plan = std::move(plan)};
}

/// Numbers that a child sends home.
inline std::vector<double> numbers_of(std::string const& bytes)
{
    std::vector<double> numbers(bytes.size() / sizeof(double));
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
    return numbers;
}

inline std::string bytes_of(std::vector<double> const& numbers)
{
    return {reinterpret_cast<char const*>(numbers.data()), numbers.size() * sizeof(double)};
}

/// Runs in a child; `pick` turns the world at the end into numbers.
inline std::vector<double> run_and_pick(Prepared const& prepared, SimulateOptions const& options,
                                        std::function<std::vector<double>(World const&, Tick)> const& pick)
{
    return numbers_of(in_child([&] {
        std::vector<double> picked;
        AtEnd observer([&](World const& world, Tick at) { picked = pick(world, at); });
        simulate(prepared.buildout, prepared.plan, options, observer);
        return bytes_of(picked);
    }));
}

/// Everything that events decide: dates, go-lives, ledger, causes but for throttling.
inline std::vector<double> decided_by_events(World const& world, Tick)
{
    std::vector<double> all;
    for (auto const& dates : world.activities) {
        all.push_back(static_cast<double>(dates.finished));
    }
    for (auto const& dates : world.lots) {
        all.push_back(static_cast<double>(dates.dock));
    }
    for (auto const& hall : world.halls) {
        for (auto const& step : hall.history) {
            all.insert(all.end(), {static_cast<double>(step.from), step.it_W, step.accelerators});
        }
    }
    for (auto const& books : world.ledger) {
        all.insert(all.end(), {books.planned_or_live_accelerator_s, books.planned_or_live_J, books.live_J, books.ahead_accelerator_s});
        for (auto const& row : books.not_live) {
            all.insert(all.end(), {static_cast<double>(row.unmet), row.accelerator_s, row.it_J});
        }
        all.insert(all.end(), books.live_accelerator_s.begin(), books.live_accelerator_s.end());
    }
    for (auto const& by_cause : world.by_cause) {
        all.insert(all.end(), by_cause.begin(), by_cause.end());
    }
    return all;
}

/// Date at which a hall was complete [tick]; `never` when it was not.
inline Tick complete_date(Buildout const& buildout, World const& world, std::size_t hall)
{
    double complete_W = 0.0;
    for (auto const& line : buildout.halls[hall].lines) {
        complete_W += line_W(line, buildout.kinds[line.kind.row]);
    }
    for (auto const& step : world.halls[id<Hall>(hall)].history) {
        if (step.it_W >= complete_W * (1.0 - 1e-12)) {
            return step.from;
        }
    }
    return never;
}

} // namespace aidc::testing
