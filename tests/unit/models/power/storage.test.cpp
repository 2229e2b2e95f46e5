#include "models/power/storage.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

constexpr double hour_s = 3600.0;

/// 100 MW for four hours.
Storage four_hours()
{
    return {.capacity_J = 400e6 * hour_s, .power_W = 100e6, .charge_efficiency = 0.95, .discharge_efficiency = 0.92, .least_share = 0.1};
}

} // namespace

TEST_CASE("a storage gives what it holds above the kept share, times its efficiency", "[unit][power]")
{
    auto const storage = four_hours();
    CHECK(can_give_W(storage, 1.0, 0.0, hour_s) == 100e6);                                     // limit of power
    CHECK_THAT(can_give_W(storage, 0.3, 0.0, hour_s), WithinRel(0.2 * 400e6 * 0.92, 1e-12));   // least share kept
    CHECK_THAT(can_give_W(storage, 0.3, 0.25, hour_s), WithinRel(0.05 * 400e6 * 0.92, 1e-12)); // reserve kept
    CHECK_THAT(charge_after(storage, 0.3, 0.2 * 400e6 * 0.92, hour_s), WithinRel(0.1, 1e-12)); // and then it is there
    CHECK(can_give_W(storage, 0.2, 0.5, hour_s) == 0.0);                                       // below the reserve
    CHECK_THAT(can_give_W(storage, 0.11, 0.0, 1.0), WithinRel(100e6, 1e-12));                  // a second is short
}

TEST_CASE("a storage takes what fits, over its efficiency", "[unit][power]")
{
    auto const storage = four_hours();
    CHECK(can_take_W(storage, 0.0, hour_s) == 100e6);
    CHECK_THAT(can_take_W(storage, 0.9, hour_s), WithinRel(0.1 * 400e6 / 0.95, 1e-12));
    CHECK_THAT(charge_after(storage, 0.9, -0.1 * 400e6 / 0.95, hour_s), WithinRel(1.0, 1e-12));
    CHECK(can_take_W(storage, 1.0, hour_s) == 0.0);
}

TEST_CASE("a cycle gives back both efficiencies of what was taken", "[unit][power]")
{
    auto const storage = four_hours();
    auto const dt_s = GENERATE(60.0, 900.0, 3600.0);
    double charge = 0.1;
    double taken_J = 0.0;
    while (charge < 1.0 - 1e-12) {
        double const power_W = can_take_W(storage, charge, dt_s);
        charge = charge_after(storage, charge, -power_W, dt_s);
        taken_J += power_W * dt_s;
    }
    double given_J = 0.0;
    while (charge > 0.1 + 1e-12) {
        double const power_W = can_give_W(storage, charge, 0.0, dt_s);
        charge = charge_after(storage, charge, power_W, dt_s);
        given_J += power_W * dt_s;
    }
    CHECK_THAT(taken_J, WithinRel(0.9 * 400e6 * hour_s / 0.95, 1e-9)); // closed form
    CHECK_THAT(given_J / taken_J, WithinRel(0.95 * 0.92, 1e-9));       // closed form
}
