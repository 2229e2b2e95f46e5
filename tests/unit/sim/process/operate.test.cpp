#include "small_run.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

Buildout one_rack(std::vector<Override> const& overrides = {})
{
    return load_scenario(std::filesystem::path(AIDC_SOURCE_DIR) / "scenarios/01_one_rack.json", overrides).buildout;
}

std::vector<double> run_one_rack(Buildout const& buildout, std::function<std::vector<double>(World const&, Tick)> const& pick)
{
    return run_and_pick({.buildout = buildout, .plan = make_plan(buildout)}, {}, pick);
}

Flows const& total(World const& world) { return world.campus_books[id<Campus>(0)].total; }

} // namespace

TEST_CASE("IT energy of one rack is budget times its idle and busy draw, by hand", "[process][operate]")
{
    auto const b = one_rack();
    // 31.875 kW; idle 0.3; draw 0.85; nothing sold for 14 days, then busy 0.6 on average (whole days) until the year is over.
    double const idle_J = 31875.0 * 0.3 * 14.0 * day_s;
    double const sold_J = 31875.0 * (0.3 + (0.85 - 0.3) * 0.6) * 351.0 * day_s;
    auto const it_J = run_one_rack(b, [](World const& world, Tick) { return std::vector<double>{total(world).it_J}; })[0];
    CHECK(it_J == Approx(idle_J + sold_J).epsilon(1e-9));
}

TEST_CASE("UPS and transformer losses of one rack follow their curves, by hand at constant load", "[process][operate]")
{
    auto const b = one_rack({{.pointer = "/demand/contracts/0/busy_swing", .value = "0"},
                             {.pointer = "/demand/contracts/0/committed/0/from", .value = "\"2026-01-01\""}});
    auto const flows = run_one_rack(b, [](World const& world, Tick at) {
        auto const& f = total(world);
        double const t = seconds(at);
        return std::vector<double>{f.it_J / t, f.ups_loss_J / t, f.transformer_loss_J / t, f.import_J / t, f.house_J / t};
    });
    double const it_W = 31875.0 * (0.3 + 0.55 * 0.6);
    double const x = it_W / 2.0 / 50e3; // two UPS of 50 kW share the load
    CHECK(flows[0] == Approx(it_W).epsilon(1e-9));
    CHECK(flows[1] == Approx(2.0 * 50e3 * (0.01 + 0.025 * x + 0.01 * x * x)).epsilon(1e-9));
    CHECK(flows[4] == Approx(300.0).epsilon(1e-9));
    // Transformers see a load that varies with the weather: the no-load part is the floor, full load the ceiling.
    CHECK(flows[2] > 2.0 * 100e3 * 0.002);
    CHECK(flows[2] < 2.0 * 100e3 * (0.002 + 0.006));
    CHECK(flows[3] > it_W + flows[1] + flows[2] + flows[4]);
}

TEST_CASE("pads that switch on later use less water, and the racks still get their supply temperature", "[process][operate]")
{
    auto const of = [](char const* switch_C) {
        auto const b = one_rack({{.pointer = "/campuses/0/buildings/0/plant/coolers/pads/switch_dry_bulb_C", .value = switch_C}});
        return run_one_rack(b, [](World const& world, Tick) {
            return std::vector<double>{total(world).make_up_kg, total(world).tcs_supply_max_C};
        });
    };
    auto const early = of("22");
    auto const late = of("30");
    CHECK(late[0] > 0.0);
    CHECK(late[0] < 0.5 * early[0]);
    CHECK(late[1] == Approx(40.0).margin(1e-6)); // the TCS set point of the scenario
    CHECK(early[1] == Approx(40.0).margin(1e-6));
}

TEST_CASE("hot chips are throttled, the cut is booked, and the balance still closes", "[process][operate]")
{
    // A limit of 50 C is below what the plate reaches at full power (40 C supply and about 18 K over it).
    auto const b = one_rack({{.pointer = "/racks/0/accelerator/throttle_case_C", .value = "50"}});
    auto const picked = run_one_rack(b, [](World const& world, Tick) {
        auto const& f = total(world);
        return std::vector<double>{f.throttled_J, f.case_max_C, world.by_cause[id<Hall>(0)][index(Cause::throttled)], f.it_J};
    });
    CHECK(picked[0] > 0.0);
    // By the law of the chips, power falls from all at 50 C to a tenth at the trip, 105 C: the case settles between the limit and
    // what full power would give (58 C).
    CHECK(picked[1] > 50.0);
    CHECK(picked[1] < 58.0);
    CHECK(picked[2] > 0.0);
    auto const free_J = run_one_rack(one_rack(), [](World const& world, Tick) { return std::vector<double>{total(world).it_J}; })[0];
    CHECK(picked[0] + picked[3] == Approx(free_J).epsilon(1e-9));
}

TEST_CASE("a building whose coolers are all down trips within minutes, and boots when they are back", "[process][operate]")
{
    auto b = one_rack();
    auto& coolers = b.groups[b.buildings[0].coolers.row];
    coolers.to_failure = Duration::fixed(100.0 * day_s); // both fail on day 100 and return after ten days
    coolers.to_repair = Duration::fixed(10.0 * day_s);
    auto const lost_s = run_one_rack(b, [](World const& world, Tick) {
        auto const& by = world.by_cause[id<Hall>(0)];
        return std::vector<double>{by[index(Cause::tripped)], by[index(Cause::throttled)], by[index(Cause::plant_outage)]};
    });
    // Three outages of ten days in a year: days 100-110, 210-220, 320-330; 24 accelerators. The water lasts for minutes, then chips throttle
    // and trip; afterwards racks need their lockout and ramp, a quarter of an hour.
    CHECK(lost_s[0] + lost_s[1] == Approx(24.0 * 30.0 * day_s).margin(24.0 * 3.0 * hour_s));
    CHECK(lost_s[1] > 0.0);
    CHECK(lost_s[2] == 0.0); // power was there
}
