#include "models/power/genset.hpp"

#include "tests/catch.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace aidc;

namespace {

using Phase = GensetState::Phase;

constexpr double never_s = std::numeric_limits<double>::infinity();
constexpr double rating_W = 2e6;
constexpr GensetInputs dead_bus{.mains_live = false, .load_W = 0.0, .wanted_W = 0.0, .rating_W = rating_W};
constexpr GensetInputs live_mains{.mains_live = true, .load_W = 0.0, .wanted_W = 0.0, .rating_W = rating_W};

GensetInputs wants(double wanted_W) { return {.mains_live = false, .load_W = 0.0, .wanted_W = wanted_W, .rating_W = rating_W}; }

/// The bus is loaded with what it wants as far as the sets may carry it; fuel burnt [m3].
double carry(GensetLaw const& law, GensetState& state, double wanted_W, double seconds, double dt_s = 1.0)
{
    double burnt_m3 = 0.0;
    for (int step = 0; step < static_cast<int>(std::lround(seconds / dt_s)); ++step) {
        auto inputs = wants(wanted_W);
        inputs.load_W = std::min(wanted_W, genset_limit_W(law, state, rating_W));
        burnt_m3 += step_gensets(law, state, inputs, dt_s);
    }
    return burnt_m3;
}

/// Sets that have just been ordered to start.
GensetState ordered(GensetLaw const& law, std::vector<GensetDraw> draws)
{
    GensetState state;
    for (double waited_s = 0.0; waited_s < law.sense_s; waited_s += 1.0) {
        step_gensets(law, state, dead_bus, 1.0);
    }
    state.draws = std::move(draws);
    return state;
}

/// Sets that come on the bus at once and take any load.
GensetLaw eager()
{
    GensetLaw law;
    law.start = Duration::fixed(0.0);
    law.parallel_s = 0.0;
    law.step_share = 1.0;
    return law;
}

/// Sets of an eager law, `accepted_W` on them, no time gone and no fuel burnt.
GensetState carrying(GensetLaw const& law, std::size_t sets, double accepted_W)
{
    auto state = ordered(law, all_start(law, sets));
    state.accepted_W = accepted_W;
    return state;
}

/// Seconds until the sets are dry at what the bus wants.
double seconds_to_dry(GensetLaw const& law, GensetState state, double wanted_W)
{
    double time_s = 0.0;
    while (state.fuel > 1e-9) {
        carry(law, state, wanted_W, 1.0);
        time_s += 1.0;
    }
    return time_s;
}

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; }

/// Share of 20,000 start orders of n sets after which at least k are on the bus, running for so long.
double share_of_orders(GensetLaw const& law, unsigned n, unsigned k, double running_s)
{
    constexpr int orders = 20'000;
    std::mt19937_64 random(20260418);
    int good = 0;
    for (int i = 0; i < orders; ++i) {
        GensetState state{.phase = Phase::running, .since_s = 10.0 + running_s, .draws = {}};
        for (unsigned set = 0; set < n; ++set) {
            double const u_start = uniform(random);
            double const u_time = uniform(random);
            state.draws.push_back(draw_genset(law, u_start, u_time, uniform(random)));
        }
        std::ranges::sort(state.draws, {}, &GensetDraw::ready_s);
        good += sets_online(law, state) >= k ? 1 : 0;
    }
    return good / static_cast<double>(orders);
}

} // namespace

TEST_CASE("a dead bus is sensed before the start order", "[unit][power]")
{
    GensetLaw const law; // 3 s
    GensetState state;
    step_gensets(law, state, live_mains, 1.0);
    CHECK(state.phase == Phase::standby);
    for (int second = 1; second <= 2; ++second) {
        step_gensets(law, state, dead_bus, 1.0);
        CHECK(state.phase == Phase::sensing);
    }
    CHECK_FALSE(wants_draws(state));
    step_gensets(law, state, dead_bus, 1.0);
    CHECK(state.phase == Phase::running);
    CHECK(state.since_s == 0.0);
    CHECK(wants_draws(state));
    state.draws = all_start(law, 2);
    CHECK_FALSE(wants_draws(state));
}

TEST_CASE("a dip shorter than the sensing time starts nothing", "[unit][power]")
{
    GensetLaw const law;
    GensetState state;
    step_gensets(law, state, dead_bus, 1.0);
    step_gensets(law, state, dead_bus, 1.0);
    step_gensets(law, state, live_mains, 1.0);
    CHECK(state.phase == Phase::standby);
    step_gensets(law, state, dead_bus, 1.0);
    step_gensets(law, state, dead_bus, 1.0);
    CHECK(state.phase == Phase::sensing); // counts anew
}

TEST_CASE("the first set closes on the dead bus, the others are synchronised one by one", "[unit][power]")
{
    GensetLaw const law; // 2 s
    auto state = ordered(law, {{14.0, never_s}, {10.0, never_s}, {never_s, never_s}, {11.0, never_s}, {12.0, never_s}});
    for (double second = 1.0; second <= 30.0; second += 1.0) {
        carry(law, state, 0.0, 1.0);
        CAPTURE(second);
        // By hand: ready at 10, 11, 12, 14 s; on the bus at 10, max(11, 10) + 2, max(12, 13) + 2, max(14, 15) + 2 s.
        constexpr std::array on_bus_s{10.0, 13.0, 15.0, 17.0};
        CHECK(sets_online(law, state) == static_cast<double>(std::ranges::count_if(on_bus_s, [&](double s) { return s <= second; })));
    }
}

TEST_CASE("load is taken as a staircase", "[unit][power]")
{
    GensetLaw law;
    law.parallel_s = 0.0;
    law.step_share = GENERATE(0.2, 0.5, 0.8);
    law.step_every_s = GENERATE(3.0, 5.0, 30.0);
    auto const dt_s = GENERATE(0.1, 1.0);
    constexpr double wanted_W = 7e6;
    auto state = ordered(law, all_start(law, 4)); // ready at 10 s
    for (double second = 1.0; second <= 40.0; second += 1.0) {
        carry(law, state, wanted_W, 1.0, dt_s);
        double const steps = second < 10.0 ? 0.0 : 1.0 + std::floor((second - 10.0) / law.step_every_s);
        CAPTURE(second);
        CHECK_THAT(genset_limit_W(law, state, rating_W),
                   WithinAbs(std::min(wanted_W, steps * law.step_share * 4.0 * rating_W), 1e-3)); // closed form
    }
}

TEST_CASE("a load step grows with the sets on the bus", "[unit][power]")
{
    GensetLaw const law; // half a rating a set every 5 s; sets on the bus at 10 and 12 s
    auto state = ordered(law, all_start(law, 2));
    carry(law, state, 4e6, 9.0);
    CHECK(state.accepted_W == 0.0);
    carry(law, state, 4e6, 1.0);
    CHECK(state.accepted_W == 1e6); // 0.5 x 1 set
    carry(law, state, 4e6, 4.0);
    CHECK(state.accepted_W == 1e6);
    carry(law, state, 4e6, 1.0);
    CHECK(state.accepted_W == 3e6); // + 0.5 x 2 sets
    carry(law, state, 4e6, 5.0);
    CHECK(state.accepted_W == 4e6);
}

TEST_CASE("what is left of a load step can be used until the next", "[unit][power]")
{
    GensetLaw const law;
    auto state = ordered(law, all_start(law, 2));
    carry(law, state, 0.0, 20.0); // both on the bus, nothing wanted
    carry(law, state, 0.8e6, 1.0);
    CHECK(state.accepted_W == 0.8e6); // of a step of 2 MW
    carry(law, state, 1.3e6, 1.0);
    CHECK_THAT(state.accepted_W, WithinRel(1.3e6, 1e-12));
    carry(law, state, 3e6, 3.0);
    CHECK_THAT(state.accepted_W, WithinRel(2e6, 1e-12));
    carry(law, state, 3e6, 1.0);
    CHECK_THAT(state.accepted_W, WithinRel(3e6, 1e-12)); // 5 s after the step began
    carry(law, state, 1e6, 1.0);
    CHECK_THAT(state.accepted_W, WithinRel(3e6, 1e-12)); // leave is kept
}

TEST_CASE("a set that drops off takes its load along at once", "[unit][power]")
{
    GensetLaw const law;
    auto state = ordered(law, {{10.0, 90.0}, {10.0, never_s}, {10.0, 40.0}}); // they fail at 50 and at 100 s
    carry(law, state, 6e6, 49.0);
    CHECK(genset_limit_W(law, state, rating_W) == 6e6);
    carry(law, state, 6e6, 1.0);
    CHECK(genset_limit_W(law, state, rating_W) == 4e6);
    carry(law, state, 6e6, 50.0);
    CHECK(genset_limit_W(law, state, rating_W) == 2e6);
}

TEST_CASE("no more than the sets on the bus are rated is ever carried", "[unit][power]")
{
    GensetLaw law;
    law.start = {.shape = Duration::Shape::lognormal, .parameter_s = {10.0, 20.0, 0.0}, .factor = {}};
    law.to_failure_s = 120.0;
    std::mt19937_64 random(7);
    std::vector<GensetDraw> draws;
    for (int set = 0; set < 8; ++set) {
        draws.push_back(draw_genset(law, 0.5, uniform(random), uniform(random)));
    }
    auto state = ordered(law, draws);
    double most = 0.0;
    for (int second = 0; second < 600; ++second) {
        carry(law, state, 20e6 * uniform(random), 1.0);
        CHECK(genset_limit_W(law, state, rating_W) <= sets_online(law, state) * rating_W);
        CHECK(state.accepted_W <= sets_online(law, state) * rating_W);
        most = std::max(most, genset_limit_W(law, state, rating_W));
    }
    CHECK(most > rating_W); // some met
}

TEST_CASE("one draw: availability, start, time and run", "[unit][power]")
{
    GensetLaw law;
    law.start = {.shape = Duration::Shape::uniform, .parameter_s = {8.0, 12.0, 0.0}, .factor = {}};
    double const fails = 0.005 + 0.995 * 0.0094; // REopt defaults: in maintenance, or called in vain
    CHECK(std::isinf(draw_genset(law, fails * 0.999999, 0.5, 0.5).ready_s));
    auto const set = draw_genset(law, fails * 1.000001, 0.25, 0.5);
    CHECK_THAT(set.ready_s, WithinRel(9.0, 1e-12));
    CHECK_THAT(set.runs_s, WithinRel(1100.0 * 3600.0 * std::log(2.0), 1e-12)); // median of an exponential
    CHECK(all_start(law, 3).size() == 3);
    CHECK_THAT(all_start(law, 3)[2].ready_s, WithinRel(10.0, 1e-12));
    CHECK(std::isinf(all_start(law, 3)[2].runs_s));
}

TEST_CASE("without starter batteries of their own no set starts on a dead site", "[unit][power]")
{
    GensetLaw law;
    law.black_start = false;
    CHECK(std::isinf(draw_genset(law, 0.999, 0.5, 0.5).ready_s));
    auto state = ordered(law, all_start(law, 4));
    carry(law, state, 4e6, 600.0);
    CHECK(genset_limit_W(law, state, rating_W) == 0.0);
}

TEST_CASE("as many sets start and last as the binomial law says", "[unit][power]")
{
    GensetLaw law; // REopt defaults: availability 0.995, failure to start 0.0094, 1,100 h to failure
    law.parallel_s = 0.0;
    struct Case {
        unsigned n, k;
        double running_h;
    };
    auto const at = GENERATE(Case{1, 1, 0}, Case{5, 5, 0}, Case{12, 12, 0}, Case{12, 11, 0}, Case{1, 1, 24}, Case{1, 1, 168},
                             Case{5, 4, 24}, Case{5, 4, 168}, Case{12, 10, 168});
    CAPTURE(at.n, at.k, at.running_h);
    double const one = 0.995 * (1.0 - 0.0094) * std::exp(-at.running_h / 1100.0);          // closed form
    double const expected = cdf(complement(boost::math::binomial(at.n, one), at.k - 1.0)); // Boost.Math
    double const standard_error = std::sqrt(expected * (1.0 - expected) / 20'000.0);
    CHECK_THAT(share_of_orders(law, at.n, at.k, at.running_h * 3600.0), WithinAbs(expected, 3.0 * standard_error));
}

TEST_CASE("the default burn meets a published chart and a maker's sheet", "[unit][power]")
{
    FuelCurve const burn;
    struct Row {
        double rating_W, load, litres_per_h, tolerance;
    };
    // 2 MW: chart of approximate diesel consumption (bigrentz.com, in L/h), from which the line comes: 5 % reached.
    // 500 kW: Cat C15 GC data sheet LEHE2011-04, with fan, another engine: 9 % reached.
    constexpr std::array rows{Row{2e6, 0.25, 162.0, 0.05}, Row{2e6, 0.5, 273.3, 0.05}, Row{2e6, 0.75, 391.7, 0.05},
                              Row{2e6, 1.0, 537.1, 0.05},  Row{5e5, 0.25, 41.9, 0.09}, Row{5e5, 0.5, 71.3, 0.09},
                              Row{5e5, 0.75, 110.5, 0.09}, Row{5e5, 1.0, 137.0, 0.09}};
    for (auto const& row : rows) {
        CAPTURE(row.rating_W, row.load);
        double const m3_per_s = row.rating_W * (burn.no_load_m3_per_J + burn.slope_m3_per_J * row.load);
        CHECK_THAT(m3_per_s * 3.6e6, WithinRel(row.litres_per_h, row.tolerance));
    }
}

TEST_CASE("a tank lasts its time at full load, longer at half load", "[unit][power]")
{
    auto law = eager();
    law.tank_s = 600.0;
    double const half_load =
        (law.burn.no_load_m3_per_J + law.burn.slope_m3_per_J) / (law.burn.no_load_m3_per_J + 0.5 * law.burn.slope_m3_per_J); // closed form
    CHECK_THAT(seconds_to_dry(law, carrying(law, 3, 6e6), 6e6), WithinAbs(600.0, 2.0));
    CHECK_THAT(seconds_to_dry(law, carrying(law, 3, 6e6), 3e6), WithinAbs(600.0 * half_load, 2.0));
    auto two_of_three = carrying(law, 3, 4e6); // the tanks are shared
    two_of_three.draws[0].ready_s = never_s;
    CHECK_THAT(seconds_to_dry(law, two_of_three, 4e6), WithinAbs(600.0 * 3.0 / 2.0, 2.0)); // closed form
}

TEST_CASE("what is burnt is what the tanks held, and dry sets carry nothing", "[unit][power]")
{
    auto law = eager();
    law.tank_s = 600.0;
    auto state = carrying(law, 3, 6e6);
    double const burnt_m3 = carry(law, state, 5e6, 3600.0);
    double const full_m3_per_s = 3.0 * rating_W * (law.burn.no_load_m3_per_J + law.burn.slope_m3_per_J);
    CHECK_THAT(burnt_m3, WithinRel(600.0 * full_m3_per_s, 1e-9)); // closed form: three tanks
    CHECK(state.fuel == 0.0);
    CHECK(sets_online(law, state) == 0.0);
    CHECK(genset_limit_W(law, state, rating_W) == 0.0);
}

TEST_CASE("trucks fill the tanks from their time on", "[unit][power]")
{
    auto law = eager();
    law.tank_s = 600.0;
    law.refuel_after_s = 100.5;
    law.refuel_share_per_s = 1.0 / 600.0; // as fast as full load burns
    auto state = carrying(law, 2, 4e6);
    carry(law, state, 4e6, 100.0);
    double const before = state.fuel;
    carry(law, state, 4e6, 1000.0);
    CHECK_THAT(state.fuel, WithinAbs(before - 0.5 / 600.0, 1e-9)); // closed form: half a second until the truck
    carry(law, state, 0.0, 3600.0);
    CHECK(state.fuel == 1.0); // full, not more

    law.refuel_after_s = 900.0;
    law.refuel_share_per_s = 2.0 / 600.0;
    auto late = carrying(law, 2, 4e6);
    carry(law, late, 4e6, 890.0);
    CHECK(genset_limit_W(law, late, rating_W) == 0.0); // dry
    carry(law, late, 4e6, 60.0);
    CHECK(genset_limit_W(law, late, rating_W) == 4e6); // fed
}

TEST_CASE("the load goes back when the mains have been good for long enough", "[unit][power]")
{
    GensetLaw const law; // 300 s
    auto state = ordered(law, all_start(law, 2));
    carry(law, state, 3e6, 60.0);
    for (int second = 0; second < 299; ++second) {
        step_gensets(law, state, live_mains, 1.0);
    }
    CHECK(state.phase == Phase::running);
    CHECK(genset_limit_W(law, state, rating_W) == 3e6);
    step_gensets(law, state, live_mains, 1.0);
    CHECK(state.phase == Phase::standby);
    CHECK(genset_limit_W(law, state, rating_W) == 0.0);
    CHECK(state.draws.empty());
}

TEST_CASE("a second failure before the load is back begins the count anew", "[unit][power]")
{
    GensetLaw const law;
    auto state = ordered(law, all_start(law, 2));
    carry(law, state, 3e6, 60.0);
    for (int second = 0; second < 200; ++second) {
        step_gensets(law, state, live_mains, 1.0);
    }
    carry(law, state, 3e6, 1.0);
    CHECK(state.mains_good_s == 0.0);
    CHECK(genset_limit_W(law, state, rating_W) == 3e6); // the sets ran on
    for (int second = 0; second < 299; ++second) {
        step_gensets(law, state, live_mains, 1.0);
    }
    CHECK(state.phase == Phase::running);
    step_gensets(law, state, live_mains, 1.0);
    CHECK(state.phase == Phase::standby);
}

TEST_CASE("mains that are back help at once when no set is on the bus", "[unit][power]")
{
    GensetLaw const law;
    auto state = ordered(law, {{never_s, never_s}, {10.0, 50.0}}); // one never starts, one fails at 60 s
    carry(law, state, 2e6, 59.0);
    step_gensets(law, state, live_mains, 1.0);
    CHECK(state.phase == Phase::standby);
}
