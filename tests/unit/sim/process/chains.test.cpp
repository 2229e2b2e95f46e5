#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// Goods of a product with parts in two levels, on lines of their own: gear of boards, boards of chips; and steel, which is quoted.
struct Goods2 {
    Id<Item> gear, steel;
};

Goods2 add_makers(Buildout& b)
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
        auto const prepared = planned(random_network(seed, Links::finish_to_start));
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
