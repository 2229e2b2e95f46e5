#include "models/cooling/heat_exchanger.hpp"

#include "models/cooling/dry_cooler.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {
constexpr double water_cp_J_per_kgK = 4184.0;
Stream hot(double flow) { return {.inlet_C = 45.0, .flow_kg_per_s = flow, .cp_J_per_kgK = water_cp_J_per_kgK}; }
Stream cold(double flow) { return {.inlet_C = 30.0, .flow_kg_per_s = flow, .cp_J_per_kgK = water_cp_J_per_kgK}; }
} // namespace

TEST_CASE("balanced streams, NTU = 1: effectiveness is one half", "[unit][cooling]")
{
    auto const r = counterflow_exchange(water_cp_J_per_kgK, hot(1.0), cold(1.0));
    CHECK(r.effectiveness == Approx(0.5));
    CHECK(r.heat_W == Approx(0.5 * water_cp_J_per_kgK * 15.0));
}

TEST_CASE("no flow, no heat", "[unit][cooling]")
{
    CHECK(counterflow_exchange(1e4, hot(0.0), cold(1.0)).heat_W == 0.0);
    CHECK(crossflow_exchange(1e4, hot(1.0), cold(0.0)).heat_W == 0.0);
    CHECK(counterflow_exchange(0.0, hot(1.0), cold(1.0)).heat_W == 0.0);
    CHECK(crossflow_exchange(0.0, hot(1.0), cold(1.0)).heat_W == 0.0);
}

TEST_CASE("effectiveness and NTU agree with another program", "[unit][cooling]")
{
    struct Row {
        double ratio, effectiveness, counterflow, crossflow;
    };
    // Modelica Buildings reference result (without its first rows, which it smooths near a ratio of 1).
    auto const row = GENERATE(Row{0.9689124, 0.133142, 0.153226, 0.160104}, Row{0.921061, 0.2086558, 0.2609661, 0.2756838},
                              Row{0.8525245, 0.2865056, 0.3901124, 0.4152554}, Row{0.7648422, 0.3677279, 0.5451167, 0.5831433},
                              Row{0.6599831, 0.4535315, 0.7310523, 0.7841771}, Row{0.5403023, 0.5453764, 0.9554076, 1.025265});
    CHECK_THAT(counterflow_ntu(row.effectiveness, row.ratio), WithinRel(row.counterflow, 3e-5));
    CHECK_THAT(crossflow_ntu(row.effectiveness, row.ratio), WithinRel(row.crossflow, 5e-7));
    CHECK_THAT(crossflow_effectiveness(row.crossflow, row.ratio), WithinRel(row.effectiveness, 5e-7));
}

TEST_CASE("NTU inverts effectiveness", "[unit][cooling]")
{
    auto const ntu = GENERATE(0.01, 0.7, 3.0, 12.0);
    auto const ratio = GENERATE(0.0, 0.3, 0.9, 1.0 - 1e-9, 1.0);
    CHECK_THAT(counterflow_ntu(counterflow_effectiveness(ntu, ratio), ratio), WithinRel(ntu, 1e-8));
    if (ntu < 10.0) { // beyond, the cross-flow law is flat
        CHECK_THAT(crossflow_ntu(crossflow_effectiveness(ntu, ratio), ratio), WithinRel(ntu, 1e-8));
    }
}

TEST_CASE("counterflow has no jump near balanced streams", "[unit][cooling]")
{
    auto const ntu = GENERATE(0.5, 2.0, 8.0);
    double const balanced = counterflow_effectiveness(ntu, 1.0);
    CHECK_THAT(balanced, WithinRel(ntu / (1.0 + ntu), 1e-15));
    auto const gap = GENERATE(1e-300, 1e-16, 1e-12, 1e-9, 1e-6);
    CHECK_THAT(counterflow_effectiveness(ntu, 1.0 - gap), WithinAbs(balanced, gap + 1e-15));
}

TEST_CASE("a condensing side is the limit of no capacity ratio", "[unit][cooling]")
{
    CHECK_THAT(counterflow_effectiveness(1.3, 0.0), WithinRel(1.0 - std::exp(-1.3), 1e-14)); // closed form
    CHECK_THAT(crossflow_effectiveness(1.3, 0.0), WithinRel(1.0 - std::exp(-1.3), 1e-14));
    CHECK_THAT(crossflow_effectiveness(1.3, 1e-11), WithinRel(1.0 - std::exp(-1.3), 1e-9));
}

TEST_CASE("a plate exchanger with variable flow agrees with another program", "[unit][cooling]")
{
    struct Row {
        double hot_kg_per_s, hot_outlet_C, cold_outlet_C, heat_W;
    };
    // Modelica Buildings reference result: hot rated 0.01 kg/s at 60 deg C, cold 0.005 kg/s at 20 deg C, rated
    // effectiveness 0.5, cold flow 0.006454972 kg/s. The last rows are below 10 % flow.
    auto const row = GENERATE(Row{0.00904534, 47.67043, 37.2774, 466.6208}, Row{0.00116685, 31.41842, 25.16662, 139.5381},
                              Row{0.001700345, 33.9035, 26.87423, 185.6569}, Row{0.0003818078, 24.21639, 22.11657, 57.16371},
                              Row{0.000355882, 23.72408, 21.99999, 54.01522});
    double const ua_W_per_K = 0.005 * water_cp_J_per_kgK * counterflow_ntu(0.5, 0.5);
    auto const films = split_conductance(ua_W_per_K, std::pow(0.01 / 0.005, 0.8)); // constant properties
    double const hot_film = films.hot_W_per_K * regularised_power(row.hot_kg_per_s / 0.01, 0.8);
    double const cold_film = films.cold_W_per_K * regularised_power(0.006454972 / 0.005, 0.8);
    auto const r = counterflow_exchange(series_conductance_W_per_K(hot_film, cold_film),
                                        {.inlet_C = 60.0, .flow_kg_per_s = row.hot_kg_per_s, .cp_J_per_kgK = water_cp_J_per_kgK},
                                        {.inlet_C = 20.0, .flow_kg_per_s = 0.006454972, .cp_J_per_kgK = water_cp_J_per_kgK});
    CHECK_THAT(r.heat_W, WithinRel(row.heat_W, 4e-7)); // the table has 7 digits
    CHECK_THAT(r.hot_outlet_C, WithinAbs(row.hot_outlet_C, 2e-5));
    CHECK_THAT(r.cold_outlet_C, WithinAbs(row.cold_outlet_C, 2e-5));
}

TEST_CASE("film conductances of a coil scale with flow and temperature as in another program", "[unit][cooling]")
{
    // Modelica Buildings reference result, dry coil: UA 10 kW/K, rated 0.1 kg/s water, 2.5 kg/s air, 20 deg C, air/water 0.5.
    auto const films = split_conductance(10e3, 1.0 / 0.5);
    CHECK_THAT(films.hot_W_per_K, WithinRel(30e3, 1e-12));
    CHECK_THAT(films.cold_W_per_K, WithinRel(15e3, 1e-12));
    auto const water = [&](double flow) { return films.hot_W_per_K * regularised_power(flow / 0.1, coil_water_exponent); };
    auto const air = [&](double flow) { return films.cold_W_per_K * regularised_power(flow / 2.5, coil_air_exponent); };
    CHECK_THAT(water(0.008), WithinRel(3522.153, 1e-6));
    CHECK_THAT(water(0.024), WithinRel(8918.684, 1e-6));
    CHECK_THAT(water(0.072), WithinRel(22691.01, 1e-6));
    CHECK_THAT(air(0.0), WithinRel(1141.123, 1e-6));
    CHECK_THAT(air(0.1000001), WithinRel(1377.26, 1e-5));
    CHECK_THAT(air(1.7), WithinRel(11017.89, 1e-6));
    CHECK_THAT(films.hot_W_per_K * coil_water_temperature_factor(39.20001, 20.0), WithinRel(36300.0, 1e-6));
    CHECK_THAT(films.hot_W_per_K * coil_water_temperature_factor(59.99999, 20.0), WithinRel(43125.0, 1e-6));
    CHECK_THAT(films.cold_W_per_K * coil_air_temperature_factor(1.6, 20.0), WithinRel(14783.25, 1e-6));
}

TEST_CASE("the regularised power joins smoothly at a tenth", "[unit][cooling]")
{
    auto const n = GENERATE(0.6, 0.8, 0.85);
    double const h = 1e-4;
    double const below = (regularised_power(0.1, n) - regularised_power(0.1 - h, n)) / h;
    double const above = (regularised_power(0.1 + h, n) - regularised_power(0.1, n)) / h;
    CHECK_THAT(above, WithinRel(below, 2e-3));
    CHECK(regularised_power(0.0, n) > 0.0);
    CHECK(regularised_power(1.0, n) == 1.0);
}

TEST_CASE("the elasticity is the logarithmic slope", "[unit][cooling]")
{
    auto const x = GENERATE(0.01, 0.05, 0.0999, 0.3, 1.2);
    double const h = 1e-6;
    double const slope = std::log(regularised_power(x * (1 + h), 0.8) / regularised_power(x * (1 - h), 0.8)) / (2.0 * h);
    CHECK_THAT(regularised_power_elasticity(x, 0.8), WithinAbs(slope, 1e-6));
}

TEST_CASE("equal liquids at equal flow share the film resistance equally", "[unit][cooling]")
{
    auto const water = properties(Coolant::water, 40.0);
    CHECK(film_ratio(water, water, 1.0) == 1.0);
    CHECK(film_ratio(properties(Coolant::pg25, 40.0), water, 1.0) < 1.0); // thicker and a worse conductor
}
