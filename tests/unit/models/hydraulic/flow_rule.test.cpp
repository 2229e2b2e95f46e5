#include "models/hydraulic/flow_rule.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr double litre_per_min = 1.0 / 60e3;
constexpr double liquid_W = 0.90 * 135e3; ///< GB300 NVL72: 90 % of 135 kW (Lenovo LP2357)

/// DOWFROST LC 25 at 40 deg C, between supply and return (product data sheet).
constexpr FluidProperties pg25{
    .density_kg_per_m3 = 1022.5, .cp_J_per_kgK = 3920.0, .conductivity_W_per_mK = 0.476, .viscosity_Pa_s = 1.58e-3};

} // namespace

TEST_CASE("the published rack flows are a constant return of 55.5 C", "[unit][hydraulic]")
{
    struct Row {
        double supply_C, flow_L_per_min;
    };
    // Lenovo LP2357, table 27: GB300 NVL72, PG25; all five rows.
    auto const row = GENERATE(Row{25, 59}, Row{30, 71}, Row{35, 89}, Row{40, 119}, Row{45, 177});
    double const return_C = row.supply_C + liquid_W / (volumetric_heat_J_per_m3K(pg25) * row.flow_L_per_min * litre_per_min);
    CAPTURE(return_C);
    CHECK_THAT(return_C, WithinAbs(55.5, 0.35));
    double const flow = constant_return_flow_m3_per_s(liquid_W, row.supply_C, 55.5, pg25);
    CHECK_THAT(flow, WithinRel(row.flow_L_per_min * litre_per_min, 0.35 / (55.5 - row.supply_C))); // the same 0.35 K
    FlowRule const rule{.law = FlowRule::Law::constant_return, .return_C = 55.5, .min_m3_per_s = 1e-4, .max_m3_per_s = 4e-3};
    CHECK(ruled_flow(rule, liquid_W, row.supply_C, pg25) == RuledFlow{flow, FlowBound::none});
}

TEST_CASE("a flow stays within its bounds and says which held it", "[unit][hydraulic]")
{
    FlowRule const rule{.law = FlowRule::Law::constant_return, .return_C = 55.5, .min_m3_per_s = 5e-4, .max_m3_per_s = 3e-3};
    CHECK(ruled_flow(rule, 1e3, 45.0, pg25) == RuledFlow{5e-4, FlowBound::min});
    CHECK(ruled_flow(rule, 0.0, 45.0, pg25) == RuledFlow{5e-4, FlowBound::min});
    CHECK(ruled_flow(rule, liquid_W, 50.0, pg25) == RuledFlow{3e-3, FlowBound::max});
    CHECK(ruled_flow(rule, liquid_W, 55.5, pg25) == RuledFlow{3e-3, FlowBound::max}); // no flow would do
    CHECK(ruled_flow(rule, liquid_W, 60.0, pg25) == RuledFlow{3e-3, FlowBound::max});
    CHECK(ruled_flow(rule, 0.0, 60.0, pg25) == RuledFlow{5e-4, FlowBound::min});
}

TEST_CASE("a constant flow does not ask for the heat", "[unit][hydraulic]")
{
    FlowRule const rule{.law = FlowRule::Law::constant_flow, .flow_m3_per_s = 2e-3, .min_m3_per_s = 0.0, .max_m3_per_s = 3e-3};
    auto const heat_W = GENERATE(0.0, 50e3, liquid_W);
    CHECK(ruled_flow(rule, heat_W, 40.0, pg25) == RuledFlow{2e-3, FlowBound::none});
}
