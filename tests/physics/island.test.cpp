#include "models/campus/island.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_building.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace aidc;
using aidc::testing::h200_rack;
using aidc::testing::small_plant;

namespace {

/// A building with one hall, and what drives it.
struct Island {
    std::array<RackKind, 1> kinds{h200_rack()};
    Building building;
    Hall hall;
    std::vector<PodGroup> groups;
    Air outdoors = air_from_relative_humidity(25.0, 0.5, standard_pressure_Pa);
    double coolers_up = 4.0;
    double busy = 1.0;
    double carried_share = 1.0;
    IslandState state;

    explicit Island(std::vector<PodGroup> pods) : groups(std::move(pods))
    {
        building.name = "site/A";
        building.plant = small_plant(4.0, 2.0);
        hall.name = "site/A/1";
        hall.ups = {.rating_W = 200e3, .no_load = 0.01, .proportional = 0.025, .square = 0.01};
        hall.house_W = 300.0;
    }

    /// IT power before any cut.
    double asked_W() const
    {
        double sum_W = 0.0;
        for (auto const& group : groups) {
            sum_W += group.pods * group.live_racks * mean_power_W(kinds[0], busy);
        }
        return sum_W;
    }

    Flows run(double dt_s)
    {
        std::array<HallLoad, 1> const halls{{{.it_W = asked_W(), .hall = &hall, .ups_units = 2.0, .handed_over = true}}};
        return advance(building,
                       {.outdoors = outdoors,
                        .coolers_up = coolers_up,
                        .busy = busy,
                        .carried_share = carried_share,
                        .groups = groups,
                        .halls = halls,
                        .kinds = kinds},
                       state, dt_s);
    }
};

PodGroup group(std::uint32_t live_racks, std::uint32_t pods) { return {.kind = id<RackKind>(0), .live_racks = live_racks, .pods = pods}; }

/// Too few coolers on a hot day: the chips would pass 66 C at full power.
Island overheated()
{
    Island island({group(2, 2), group(1, 1)});
    island.outdoors = air_from_relative_humidity(44.0, 0.25, standard_pressure_Pa);
    island.coolers_up = 0.75;
    island.kinds[0].accelerator.throttle_case_C = 66.0;
    return island;
}

double rejected_residual(Flows const& f) { return (f.heat_in_J - f.heat_rejected_J) / f.heat_rejected_J; }

/// Every integral of a and b agrees.
void check_same(Flows const& a, Flows const& b, double tolerance)
{
    for (auto const field : {&Flows::seconds, &Flows::it_J, &Flows::ups_loss_J, &Flows::house_J, &Flows::heat_in_J, &Flows::heat_rejected_J,
                             &Flows::evaporated_kg, &Flows::blowdown_kg, &Flows::make_up_kg, &Flows::throttled_J, &Flows::not_carried_J,
                             &Flows::supply_C_s, &Flows::running_s, &Flows::tcs_supply_max_C, &Flows::case_max_C}) {
        CHECK_THAT(a.*field, WithinAbs(b.*field, tolerance * std::abs(b.*field)));
    }
    for (auto const& row : consumers) {
        auto const c = index(row.consumer);
        CHECK_THAT(a.consumer_J[c], WithinAbs(b.consumer_J[c], tolerance * std::abs(b.consumer_J[c])));
    }
}

} // namespace

TEST_CASE("energy of IT is power times time", "[conservation][campus]")
{
    Island island({group(2, 3), group(1, 1)});
    island.busy = GENERATE(0.0, 0.6, 1.0);
    auto const flows = island.run(1800.0);
    // Hand calculation: 7 racks x 31.875 kW x (0.3 + 0.55 busy) for half an hour.
    CHECK_THAT(flows.it_J, WithinRel(7.0 * 31875.0 * (0.3 + 0.55 * island.busy) * 1800.0, 1e-13));
    CHECK(flows.seconds == 1800.0);
    CHECK(flows.running_s == 1800.0);
    CHECK(flows.throttled_J == 0.0);
    CHECK(flows.not_carried_J == 0.0);
}

TEST_CASE("UPS losses follow the loss curve and the house load runs after handover", "[analytic][campus]")
{
    Island island({group(2, 4)});
    double const it_W = 8.0 * 31875.0 * 0.85;
    double const x = 0.5 * it_W / 200e3;
    auto const flows = island.run(3600.0);
    CHECK_THAT(flows.ups_loss_J, WithinRel(3600.0 * 2.0 * 200e3 * (0.01 + 0.025 * x + 0.01 * x * x), 1e-12)); // by hand from the law
    CHECK_THAT(flows.house_J, WithinRel(3600.0 * 300.0, 1e-15));
    std::array<HallLoad, 1> const halls{{{.it_W = 0.0, .hall = &island.hall, .ups_units = 0.0, .handed_over = false}}};
    IslandState state;
    auto const before =
        advance(island.building, {.outdoors = island.outdoors, .groups = {}, .halls = halls, .kinds = island.kinds}, state, 3600.0);
    CHECK(before.house_J == 0.0);
    CHECK(before.ups_loss_J == 0.0);
}

TEST_CASE("the heat balance of an island closes to 1e-9 in every weather and at every load", "[conservation][campus]")
{
    Island island({group(2, 3), group(1, 1)});
    double const dry_bulb_C = GENERATE(-25.0, 0.0, 15.0, 27.5, 29.0, 38.0, 44.0);
    island.outdoors = air_from_relative_humidity(dry_bulb_C, GENERATE(0.1, 0.6), standard_pressure_Pa);
    island.busy = GENERATE(0.0, 0.5, 1.0);
    island.coolers_up = GENERATE(1.5, 4.0);
    auto const flows = island.run(3600.0);
    INFO("dry bulb " << dry_bulb_C << " busy " << island.busy << " coolers " << island.coolers_up);
    CHECK(std::abs(rejected_residual(flows)) <= 1e-9);
    CHECK(flows.heat_in_J > flows.it_J); // and pumps, hall fans, chillers
    CHECK(flows.heat_in_J <= flows.it_J + flows.cooling_J());
    CHECK_THAT(flows.make_up_kg, WithinRel(flows.evaporated_kg + flows.blowdown_kg, 1e-12));
    CHECK(flows.cooling_J() > 0.0);
}

TEST_CASE("equal pods taken together flow like pods one by one", "[property][campus]")
{
    auto const hot = GENERATE(false, true);
    Island lumped = hot ? overheated() : Island({group(2, 2), group(1, 1)});
    Island apart = lumped;
    apart.groups = {group(2, 1), group(2, 1), group(1, 1)};
    check_same(apart.run(3600.0), lumped.run(3600.0), 1e-9);
}

TEST_CASE("an interval in two parts gives the same integrals", "[conservation][campus]")
{
    auto const hot = GENERATE(false, true);
    Island once = hot ? overheated() : Island({group(2, 3)});
    once.carried_share = GENERATE(0.95, 1.0);
    Island twice = once;
    auto sum = twice.run(1000.0);
    sum += twice.run(2600.0);
    check_same(sum, once.run(3600.0), 1e-9);
}

TEST_CASE("an undersized cooler on a hot day throttles by the law of the chips", "[analytic][campus]")
{
    Island island = overheated();
    island.coolers_up = GENERATE(0.5, 0.65, 0.8);
    auto const flows = island.run(3600.0);
    CHECK(flows.throttled_J > 0.0);
    // The chips' own law at the case temperature that the cut leads to: the smallest share of the hottest pod.
    double const kept = flows.it_J / (island.asked_W() * 3600.0);
    CHECK_THAT(allowed_power_share({.limit_C = 66.0, .trip_C = 105.0}, flows.case_max_C), WithinAbs(kept, 1e-6));
    CHECK_THAT(flows.throttled_J + flows.it_J, WithinRel(island.asked_W() * 3600.0, 1e-12));
    CHECK(std::abs(rejected_residual(flows)) <= 1e-9);
    // The heat that is left in the coolant is that of the power that is left.
    double const plant_heat_J = flows.heat_in_J - flows.it_J;
    CHECK(plant_heat_J > 0.0);
    CHECK(plant_heat_J <= flows.cooling_J() * (1.0 + 1e-9));
}

TEST_CASE("the case temperature is supply plus heat times resistance", "[analytic][campus]")
{
    Island island({group(1, 1)});
    auto const flows = island.run(60.0);
    // 700 W x 0.85 on a plate of 0.030 K/W and half the coolant's rise, 0.5/(rho cp V), at a flow of
    // 2.5e-8 x 0.8 x 31875/24 m3/s a plate.
    auto const coolant = properties(Coolant::pg25, 40.0);
    double const flow_m3_per_s = 2.5e-8 * 0.8 * 31875.0 / 24.0;
    double const rise_K = 595.0 * (0.030 + 0.5 / (coolant.density_kg_per_m3 * coolant.cp_J_per_kgK * flow_m3_per_s));
    CHECK_THAT(flows.case_max_C - flows.tcs_supply_max_C, WithinRel(rise_K, 1e-9));
    CHECK_THAT(flows.tcs_supply_max_C, WithinAbs(40.0, 1e-6)); // the CDU holds its set point on a mild day
}

TEST_CASE("colder weather or more coolers never throttle more", "[property][campus]")
{
    double before_J = std::numeric_limits<double>::infinity();
    for (double coolers : {0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 3.0}) {
        Island island = overheated();
        island.coolers_up = coolers;
        double const throttled_J = island.run(3600.0).throttled_J;
        CHECK(throttled_J <= before_J * (1.0 + 1e-6));
        before_J = throttled_J;
    }
    CHECK(before_J == 0.0); // three coolers suffice
}

TEST_CASE("accelerators whose trip lies below the coolant stand", "[unit][campus]")
{
    Island island = overheated();
    island.kinds[0].accelerator.throttle_case_C = 30.0;
    island.kinds[0].accelerator.trip_case_C = 35.0;
    auto const flows = island.run(3600.0);
    CHECK(flows.it_J == 0.0);
    CHECK_THAT(flows.throttled_J, WithinRel(island.asked_W() * 3600.0, 1e-12));
}

TEST_CASE("what the power chain does not carry is counted apart from throttling", "[conservation][campus]")
{
    auto const hot = GENERATE(false, true);
    Island island = hot ? overheated() : Island({group(2, 3)});
    island.carried_share = GENERATE(0.3, 0.97, 1.0);
    auto const flows = island.run(3600.0);
    double const asked_J = island.asked_W() * 3600.0;
    CHECK_THAT(flows.not_carried_J, WithinAbs((1.0 - island.carried_share) * asked_J, 1e-9 * asked_J));
    CHECK_THAT(flows.it_J + flows.throttled_J + flows.not_carried_J, WithinRel(asked_J, 1e-12));
    CHECK(flows.throttled_J >= 0.0);
}

TEST_CASE("throttling settles at the same power when the chain carries a little less", "[property][campus]")
{
    Island full = overheated();
    Island less = overheated();
    less.carried_share = 0.98;
    REQUIRE(less.run(3600.0).throttled_J > 0.0);
    CHECK_THAT(less.run(3600.0).it_J, WithinRel(full.run(3600.0).it_J, 1e-5));
}

TEST_CASE("an island without live racks stands", "[unit][campus]")
{
    Island island({});
    auto const flows = island.run(3600.0);
    CHECK(flows.it_J == 0.0);
    CHECK(flows.cooling_J() == 0.0);
    CHECK(flows.heat_rejected_J == 0.0);
    CHECK(flows.running_s == 0.0);
    CHECK_THAT(flows.ups_loss_J, WithinRel(3600.0 * 2.0 * 200e3 * 0.01, 1e-14)); // energised: no-load losses
    CHECK(flows.house_J == 300.0 * 3600.0);
}

TEST_CASE("an island without power stands, and all of its load is not carried", "[unit][campus]")
{
    Island island({group(2, 3)});
    island.carried_share = 0.0;
    auto const flows = island.run(3600.0);
    CHECK(flows.it_J == 0.0);
    CHECK(flows.cooling_J() == 0.0);
    CHECK(flows.running_s == 0.0);
    CHECK(flows.throttled_J == 0.0);
    CHECK_THAT(flows.not_carried_J, WithinRel(island.asked_W() * 3600.0, 1e-14));
}

TEST_CASE("pads that are wet stay wet inside their hysteresis", "[unit][campus]")
{
    // Defaults: on above 28 C, off below 27 C.
    Island island({group(2, 3)});
    auto const at = [&](double dry_bulb_C) {
        island.outdoors = air_from_relative_humidity(dry_bulb_C, 0.3, standard_pressure_Pa);
        return island.run(60.0).evaporated_kg > 0.0;
    };
    CHECK_FALSE(at(27.5));
    CHECK(at(28.5));
    CHECK(at(27.5));
    CHECK_FALSE(at(26.5));
}

TEST_CASE("heat without a cooler is a solver error", "[unit][campus]")
{
    Island island({group(1, 1)});
    island.coolers_up = 0.0;
    CHECK_THROWS_AS(island.run(60.0), SolverError);
}

TEST_CASE("flows add up and keep the highest temperatures", "[unit][campus]")
{
    Flows a{.seconds = 1.0, .it_J = 2.0, .tcs_supply_max_C = 40.0, .case_max_C = 60.0};
    a += Flows{.seconds = 3.0, .it_J = 5.0, .import_J = 7.0, .dry_bulb_C_s = 11.0, .tcs_supply_max_C = 39.0, .case_max_C = 61.0};
    CHECK(a.seconds == 4.0);
    CHECK(a.it_J == 7.0);
    CHECK(a.import_J == 7.0);
    CHECK(a.dry_bulb_C_s == 11.0);
    CHECK(a.tcs_supply_max_C == 40.0);
    CHECK(a.case_max_C == 61.0);
    a += Flows{};
    CHECK(a.seconds == 4.0);
    CHECK(a.case_max_C == 61.0);
}
