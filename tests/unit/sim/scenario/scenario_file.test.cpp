// A file that is read once and resolved often gives what reading it each time gives.
#include "tests/unit/sim/scenario/weather_case.hpp"

#include <cstring>
#include <unistd.h>

using namespace aidc;
using namespace aidc::test;

namespace {

std::filesystem::path small_campus() { return source_folder() / "tests/fixtures/small_campus.json"; }

bool same_hours(std::vector<Air> const& a, std::vector<Air> const& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Air)) == 0;
}

/// The parts of two scenarios that make them different runs.
void check_same(Scenario const& a, Scenario const& b)
{
    CHECK(a.resolved == b.resolved);
    REQUIRE(a.inputs.size() == b.inputs.size());
    for (std::size_t i = 0; i < a.inputs.size(); ++i) {
        CHECK(a.inputs[i].path == b.inputs[i].path);
        CHECK(a.inputs[i].sha256 == b.inputs[i].sha256);
    }
    REQUIRE(a.buildout.climates.size() == b.buildout.climates.size());
    for (std::size_t i = 0; i < a.buildout.climates.size(); ++i) {
        CHECK(same_hours(a.buildout.climates[i].hours, b.buildout.climates[i].hours));
        CHECK(a.buildout.climates[i].filled_hours == b.buildout.climates[i].filled_hours);
    }
    CHECK(a.buildout.lots.size() == b.buildout.lots.size());
    CHECK(a.buildout.activities.size() == b.buildout.activities.size());
    CHECK(a.buildout.milestones.size() == b.buildout.milestones.size());
    CHECK(a.buildout.seed == b.buildout.seed);
    CHECK(a.baseline.has_value() == b.baseline.has_value());
}

using Changes = std::vector<Override>;

std::vector<Changes> const changes_to_small_campus{
    {},
    {{"/makers/0/backlog_units", "10"}},
    {{"/templates/hall/house_kW", "20"}},                                   // of both halls
    {{"/campuses/0/buildings/0/halls/0/house_kW", "30"}},                   // of one
    {{"/templates/hall/house_kW", "20"}, {"/makers/0/backlog_units", "3"}}, // a template and a value
    {{"/climates/0/normals/dry_bulb_mean_C/0", "-10"}},                     // other weather
    {{"/orders/racks/units", "90"}},
    {},
};

} // namespace

TEST_CASE("a file resolved many times, in any order, gives what load_scenario gives")
{
    for (int round = 0; round < 2; ++round) {
        ScenarioFile file(small_campus());
        auto changes = changes_to_small_campus;
        if (round == 1) {
            std::reverse(changes.begin(), changes.end());
        }
        for (auto const& change : changes) {
            INFO(round << (change.empty() ? " as written" : change.front().pointer));
            check_same(file.resolve(change), load_scenario(small_campus(), change));
        }
    }
}

TEST_CASE("changes change what they name, and leave nothing behind")
{
    ScenarioFile file(small_campus());
    auto const before = file.resolve();
    auto const template_changed = file.resolve({{"/templates/hall/house_kW", "20"}});
    auto const hall_changed = file.resolve({{"/campuses/0/buildings/0/halls/0/house_kW", "30"}});
    auto const after = file.resolve();
    check_same(before, after);
    auto const house_W = [](Scenario const& scenario, std::size_t hall) { return scenario.buildout.halls.at(hall).house_W; };
    CHECK((house_W(template_changed, 0) == 20e3 && house_W(template_changed, 1) == 20e3));
    CHECK((house_W(hall_changed, 0) == 30e3 && house_W(hall_changed, 1) == 12e3));
    CHECK((house_W(after, 0) == 12e3 && house_W(after, 1) == 12e3));
}

TEST_CASE("a change that fails leaves the file as it was, and is told as load_scenario tells it")
{
    ScenarioFile file(small_campus());
    auto const before = file.resolve();
    for (auto const& change : std::vector<Changes>{{{"/makers/0/backlog_units", "-1"}},
                                                   {{"/makers/no_such/backlog_units", "1"}},
                                                   {{"/templates/hall/house_kW", "\"x\""}},
                                                   {{"/templates/hal/house_kW", "1"}},
                                                   {{"/climates/0/normals/dry_bulb_mean_C/6", "-27.2"}}}) {
        INFO(change.front().pointer);
        auto const told = text_of(problems_of([&] { file.resolve(change); }));
        CHECK_FALSE(told.empty());
        CHECK(told == text_of(problems_of([&] { load_scenario(small_campus(), change); })));
        CHECK(told == text_of(problems_of([&] { file.resolve(change); }))); // and again
    }
    check_same(before, file.resolve());
}

TEST_CASE("all scenarios that come with the program resolve twice to the same")
{
    for (auto const& path : all_scenarios()) {
        INFO(path.string());
        ScenarioFile file(path);
        auto const once = file.resolve();
        check_same(once, file.resolve());
        check_same(once, load_scenario(path));
    }
}

TEST_CASE("hours of weather and hashes of data files are kept: the files are read once")
{
    Folder const folder;
    auto const line = [](std::size_t month, std::size_t day, std::size_t hour, std::size_t index) {
        return fmt::format("2023-{:02d}-{:02d} {:02d}:00,{},50\n", month, day, hour, 10.0 + 0.001 * static_cast<double>(index));
    };
    auto const weather = folder.write("weather.csv", "time,dry_bulb_C,RH_pct\n" + year_of_lines(false, line));
    auto const other = folder.write(
        "other.csv", "time,dry_bulb_C,RH_pct\n" + year_of_lines(false, [&](auto m, auto d, auto h, auto) { return line(m, d, h, 0); }));
    auto tree = tree_of(small_campus());
    tree["climates"][0].erase("normals");
    tree["climates"][0]["csv"] = "weather.csv";
    ScenarioFile file(tree.dump(), "case.json", folder.path());
    auto const before = file.resolve();
    CHECK(before.buildout.climates[0].hours[8759].dry_bulb_C == 10.0 + 0.001 * 8759);
    CHECK(before.inputs.back().path == weather.string());
    auto const changed = file.resolve({{"/climates/0/csv", "other.csv"}});
    CHECK(changed.buildout.climates[0].hours[8759].dry_bulb_C == 10.0);
    CHECK(changed.inputs.back().path == other.string());
    std::filesystem::remove(weather);
    std::filesystem::remove(other);
    check_same(file.resolve(), before);
    check_same(file.resolve({{"/climates/0/csv", "other.csv"}}), changed);
    CHECK(file.resolve({{"/makers/0/backlog_units", "10"}}).buildout.climates[0].hours[8759].dry_bulb_C == 10.0 + 0.001 * 8759);
    // What the weather of a place depends on is no longer the same place.
    CHECK_FALSE(problems_of([&] { file.resolve({{"/climates/0/altitude_m", "500"}}); }).empty());
}

TEST_CASE("a file that is moved is the same file")
{
    ScenarioFile file(small_campus());
    auto const once = file.resolve();
    ScenarioFile moved(std::move(file));
    check_same(moved.resolve(), once);
}
