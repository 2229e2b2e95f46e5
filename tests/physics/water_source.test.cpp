// A source of water under every weather, load and technique: heat balance, second law, order of its controls.
#include "tests/physics/technique_cases.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace aidc;

namespace {

/// A loop whose heat and flow do not depend on its supply.
class SteadyLoop final : public LoopDemand {
  public:
    SteadyLoop(double heat_W, double W_per_K) : heat_W_(heat_W), W_per_K_(W_per_K) {}
    LoopWater at_supply(double supply_C) override
    {
        return {.supply_C = supply_C, .W_per_K = W_per_K_, .heat_W = heat_W_, .cp_J_per_kgK = 4180.0};
    }
    double open_W_per_K() const override { return W_per_K_; }

  private:
    double heat_W_;
    double W_per_K_;
};

constexpr double flow_W_per_K = 12e6 / 14.0; ///< 12 MW at a rise of 14 K

cases::Technique technique(std::string const& name)
{
    for (auto const& t : cases::techniques()) {
        if (t.name == name) {
            return t;
        }
    }
    FAIL("no technique is called " << name);
    return {};
}

SourceConditions conditions(cases::Technique const& t, Air const& outdoors)
{
    return {.outdoors = outdoors,
            .outdoor_up = t.coolers,
            .chillers_up = t.plant.chillers,
            .pads_on = false,
            .set_point_C = t.plant.fws_set_point_C,
            .min_C = t.plant.fws_min_C};
}

SourceResult solve(cases::Technique const& t, SourceConditions const& now, double heat_W = 12e6)
{
    SteadyLoop loop(heat_W, flow_W_per_K);
    return solve_source(t.plant.source, now, loop);
}

struct Solved {
    PlantResult result;
    std::array<PodState, 1> pods{};
};

Solved solve_plant_of(cases::Technique const& t, Air const& outdoors, double load)
{
    std::array const loads{PodLoad{.pods = t.pod.pods,
                                   .liquid_W = load * (t.pod.chip_W + t.pod.direct_W),
                                   .air_W = load * t.pod.air_W,
                                   .tcs_flow_m3_per_s = t.pod.tcs_flow_m3_per_s}};
    Solved s;
    s.result = solve_plant(t.plant, {.outdoors = outdoors, .loads = loads, .coolers_up = t.coolers, .before = {}}, s.pods);
    return s;
}

/// What no water can fall below behind the outdoor units [deg C].
double coldest_C(WaterSource const& source, Air const& outdoors, bool pads_on)
{
    return OutdoorUnits(*source.outdoor, outdoors, pads_on, 1.0).coldest_C();
}

/// Techniques on towers at the rated approach of their cells: 29.44 - 25.55 deg C (EnergyPlus' sizing).
constexpr double tower_approach_K = 29.44 - 25.55;

} // namespace

TEST_CASE("every technique closes its balance and obeys the second law in every weather", "[property][conservation][cooling]")
{
    auto const dry_bulb_C = GENERATE(-20.0, -5.0, 3.0, 12.0, 20.0, 27.0, 33.0, 39.0, 45.0);
    auto const humidity = GENERATE(0.1, 0.5, 0.95);
    auto const load = GENERATE(0.02, 0.3, 0.7, 1.0, 1.2);
    auto const outdoors = cases::air(dry_bulb_C, humidity);
    for (auto const& t : cases::techniques()) {
        CAPTURE(t.name, dry_bulb_C, humidity, load);
        auto const s = solve_plant_of(t, outdoors, load);
        auto const& r = s.result;
        auto const& water = r.water;
        CHECK(std::abs(heat_residual(r)) <= 1e-9);
        CHECK_THAT(r.heat_from_it_W, WithinRel(10.0 * load * (t.pod.chip_W + t.pod.direct_W + t.pod.air_W), 1e-9));

        // No water leaves an outdoor unit colder than the air at its coil, or the wet bulb; with towers that is the tower water.
        double const return_C = water.heat_W > 0.0 ? water.supply_C + water.heat_W / water.W_per_K : water.supply_C;
        double const before_chillers_C = water.chilled_W > 0.0 ? water.supply_C + water.chilled_W / water.W_per_K : water.supply_C;
        double const outdoor_C = t.plant.source.tower ? water.tower_supply_C : before_chillers_C;
        bool const free = water.heat_W > water.chilled_W * (1.0 + 1e-9);
        CHECK((!free || outdoor_C >= coldest_C(t.plant.source, outdoors, r.modes.pads_on) - 1e-9));
        // Behind the plate exchanger the loop is between its return and the tower water.
        CHECK(before_chillers_C <= return_C + 1e-9);
        CHECK((!free || !t.plant.source.tower || before_chillers_C > water.tower_supply_C));
        // CDU: coolant to the racks is warmer than the water that cools it; into the exchanger it is warmer than the water that leaves.
        CHECK(s.pods[0].tcs_supply_C > water.supply_C);
        double const pump_rise_K =
            cdu_pump_W(t.plant.cdu, t.pod.tcs_flow_m3_per_s) / (t.pod.tcs_flow_m3_per_s * volumetric_heat_J_per_m3K(tcs_liquid(t.plant)));
        CHECK(s.pods[0].tcs_return_C + pump_rise_K >= r.fws_return_C - 1e-9);

        CHECK((water.control == SupplyControl::short_of_supply || water.supply_C <= t.plant.fws_set_point_C + 1e-9));
        CHECK(water.supply_C >= t.plant.fws_min_C - 1e-9);
        CHECK(r.chilled.supply_C <= t.plant.fan_wall.rating.water_inlet_C + 1e-9); // constant COP has no limit
        CHECK((water.fan_ratio >= 0.0 && water.fan_ratio <= 1.0));
        CHECK((water.chilled_W >= 0.0 && water.chilled_W <= water.heat_W * (1.0 + 1e-12)));
        for (double const power_W : r.power_W) {
            CHECK(power_W >= 0.0);
        }
    }
}

TEST_CASE("chillers run only where outdoor units at full speed cannot hold the set point", "[property][cooling]")
{
    auto const name =
        GENERATE("cold plate at 20 C, towers, economiser and chillers", "cold plate at 24 C, dry coolers and chillers in air");
    auto const dry_bulb_C = GENERATE(-10.0, 0.0, 5.0, 8.0, 11.0, 14.0, 17.0, 20.0, 26.0, 34.0);
    auto const load = GENERATE(0.2, 0.6, 1.0);
    auto const with = technique(name);
    auto without = with;
    without.plant.source.chiller = {};
    without.plant.chillers = 0.0;
    auto const outdoors = cases::air(dry_bulb_C, 0.5);
    auto const r = solve_plant_of(with, outdoors, load).result.water;
    auto const free = solve_plant_of(without, outdoors, load).result.water;
    CAPTURE(name, dry_bulb_C, load, free.supply_C);
    bool const suffices = free.control != SupplyControl::short_of_supply;
    CHECK((r.chilled_W > 0.0) == !suffices);
    if (suffices) { // and then the plant is the same as one without chillers
        CHECK(r.control == free.control);
        CHECK(r.fan_ratio == free.fan_ratio);
        CHECK(r.supply_C == free.supply_C);
        CHECK(r.chiller_W == 0.0);
    }
    else {
        CHECK(r.fan_ratio == (r.heat_W > r.chilled_W || with.plant.source.tower ? 1.0 : 0.0));
    }
}

TEST_CASE("hotter or wetter air never gives colder water, nor less fan power under the same control", "[property][cooling]")
{
    auto const humidity_step = GENERATE(false, true);
    auto const heat_W = GENERATE(1e6, 5e6, 12e6, 16e6);
    for (auto const& t : cases::techniques()) {
        SourceResult before;
        for (int i = 0; i <= 65; ++i) {
            // From -20 to 45 deg C with dry air; or at 30 deg C from dry to saturated.
            auto const outdoors =
                humidity_step ? cases::air(30.0, i / 65.0) : air_from_humidity_ratio(-20.0 + i, 3e-4, standard_pressure_Pa);
            auto now = conditions(t, outdoors);
            now.pads_on = humidity_step; // held: wetting the pads is a step down
            auto const r = solve(t, now, heat_W);
            CAPTURE(t.name, heat_W, outdoors.dry_bulb_C, outdoors.wet_bulb_C);
            if (i > 0) {
                CHECK(r.supply_C >= before.supply_C - 1e-9);
                if (r.control == before.control && r.fan_ratio > 0.0) { // coils in air hotter than the water are left alone
                    CHECK(r.outdoor_fan_W >= before.outdoor_fan_W * (1.0 - 1e-9));
                    CHECK(r.fan_ratio >= before.fan_ratio - 1e-9);
                }
                if (r.control == SupplyControl::chillers) { // what is left to them grows
                    CHECK(r.chilled_W >= before.chilled_W - 1e-9 * r.heat_W);
                }
            }
            before = r;
        }
    }
}

TEST_CASE("more heat at the same flow never gives colder water, slower fans or less power", "[property][cooling]")
{
    auto const dry_bulb_C = GENERATE(-15.0, 5.0, 18.0, 29.0, 41.0);
    for (auto const& t : cases::techniques()) {
        auto now = conditions(t, cases::air(dry_bulb_C, 0.4));
        SourceResult before;
        for (double heat_W = 0.2e6; heat_W < 18e6; heat_W += 0.2e6) {
            auto const r = solve(t, now, heat_W);
            CAPTURE(t.name, dry_bulb_C, heat_W);
            if (before.heat_W > 0.0) {
                CHECK(r.supply_C >= before.supply_C - 1e-9);
                CHECK(r.fan_ratio >= before.fan_ratio - 1e-9);
                CHECK(r.outdoor_fan_W >= before.outdoor_fan_W * (1.0 - 1e-9));
                CHECK(r.tower_pump_W == before.tower_pump_W); // by the flow alone
            }
            before = r;
        }
    }
}

TEST_CASE("outdoor units and exchanger, evaluated alone at the solved temperatures, take exactly what they must", "[property][cooling]")
{
    auto const dry_bulb_C = GENERATE(-10.0, 8.0, 20.0, 33.0, 43.0);
    auto const heat_W = GENERATE(2e6, 12e6, 17e6);
    for (auto const& t : cases::techniques()) {
        auto const outdoors = cases::air(dry_bulb_C, 0.5);
        auto const r = solve(t, conditions(t, outdoors), heat_W);
        CAPTURE(t.name, dry_bulb_C, heat_W);
        if (r.control == SupplyControl::bypass || r.fan_ratio == 0.0) {
            continue; // part of the water goes past the units
        }
        double const free_W = r.heat_W - r.chilled_W;
        double const return_C = r.supply_C + r.heat_W / r.W_per_K;
        double taken_W = free_W;
        Stream water{.inlet_C = return_C, .flow_kg_per_s = r.W_per_K / 4180.0, .cp_J_per_kgK = 4180.0};
        if (t.plant.source.tower) { // and the condensers' heat (condenser_share 1), and that of the tower pumps
            taken_W += (r.chilled_W > 0.0 ? r.chilled_W + r.chiller_W : 0.0) + r.tower_pump_W;
            water = tower_stream(r.W_per_K, r.tower_supply_C + taken_W / r.W_per_K); // flow ratio 1
            double const exchanger = exchange_W_per_K(*t.plant.source.tower, r.W_per_K, 4180.0);
            if (r.economiser != EconomiserMode::off) {
                CHECK_THAT(exchanger * (return_C - r.tower_supply_C), WithinAbs(free_W, 1e-8 * heat_W));
            }
        }
        CurveSet outside;
        double const alone_W = OutdoorUnits(*t.plant.source.outdoor, outdoors, false, t.coolers).heat_W(water, r.fan_ratio, outside);
        CHECK_THAT(alone_W, WithinAbs(taken_W, 1e-8 * heat_W));
    }
}

TEST_CASE("short of supply, chillers give all they have", "[property][cooling]")
{
    auto const name =
        GENERATE("cold plate at 20 C, towers, economiser and chillers", "cold plate at 24 C, dry coolers and chillers in air");
    auto const up = GENERATE(0.3, 0.8, 1.2);
    auto t = technique(name);
    t.plant.chillers = up;
    auto const outdoors = cases::air(34.0, 0.4);
    auto now = conditions(t, outdoors);
    auto const r = solve(t, now);
    CAPTURE(name, up, r.supply_C, r.chilled_W);
    REQUIRE(r.control == SupplyControl::short_of_supply);
    // Into the condensers: outdoor air, or tower water behind the exchanger.
    double const entering_C = t.plant.source.tower ? r.tower_supply_C + (r.heat_W - r.chilled_W) / r.W_per_K : outdoors.dry_bulb_C;
    CHECK_THAT(r.chilled_W, WithinRel(chillers_available_W(t.plant.source.chiller, up, r.supply_C, entering_C), 1e-8));
    // One more watt than now could be cooled by none: without chillers the water is warmer yet.
    now.chillers_up = 0.0;
    CHECK(solve(t, now).supply_C > r.supply_C + 0.1 * up);
}

TEST_CASE("a second chiller makes short supply colder, until none is short", "[property][cooling]")
{
    auto const name =
        GENERATE("cold plate at 20 C, towers, economiser and chillers", "cold plate at 24 C, dry coolers and chillers in air");
    auto const t = technique(name);
    auto now = conditions(t, cases::air(34.0, 0.4));
    double before_C = std::numeric_limits<double>::infinity();
    for (now.chillers_up = 0.0; now.chillers_up <= 5.0; now.chillers_up += 0.25) {
        auto const r = solve(t, now);
        CAPTURE(name, now.chillers_up, r.supply_C, before_C);
        CHECK((r.supply_C < before_C - 1e-3 || r.control == SupplyControl::chillers));
        before_C = r.supply_C;
    }
    CHECK(before_C == t.plant.fws_set_point_C);
}

TEST_CASE("chiller at constant COP, closed form", "[analytic][cooling]")
{
    cases::Technique t;
    t.plant.source.chiller = ConstantCop{4.0};
    t.plant.fws_set_point_C = 18.0;
    t.plant.chillers = 1.0;
    auto const outdoors = cases::air(32.0, 0.4);
    SECTION("alone it takes all")
    {
        auto const r = solve(t, conditions(t, outdoors), 8e6);
        CHECK(r.control == SupplyControl::chillers);
        CHECK(r.supply_C == 18.0);
        CHECK_THAT(r.chilled_W, WithinRel(8e6, 1e-12));
        CHECK_THAT(r.chiller_W, WithinRel(2e6, 1e-12));
        CHECK_THAT(r.heat_to_air_W, WithinRel(10e6, 1e-12)); // Q (1 + 1/COP)
        CHECK(r.outdoor_fan_W == 0.0);
        CHECK(r.fan_ratio == 0.0);
    }
    SECTION("behind dry coolers it takes what they leave at full speed")
    {
        t.plant.source.outdoor = size_dry_cooler({});
        t.coolers = 3.0;
        auto const cool = cases::air(14.0, 0.4);
        auto const r = solve(t, conditions(t, cool), 12e6);
        Stream const back{.inlet_C = 18.0 + 14.0, .flow_kg_per_s = flow_W_per_K / 4180.0, .cp_J_per_kgK = 4180.0};
        CurveSet outside;
        double const free_W = OutdoorUnits(*t.plant.source.outdoor, cool, false, 3.0).heat_W(back, 1.0, outside);
        REQUIRE(free_W > 1e6);
        REQUIRE(free_W < 11e6);
        CHECK_THAT(r.chilled_W, WithinRel(12e6 - free_W, 1e-12));
        CHECK_THAT(r.chiller_W, WithinRel((12e6 - free_W) / 4.0, 1e-12));
        CHECK_THAT(r.heat_to_air_W, WithinRel(12e6 + (12e6 - free_W) / 4.0, 1e-10));
    }
    SECTION("on tower water the towers take compressor and pumps too")
    {
        auto towers = technique("cold plate, towers");
        towers.plant.source.chiller = ConstantCop{4.0};
        towers.plant.chillers = 1.0;
        towers.plant.fws_set_point_C = 18.0;
        auto const r = solve(towers, conditions(towers, outdoors));
        CHECK(r.control == SupplyControl::chillers);
        CHECK_THAT(r.chiller_W, WithinRel(r.chilled_W / 4.0, 1e-12));
        CHECK(r.tower_pump_W > 0.0);
        CHECK_THAT(r.heat_to_air_W, WithinRel(12e6 + r.chiller_W + r.tower_pump_W, 1e-9));
    }
}

TEST_CASE("the economiser changes its mode where the closed form says, and comes back a hysteresis later", "[analytic][cooling]")
{
    auto const t = technique("cold plate at 20 C, towers, economiser and chillers");
    // Partial while wet bulb + approach of the towers < return - dead band of 1 K; back 1 K lower (EconomiserControl).
    double const return_C = 20.0 + 14.0;
    double const given_up_C = return_C - 1.0 - tower_approach_K;
    auto const mode = [&](double wet_bulb_C, EconomiserMode before) {
        auto now = conditions(t, air_from_wet_bulb(wet_bulb_C + 6.0, wet_bulb_C, standard_pressure_Pa));
        now.economiser_before = before;
        auto const r = solve(t, now);
        CHECK((r.economiser != EconomiserMode::off || r.chilled_W == r.heat_W)); // off: chillers do it all
        return r.economiser;
    };
    CHECK(mode(given_up_C - 0.02, EconomiserMode::partial) == EconomiserMode::partial);
    CHECK(mode(given_up_C + 0.02, EconomiserMode::partial) == EconomiserMode::off);
    CHECK(mode(given_up_C - 0.98, EconomiserMode::off) == EconomiserMode::off);
    CHECK(mode(given_up_C - 1.02, EconomiserMode::off) == EconomiserMode::partial);
    // Full at wet bulb + approaches of towers and exchanger (2.2 K) <= set point; the fans alone then hold it.
    double const full_C = 20.0 - 2.2 - tower_approach_K;
    CHECK(mode(full_C - 8.0, EconomiserMode::full) == EconomiserMode::full);
}

TEST_CASE("a source with nothing in service says so, one without heat stands still", "[unit][cooling]")
{
    auto t = technique("cold plate, dry coolers with pads");
    auto now = conditions(t, cases::air(20.0, 0.4));
    now.outdoor_up = 0.0;
    CHECK_THROWS_AS(solve(t, now), SolverError);
    auto const idle = solve(t, now, 0.0);
    CHECK(idle.control == SupplyControl::idle);
    CHECK(idle.outdoor_fan_W + idle.tower_pump_W + idle.chiller_W == 0.0);
    auto const towers = technique("cold plate at 20 C, towers, economiser and chillers");
    auto none = conditions(towers, cases::air(30.0, 0.4));
    none.outdoor_up = 0.0; // condensers stand in the tower water
    CHECK_THROWS_AS(solve(towers, none), SolverError);
}
