#include "models/reliability/availability.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>

using namespace aidc;

TEST_CASE("availability is time up over all time", "[unit][reliability]")
{
    CHECK_THAT(availability(990.0, 10.0), WithinRel(0.99, 1e-15));
    CHECK(availability(1.0, 0.0) == 1.0);
}

TEST_CASE("a series needs all, a parallel set one", "[unit][reliability]")
{
    std::array const a{0.9, 0.8, 0.5};
    CHECK_THAT(series_availability(a), WithinRel(0.36, 1e-15));   // 0.9 x 0.8 x 0.5
    CHECK_THAT(parallel_availability(a), WithinRel(0.99, 1e-15)); // 1 - 0.1 x 0.2 x 0.5
    CHECK(series_availability({}) == 1.0);
    CHECK(parallel_availability({}) == 0.0);
}

TEST_CASE("k of n is the tail of a binomial distribution", "[unit][reliability]")
{
    CHECK_THAT(k_of_n_availability(2, 3, 0.9), WithinRel(0.972, 1e-14));         // 3 x 0.81 x 0.1 + 0.729
    CHECK_THAT(k_of_n_availability(1, 3, 0.9), WithinRel(0.999, 1e-14));         // parallel
    CHECK_THAT(k_of_n_availability(3, 3, 0.9), WithinRel(0.729, 1e-14));         // series
    CHECK_THAT(k_of_n_availability(4, 5, 0.98), WithinRel(0.9961576128, 1e-12)); // 0.98^5 + 5 x 0.98^4 x 0.02 = 0.9039207968 + 0.0922368160
    CHECK(k_of_n_availability(0, 3, 0.0) == 1.0);
    CHECK(k_of_n_availability(4, 3, 1.0) == 0.0);
    CHECK(k_of_n_availability(3, 3, 1.0) == 1.0);
}

TEST_CASE("with a crew for everyone the repair shop is binomial", "[unit][reliability]")
{
    RepairShop const shop{.units = 6, .crews = 6, .mtbf_s = 300.0, .mttr_s = 70.0};
    for (std::uint32_t needed = 0; needed <= 6; ++needed) {
        CHECK_THAT(k_of_n_availability(needed, shop), WithinRel(k_of_n_availability(needed, 6, 300.0 / 370.0), 1e-13));
    }
    CHECK_THAT(unit_availability(shop), WithinRel(300.0 / 370.0, 1e-14));
}

TEST_CASE("units that share a crew wait for it", "[unit][reliability]")
{
    // Two units, one crew, MTTR = MTBF: p1 = 2 p0, p2 = p1, so 1/5, 2/5, 2/5.
    RepairShop const pair{.units = 2, .mtbf_s = 10.0, .mttr_s = 10.0};
    auto const p = steady_failed(pair);
    CHECK_THAT(p[0], WithinRel(0.2, 1e-14));
    CHECK_THAT(p[1], WithinRel(0.4, 1e-14));
    CHECK_THAT(p[2], WithinRel(0.4, 1e-14));
    CHECK_THAT(k_of_n_availability(1, pair), WithinRel(0.6, 1e-14));
    CHECK_THAT(unit_availability(pair), WithinRel(0.4, 1e-14)); // (2 x 0.2 + 0.4)/2
    // One unit with one spare: the unit at work fails whether or not the spare is in stock, so p1 = p0 and p2 = p1.
    RepairShop const spared{.units = 1, .spares = 1, .mtbf_s = 10.0, .mttr_s = 10.0};
    CHECK_THAT(unit_availability(spared), WithinRel(2.0 / 3.0, 1e-14));
}

TEST_CASE("gensets start and run as REopt has it", "[unit][reliability]")
{
    // Examples in the documentation of NREL REopt.jl, backup_reliability.jl (survival_gen_only): two gensets, one needed, each failing
    // with the chance 0.2 in every hour: 0.96, 0.8704, 0.761856 after 1, 2, 3 hours.
    GensetChances const hourly{.operational_availability = 1.0, .fail_to_start = 0.0, .mean_to_failure_s = -3600.0 / std::log(0.8)};
    CHECK_THAT(genset_survival(1, 2, hourly, 3600.0), WithinRel(0.96, 1e-12));
    CHECK_THAT(genset_survival(1, 2, hourly, 7200.0), WithinRel(0.8704, 1e-12));
    CHECK_THAT(genset_survival(1, 2, hourly, 10800.0), WithinRel(0.761856, 1e-12));
    CHECK_THAT(genset_survival(2, 2, hourly, 10800.0), WithinRel(0.262144, 1e-12)); // both needed: 0.8^6
    // starting_probabilities(2, 0.99, 0.05) there: 0.00354025, 0.11192, 0.88454.
    GensetChances const at_start{.operational_availability = 0.99, .fail_to_start = 0.05};
    CHECK_THAT(genset_survival(2, 2, at_start, 0.0), WithinAbs(0.88454, 5e-6));
    CHECK_THAT(1.0 - genset_survival(1, 2, at_start, 0.0), WithinAbs(0.00354025, 5e-9));
    // Its defaults in steps of an hour over two weeks.
    double const stepped = 0.995 * (1.0 - 0.0094) * std::pow(1.0 - 1.0 / 1100.0, 336.0);
    CHECK_THAT(genset_survival({}, 336.0 * 3600.0), WithinRel(stepped, 1.5e-4));
    CHECK_THAT(genset_survival({}, 0.0), WithinRel(0.985647, 1e-12)); // 0.995 x 0.9906
}
