#include "models/supply/shock.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <vector>

using namespace aidc;

namespace {

constexpr Tick day(int n) { return n * day_ticks; }

Maker maker(Id<Item> item, double lot_units = 1.0)
{
    Maker m;
    m.item = item;
    m.lot_units = lot_units;
    return m;
}

Shock shock(Id<Item> item, Tick from, Tick until, double capacity_factor, bool holds = false)
{
    Shock s;
    s.item = item;
    s.from = from;
    s.until = until;
    s.capacity_factor = capacity_factor;
    s.holds_transit = holds;
    return s;
}

Order order(std::uint32_t maker_row, double units)
{
    Order o;
    o.maker = id<Maker>(maker_row);
    o.units = units;
    return o;
}

/// 10 units a day from day 30, 25 from day 60.
Maker ramping(Id<Item> item)
{
    Maker m = maker(item);
    m.capacity = {{.from = day(30), .units_per_s = 10.0 / day_s}, {.from = day(60), .units_per_s = 25.0 / day_s}};
    return m;
}

constexpr auto gpu = id<Item>(0);
constexpr auto pump = id<Item>(1);

} // namespace

TEST_CASE("an order leaves in full lots and a rest", "[unit][supply]")
{
    std::vector<Maker> const makers{maker(gpu, 4.0), maker(pump, 100.0)};
    std::vector<Order> const orders{order(0, 10.0), order(1, 30.0), order(0, 8.0)};
    auto const lots = lots_of(orders, makers);
    // 10 = 4 + 4 + 2; 30 in one; 8 = 4 + 4.
    std::vector<double> const units{4.0, 4.0, 2.0, 30.0, 4.0, 4.0};
    std::vector<std::uint32_t> const number{0, 1, 2, 0, 0, 1}, of{0, 0, 0, 1, 2, 2};
    REQUIRE(lots.size() == units.size());
    for (std::size_t i = 0; i < lots.size(); ++i) {
        CHECK(lots[i].units == units[i]);
        CHECK(lots[i].number == number[i]);
        CHECK(lots[i].order.row == of[i]);
    }
}

TEST_CASE("lots hold what was ordered, none empty and none too large", "[property][supply]")
{
    double const ordered = GENERATE(0.5, 1.0, 7.0, 72.0, 1000.0);
    double const lot_units = GENERATE(0.5, 1.0, 3.0, 16.0, 5000.0);
    double sum = 0.0;
    for (auto const& lot : lots_of(std::vector<Order>{order(0, ordered)}, std::vector<Maker>{maker(gpu, lot_units)})) {
        CHECK(lot.units > 0.0);
        CHECK(lot.units <= lot_units);
        sum += lot.units;
    }
    CHECK(sum == ordered); // halves and whole numbers: exact
}

TEST_CASE("no orders, no lots", "[unit][supply]")
{
    CHECK(lots_of({}, {}).empty());
    CHECK(lots_of(std::vector<Order>{order(0, 0.0)}, std::vector<Maker>{maker(gpu)}).empty());
}

TEST_CASE("a line makes nothing before its first step, then what the last step says", "[unit][supply]")
{
    auto const m = ramping(gpu);
    CHECK(capacity_per_s({}, m, {}, day(30) - 1) == 0.0);
    CHECK(capacity_per_s({}, m, {}, day(30)) == 10.0 / day_s);
    CHECK(capacity_per_s({}, m, {}, day(60) - 1) == 10.0 / day_s);
    CHECK(capacity_per_s({}, m, {}, day(60)) == 25.0 / day_s);
    CHECK(capacity_per_s({}, m, {}, day(10000)) == 25.0 / day_s);
}

TEST_CASE("a shock scales the lines of its item while it lasts, and shocks multiply", "[unit][supply]")
{
    auto const m = ramping(gpu);
    std::vector<Shock> const shocks{shock(gpu, day(40), day(70), 0.5), shock(gpu, day(50), never, 0.2), shock(pump, day(0), never, 0.0)};
    CHECK(capacity_per_s({}, m, shocks, day(40) - 1) == 10.0 / day_s);
    CHECK_THAT(capacity_per_s({}, m, shocks, day(40)), WithinRel(5.0 / day_s, 1e-14));
    CHECK_THAT(capacity_per_s({}, m, shocks, day(50)), WithinRel(1.0 / day_s, 1e-14)); // 10 x 0.5 x 0.2
    CHECK_THAT(capacity_per_s({}, m, shocks, day(60)), WithinRel(2.5 / day_s, 1e-14)); // 25 x 0.5 x 0.2
    CHECK_THAT(capacity_per_s({}, m, shocks, day(70)), WithinRel(5.0 / day_s, 1e-14)); // the first is over at its end
}

TEST_CASE("the dates of capacity are every step and the ends of the item's shocks, once", "[unit][supply]")
{
    std::vector<Shock> const shocks{shock(gpu, day(40), day(60), 0.5), shock(gpu, day(30), never, 0.2), shock(pump, day(1), day(2), 0.0)};
    CHECK(capacity_dates({}, ramping(gpu), shocks) == std::vector<Tick>{day(30), day(40), day(60)});
    CHECK(capacity_dates({}, maker(gpu), {}).empty());
}

TEST_CASE("capacity is constant between its dates", "[property][supply]")
{
    auto const m = ramping(gpu);
    std::vector<Shock> const shocks{shock(gpu, day(20), day(65), 0.5), shock(gpu, day(45), day(80), 0.0), shock(gpu, day(62), never, 0.7)};
    auto const dates = capacity_dates({}, m, shocks);
    CHECK(std::ranges::is_sorted(dates));
    for (int d = 0; d < 100; ++d) {
        auto const next = std::ranges::upper_bound(dates, day(d));
        double const from_here = next == dates.begin() ? 0.0 : capacity_per_s({}, m, shocks, *(next - 1));
        CHECK(capacity_per_s({}, m, shocks, day(d)) == from_here);
    }
}

TEST_CASE("lots leave on the first ship day at or after they are done", "[unit][supply]")
{
    Maker weekly = maker(gpu);
    weekly.ship_every_s = week_s;
    CHECK(ship_day(weekly, 0) == 0);
    CHECK(ship_day(weekly, 1) == day(7));
    CHECK(ship_day(weekly, day(7)) == day(7));
    CHECK(ship_day(weekly, day(7) + 1) == day(14));
    CHECK(ship_day(weekly, day(20)) == day(21));
}

TEST_CASE("without ship days lots leave at once", "[unit][supply]")
{
    auto const t = GENERATE(Tick{0}, Tick{1}, day(5) + 77);
    CHECK(ship_day(maker(gpu), t) == t);
}

TEST_CASE("a maker without a capacity path quotes its lead time", "[unit][supply]")
{
    CHECK(maker(gpu).quoted());
    CHECK_FALSE(ramping(gpu).quoted());
}

TEST_CASE("goods are held by a shock of their item that holds transit, while it lasts", "[unit][supply]")
{
    std::vector<Shock> const shocks{shock(gpu, day(0), never, 0.1), shock(gpu, day(10), day(20), 1.0, true),
                                    shock(gpu, day(15), never, 1.0, true)};
    auto const gpus = maker(gpu);
    auto const pumps = maker(pump);
    Shipment const of_gpu{.id = id<Maker>(0), .maker = &gpus, .region = "CN"};
    Shipment const of_pump{.id = id<Maker>(1), .maker = &pumps, .region = "CN"};
    CHECK(holding_shock(shocks, of_gpu, day(9)) == nullptr); // less output holds nothing
    CHECK(holding_shock(shocks, of_gpu, day(10)) == &shocks[1]);
    CHECK(holding_shock(shocks, of_gpu, day(17)) == &shocks[1]); // the first that is listed
    CHECK(holding_shock(shocks, of_gpu, day(20)) == &shocks[2]); // an end is not in the shock
    CHECK(holding_shock(shocks, of_pump, day(17)) == nullptr);
    CHECK(holding_shock({}, of_gpu, day(17)) == nullptr);
}

TEST_CASE("a shock may be about one maker, and about one region", "[unit][supply]")
{
    auto ban = shock(gpu, day(10), never, 1.0, true);
    ban.region = "CN";
    auto const gpus = maker(gpu);
    Shipment const to_china{.id = id<Maker>(0), .maker = &gpus, .region = "CN"};
    Shipment const to_texas{.id = id<Maker>(0), .maker = &gpus, .region = "US-TX"};
    CHECK(hits(ban, to_china, day(10)));
    CHECK_FALSE(hits(ban, to_texas, day(10)));
    CHECK_FALSE(hits(ban, to_china, day(9)));

    auto outage = shock({}, day(10), day(20), 0.0);
    outage.maker = id<Maker>(1);
    auto const m = ramping(gpu);
    CHECK(capacity_per_s(id<Maker>(1), m, std::vector{outage}, day(35)) == 10.0 / day_s);
    CHECK(capacity_per_s(id<Maker>(1), ramping(pump), std::vector{outage}, day(15)) == 0.0);
    CHECK(capacity_dates(id<Maker>(0), m, std::vector{outage}) == std::vector<Tick>{day(30), day(60)});
    CHECK(capacity_dates(id<Maker>(1), m, std::vector{outage}) == std::vector<Tick>{day(10), day(20), day(30), day(60)});
}

TEST_CASE("prices multiply and tariffs add up while their shocks last", "[unit][supply]")
{
    auto memory = shock(gpu, day(0), day(100), 1.0);
    memory.price_factor = 1.5;
    auto more = memory;
    more.from = day(50);
    more.price_factor = 1.2;
    more.tariff = 0.25;
    memory.tariff = 0.1;
    auto const gpus = maker(gpu);
    Shipment const shipment{.id = id<Maker>(0), .maker = &gpus, .region = {}};
    std::vector const shocks{memory, more};
    CHECK(price_factor(shocks, shipment, day(10)) == 1.5);
    CHECK_THAT(price_factor(shocks, shipment, day(60)), WithinRel(1.8, 1e-15)); // 1.5 x 1.2
    CHECK(price_factor(shocks, shipment, day(100)) == 1.0);
    CHECK(tariff(shocks, shipment, day(10)) == 0.1);
    CHECK_THAT(tariff(shocks, shipment, day(60)), WithinRel(0.35, 1e-15)); // 0.1 + 0.25
}

TEST_CASE("an order implies orders for its parts, all the way up", "[unit][supply]")
{
    // A rack holds 72 GPUs, a GPU 8 stacks of memory; the second order is for memory only.
    std::vector<Item> const items{{.name = "rack"}, {.name = "gpu"}, {.name = "hbm"}};
    std::vector<Maker> makers{maker(id<Item>(0)), maker(id<Item>(1)), maker(id<Item>(2))};
    makers[0].parts = {{.item = id<Item>(1), .units = 72.0, .maker = id<Maker>(1)}};
    makers[1].parts = {{.item = id<Item>(2), .units = 8.0, .maker = id<Maker>(2)}};
    auto racks = order(0, 10.0);
    racks.name = "racks";
    racks.placed = day(5);
    auto memory = order(2, 30.0);
    memory.name = "memory";
    auto const all = with_parts({racks, memory}, makers, items);
    REQUIRE(all.size() == 4);
    CHECK(all[2].name == "racks/gpu");
    CHECK(all[2].units == 720.0);
    CHECK(all[2].part_of == id<Order>(0));
    CHECK(all[2].placed == day(5));
    CHECK(all[3].name == "racks/gpu/hbm");
    CHECK(all[3].units == 5760.0); // 10 x 72 x 8
    CHECK(all[3].part_of == id<Order>(2));
    CHECK(all[3].maker == id<Maker>(2));
    CHECK_FALSE(all[1].part_of);
}
