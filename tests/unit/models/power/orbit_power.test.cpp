#include "models/power/orbit_power.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

/// 100 MJ, floor at 60 MJ.
constexpr OrbitBattery battery{.capacity_J = 100e6};
constexpr OrbitLoad rack{.it_W = 100e3, .housekeeping_W = 5e3};

/// Both balances of a step, to the rounding of their terms.
void check_balances(OrbitPowerStep const& s)
{
    double const scale_J = s.solar_J + s.it_J + s.housekeeping_J + s.discharged_J + 1.0;
    double const bus_J = s.solar_J + s.discharged_J - s.it_J - s.housekeeping_J - s.charged_J - s.curtailed_J;
    CHECK_THAT(bus_J / scale_J, WithinAbs(0.0, 1e-14));
    CHECK_THAT((s.charged_J - s.discharged_J - s.loss_J - s.stored_J) / scale_J, WithinAbs(0.0, 1e-14));
}

} // namespace

TEST_CASE("an array follows the sunlight and loses its share every year", "[unit][power]")
{
    SolarArray const array{.rated_W = 200e3};
    CHECK_THAT(array_W(array, 1361.0, 0.0), WithinRel(200e3, 1e-12));
    CHECK_THAT(array_W(array, 680.5, 0.0), WithinRel(100e3, 1e-12));
    CHECK(array_W(array, 0.0, 1e8) == 0.0);
    CHECK_THAT(array_W(array, 1361.0, 5.0 * 365.25 * 86400.0), WithinRel(200e3 * 0.98 * 0.98 * 0.98 * 0.98 * 0.98, 1e-12));
}

TEST_CASE("sun beyond the load charges, with the loss of charging", "[unit][power]")
{
    double stored_J = 70e6;
    auto const s = power_step(battery, stored_J, 205e3, rack, 100.0); // 100 kW to spare for 100 s: 10 MJ in, 9.5 MJ stored
    CHECK_THAT(stored_J, WithinRel(79.5e6, 1e-12));
    CHECK_THAT(s.charged_J, WithinRel(10e6, 1e-12));
    CHECK_THAT(s.loss_J, WithinRel(0.5e6, 1e-12));
    CHECK_THAT(s.it_J, WithinRel(10e6, 1e-12));
    CHECK_THAT(s.housekeeping_J, WithinRel(0.5e6, 1e-12));
    CHECK(s.discharged_J == 0.0);
    CHECK(s.curtailed_J == 0.0);
    CHECK(s.throttled_J == 0.0);
    check_balances(s);
}

TEST_CASE("a full battery leaves the surplus in the array", "[unit][power]")
{
    double stored_J = 95.25e6; // room for 4.75 MJ: 5 MJ at the terminals, 50 s at 100 kW
    auto const s = power_step(battery, stored_J, 205e3, rack, 100.0);
    CHECK(stored_J == 100e6);
    CHECK_THAT(s.charged_J, WithinRel(5e6, 1e-9));
    CHECK_THAT(s.curtailed_J, WithinRel(5e6, 1e-9));
    check_balances(s);
}

TEST_CASE("in the shadow the battery gives, with the loss of discharging", "[unit][power]")
{
    double stored_J = 100e6;
    auto const s = power_step(battery, stored_J, 0.0, rack, 190.0); // 105 kW x 190 s = 19.95 MJ out, 21 MJ from the store
    CHECK_THAT(stored_J, WithinRel(79e6, 1e-12));
    CHECK_THAT(s.discharged_J, WithinRel(19.95e6, 1e-12));
    CHECK_THAT(s.loss_J, WithinRel(1.05e6, 1e-9));
    CHECK(s.throttled_J == 0.0);
    check_balances(s);
}

TEST_CASE("at the floor the rack stops and housekeeping goes on", "[unit][power]")
{
    double stored_J = 60e6 + 105e3 / 0.95 * 40.0; // 40 s of full load above the floor
    auto const s = power_step(battery, stored_J, 0.0, rack, 100.0);
    CHECK_THAT(s.it_J, WithinRel(100e3 * 40.0, 1e-9));
    CHECK_THAT(s.throttled_J, WithinRel(100e3 * 60.0, 1e-9));
    CHECK_THAT(s.housekeeping_J, WithinRel(5e3 * 100.0, 1e-12));
    CHECK(s.unserved_J == 0.0);
    CHECK_THAT(stored_J, WithinRel(60e6 - 5e3 / 0.95 * 60.0, 1e-9));
    check_balances(s);
}

TEST_CASE("at the floor the rack gets what the sun gives", "[unit][power]")
{
    double stored_J = 60e6;
    auto const s = power_step(battery, stored_J, 45e3, rack, 100.0);
    CHECK_THAT(s.it_J, WithinRel(40e3 * 100.0, 1e-12)); // 45 kW less 5 kW of housekeeping
    CHECK_THAT(s.throttled_J, WithinRel(60e3 * 100.0, 1e-12));
    CHECK(stored_J == 60e6);
    check_balances(s);
}

TEST_CASE("an empty battery serves nothing", "[unit][power]")
{
    double stored_J = 5e3 / 0.95 * 30.0; // 30 s of housekeeping
    auto const s = power_step(battery, stored_J, 0.0, rack, 100.0);
    CHECK(stored_J == 0.0);
    CHECK(s.it_J == 0.0);
    CHECK_THAT(s.housekeeping_J, WithinRel(5e3 * 30.0, 1e-9));
    CHECK_THAT(s.unserved_J, WithinRel(5e3 * 70.0, 1e-9));
    check_balances(s);
}

TEST_CASE("one step is the sum of its parts, whatever switches inside", "[unit][power]")
{
    double const solar_W = GENERATE(0.0, 3e3, 60e3, 105e3, 140e3, 400e3);
    double const from_J = GENERATE(0.0, 0.2e6, 60e6, 61e6, 99e6, 100e6);
    double whole_J = from_J;
    auto const whole = power_step(battery, whole_J, solar_W, rack, 600.0);
    check_balances(whole);
    CHECK_THAT(whole.it_J + whole.throttled_J, WithinRel(100e3 * 600.0, 1e-12));
    double parts_J = from_J;
    double it_J = 0.0;
    double curtailed_J = 0.0;
    for (int i = 0; i < 600; ++i) {
        auto const part = power_step(battery, parts_J, solar_W, rack, 1.0);
        it_J += part.it_J;
        curtailed_J += part.curtailed_J;
    }
    CHECK_THAT(parts_J, WithinAbs(whole_J, 1.0)); // 1 J of 100 MJ
    CHECK_THAT(it_J, WithinAbs(whole.it_J, 1.0));
    CHECK_THAT(curtailed_J, WithinAbs(whole.curtailed_J, 1.0));
}

TEST_CASE("the size of array and battery closes the balance of an orbit", "[unit][power]")
{
    // By hand, 600 km: eclipse 2129 s, sun 3672 s: 120 kW (1 + 2129/(3672 x 0.9025)) = 197.1 kW;
    // 120 kW x 2129 s/(0.95 x 0.4) = 672.3 MJ.
    auto const size = size_orbit_power({}, 120e3, 2129.0, 3672.0);
    CHECK_THAT(size.array_W, WithinRel(197.1e3, 1e-3));
    CHECK_THAT(size.capacity_J, WithinRel(672.3e6, 1e-3));

    OrbitBattery const sized{.capacity_J = size.capacity_J};
    double stored_J = sized.capacity_J;
    auto const dark = power_step(sized, stored_J, 0.0, {.it_W = 120e3}, 2129.0);
    CHECK_THAT(stored_J, WithinRel(floor_J(sized), 1e-12));
    CHECK_THAT(dark.throttled_J, WithinAbs(0.0, 1.0));
    auto const light = power_step(sized, stored_J, size.array_W, {.it_W = 120e3}, 3672.0);
    CHECK_THAT(stored_J, WithinRel(sized.capacity_J, 1e-12));
    CHECK_THAT(light.curtailed_J, WithinAbs(0.0, 1.0));
    CHECK(light.throttled_J == 0.0);
}

TEST_CASE("no eclipse, no battery", "[unit][power]")
{
    auto const size = size_orbit_power({}, 120e3, 0.0, 5801.0);
    CHECK(size.array_W == 120e3);
    CHECK(size.capacity_J == 0.0);
    double stored_J = 0.0;
    auto const s = power_step({.capacity_J = 0.0}, stored_J, 120e3, {.it_W = 120e3}, 5801.0);
    CHECK_THAT(s.it_J, WithinRel(120e3 * 5801.0, 1e-12));
    CHECK(s.throttled_J == 0.0);
}
