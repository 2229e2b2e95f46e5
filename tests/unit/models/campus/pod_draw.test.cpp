#include "models/campus/pod_draw.hpp"

#include "models/base/error.hpp"
#include "tests/catch.hpp"
#include "tests/fixtures/small_building.hpp"

#include <array>

using namespace aidc;

namespace {

constexpr double litre_per_min = 1.0 / 60e3;

/// A plant whose CDU never limits the flow.
Plant ample_plant()
{
    auto plant = testing::small_plant(1.0, 1.0);
    plant.cdu.tcs_rated_flow_m3_per_s = 1.0;
    return plant;
}

/// A rack of 135 kW, nine tenths of it in the liquid, as Lenovo LP2357 has the GB300 NVL72: 72 accelerators of 1,400 W.
RackKind nvl72(FlowRule::Law law)
{
    auto kind = testing::h200_rack();
    kind.accelerator.tdp_W = 1400.0;
    kind.server = {.accelerators = 4, .power_W = 7500.0};
    kind.servers = 18;
    kind.liquid_share = 0.90;
    kind.draw_share = 1.0;
    kind.flow_law = law;
    kind.tcs_flow_m3_per_J = 119.0 * litre_per_min / (0.90 * 135e3); // at 40 deg C, table 27
    return kind;
}

struct Case {
    RackKind kind;
    Plant plant = ample_plant();
    std::uint32_t racks = 1;
    double busy = 1.0;

    PodDraw draw(double supply_C = 40.0, double share = 1.0) const
    {
        std::array const kinds{kind};
        return draw_pod(plant, {.kind = {0}, .live_racks = racks, .trace = {}, .pods = 1}, {.kinds = kinds, .busy = busy, .trace_W = {}},
                        share, supply_C);
    }
    double rack_W(double share = 1.0) const { return share * mean_power_W(kind, busy); }
    double chip_W(double share = 1.0) const { return kind.accelerator.tdp_W * rack_W(share) / budget_W(kind); }
    double chips() const { return static_cast<double>(racks * accelerators(kind)); }
};

/// The technique applied alone to what one chip of a case sees.
double alone_K_per_W(Case const& c, double flow_m3_per_s, double quality = 0.0)
{
    CurveSet outside;
    return chip_K_per_W(c.kind.chip,
                        {.coolant = tcs_liquid(c.plant),
                         .flow_m3_per_s = flow_m3_per_s / c.chips(),
                         .rated_flow_m3_per_s = design_flow_m3_per_s(c.kind) / accelerators(c.kind),
                         .heat_W = c.chip_W(),
                         .quality = quality},
                        outside);
}

} // namespace

TEST_CASE("power, liquid and air of a pod, by hand", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack(), .racks = 2, .busy = 0.6};
    auto const draw = c.draw();
    // 2 racks of 31.875 kW; idle 0.3, draw 0.85, busy 0.6; liquid share 0.8.
    double const power_W = 2.0 * 31875.0 * (0.3 + 0.55 * 0.6);
    CHECK_THAT(draw.power_W, WithinRel(power_W, 1e-14));
    CHECK_THAT(draw.liquid_W, WithinRel(0.8 * power_W, 1e-14));
    CHECK_THAT(draw.air_W, WithinRel(0.2 * power_W, 1e-13));
    // 48 chips of 700 W in proportion to the rack's power over its budget.
    CHECK_THAT(draw.chip_W, WithinRel(48.0 * 700.0 * (0.3 + 0.55 * 0.6), 1e-14));
    CHECK_THAT(draw.chip_J_per_K, WithinRel(48.0 * 240.0, 1e-14));
    // 1.5 L/min/kW of 25.5 kW liquid heat a rack at full power, whatever the load: the law is a constant flow.
    CHECK_THAT(draw.tcs_flow_m3_per_s, WithinRel(2.0 * 1.5 * 25.5 * litre_per_min, 1e-12));
    CHECK_THAT(c.draw(40.0, 0.5).power_W, WithinRel(0.5 * power_W, 1e-14));
    CHECK(draw.outside.empty());
}

TEST_CASE("constant return gives the published flows of a GB300 NVL72 rack", "[unit][campus]")
{
    struct Row {
        double supply_C, flow_L_per_min;
    };
    // Lenovo LP2357, table 27: PG25, all five rows; a return of 55.5 deg C meets them within 0.35 K (tests of flow_rule).
    auto const row = GENERATE(Row{25, 59}, Row{30, 71}, Row{35, 89}, Row{40, 119}, Row{45, 177});
    Case const c{.kind = nvl72(FlowRule::Law::constant_return)};
    auto const draw = c.draw(row.supply_C);
    CAPTURE(row.supply_C);
    CHECK_THAT(draw.tcs_flow_m3_per_s, WithinRel(row.flow_L_per_min * litre_per_min, 0.4 / (55.5 - row.supply_C)));
    // And whatever the table says: the heat over that flow brings the coolant from the supply to 55.5 deg C.
    double const rise_K = draw.liquid_W / (draw.tcs_flow_m3_per_s * volumetric_heat_J_per_m3K(tcs_liquid(c.plant)));
    CHECK_THAT(row.supply_C + rise_K, WithinAbs(55.5, 1e-9));
}

TEST_CASE("constant return follows load and supply within a fifth and three times the design flow", "[unit][campus]")
{
    Case const c{.kind = nvl72(FlowRule::Law::constant_return)};
    double const design = 119.0 * litre_per_min;
    CHECK_THAT(c.draw(40.0, 0.5).tcs_flow_m3_per_s, WithinRel(0.5 * c.draw(40.0).tcs_flow_m3_per_s, 1e-12)); // Q/dT
    CHECK_THAT(c.draw(40.0, 0.05).tcs_flow_m3_per_s, WithinRel(0.2 * design, 1e-12));
    CHECK_THAT(c.draw(54.0).tcs_flow_m3_per_s, WithinRel(3.0 * design, 1e-12));
    CHECK_THAT(c.draw(60.0).tcs_flow_m3_per_s, WithinRel(3.0 * design, 1e-12)); // warmer than the return wanted
    Case const constant{.kind = nvl72(FlowRule::Law::constant_flow)};
    CHECK_THAT(constant.draw(25.0, 0.5).tcs_flow_m3_per_s, WithinRel(design, 1e-12));
}

TEST_CASE("the rated flow of the CDU caps what racks ask for, and the chips sit higher for it", "[unit][campus]")
{
    Case c{.kind = nvl72(FlowRule::Law::constant_return), .racks = 8};
    double const asked = c.draw().tcs_flow_m3_per_s;
    double const free_rise_K = c.draw().rise_K();
    c.plant.cdu.tcs_rated_flow_m3_per_s = 0.6 * asked;
    auto const draw = c.draw();
    CHECK_THAT(draw.tcs_flow_m3_per_s, WithinRel(0.6 * asked, 1e-12));
    CHECK_THAT(draw.liquid_W, WithinRel(8.0 * 0.90 * 135e3, 1e-12)); // the heat stays
    CHECK(draw.rise_K() > free_rise_K);
    CHECK_THAT(draw.rise_K(), WithinRel(1400.0 * alone_K_per_W(c, 0.6 * asked), 1e-12));
}

TEST_CASE("leakage is the closed form, all of it in the liquid", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack(), .racks = 2};
    auto const cold = c.draw(40.0);
    c.kind.accelerator.leakage = {.per_K = 0.004, .reference_C = 65.0};
    auto const supply_C = GENERATE(20.0, 40.0, 55.0);
    auto const share = GENERATE(0.3, 1.0);
    auto const draw = c.draw(supply_C, share);
    CAPTURE(supply_C, share);
    // P = P0 (1 + a (T_in - T_ref))/(1 - a R P0), with R of a cold plate at the design flow: 0.015 + 0.015 + 1/(2 rho cp V).
    double const rated_W = c.chip_W(share);
    double const half_rise_K_per_W = c.chips() / (2.0 * volumetric_heat_J_per_m3K(tcs_liquid(c.plant)) * draw.tcs_flow_m3_per_s);
    double const resistance = 0.015 + 0.015 + half_rise_K_per_W;
    double const each_W = rated_W * (1.0 + 0.004 * (supply_C - 65.0)) / (1.0 - 0.004 * resistance * rated_W);
    CHECK_THAT(draw.chip_W, WithinRel(c.chips() * each_W, 1e-12));
    CHECK_THAT(draw.power_W, WithinRel(2.0 * c.rack_W(share) + c.chips() * (each_W - rated_W), 1e-12));
    CHECK_THAT(draw.liquid_W, WithinRel(0.8 * 2.0 * c.rack_W(share) + c.chips() * (each_W - rated_W), 1e-12));
    CHECK_THAT(draw.air_W, WithinRel(share * cold.air_W, 1e-12)); // the air sees nothing of it
    CHECK_THAT(draw.rise_K(), WithinRel(each_W * resistance, 1e-12));
}

TEST_CASE("a gain of leakage of one or more is told", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack()};
    c.kind.accelerator.leakage = {.per_K = 0.05, .reference_C = 65.0};
    c.kind.chip = ColdPlate{.conduction_K_per_W = 0.05, .convection_K_per_W = 0.05};
    CHECK_THROWS_AS(c.draw(), SolverError); // 0.05 x 0.1 x 595 W = 3
}

TEST_CASE("the share that throttles allow is the one at which the law is met", "[unit][campus]")
{
    auto const limit_C = GENERATE(50.0, 58.0, 85.0);
    auto const supply_C = GENERATE(20.0, 45.0, 75.0);
    Case c{.kind = testing::h200_rack()};
    c.kind.accelerator.throttle_case_C = limit_C;
    c.kind.accelerator.trip_case_C = limit_C + 20.0;
    auto const full = c.draw(supply_C);
    double const share = allowed_share(c.kind, full, supply_C);
    CAPTURE(limit_C, supply_C, full.rise_K(), share);
    if (supply_C + full.rise_K() <= limit_C) {
        CHECK(share == 1.0);
        return;
    }
    // Law: 1 at the limit, 0.1 just below the trip, nothing from there on (models/cooling/throttle.hpp).
    double const slope_per_K = 0.9 / 20.0;
    double const by_hand = (1.0 + slope_per_K * (limit_C - supply_C)) / (1.0 + slope_per_K * full.rise_K());
    bool const trips = supply_C + by_hand * full.rise_K() >= limit_C + 20.0;
    CHECK_THAT(share, WithinAbs(trips ? 0.0 : by_hand, 1e-12));
    if (!trips) { // at constant flow the rise is in proportion to the share
        double const case_C = supply_C + c.draw(supply_C, share).rise_K();
        CHECK_THAT(1.0 - slope_per_K * (case_C - limit_C), WithinAbs(share, 1e-9));
    }
}

TEST_CASE("with leakage the allowed share is cautious: the case stays at or below that of the law", "[property][campus]")
{
    Case c{.kind = testing::h200_rack()};
    c.kind.accelerator.throttle_case_C = 55.0;
    c.kind.accelerator.trip_case_C = 75.0;
    c.kind.accelerator.leakage = {.per_K = 0.004, .reference_C = 65.0};
    auto const supply_C = GENERATE(42.0, 48.0, 54.0);
    auto const full = c.draw(supply_C);
    double const share = allowed_share(c.kind, full, supply_C);
    CHECK(share < 1.0);
    CHECK(supply_C + c.draw(supply_C, share).rise_K() <= supply_C + share * full.rise_K() + 1e-9);
}

TEST_CASE("a pod's chips sit as its technique says, alone", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack(), .racks = 2};
    double const flow = 2.0 * design_flow_m3_per_s(c.kind);
    SECTION("cold plate")
    {
        double const each = flow / c.chips();
        CHECK_THAT(
            c.draw().rise_K(),
            WithinRel(c.chip_W()
                          * inlet_to_case_K_per_W({.conduction_K_per_W = 0.015, .convection_K_per_W = 0.015, .rated_flow_m3_per_s = each},
                                                  tcs_liquid(c.plant), each),
                      1e-12));
    }
    SECTION("jets")
    {
        JetArray const jets{.nozzle_diameter_m = 0.5e-3, .open_share = 0.02, .height_over_diameter = 3.0, .area_m2 = 8e-4};
        c.kind.chip = jets;
        CurveSet outside;
        double const alone = jet_inlet_to_case_K_per_W(jets, tcs_liquid(c.plant), flow / c.chips(), outside);
        CHECK_THAT(c.draw().rise_K(), WithinRel(c.chip_W() * alone, 1e-12));
        CHECK(c.draw().outside.contains(Curve::jet) == outside.contains(Curve::jet));
    }
    SECTION("sinks in oil, forced and still")
    {
        c.plant.tcs = Coolant::therminol_d12;
        ImmersedSink sink{.conduction_K_per_W = 0.01, .forced_K_per_W = 0.06, .area_m2 = GENERATE(0.0, 0.1)};
        c.kind.chip = sink;
        sink.rated_flow_m3_per_s = flow / c.chips(); // not given: the design flow
        CHECK_THAT(c.draw().rise_K(), WithinRel(sink_rise_K(sink, tcs_liquid(c.plant), flow / c.chips(), c.chip_W()), 1e-12));
    }
    SECTION("boiling, wet and dried out")
    {
        c.plant.cdu.condensing = true;
        c.plant.refrigerant = Refrigerant::r1233zd_e;
        Evaporator const evaporator{.resistance_K_per_W = 0.02};
        c.kind.chip = evaporator;
        auto const liquid = tcs_liquid(c.plant);
        CurveSet outside;
        double const latent = saturation(Refrigerant::r1233zd_e, 40.0, outside).latent_J_per_kg;
        // Flow for an exit quality, from m = Q/(x h_fg + cp dT_sub).
        auto const quality = GENERATE(0.4, 0.74, 0.9);
        double const rack_liquid_W = 0.8 * c.rack_W();
        double const kg_per_s = rack_liquid_W / (quality * latent + liquid.cp_J_per_kgK * evaporator.subcooling_K);
        c.kind.tcs_flow_m3_per_J = kg_per_s / liquid.density_kg_per_m3 / (0.8 * budget_W(c.kind));
        CAPTURE(quality);
        CHECK_THAT(c.draw().rise_K(), WithinRel(c.chip_W() * two_phase_rise_K_per_W(evaporator, quality), 1e-9));
        CHECK_THAT(c.draw().rise_K(), WithinRel(c.chip_W() * 0.02 * (quality > 0.8 ? 5.0 : 1.0), 1e-9)); // dry from 0.75 to 0.80
    }
}

TEST_CASE("plates that carry less than the chips' rated power keep the rise of one chip", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack()};
    c.kind.draw_share = 1.0;
    double const rise_K = c.draw().rise_K();
    double const flow = design_flow_m3_per_s(c.kind);
    c.kind.liquid_share = 0.4; // 12.75 kW of liquid heat, 24 chips of 700 W = 16.8 kW
    c.kind.tcs_flow_m3_per_J *= 2.0;
    auto const draw = c.draw();
    CHECK_THAT(draw.tcs_flow_m3_per_s, WithinRel(flow, 1e-12));
    CHECK_THAT(draw.chip_W, WithinRel(12.75e3, 1e-12));
    CHECK_THAT(draw.rise_K(), WithinRel(rise_K, 1e-12));
}

TEST_CASE("a rack without accelerators has nothing over its coolant", "[unit][campus]")
{
    Case c{.kind = testing::h200_rack()};
    c.kind.server.accelerators = 0;
    auto const draw = c.draw();
    CHECK(draw.chip_W == 0.0);
    CHECK(draw.rise_K() == 0.0);
    CHECK(draw.chip_J_per_K > 0.0);
    CHECK(allowed_share(c.kind, draw, 60.0) == 1.0);
}

TEST_CASE("a replayed pod gives its measured heat to the liquid, and its racks draw it over the liquid share", "[unit][campus]")
{
    std::array const kinds{testing::h200_rack()};
    std::array const trace_W{11e3, 40.8e3};
    PodGroup const group{.kind = {0}, .live_racks = 2, .trace = {1}, .pods = 1};
    Driver const driver{.kinds = kinds, .busy = 0.123, .trace_W = trace_W};
    CHECK_THAT(pod_W(group, driver), WithinRel(51e3, 1e-14)); // 40.8/0.8
    auto const draw = draw_pod(ample_plant(), group, driver, 1.0, 40.0);
    CHECK_THAT(draw.liquid_W, WithinRel(40.8e3, 1e-14));
    CHECK_THAT(draw.air_W, WithinRel(10.2e3, 1e-12));
    CHECK_THAT(draw.chip_W, WithinRel(48.0 * 700.0 * 51.0 / 63.75, 1e-12)); // 51 kW of a budget of 63.75 kW
    CHECK_THAT(draw_pod(ample_plant(), group, driver, 0.25, 40.0).liquid_W, WithinRel(10.2e3, 1e-14));
}

TEST_CASE("what a pod draws depends on its supply by a flow law or by leakage only", "[unit][campus]")
{
    auto kind = testing::h200_rack();
    CHECK_FALSE(follows_supply(kind));
    kind.flow_law = FlowRule::Law::constant_return;
    CHECK(follows_supply(kind));
    kind.flow_law = FlowRule::Law::constant_flow;
    kind.accelerator.leakage.per_K = 1e-3;
    CHECK(follows_supply(kind));
}
