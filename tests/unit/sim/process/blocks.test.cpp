#include "bare_buildout.hpp"

#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// The scenario of one hall with a transformer yard in two blocks, and fit-out and L3 in four.
Buildout in_blocks()
{
    auto const patched = test::patched(R"([
        {"op": "add", "path": "/campuses/0/activities/2/blocks", "value": 2},
        {"op": "add", "path": "/campuses/0/buildings/0/halls/0/activities/0/blocks", "value": 4},
        {"op": "add", "path": "/campuses/0/buildings/0/halls/0/activities/1/blocks", "value": 4}
    ])");
    return load_scenario_text(patched.dump(), "blocks.json", test::source_folder() / "scenarios").buildout;
}

/// Rows of the blocks of an activity, in their order.
std::vector<std::size_t> blocks_of(Buildout const& b, std::string const& name)
{
    std::vector<std::size_t> rows;
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        if (b.activities[a].name == name + "/" + std::to_string(rows.size() + 1)) {
            rows.push_back(a);
        }
    }
    return rows;
}

/// Rows that an activity waits for.
std::vector<std::size_t> waits_for(Buildout const& b, std::size_t row)
{
    std::vector<std::size_t> rows;
    for (auto const& link : b.activities[row].after) {
        rows.push_back(link.from.row);
    }
    std::ranges::sort(rows);
    return rows;
}

double granted(Buildout const& b, std::vector<std::size_t> const& rows, Term term, Id<UnitGroup> group = {})
{
    double sum = 0.0;
    for (auto const row : rows) {
        for (auto const& grant : b.activities[row].grants) {
            sum += (group ? grant.group == group : grant.hall && grant.term == term) ? grant.amount : 0.0;
        }
    }
    return sum;
}

} // namespace

TEST_CASE("blocks follow blocks of the same number, and all blocks otherwise", "[process][blocks]")
{
    auto const b = in_blocks();
    auto const yard = blocks_of(b, "site/yard");
    auto const fit_out = blocks_of(b, "site/A/1/fit_out");
    auto const L3 = blocks_of(b, "site/A/1/L3");
    auto const row = [&b](char const* name) {
        return static_cast<std::size_t>(std::ranges::find(b.activities, std::string(name), &Activity::name) - b.activities.begin());
    };
    REQUIRE(yard.size() == 2);
    REQUIRE(fit_out.size() == 4);
    REQUIRE(L3.size() == 4);
    for (std::size_t k = 0; k < 4; ++k) {
        std::vector<std::size_t> expected{row("site/grid"), yard[0], yard[1], fit_out[k]};
        std::ranges::sort(expected);
        CHECK(waits_for(b, L3[k]) == expected);
    }
    std::vector<std::size_t> before_L5{row("site/A/coolers"), L3[0], L3[1], L3[2], L3[3]};
    std::ranges::sort(before_L5);
    CHECK(waits_for(b, row("site/A/1/L5")) == before_L5);
}

TEST_CASE("blocks split grants and goods exactly, units and goods in whole ones", "[process][blocks]")
{
    auto const b = in_blocks();
    auto const fit_out = blocks_of(b, "site/A/1/fit_out");
    auto const L3 = blocks_of(b, "site/A/1/L3");
    auto const yard = blocks_of(b, "site/yard");
    CHECK(granted(b, fit_out, Term::space) == Approx(150e3).epsilon(1e-12));
    CHECK(granted(b, fit_out, Term::network) == Approx(150e3).epsilon(1e-12));
    CHECK(granted(b, {fit_out[2]}, Term::space) == Approx(150e3 / 4.0).epsilon(1e-12));
    auto const ups = b.halls[0].ups_group;
    std::vector<double> units;
    for (auto const block : L3) { // three units in four blocks: floor(3 (k + 1) / 4) - floor(3 k / 4)
        units.push_back(granted(b, {block}, Term::distribution, ups));
    }
    CHECK(units == std::vector<double>{0.0, 1.0, 1.0, 1.0});
    CHECK(granted(b, yard, Term::substation, b.campuses[0].transformers) == 2.0);
    for (auto const block : yard) {
        REQUIRE(b.activities[block].goods.size() == 1);
        CHECK(b.activities[block].goods[0].units == 1.0);
    }
}

TEST_CASE("blocks together carry all racks of the hall", "[process][blocks]")
{
    auto const b = in_blocks();
    auto const live = run_and_pick({.buildout = b, .plan = make_plan(b)}, {.draws = Draws::median, .detail = Detail::build},
                                   [](World const& world, Tick) {
                                       double last_W = 0.0;
                                       for (auto const& step : world.halls[id<Hall>(0)].history) {
                                           last_W = step.it_W;
                                       }
                                       return std::vector<double>{last_W};
                                   });
    double planned_W = 0.0;
    for (auto const& line : b.halls[0].lines) {
        planned_W += line_W(line, b.kinds[line.kind.row]);
    }
    CHECK(live[0] == Approx(planned_W).epsilon(1e-12)); // the blocks together carry all racks
}
