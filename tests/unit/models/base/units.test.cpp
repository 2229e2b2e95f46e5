#include "models/base/units.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <string>

using namespace aidc;

namespace {
double factor(std::string_view suffix)
{
    auto const* unit = find_unit(suffix);
    REQUIRE(unit != nullptr);
    return unit->factor;
}
} // namespace

TEST_CASE("every suffix occurs once", "[unit][base]")
{
    for (auto const& unit : units) {
        INFO(std::string(unit.suffix));
        CHECK(std::ranges::count(units, unit.suffix, &Unit::suffix) == 1);
        CHECK(find_unit(unit.suffix) == &unit);
        CHECK(unit.factor > 0.0);
    }
}

TEST_CASE("every unit leads to an SI unit that is accepted itself, with factor one", "[unit][base]")
{
    for (auto const& unit : units) {
        INFO(std::string(unit.suffix));
        auto const* si = find_unit(unit.si);
        REQUIRE(si != nullptr);
        CHECK(si->si == si->suffix);
        CHECK(si->factor == 1.0);
    }
}

TEST_CASE("conversions match hand calculation", "[unit][base]")
{
    CHECK_THAT(150.0 * factor("L_per_min"), WithinRel(2.5e-3, 1e-15));      // m3/s
    CHECK_THAT(1.5 * factor("L_per_min_per_kW"), WithinRel(2.5e-8, 1e-15)); // m3/J
    CHECK_THAT(36.0 * factor("m3_per_h"), WithinRel(0.01, 1e-15));
    CHECK(2.0 * factor("MWh") == 7.2e9);
    CHECK(factor("bar") == 1e5);
    CHECK(12.0 * factor("months") == factor("years"));
    CHECK_THAT(factor("per_year") * factor("years"), WithinRel(1.0, 1e-15));
    CHECK(factor("weeks") == 7.0 * 86400.0);
    CHECK(44.0 * factor("pct") == 0.44);
}

TEST_CASE("an unknown suffix has no row", "[unit][base]")
{
    CHECK(find_unit("GW") == nullptr);
    CHECK(find_unit("kw") == nullptr); // case counts
    CHECK(find_unit("") == nullptr);
}
