#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// Goods of a product with parts in two levels, on lines of their own: gear of boards, boards of chips; and steel, which is quoted.
struct Bought {
    Id<Item> gear, steel;
};

Bought add_makers(Buildout& b)
{
    auto const spread = uniform(2.0 * day_s, 20.0 * day_s);
    auto const chips = add_line(b, "chip", 1.0 / day_s, 8.0);
    auto const boards = add_line(b, "board", 0.5 / day_s, 4.0);
    auto const gear = add_line(b, "gear", 0.3 / day_s, 3.0);
    b.makers[chips.row].backlog_units = 15.0;
    b.makers[chips.row].others = {
        {.name = "others", .quota = 1.0, .backlog_units = 5.0, .order_units = 2.0, .between = exponential(9.0 * day_s)}};
    b.makers[boards.row].parts = {{.item = b.makers[chips.row].item, .units = 2.0, .maker = chips}};
    b.makers[gear.row].parts = {{.item = b.makers[boards.row].item, .units = 1.0, .maker = boards},
                                {.item = b.makers[chips.row].item, .units = 0.5, .maker = chips}};
    b.makers[gear.row].ship_every_s = 7.0 * day_s;
    b.makers[gear.row].qualified_from = 5 * day_ticks;
    b.makers[gear.row].qualification = spread;
    for (auto& maker : b.makers) {
        maker.lead = spread;
        maker.transit = spread;
        maker.decommit_probability = 0.2;
    }
    auto const steel = add_item(b, "steel");
    add_maker(b, {.name = "mill",
                  .item = steel,
                  .lead = uniform(20.0 * day_s, 90.0 * day_s),
                  .transit = spread,
                  .lot_units = 2.0,
                  .ship_every_s = day_s});
    return {.gear = b.makers[gear.row].item, .steel = steel};
}

enum class Links { finish_to_start, start_to_start_too };

/// Random network of 40 activities with lags, goods, crews, a calendar and retests.
Buildout random_network(std::uint64_t seed, Links kind)
{
    auto b = bare_hall(6000.0);
    b.seed = seed;
    Streams const streams(seed, 1000);
    auto const goods = add_makers(b);
    b.crews = {{.name = "one", .teams = 1.0}, {.name = "two", .teams = 2.0}};
    b.calendars.push_back({.name = "six days", .day_off = {true}, .start_weekday = 4, .start_day = b.start_day, .lost = {}});
    double gear_units = 0.0;
    double steel_units = 0.0;
    for (std::size_t i = 0; i < 40; ++i) {
        auto const name = std::to_string(i);
        auto const u = [&](char const* what, std::uint64_t n = 0) { return streams.uniform(name, what, n); };
        Activity a{.name = name, .stage = static_cast<Stage>(u("stage") * stage_count)};
        double const median_s = (5.0 + 55.0 * u("length")) * day_s;
        a.work = {.shape = Duration::Shape::lognormal, .parameter_s = {median_s, 1.7 * median_s, 0.0}, .factor = {}};
        a.retest_probability = 0.2;
        a.rework = uniform(1.0 * day_s, 9.0 * day_s);
        a.not_before = u("not before") < 0.2 ? ticks(60.0 * day_s * u("not before", 1)) : 0;
        a.priority = static_cast<std::uint32_t>(3.0 * u("priority"));
        for (std::uint64_t k = 0; i > 0 && k < static_cast<std::uint64_t>(4.0 * u("links")); ++k) {
            bool const to_start = kind == Links::start_to_start_too && u("kind", k) < 0.3;
            auto const from = id<Activity>(static_cast<std::size_t>(u("from", k) * static_cast<double>(i)));
            a.after.push_back({.from = from, .start_to_start = to_start, .lag_s = u("lags", k) < 0.3 ? 10.0 * day_s * u("lag", k) : 0.0});
        }
        if (u("crew") < 0.4) {
            a.crew = id<Crew>(u("crew") < 0.2 ? 0 : 1);
            a.teams = a.crew.row == 1 && u("teams") < 0.5 ? 2.0 : 1.0;
        }
        a.calendar = u("calendar") < 0.3 ? id<WorkCalendar>(0) : Id<WorkCalendar>{};
        double const units = std::floor(1.0 + 5.0 * u("units"));
        if (u("goods") < 0.3) {
            a.goods.push_back({.item = goods.gear, .units = units});
            gear_units += units;
        }
        if (u("goods", 1) < 0.3) {
            a.goods.push_back({.item = goods.steel, .units = units});
            steel_units += units;
        }
        a.grants = {share_of(static_cast<Term>(u("term") * term_count), 0.05)};
        add_activity(b, std::move(a));
    }
    add_order(b, {.name = "gear", .maker = id<Maker>(2), .units = gear_units, .placed = 3 * day_ticks});
    add_order(b, {.name = "steel", .maker = id<Maker>(3), .units = steel_units, .placed = 8 * day_ticks});
    derive(b);
    return b;
}

Prepared planned(Buildout b)
{
    derive(b);
    auto plan = make_plan(b);
    return {.buildout = std::move(b), .plan = std::move(plan)};
}

double slips_s(std::vector<ChainStep> const& chain)
{
    double sum = 0.0;
    for (auto const& step : chain) {
        sum += step.segment.actual_s - step.segment.planned_s;
    }
    return sum;
}

/// Largest |sum of slips - lateness| [s] over all activities, the largest lateness, the number of chains that run over a lot, over
/// a part, over a crew that was waited for, over a retest.
std::vector<double> worst_chain(Prepared const& prepared, std::uint32_t replicate)
{
    auto const& b = prepared.buildout;
    return run_and_pick(prepared, {.replicate = replicate, .detail = Detail::build, .monthly = true}, [&](World const& world, Tick at) {
        std::vector<double> picked(6);
        for (std::size_t a = 0; a < b.activities.size(); ++a) {
            Tick const finished = world.activities[id<Activity>(a)].finished;
            Tick const planned_date = prepared.plan.activities[a].finished;
            if (finished == never || planned_date == never) {
                throw std::runtime_error("activity " + b.activities[a].name + " is not reached");
            }
            auto const chain = chain_of({.buildout = b, .plan = prepared.plan, .world = world, .now = at}, id<Activity>(a));
            picked[0] = std::max(picked[0], std::abs(slips_s(chain) - seconds(finished - planned_date)));
            picked[1] = std::max(picked[1], std::abs(seconds(finished - planned_date)));
            auto const runs_over = [&chain](auto const& is) { return std::ranges::any_of(chain, is) ? 1.0 : 0.0; };
            picked[2] += runs_over([](ChainStep const& step) { return static_cast<bool>(step.lot); });
            picked[3] += runs_over([&b](ChainStep const& step) { return step.lot && b.orders[b.lots[step.lot.row].order.row].part_of; });
            picked[4] += runs_over([](ChainStep const& step) { return step.segment.cause == Cause::crew && step.segment.actual_s > 0.0; });
            picked[5] +=
                runs_over([](ChainStep const& step) { return step.segment.cause == Cause::retest && step.segment.actual_s > 0.0; });
        }
        return picked;
    });
}

/// Slips add up for every activity of many random networks. Exact in ticks; 1e-9 days leave room for sums in double.
void check_networks(Links kind)
{
    std::vector<double> seen(6);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        auto const worst = worst_chain(planned(random_network(seed, kind)), 0);
        CAPTURE(seed, worst[0] / day_s, worst[1] / day_s);
        CHECK(worst[0] <= 1e-9 * day_s);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            seen[i] = i < 2 ? std::max(seen[i], worst[i]) : seen[i] + worst[i];
        }
    }
    CHECK(seen[1] > 10.0 * day_s); // else the networks show nothing
    for (std::size_t i = 2; i < seen.size(); ++i) {
        CAPTURE(i, seen[i]);
        CHECK(seen[i] > 40.0);
    }
}

} // namespace

TEST_CASE("slips add up to the lateness of every activity of random networks with goods, parts, crews, lags and retests",
          "[process][chains]")
{
    check_networks(Links::finish_to_start);
}

TEST_CASE("slips add up over start-to-start links as well", "[process][chains]") { check_networks(Links::start_to_start_too); }

TEST_CASE("slips of a milestone's chain add up to its lateness", "[process][chains]")
{
    double checked = 0.0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        auto const prepared = planned(random_network(seed, Links::start_to_start_too));
        auto const& b = prepared.buildout;
        auto const found = run_and_pick(prepared, {.detail = Detail::build, .monthly = true}, [&](World const& world, Tick) {
            std::vector<double> picked;
            auto const dates = as_built(b, world);
            for (std::size_t m = 0; m < b.milestones.size(); ++m) {
                Tick const date = date_of(b.milestones[m], b, dates);
                Tick const planned_date = date_of(b.milestones[m], b, prepared.plan);
                auto const& chain = world.chains[id<Milestone>(m)];
                if (date != never && planned_date != never && !chain.empty()) {
                    picked.insert(picked.end(), {static_cast<double>(m), slips_s(chain) / day_s, seconds(date - planned_date) / day_s});
                }
            }
            return picked;
        });
        for (std::size_t i = 0; i < found.size(); i += 3) {
            CAPTURE(seed, b.milestones[static_cast<std::size_t>(found[i])].name);
            CHECK(std::abs(found[i + 1] - found[i + 2]) <= 1e-9);
            checked += 1.0;
        }
    }
    CHECK(checked > 40.0);
}

TEST_CASE("the same seed gives the same dates, and what nobody waits for changes none", "[process][chains]")
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        auto b = random_network(seed, Links::start_to_start_too);
        auto const finished = [&b](std::size_t activities) {
            std::vector<Tick> all;
            for (auto const& a : built(b, {.monthly = true}).activities) {
                all.push_back(a.finished);
            }
            all.resize(activities);
            return all;
        };
        auto const before = finished(40);
        REQUIRE(finished(40) == before);
        auto const spare = add_line(b, "spare", 0.1 / day_s, 2.0);
        b.makers[spare.row].lead = exponential(9.0 * day_s);
        b.makers[spare.row].others = {{.name = "x", .quota = 2.0, .backlog_units = 3.0, .order_units = 1.0, .between = exponential(day_s)}};
        add_order(b, {.name = "spares", .maker = spare, .units = 9.0});
        b.shocks.push_back({.name = "spare shock",
                            .maker = spare,
                            .capacity_factor = 0.5,
                            .between = exponential(1e7),
                            .lasts = exponential(1e6),
                            .random = true});
        b.crews.push_back({.name = "spare crew", .teams = 1.0});
        add_activity(
            b, {.name = "spare work", .crew = id<Crew>(2), .teams = 1.0, .work = exponential(50.0 * day_s), .retest_probability = 0.5});
        CAPTURE(seed);
        CHECK(finished(40) == before);
    }
}

namespace {

/// A product of two units of "a" and one of "b"; "a" of one "wafer". Leads 20, 25 and 10 days; the product takes a day. Work of 10
/// days waits for one product: planned from day 31 (a is there 20 days after its wafer, on day 30) to 41.
Prepared of_parts(std::string const& late, double delay_days)
{
    auto b = bare_hall(400.0);
    for (auto const& [name, lead] : {std::pair{"product", 0.0}, {"a", 0.0}, {"b", 25.0}, {"wafer", 10.0}}) {
        add_maker(b, {.name = name, .item = add_item(b, name), .lead = days(lead)});
    }
    for (auto const maker : {0u, 1u}) {
        b.makers[maker].capacity = {{.from = 0, .units_per_s = 1.0 / day_s}};
    }
    b.makers[1].lead = days(18.0); // two units in two days on the line, then touch time
    b.makers[1].lot_units = 2.0;
    b.makers[0].parts = {{.item = id<Item>(1), .units = 2.0, .maker = id<Maker>(1)},
                         {.item = id<Item>(2), .units = 1.0, .maker = id<Maker>(2)}};
    b.makers[1].parts = {{.item = id<Item>(3), .units = 1.0, .maker = id<Maker>(3)}};
    b.makers[3].lot_units = 2.0;
    add_order(b, {.name = "order", .maker = id<Maker>(0), .units = 1.0});
    add_activity(b, {.name = "work", .stage = Stage::install, .goods = {{.item = id<Item>(0), .units = 1.0}}, .work = days(10.0)});
    auto prepared = planned(std::move(b));
    auto const item = std::ranges::find(prepared.buildout.items, late, &Item::name) - prepared.buildout.items.begin();
    prepared.buildout.shocks = {{.name = "shock", .item = id<Item>(static_cast<std::size_t>(item)), .until = 300 * day_ticks}};
    prepared.buildout.shocks[0].delay = days(delay_days);
    return prepared;
}

/// Chain of the work: for each stretch that slipped, cause, order of the lot (or -1), slip [days]; the date of the work first.
std::vector<double> slipped(Prepared const& prepared, double until_days)
{
    auto b = prepared.buildout;
    b.end = ticks(until_days * day_s);
    return run_and_pick({.buildout = b, .plan = prepared.plan}, {.detail = Detail::build}, [&](World const& world, Tick at) {
        std::vector<double> all{in_days(world.activities[id<Activity>(0)].finished)};
        for (auto const& step : chain_of({.buildout = b, .plan = prepared.plan, .world = world, .now = at}, id<Activity>(0))) {
            double const slip = (step.segment.actual_s - step.segment.planned_s) / day_s;
            if (std::abs(slip) > 1e-3) {
                double const order = step.lot ? b.lots[step.lot.row].order.row : -1.0;
                all.insert(all.end(), {static_cast<double>(step.segment.cause), order, slip});
            }
        }
        return all;
    });
}

void check_slips(std::vector<double> const& got, std::vector<double> const& expected)
{
    REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        CAPTURE(i, got[i], expected[i]);
        CHECK((got[i] == expected[i] || std::abs(got[i] - expected[i]) <= 1e-6));
    }
}

constexpr double no_lot = -1.0;
double number(Cause cause) { return static_cast<double>(cause); }

} // namespace

TEST_CASE("the chain names the part that came last, two levels up", "[process][chains]")
{
    // Orders: 0 the product, 1 its a, 2 its b, 3 the wafer of a.
    auto const on_time = of_parts("b", 0.0);
    REQUIRE(on_time.buildout.orders.size() == 4);
    CHECK(in_days(on_time.plan.activities[0].finished) == Approx(41.0).margin(1e-6));
    check_slips(slipped(on_time, 400.0), {41.0});
    // The wafer 12 days late: all of it reaches the work.
    check_slips(slipped(of_parts("wafer", 12.0), 400.0), {53.0, number(Cause::upstream_part), 3.0, 12.0});
    // b 12 days late comes on day 37, 7 after a: the plan had 5 days of float between b and the product.
    check_slips(slipped(of_parts("b", 12.0), 400.0), {48.0, number(Cause::plan), 0.0, -5.0, number(Cause::upstream_part), 2.0, 12.0});
    // b 3 days late is still before a: nothing slips.
    check_slips(slipped(of_parts("b", 3.0), 400.0), {41.0});
}

TEST_CASE("the chain of work that has not begun names the part that is still missing", "[process][chains]")
{
    // The wafer would come on day 210. On day 150 it is 140 days late: made on day 10 as planned, and on its way since then.
    auto const got = slipped(of_parts("wafer", 200.0), 150.0);
    double slips = 0.0;
    for (std::size_t i = 1; i + 2 < got.size(); i += 3) {
        slips += got[i + 2];
        CHECK((got[i + 1] != 2.0)); // b is there
    }
    CHECK(got[0] == HUGE_VAL);
    CHECK(slips == Approx(150.0 - 41.0).margin(1e-6)); // so far: the planned end is past
    REQUIRE(got.size() >= 4);
    CHECK(got[got.size() - 3] == number(Cause::upstream_part));
    CHECK(got[got.size() - 2] == 3.0);
    CHECK(got.back() == Approx(140.0).margin(1e-6));
}
