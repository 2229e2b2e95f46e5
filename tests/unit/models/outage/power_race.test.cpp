#include "models/outage/power_race.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

using Kind = PowerNode::Kind;

/// A campus of nodes and loads, and a race on it.
struct Bench {
    CampusPower power;
    std::vector<double> up, wanted_W;
    double import_W = 1e9;
    PowerRace race;
    GensetDraws draws;
    bool drawn = false;

    std::uint32_t add(PowerNode node)
    {
        power.chain.nodes.push_back(std::move(node));
        up.push_back(power.chain.nodes.back().units);
        return static_cast<std::uint32_t>(power.chain.nodes.size() - 1);
    }
    std::uint32_t feed(double rating_W) { return add({.kind = Kind::feed, .name = "feed", .rating_W = rating_W}); }
    std::uint32_t bus(std::vector<std::uint32_t> fed_by, double transfer_s = 0.0)
    {
        return add({.kind = Kind::switchgear, .name = "bus", .rating_W = 1e9, .fed_by = std::move(fed_by), .transfer_s = transfer_s});
    }
    std::uint32_t ups(std::uint32_t on, double rating_W)
    {
        return add({.kind = Kind::ups, .name = "ups", .rating_W = rating_W, .fed_by = {on}});
    }
    void load(std::uint32_t on, double W, std::uint32_t rank = 0)
    {
        power.chain.loads.push_back({.name = "load", .fed_by = {on}, .design_W = W, .rank = rank});
        wanted_W.push_back(W);
    }
    void begin()
    {
        power.ups.resize(up.size());
        power.storages.resize(up.size());
        for (std::size_t n = 0; n < up.size(); ++n) {
            if (power.chain.nodes[n].kind == Kind::ups) {
                power.ups[n] = UpsBattery{};
            }
        }
        race = begin_power(power);
        step();
    }
    void step(double dt_s = 1.0)
    {
        step_power(power, {.units_up = up, .wanted_W = wanted_W, .import_W = import_W, .draws = drawn ? &draws : nullptr}, race, dt_s);
    }
    void run(double time_s)
    {
        for (double t = 0.0; t < time_s; t += 1.0) {
            step();
        }
    }
    /// Seconds in which a load has no power.
    double dark_s(std::size_t l, double time_s)
    {
        double dark = 0.0;
        for (double t = 0.0; t < time_s; t += 1.0) {
            step();
            dark += race.loads[l].served ? 0.0 : 1.0;
        }
        return dark;
    }
};

} // namespace

TEST_CASE("of two feeds of one bus either carries the load when it can", "[unit][outage]")
{
    Bench b;
    double const each_W = GENERATE(1e6, 0.6e6);
    auto const north = b.feed(each_W);
    auto const south = b.feed(each_W);
    b.load(b.bus({north, south}), 0.8e6);
    b.begin();
    CHECK(b.race.loads[0].served);
    CHECK_THAT(b.race.flows.own_W[north] + b.race.flows.own_W[south], WithinRel(0.8e6, 1e-9));
    b.up[north] = 0.0;
    b.run(60.0);
    if (each_W >= 0.8e6) {
        CHECK(b.race.loads[0].served);
        CHECK(b.race.loads[0].cap == 1.0);
        CHECK_THAT(b.race.flows.own_W[south], WithinRel(0.8e6, 1e-9));
    }
    else {
        CHECK_THAT(b.race.loads[0].cap, WithinRel(0.6 / 0.8, 1e-6)); // shed to what lasts
        CHECK(b.race.loads[0].served);
        CHECK_THAT(b.race.flows.own_W[south], WithinRel(0.6e6, 1e-6));
    }
}

TEST_CASE("two feeds share what the grid gives", "[unit][outage]")
{
    Bench b;
    auto const north = b.feed(1e6);
    auto const south = b.feed(1e6);
    b.load(b.bus({north}), 0.4e6);
    b.load(b.bus({south}), 0.4e6);
    b.import_W = 0.8e6;
    b.begin();
    CHECK(b.race.loads[0].served);
    CHECK(b.race.loads[1].served);
    b.import_W = 0.6e6; // 0.3 MW each, of 0.4 MW wanted
    b.run(30.0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.75, 1e-6));
    CHECK_THAT(b.race.loads[1].cap, WithinRel(0.75, 1e-6));
}

TEST_CASE("a switch turns to the other parent after its time; faster than 20 ms nobody notices", "[unit][outage]")
{
    struct Case {
        double transfer_s, dark_s;
    };
    // Steps of a second: what breaks at all breaks for one.
    auto const c = GENERATE(Case{0.004, 0.0}, Case{0.1, 1.0}, Case{1.0, 1.0}, Case{5.0, 5.0}, Case{10.0, 10.0});
    Bench b;
    auto const north = b.bus({b.feed(1e6)});
    auto const south = b.bus({b.feed(1e6)});
    auto const ats = b.bus({north, south}, c.transfer_s);
    b.load(ats, 0.5e6);
    b.begin();
    CHECK(b.race.nodes[ats].parent == 0);
    b.up[north] = 0.0;
    INFO("transfer " << c.transfer_s << " s");
    CHECK(b.dark_s(0, 30.0) == c.dark_s);
    CHECK(b.race.nodes[ats].parent == 1);
    CHECK(b.race.loads[0].cap == 1.0);
    // Both dead: it waits; and takes the first that comes back.
    b.up[south] = 0.0;
    CHECK(b.dark_s(0, 30.0) == 30.0);
    b.up[north] = 1.0;
    CHECK(b.dark_s(0, 30.0) <= 1.0);
    CHECK(b.race.nodes[ats].parent == 0);
}

TEST_CASE("with less import than load gensets start and run beside the mains", "[unit][outage]")
{
    Bench b;
    auto const grid = b.feed(1e6);
    auto const sets = b.add({.kind = Kind::genset, .name = "gensets", .units = 2.0, .rating_W = 0.5e6});
    auto const bus = b.bus({grid, sets});
    b.load(b.ups(bus, 1e6), 0.8e6);
    b.begin();
    b.import_W = 0.5e6;
    b.step();
    CHECK(b.race.loads[0].served);
    CHECK(b.race.loads[0].on_battery); // bridges 0.3 MW
    // Short in this step, sensed 3 s from the next on, ready 10 s later.
    b.run(12.0);
    CHECK(b.race.flows.own_W[sets] == 0.0);
    b.run(1.0);
    CHECK_THAT(b.race.flows.own_W[sets], WithinRel(0.25e6, 1e-9)); // first step: half of one set
    b.run(30.0);
    CHECK_FALSE(b.race.loads[0].on_battery);
    CHECK(b.race.loads[0].cap == 1.0);
    CHECK_THAT(b.race.flows.own_W[grid], WithinRel(0.5e6, 1e-6)); // the grid to its limit, the sets the rest and the charger
    CHECK(b.race.flows.own_W[sets] >= 0.3e6 * (1.0 - 1e-6));
    CHECK(b.race.nodes[sets].orders == 1);
    CHECK_FALSE(b.race.nodes[sets].islanded);
    // Enough import for 300 s: the sets stand by.
    b.import_W = 1e6;
    b.run(299.0);
    CHECK(b.race.nodes[sets].gensets.phase == GensetState::Phase::running);
    b.run(3.0);
    CHECK(b.race.nodes[sets].gensets.phase == GensetState::Phase::standby);
    CHECK_THAT(b.race.flows.own_W[grid], WithinRel(0.8e6 + b.race.flows.charged_W.back(), 1e-6));
}

TEST_CASE("gensets do not start for what they cannot help", "[unit][outage]")
{
    Bench b;
    auto const grid = b.feed(1e6);
    auto const sets = b.add({.kind = Kind::genset, .name = "gensets", .units = 2.0, .rating_W = 0.5e6});
    auto const ups = b.ups(b.bus({grid, sets}), 0.5e6);
    b.load(ups, 0.8e6);
    b.power.chain.nodes[ups].units = 2.0;
    b.up[ups] = 2.0;
    b.begin();
    CHECK(b.race.loads[0].served);
    b.up[ups] = 1.0;
    b.run(120.0);
    CHECK(b.race.nodes[sets].orders == 0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.5 / 0.8, 1e-6));
    CHECK(b.race.loads[0].served);
    CHECK(power_is_steady(b.power, b.race));
    // The same on gensets: they are not what is short, and the load is shed all the same.
    b.up[grid] = 0.0;
    b.up[ups] = 2.0;
    b.run(200.0);
    CHECK(b.race.loads[0].cap == 1.0);
    b.up[ups] = 1.0;
    b.run(60.0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.5 / 0.8, 1e-6));
}

TEST_CASE("without gensets load is shed after 15 s and restored by a sixtieth a second after a minute of enough", "[unit][outage]")
{
    Bench b;
    b.load(b.ups(b.bus({b.feed(1e6)}), 1e6), 0.8e6);
    b.begin();
    b.import_W = 0.6e6;
    b.run(14.0);
    CHECK(b.race.loads[0].cap == 1.0);
    CHECK(b.race.loads[0].on_battery);
    b.run(1.0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.75, 1e-6));
    b.run(30.0);
    CHECK(b.race.loads[0].served);
    CHECK_FALSE(b.race.loads[0].on_battery);
    CHECK(power_is_steady(b.power, b.race));
    b.import_W = 1e6;
    b.run(60.0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.75, 1e-6));
    b.run(6.0);
    CHECK_THAT(b.race.loads[0].cap, WithinAbs(0.75 + 6.0 / 60.0, 1e-6));
    b.run(9.0);
    CHECK(b.race.loads[0].cap == 1.0);
    b.run(1000.0); // the battery recharges
    CHECK(power_is_normal(b.power, b.race));
}

TEST_CASE("below its floor a load keeps its battery to the end, and then has no power until it is restored", "[unit][outage]")
{
    Bench b;
    auto const ups = b.ups(b.bus({b.feed(1e6)}), 1e6);
    b.load(ups, 0.8e6);
    b.begin();
    b.import_W = 0.2e6; // a quarter; the floor is 0.4
    // 0.6 MW of 1 MW from the battery: 300 s x 0.6^-1.3
    double const lasts_s = 300.0 * std::pow(0.6, -1.3);
    double const served_s = 1200.0 - b.dark_s(0, 1200.0);
    CHECK_THAT(served_s, WithinAbs(lasts_s, 2.0));
    CHECK(b.race.loads[0].cap == 0.0);
    CHECK_FALSE(b.race.loads[0].served);
    CHECK(power_is_steady(b.power, b.race));
    b.import_W = 1e6;
    CHECK_THAT(b.dark_s(0, 300.0), WithinAbs(61.0, 1.0));
    CHECK(b.race.loads[0].cap == 1.0);
}

TEST_CASE("of two loads the higher rank is shed first and restored with it", "[unit][outage]")
{
    Bench b;
    auto const bus = b.bus({b.feed(1e6)});
    b.load(b.ups(bus, 1e6), 0.5e6, 1);
    b.load(b.ups(bus, 1e6), 0.4e6, 0);
    b.begin();
    b.import_W = 0.7e6;
    b.run(40.0);
    CHECK(b.race.loads[1].cap == 1.0);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.3 / 0.5, 1e-6));
    b.import_W = 0.2e6; // half of rank 0, nothing of rank 1
    b.run(40.0);
    CHECK_THAT(b.race.loads[1].cap, WithinRel(0.5, 1e-6));
    CHECK(b.race.loads[0].on_battery);
    b.import_W = 1e6;
    b.run(150.0);
    CHECK(b.race.loads[0].cap == 1.0);
    CHECK(b.race.loads[1].cap == 1.0);
}

TEST_CASE("a dead bus starts its gensets, which keep it from the mains for 300 s", "[unit][outage]")
{
    Bench b;
    auto const grid = b.feed(1e6);
    auto const sets = b.add({.kind = Kind::genset, .name = "gensets", .units = 2.0, .rating_W = 0.5e6});
    auto const bus = b.bus({grid, sets});
    b.load(bus, 0.4e6);
    b.begin();
    b.up[grid] = 0.0;
    // 3 s sensing, 10 s start: on the bus in the 13th step; half of a set is less than the load, which waits for the next load step.
    CHECK(b.dark_s(0, 60.0) == 17.0);
    CHECK(b.race.nodes[sets].islanded);
    CHECK_THAT(b.race.flows.own_W[sets], WithinRel(0.4e6, 1e-6));
    b.up[grid] = 1.0;
    b.run(299.0);
    CHECK(b.race.flows.own_W[grid] == 0.0);
    CHECK(b.dark_s(0, 3.0) == 0.0);
    CHECK_THAT(b.race.flows.own_W[grid], WithinRel(0.4e6, 1e-6));
    CHECK(power_is_normal(b.power, b.race));
}

TEST_CASE("sets that do not start, and sets that fail, leave the bus to the others", "[unit][outage]")
{
    Bench b;
    auto const grid = b.feed(1e6);
    auto const sets = b.add({.kind = Kind::genset, .name = "gensets", .units = 3.0, .rating_W = 0.3e6});
    b.load(b.ups(b.bus({grid, sets}), 1e6), 0.6e6);
    constexpr double never_s = std::numeric_limits<double>::infinity();
    b.draws = [](std::uint32_t, std::uint32_t, std::size_t) {
        return std::vector<GensetDraw>{
            {.ready_s = 10.0, .runs_s = never_s}, {.ready_s = 10.0, .runs_s = 100.0}, {.ready_s = never_s, .runs_s = never_s}};
    };
    b.drawn = true;
    b.begin();
    b.up[grid] = 0.0;
    b.run(60.0);
    CHECK(b.race.loads[0].cap == 1.0);
    CHECK(sums_of(b.power, b.race).sets == 2.0);
    CHECK_THAT(power_rests_s(b.power, b.race), WithinAbs(110.0 - 57.0 - 1.0, 1.0)); // ordered at 3 s, fails 110 s later
    b.run(60.0 + 20.0);
    CHECK(sums_of(b.power, b.race).sets == 1.0);
    CHECK(b.race.loads[0].served);
    CHECK_THAT(b.race.loads[0].cap, WithinRel(0.5, 1e-3));
}
