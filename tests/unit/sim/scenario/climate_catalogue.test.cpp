// Every climate of the catalogue: listed values that fit each other, and a made year that meets them.
#include "models/weather/seasonal_curve.hpp"
#include "tests/unit/sim/scenario/weather_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

Json catalogue() { return tree_of(source_folder() / "scenarios/catalogue/climates.json")["entries"]; }

/// The fixture with one climate of the catalogue.
Json scenario_of(std::string const& name)
{
    auto scenario = tree_of(fixture());
    scenario["catalogue"] = Json::array({"catalogue/climates.json"});
    scenario["climates"] = Json::array({{{"use", name}, {"name", "mild"}}});
    return scenario;
}

} // namespace

TEST_CASE("the catalogue has climates of the places data centres are built in")
{
    auto const entries = catalogue();
    CHECK(entries.size() >= 25);
    for (auto const* const name :
         {"langfang", "pinghu",    "foshan", "guangzhou", "chongqing", "lanzhou", "haikou",   "ulanqab", "zhangbei", "mumbai", "hyderabad",
          "johor",    "singapore", "batam",  "abilene",   "ashburn",   "phoenix", "columbus", "memphis", "dublin",   "lulea"}) {
        CHECK(entries.contains(name));
    }
}

TEST_CASE("a proxy names its station and its altitude")
{
    auto const entries = catalogue();
    for (auto const& [name, entry] : entries.items()) {
        auto const source = entry["source"]["value"].get<std::string>();
        if (entry["text"].get<std::string>().find("stands in") != std::string::npos) {
            INFO(name << ": " << source);
            CHECK_THAT(source, Catch::Matchers::StartsWith("Proxy: ") && ContainsSubstring(" m"));
        }
    }
}

TEST_CASE("made years of all climates meet their listed values within 0.5 K and keep their monthly means")
{
    auto const entries = catalogue();
    for (auto const& [name, entry] : entries.items()) {
        INFO(name);
        auto const scenario = load_scenario_text(scenario_of(name).dump(), "case.json", source_folder() / "scenarios");
        auto const& climate = scenario.buildout.climates.at(0);
        REQUIRE(climate.design.extremes);
        REQUIRE(climate.design.evaporation);
        auto const reached = exceeded(climate.hours);
        CHECK_THAT(reached.dry_bulb_0_4_C, WithinAbs(climate.design.dry_bulb_C, 0.5));
        CHECK_THAT(reached.dry_bulb_1_C, WithinAbs(climate.design.extremes->dry_bulb_1_C, 0.5));
        CHECK_THAT(reached.dry_bulb_99_6_C, WithinAbs(climate.design.extremes->dry_bulb_99_6_C, 0.5));
        CHECK_THAT(reached.wet_bulb_0_4_C, WithinAbs(climate.design.evaporation->wet_bulb_C, 0.5));
        std::vector<double> dry_bulb_C(climate.hours.size());
        std::ranges::transform(climate.hours, dry_bulb_C.begin(), &Air::dry_bulb_C);
        auto const means = monthly_means(dry_bulb_C);
        auto const normals = Json::parse(scenario.resolved)["climates"][0]["normals"]["dry_bulb_mean_C"].get<std::vector<double>>();
        for (std::size_t m = 0; m < 12; ++m) {
            CHECK_THAT(means[m], WithinAbs(normals.at(m), 1e-6));
        }
    }
}

TEST_CASE("listed values that contradict each other are problems")
{
    auto const listed = [](double one_pct_C, double cold_C, double wet_C) {
        return fmt::format(
            R"({{"op": "add", "path": "/climates/0/design/extremes", "value": {{"dry_bulb_1_C": {}, "dry_bulb_99_6_C": {}}}}},
                              {{"op": "add", "path": "/climates/0/design/evaporation", "value": {{"wet_bulb_C": {}, "dry_bulb_C": 30}}}})",
            one_pct_C, cold_C, wet_C);
    };
    check_all({
        {listed(35.0, -10.0, 26.0), "/climates/0/design/extremes/dry_bulb_1_C", "must lie below the 0.4 % value of 35 C"},
        {listed(34.0, 34.5, 26.0), "/climates/0/design/extremes/dry_bulb_99_6_C", "must lie below the 1 % value of 34 C"},
        {listed(34.0, -10.0, 31.0), "/climates/0/design/evaporation", "wet bulb above its dry bulb"},
        {listed(34.0, -10.0, 20.0), "/climates/0/design/evaporation/wet_bulb_C", "below the 23.5 C that go with the design dry bulb"},
        {listed(34.0, 20.0, 26.0), "/climates/0/design/extremes/dry_bulb_99_6_C", "a year of these normals can only be made with"},
    });
}
