#include "models/cooling/economiser.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr double water_cp_J_per_kgK = 4184.0;

/// Water of constant properties, so that a test can be worked by hand.
constexpr FluidProperties plain_water{
    .density_kg_per_m3 = 998.0, .cp_J_per_kgK = water_cp_J_per_kgK, .conductivity_W_per_mK = 0.6, .viscosity_Pa_s = 1e-3};

Stream water(double inlet_C, double flow_kg_per_s)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = flow_kg_per_s, .cp_J_per_kgK = water_cp_J_per_kgK};
}

/// 10 MW at a range of 10 K and equal flows.
Economiser ten_megawatts(double approach_K = 2.2)
{
    double const flow_kg_per_s = 10e6 / (10.0 * water_cp_J_per_kgK);
    return size_economiser({.heat_W = 10e6, .approach_K = approach_K, .load_kg_per_s = flow_kg_per_s, .tower_kg_per_s = flow_kg_per_s},
                           plain_water, plain_water);
}

EconomiserMode next(EconomiserTemperatures const& now, EconomiserMode before, double in_mode_s = 1e6)
{
    return next_mode({}, now, before, in_mode_s);
}

} // namespace

TEST_CASE("an economiser shows its approach at its rating", "[unit][cooling]")
{
    auto const approach_K = GENERATE(1.7, 2.2, 2.8); // range of Lei and Masanet, LBNL-2001637
    auto const economiser = ten_megawatts(approach_K);
    double const flow = economiser.rating.load_kg_per_s;
    auto const r = economiser_exchange(economiser, water(20.0 + approach_K + 10.0, flow), water(20.0, flow));
    CHECK_THAT(r.hot_outlet_C, WithinAbs(20.0 + approach_K, 1e-9));
    CHECK_THAT(r.heat_W, WithinRel(10e6, 1e-10));
    // Equal flows: NTU = range/approach, UA = NTU C, by hand.
    CHECK_THAT(series_conductance_W_per_K(economiser.films.hot_W_per_K, economiser.films.cold_W_per_K),
               WithinRel(10e6 / approach_K, 1e-10));
}

TEST_CASE("an economiser at other flows agrees with another program", "[unit][cooling]")
{
    struct Row {
        double load_kg_per_s, load_outlet_C, tower_outlet_C, heat_W;
    };
    // Modelica Buildings reference result, plate exchanger: hot rated 0.01 kg/s at 60 deg C, cold 0.005 kg/s at 20 deg C, rated
    // effectiveness 0.5, cold flow 0.006454972 kg/s. The last rows are below 10 % flow.
    auto const row = GENERATE(Row{0.00904534, 47.67043, 37.2774, 466.6208}, Row{0.00153942, 33.21032, 26.38897, 172.5505},
                              Row{0.001743357, 34.08172, 26.99999, 189.0532}, Row{0.000357382, 23.75302, 22.00683, 54.19961});
    double const heat_W = 0.5 * 0.005 * water_cp_J_per_kgK * 40.0;
    double const load_outlet_C = 60.0 - heat_W / (0.01 * water_cp_J_per_kgK);
    auto const economiser = size_economiser(
        {.heat_W = heat_W, .approach_K = load_outlet_C - 20.0, .load_kg_per_s = 0.01, .tower_kg_per_s = 0.005}, plain_water, plain_water);
    auto const r = economiser_exchange(economiser, water(60.0, row.load_kg_per_s), water(20.0, 0.006454972));
    CHECK_THAT(r.heat_W, WithinRel(row.heat_W, 4e-7)); // the table has 7 digits
    CHECK_THAT(r.hot_outlet_C, WithinAbs(row.load_outlet_C, 2e-5));
    CHECK_THAT(r.cold_outlet_C, WithinAbs(row.tower_outlet_C, 2e-5));
}

TEST_CASE("the mode follows tower, return and set point", "[unit][cooling]")
{
    // Approach 2.2, dead band 1, hysteresis 1 K; return 28, set point 18 deg C.
    auto const at = [](double tower_C) { return EconomiserTemperatures{.tower_C = tower_C, .return_C = 28.0, .set_point_C = 18.0}; };
    using enum EconomiserMode;
    CHECK(next(at(14.7), off) == full); // 14.7 + 2.2 <= 18 - 1
    CHECK(next(at(14.7), partial) == full);
    CHECK(next(at(15.5), off) == partial); // within the hysteresis: not yet
    CHECK(next(at(15.5), partial) == partial);
    CHECK(next(at(15.5), full) == full); // 15.5 + 2.2 <= 18: still
    CHECK(next(at(15.9), full) == partial);
    CHECK(next(at(25.9), off) == partial); // 25.9 < 28 - 1 - 1
    CHECK(next(at(26.5), off) == off);
    CHECK(next(at(26.5), partial) == partial); // 26.5 < 28 - 1
    CHECK(next(at(26.5), full) == partial);
    CHECK(next(at(27.0), partial) == off);
    CHECK(next(at(27.0), full) == off);
}

TEST_CASE("a mode is held for its least time, but full gives way at once", "[unit][cooling]")
{
    auto const at = [](double tower_C) { return EconomiserTemperatures{.tower_C = tower_C, .return_C = 28.0, .set_point_C = 18.0}; };
    using enum EconomiserMode;
    CHECK(next(at(28.0), partial, 1199.0) == partial);
    CHECK(next(at(28.0), partial, 1200.0) == off);
    CHECK(next(at(10.0), partial, 1199.0) == partial);
    CHECK(next(at(10.0), partial, 1200.0) == full);
    CHECK(next(at(17.0), full, 0.0) == partial); // cannot hold the set point
    CHECK(next(at(28.0), full, 0.0) == partial);
    CHECK(next(at(10.0), off, 0.0) == full); // there is no least time off
}

TEST_CASE("no mode flips between steps at steady temperatures", "[property][cooling]")
{
    auto const before = GENERATE(EconomiserMode::off, EconomiserMode::partial, EconomiserMode::full);
    for (double tower_C = 8.0; tower_C < 32.0; tower_C += 0.05) {
        EconomiserTemperatures const now{.tower_C = tower_C, .return_C = 28.0, .set_point_C = 18.0};
        auto const once = next(now, before);
        CHECK(next(now, once) == once);
    }
}

TEST_CASE("exchanger and chiller together bring the load to its set point", "[unit][cooling]")
{
    auto const economiser = ten_megawatts();
    double const flow = economiser.rating.load_kg_per_s;
    auto const load = water(28.0, flow);
    auto const solve = [&](EconomiserMode mode, double tower_C) {
        return solve_economiser(economiser, mode, load, water(tower_C, flow), 18.0);
    };
    // Off: all 10 K x C on the chiller. C = 1 MW/K.
    CHECK_THAT(solve(EconomiserMode::off, 10.0).chiller_W, WithinRel(10e6, 1e-12));
    CHECK(solve(EconomiserMode::off, 10.0).heat_W == 0.0);
    CHECK(solve(EconomiserMode::off, 10.0).load_outlet_C == 28.0);

    // Partial: eps = NTU/(1 + NTU) = 10/12.2 at equal flows, so 8 K of inlet difference give 80/12.2 K.
    auto const partial = solve(EconomiserMode::partial, 20.0);
    CHECK_THAT(partial.heat_W, WithinRel(1e6 * 80.0 / 12.2, 1e-10));
    CHECK_THAT(partial.load_outlet_C, WithinAbs(28.0 - 80.0 / 12.2, 1e-9));
    CHECK_THAT(partial.tower_outlet_C, WithinAbs(20.0 + 80.0 / 12.2, 1e-9));
    CHECK_THAT(partial.heat_W + partial.chiller_W, WithinRel(10e6, 1e-12));

    // Full with cold tower water: the by-pass holds the set point.
    auto const full = solve(EconomiserMode::full, 10.0);
    CHECK_THAT(full.load_outlet_C, WithinAbs(18.0, 1e-9));
    CHECK_THAT(full.heat_W, WithinRel(10e6, 1e-12));
    CHECK(full.chiller_W == 0.0);

    // Full with tower water at its limit: set point - approach reaches it, warmer water lets the outlet float.
    CHECK_THAT(solve(EconomiserMode::full, 15.8).load_outlet_C, WithinAbs(18.0, 1e-9));
    auto const warm = solve(EconomiserMode::full, 17.0);
    CHECK_THAT(warm.load_outlet_C, WithinAbs(28.0 - 110.0 / 12.2, 1e-9));
    CHECK(warm.chiller_W == 0.0);
}

TEST_CASE("an economiser never heats its load, nor cools one at its set point", "[unit][cooling]")
{
    auto const economiser = ten_megawatts();
    auto const hot_tower = solve_economiser(economiser, EconomiserMode::partial, water(28.0, 200.0), water(31.0, 200.0), 18.0);
    CHECK(hot_tower.heat_W == 0.0);
    CHECK(hot_tower.load_outlet_C == 28.0);
    CHECK(economiser_exchange(economiser, water(28.0, 200.0), water(31.0, 200.0)).heat_W < 0.0);
    auto const cold_load = solve_economiser(economiser, EconomiserMode::full, water(17.0, 200.0), water(8.0, 200.0), 18.0);
    CHECK(cold_load.heat_W == 0.0);
    CHECK(cold_load.chiller_W == 0.0);
    CHECK(solve_economiser(economiser, EconomiserMode::full, water(28.0, 0.0), water(8.0, 200.0), 18.0).heat_W == 0.0);
    auto const no_tower = solve_economiser(economiser, EconomiserMode::partial, water(28.0, 200.0), water(8.0, 0.0), 18.0);
    CHECK(no_tower.heat_W == 0.0);
    CHECK_THAT(no_tower.chiller_W, WithinRel(200.0 * water_cp_J_per_kgK * 10.0, 1e-12));
}

TEST_CASE("colder tower water and more of it take more heat", "[property][cooling]")
{
    auto const economiser = ten_megawatts();
    double const flow = economiser.rating.load_kg_per_s;
    for (double share = 0.05; share < 1.5; share += 0.05) {
        auto const heat_W = [&](double tower_C, double tower_share) {
            return economiser_exchange(economiser, water(28.0, share * flow), water(tower_C, tower_share * flow)).heat_W;
        };
        CHECK(heat_W(14.0, 1.0) > heat_W(15.0, 1.0));
        CHECK(heat_W(14.0, 1.0) > heat_W(14.0, 0.8));
    }
}

TEST_CASE("a rating that its tower flow cannot carry is refused", "[unit][cooling]")
{
    CHECK_THROWS_WITH(
        size_economiser({.heat_W = 10e6, .approach_K = 2.0, .load_kg_per_s = 240.0, .tower_kg_per_s = 100.0}, plain_water, plain_water),
        ContainsSubstring("tower flow is too small"));
}
