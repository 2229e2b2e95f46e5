#include "models/cooling/heat_reuse.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr double water_cp_J_per_kgK = 4184.0;
constexpr double flow_kg_per_s = 100.0;
constexpr double C_W_per_K = flow_kg_per_s * water_cp_J_per_kgK;

/// Water of constant properties, so that a test can be worked by hand.
constexpr FluidProperties plain_water{
    .density_kg_per_m3 = 990.0, .cp_J_per_kgK = water_cp_J_per_kgK, .conductivity_W_per_mK = 0.63, .viscosity_Pa_s = 6e-4};

/// 50 deg C from the halls, 35 deg C back from the network, equal flows, effectiveness 0.8: NTU = 4.
HeatReuse reuse()
{
    return size_heat_reuse({.heat_W = 0.8 * C_W_per_K * 15.0,
                            .source_C = 50.0,
                            .network_return_C = 35.0,
                            .source_kg_per_s = flow_kg_per_s,
                            .network_kg_per_s = flow_kg_per_s},
                           plain_water, plain_water);
}

Stream water(double inlet_C, double kg_per_s = flow_kg_per_s)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = kg_per_s, .cp_J_per_kgK = water_cp_J_per_kgK};
}

} // namespace

TEST_CASE("the network takes its rated heat at the rating", "[unit][cooling]")
{
    auto const r = solve_heat_reuse(reuse(), water(50.0), water(35.0), 1e9);
    CHECK_THAT(r.reused_W, WithinRel(0.8 * C_W_per_K * 15.0, 1e-10));
    CHECK_THAT(r.source_outlet_C, WithinAbs(38.0, 1e-9));  // 50 - 0.8 x 15
    CHECK_THAT(r.network_supply_C, WithinAbs(47.0, 1e-9)); // 35 + 0.8 x 15
}

TEST_CASE("an exchanger to the network at other flows agrees with another program", "[unit][cooling]")
{
    struct Row {
        double source_kg_per_s, source_outlet_C, network_supply_C, heat_W;
    };
    // Modelica Buildings reference result, plate exchanger: hot rated 0.01 kg/s at 60 deg C, cold 0.005 kg/s at 20 deg C, rated
    // effectiveness 0.5, cold flow 0.006454972 kg/s. The last row is below 10 % flow.
    auto const row = GENERATE(Row{0.00904534, 47.67043, 37.2774, 466.6208}, Row{0.001700345, 33.9035, 26.87423, 185.6569},
                              Row{0.000355882, 23.72408, 21.99999, 54.01522});
    auto const small = size_heat_reuse({.heat_W = 0.5 * 0.005 * water_cp_J_per_kgK * 40.0,
                                        .source_C = 60.0,
                                        .network_return_C = 20.0,
                                        .source_kg_per_s = 0.01,
                                        .network_kg_per_s = 0.005},
                                       plain_water, plain_water);
    auto const r = solve_heat_reuse(small, water(60.0, row.source_kg_per_s), water(20.0, 0.006454972), 1e3);
    CHECK_THAT(r.reused_W, WithinRel(row.heat_W, 4e-7)); // the table has 7 digits
    CHECK_THAT(r.source_outlet_C, WithinAbs(row.source_outlet_C, 2e-5));
    CHECK_THAT(r.network_supply_C, WithinAbs(row.network_supply_C, 2e-5));
}

TEST_CASE("no more is reused than the network wants", "[unit][cooling]")
{
    auto const r = solve_heat_reuse(reuse(), water(50.0), water(35.0), C_W_per_K * 5.0);
    CHECK(r.reused_W == C_W_per_K * 5.0);
    CHECK_THAT(r.source_outlet_C, WithinAbs(45.0, 1e-9));
    CHECK_THAT(r.network_supply_C, WithinAbs(40.0, 1e-9));
    CHECK(solve_heat_reuse(reuse(), water(50.0), water(35.0), 0.0).reused_W == 0.0);
}

TEST_CASE("a network warmer than the halls takes nothing and gives nothing", "[unit][cooling]")
{
    auto const r = solve_heat_reuse(reuse(), water(50.0), water(55.0), 1e9);
    CHECK(r.reused_W == 0.0);
    CHECK(r.source_outlet_C == 50.0);
    CHECK(r.network_supply_C == 55.0);
    CHECK(solve_heat_reuse(reuse(), water(50.0, 0.0), water(35.0), 1e9).reused_W == 0.0);
    CHECK(solve_heat_reuse(reuse(), water(50.0), water(35.0, 0.0), 1e9).reused_W == 0.0);
}

TEST_CASE("heat leaves the source as it enters the network, within the second law", "[conservation][cooling]")
{
    auto const source = GENERATE(5.0, 60.0, 150.0);
    auto const network = GENERATE(5.0, 60.0, 150.0);
    auto const demand_W = GENERATE(1e5, 2e6, 1e9);
    auto const r = solve_heat_reuse(reuse(), water(48.0, source), water(33.0, network), demand_W);
    CHECK_THAT(source * water_cp_J_per_kgK * (48.0 - r.source_outlet_C), WithinRel(r.reused_W, 1e-9));
    CHECK_THAT(network * water_cp_J_per_kgK * (r.network_supply_C - 33.0), WithinRel(r.reused_W, 1e-9));
    CHECK(r.reused_W <= demand_W);
    CHECK(r.network_supply_C < 48.0);
    CHECK(r.source_outlet_C > 33.0);
}

TEST_CASE("reuse factor and effectiveness of a published site fit together", "[unit][cooling]")
{
    // NREL, Energy Systems Integration Facility: PUE 1.034 and ERE 0.929 imply a reuse factor of 0.1015.
    CHECK_THAT(energy_reuse_effectiveness(1.034, 0.1015), WithinAbs(0.929, 5e-4));
    // Its energies, by unit of IT energy: 1.034 of facility, 1.034 - 0.929 reused.
    CHECK_THAT(energy_reuse_factor(1.034 - 0.929, 1.034), WithinAbs(0.1015, 5e-5));
    CHECK(energy_reuse_effectiveness(1.2, 0.0) == 1.2);
    CHECK(energy_reuse_factor(0.0, 5e12) == 0.0);
}

TEST_CASE("a rating that its flows cannot carry is refused", "[unit][cooling]")
{
    CHECK_THROWS_WITH(
        size_heat_reuse({.heat_W = 1e6, .source_C = 45.0, .network_return_C = 40.0, .source_kg_per_s = 100.0, .network_kg_per_s = 40.0},
                        plain_water, plain_water),
        ContainsSubstring("flows are too small"));
}
