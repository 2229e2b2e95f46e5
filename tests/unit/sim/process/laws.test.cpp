#include "small_run.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// The fixture gives its step in hours: the same key is overridden.
Prepared with_hours(std::string const& hours) { return prepare({{.pointer = "/step_h", .value = hours}}); }

} // namespace

TEST_CASE("what events decide does not depend on the step of a quarter, one or twenty-four hours", "[process][law]")
{
    auto const hourly = run_and_pick(with_hours("1"), {}, decided_by_events);
    REQUIRE(hourly.size() > 100);
    for (auto const* const step : {"0.25", "24"}) {
        auto const other = run_and_pick(with_hours(step), {}, decided_by_events);
        REQUIRE(other.size() == hourly.size());
        for (std::size_t i = 0; i < other.size(); ++i) {
            CAPTURE(step, i, other[i], hourly[i]);
            CHECK(std::abs(other[i] - hourly[i]) <= 1e-12 * std::max(1.0, std::abs(hourly[i])));
        }
    }
}

TEST_CASE("dates alone give the same dates as operating every hour", "[process][law]")
{
    auto const prepared = prepare();
    auto const dates = [](World const& world, Tick) {
        std::vector<double> all;
        for (auto const& a : world.activities) {
            all.push_back(static_cast<double>(a.finished));
        }
        return all;
    };
    CHECK(run_and_pick(prepared, {.detail = Detail::build}, dates) == run_and_pick(prepared, {.detail = Detail::operate}, dates));
}

TEST_CASE("equal seeds give equal worlds, another seed and another replicate another one", "[process]")
{
    auto const prepared = prepare();
    auto const hash = [](Prepared const& p, std::uint32_t replicate) {
        return in_child([&] {
            NoObserver nobody;
            return std::to_string(simulate(p.buildout, p.plan, {.replicate = replicate}, nobody).world_hash);
        });
    };
    auto const first = hash(prepared, 0);
    CHECK(hash(prepared, 0) == first);
    CHECK(hash(prepared, 1) != first);
    auto other = prepared;
    other.buildout.seed = 4;
    CHECK(hash(other, 0) != first);
}

TEST_CASE("adding an order that nobody waits for moves no draw of the others", "[process]")
{
    auto prepared = prepare();
    auto const finished = [](World const& world, Tick) {
        std::vector<double> all;
        for (auto const& a : world.activities) {
            all.push_back(static_cast<double>(a.finished));
        }
        return all;
    };
    auto const before = run_and_pick(prepared, {.detail = Detail::build}, finished);
    prepared.buildout.items.push_back({.name = "spare_part"});
    prepared.buildout.makers.push_back({.name = "spare_maker",
                                        .item = id<Item>(prepared.buildout.items.size() - 1),
                                        .lead = {.shape = Duration::Shape::uniform, .parameter_s = {1e6, 2e6, 0}}});
    prepared.buildout.orders.push_back(
        {.name = "spares", .maker = id<Maker>(prepared.buildout.makers.size() - 1), .campus = id<Campus>(0), .units = 5});
    prepared.buildout.lots = lots_of(prepared.buildout.orders, prepared.buildout.makers);
    prepared.plan.lots.resize(prepared.buildout.lots.size());
    CHECK(run_and_pick(prepared, {.detail = Detail::build}, finished) == before);
}

TEST_CASE("the order in which activities stand in the scenario changes no date", "[process][law]")
{
    auto prepared = prepare();
    auto const by_name = [&prepared](World const& world, Tick) {
        std::vector<std::pair<std::string, double>> dates;
        for (std::size_t a = 0; a < prepared.buildout.activities.size(); ++a) {
            dates.emplace_back(prepared.buildout.activities[a].name, static_cast<double>(world.activities[id<Activity>(a)].finished));
        }
        std::ranges::sort(dates);
        std::vector<double> all;
        for (auto const& [name, date] : dates) {
            all.push_back(date);
        }
        return all;
    };
    auto const before = run_and_pick(prepared, {.detail = Detail::build}, by_name);
    // Swap two that never compete: the line and the yard. Every reference to them is swapped too.
    auto& activities = prepared.buildout.activities;
    std::swap(activities[0], activities[1]);
    for (auto& activity : activities) {
        for (auto& link : activity.after) {
            link.from.row = link.from.row == 0 ? 1 : link.from.row == 1 ? 0 : link.from.row;
        }
    }
    std::swap(prepared.plan.activities[0], prepared.plan.activities[1]);
    CHECK(run_and_pick(prepared, {.detail = Detail::build}, by_name) == before);
}

TEST_CASE("the baseline is the median run: its own dates, no failed tests, no shock", "[process]")
{
    auto const prepared = prepare();
    auto const picked = run_and_pick(prepared, {.draws = Draws::median, .detail = Detail::build}, [&](World const& world, Tick) {
        double late = 0.0;
        double retests = 0.0;
        for (std::size_t a = 0; a < prepared.buildout.activities.size(); ++a) {
            late += std::abs(static_cast<double>(world.activities[id<Activity>(a)].finished - prepared.plan.activities[a].finished));
            retests += world.activities[id<Activity>(a)].retests;
        }
        double not_live = 0.0;
        for (auto const& books : world.ledger) {
            for (auto const& row : books.not_live) {
                not_live += row.accelerator_s;
            }
        }
        return std::vector<double>{late, retests, not_live};
    });
    CHECK(picked == std::vector<double>{0.0, 0.0, 0.0});
}

TEST_CASE("overrides do not move the baseline", "[process]")
{
    auto const as_written = prepare();
    auto const variant = prepare({{.pointer = "/makers/0/backlog_units", .value = "10"}});
    REQUIRE(variant.plan.activities.size() == as_written.plan.activities.size());
    for (std::size_t a = 0; a < variant.plan.activities.size(); ++a) {
        CHECK(variant.plan.activities[a].finished == as_written.plan.activities[a].finished);
    }
}
