#include "small_run.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// Complete date of hall 1 [days], with more of something; the gate of that hall the day after its first racks.
double complete_day(Buildout const& buildout)
{
    Prepared const prepared{.buildout = buildout, .plan = make_plan(buildout)};
    auto const picked = run_and_pick(prepared, {.draws = Draws::median, .detail = Detail::build}, [&](World const& world, Tick) {
        return std::vector<double>{seconds(complete_date(buildout, world, 0)) / day_s};
    });
    return picked[0];
}

/// Doubles what an activity grants.
void double_grants(Buildout& buildout, std::string const& activity)
{
    auto const found = std::ranges::find(buildout.activities, activity, &Activity::name);
    REQUIRE(found != buildout.activities.end());
    for (auto& grant : found->grants) {
        grant.amount *= 2.0;
    }
}

} // namespace

TEST_CASE("the gate names the term that holds the next racks", "[process][gate]")
{
    auto const prepared = prepare();
    // Import of 1.5 MW carries part of hall 1; gensets, racks and hall are there long before the second tranche.
    auto const gates = run_and_pick(prepared, {.draws = Draws::median, .detail = Detail::build}, [&](World const& world, Tick) {
        auto const& hall = world.halls[id<Hall>(0)];
        return std::vector<double>{static_cast<double>(hall.gate), hall.next_unit_W};
    });
    CHECK(gates[0] == 0.0); // complete at the end: nothing holds it
    CHECK(gates[1] == 0.0);
}

TEST_CASE("doubling the term that gates moves the date, doubling another does not", "[process][gate]")
{
    auto const base = load_scenario(fixture()).buildout;
    double const before = complete_day(base);
    REQUIRE(std::isfinite(before));

    auto more_import = base;
    double_grants(more_import, "site/energise_1"); // utility gates hall 1 between the tranches
    CHECK(complete_day(more_import) < before - 7.0);

    auto more_transformers = base;
    more_transformers.groups[more_transformers.campuses[0].transformers.row].rating_W *= 2.0;
    CHECK(complete_day(more_transformers) == before);

    auto more_cooling = base;
    more_cooling.groups[more_cooling.buildings[0].coolers.row].rating_W *= 2.0;
    CHECK(complete_day(more_cooling) == before);

    auto more_space = base;
    double_grants(more_space, "site/A/1/fit_out");
    CHECK(complete_day(more_space) == before);
}

TEST_CASE("live power never exceeds any term, and never falls", "[process][gate]")
{
    auto const prepared = prepare();
    auto const worst = numbers_of(in_child([&] {
        double over_W = 0.0;
        double fell_W = 0.0;
        std::vector<double> last(prepared.buildout.halls.size(), 0.0);
        AtEnd observer([](World const&, Tick) {});
        observer.on_row = [&](World const& world, Tick, Tick) {
            for (std::size_t h = 0; h < last.size(); ++h) {
                auto const& hall = world.halls[id<Hall>(h)];
                over_W = std::max(over_W, hall.live_W - *std::ranges::min_element(hall.term_W));
                fell_W = std::max(fell_W, last[h] - hall.live_W);
                last[h] = hall.live_W;
            }
        };
        simulate(prepared.buildout, prepared.plan, {.detail = Detail::build}, observer);
        return bytes_of({over_W, fell_W});
    }));
    CHECK(worst[0] <= 1e-3); // rounding of the inverse of a curve, of megawatts
    CHECK(worst[1] == 0.0);
}

TEST_CASE("a supernode goes live as a whole", "[process][gate]")
{
    auto const prepared = prepare();
    auto const remainders = run_and_pick(prepared, {.detail = Detail::build}, [&](World const& world, Tick) {
        std::vector<double> all;
        double const unit_W = 4 * budget_W(prepared.buildout.kinds[1]);
        for (auto const& step : world.halls[id<Hall>(1)].history) {
            all.push_back(std::remainder(step.it_W, unit_W));
        }
        return all;
    });
    REQUIRE(!remainders.empty());
    for (double const remainder : remainders) {
        CHECK(std::abs(remainder) < 1e-6);
    }
}

TEST_CASE("a queue ahead of us delays our lots by the time the maker needs for it", "[process][supply]")
{
    auto const prepared = prepare();
    // 60 units ahead at 100 a year, our lots of 2: lot k is made after (60 + 2 (k + 1)) / 100 years and three weeks of touch
    // time; the maker's class is served first in, first out (closed form). The line may be two ticks late (law T3).
    auto const late_s = run_and_pick(prepared, {.draws = Draws::median, .detail = Detail::build}, [&](World const& world, Tick) {
        std::vector<double> all;
        for (std::uint32_t k = 0; k < 3; ++k) {
            double const queue_s = (60.0 + 2.0 * (k + 1)) / 100.0 * year_s;
            double const placed_s = 9.0 * day_s; // the line has worked since the start, our order came on day 9
            double const made_s = std::max(queue_s, placed_s) + 3.0 * week_s;
            all.push_back(seconds(world.lots[Id<Lot>{k}].made) - made_s);
        }
        return all;
    });
    for (double const late : late_s) {
        CHECK(std::abs(late) < 0.1);
    }
}

TEST_CASE("a lot that meets a closed border waits for its opening and the release", "[process][supply]")
{
    auto const prepared = prepare();
    auto const& b = prepared.buildout;
    auto const dates = run_and_pick(prepared, {.detail = Detail::build}, [&](World const& world, Tick) {
        double held = 0.0;
        double wrong = 0.0;
        auto const& shock = b.shocks[0];
        for (std::size_t l = 0; l < b.lots.size(); ++l) {
            auto const& lot = world.lots[id<Lot>(l)];
            bool const hit = b.makers[b.orders[b.lots[l].order.row].maker.row].item == shock.item && lot.arrived >= shock.from
                             && lot.arrived < shock.until;
            held += hit ? 1.0 : 0.0;
            wrong += hit && lot.dock != shock.until + ticks(5.0 * day_s) ? 1.0 : 0.0;
        }
        return std::vector<double>{held, wrong};
    });
    CHECK(dates[0] > 0.0);
    CHECK(dates[1] == 0.0);
}
