#include "sim/scenario/unit_key.hpp"

#include "scenario_case.hpp"

#include <algorithm>

using namespace aidc;
using namespace aidc::test;

TEST_CASE("a key knows itself in other units, the longest unit first")
{
    auto const power = other_units_of("it_power_kW");
    CHECK(std::ranges::find(power, "it_power_W") != power.end());
    CHECK(std::ranges::find(power, "it_power_MW") != power.end());
    CHECK(std::ranges::find(power, "it_power_kW") == power.end());
    auto const flow = other_units_of("tcs_flow_L_per_min_per_kW");
    CHECK(flow == std::vector<std::string>{"tcs_flow_m3_per_J"});
    CHECK(other_units_of("name").empty());
    CHECK(other_units_of("racks_per_pod").empty());
}

TEST_CASE("what stands beside a use may be given in another unit")
{
    auto scenario = tree_of(fixture());
    scenario["templates"]["yard"] =
        Json::parse(R"({"units": 3, "spare": 1, "rating_kW": 5000, "no_load_loss": 0.001, "proportional_loss": 0, "square_loss": 0.004})");
    scenario["campuses"][0]["transformers"] = Json::parse(R"({"use": "yard", "rating_MW": 8})");
    INFO(text_of(problems_in(scenario)));
    CHECK(problems_in(scenario).empty());
    scenario["campuses"][0]["transformers"] = Json::parse(R"({"use": "yard", "rating_MW": 8, "rating_kW": 9000})");
    CHECK(!problems_in(scenario).empty()); // two units in one place are still two values
}
