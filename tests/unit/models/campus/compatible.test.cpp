#include "models/campus/compatible.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

/// 36 kW of which 80 % are liquid: at 1.25 L/min/kW it needs 36 L/min at least.
RackKind rack()
{
    RackKind kind;
    kind.server = {.accelerators = 8, .power_W = 12e3};
    kind.servers = 3;
    kind.liquid_share = 0.8;
    kind.tcs_flow_m3_per_J = 1.5e-3 / 60.0 / 1e3;
    kind.mass_kg = 1400.0;
    return kind;
}

Position position() { return {.max_W = 40e3, .supply_C = 40.0, .flow_m3_per_s = 40e-3 / 60.0, .bus_V = 54.0, .floor_max_kg = 1500.0}; }

} // namespace

TEST_CASE("a rack fits when nothing is short", "[unit][campus]")
{
    CHECK_THAT(coolant_m3_per_s(rack()), WithinRel(36e-3 / 60.0, 1e-12)); // 1.25 L/min/kW x 28.8 kW
    CHECK(misfits(rack(), position()).empty());
    auto exact = position();
    exact.max_W = 36e3;
    exact.flow_m3_per_s = coolant_m3_per_s(rack());
    exact.floor_max_kg = 0.0; // no limit
    CHECK(misfits(rack(), exact).empty());
}

TEST_CASE("everything that a position cannot give is told at once", "[unit][campus]")
{
    auto const poor = Position{.max_W = 30e3, .supply_C = 46.0, .flow_m3_per_s = 30e-3 / 60.0, .bus_V = 800.0, .floor_max_kg = 1000.0};
    auto const all = misfits(rack(), poor);
    REQUIRE(all.size() == 5);
    CHECK(all[0] == "it needs 36.0 kW and gets 30.0 kW");
    CHECK(all[1] == "it needs coolant of at most 45 C and gets 46 C");
    CHECK(all[2] == "it needs at least 36 L/min of coolant and gets 30 L/min, its share of the CDU");
    CHECK(all[3] == "it needs 54 V and gets 800 V");
    CHECK(all[4] == "it weighs 1400 kg and the floor carries 1000 kg");
}

TEST_CASE("a rack that is sized for less flow than usual needs no more than that", "[unit][campus]")
{
    auto kind = rack();
    kind.tcs_flow_m3_per_J = 1.0e-3 / 60.0 / 1e3; // 1 L/min/kW
    CHECK_THAT(coolant_m3_per_s(kind), WithinRel(28.8e-3 / 60.0, 1e-12));
}
