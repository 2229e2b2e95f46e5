#include "models/it/rack.hpp"

#include "models/base/tick.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

/// A rack of 18 trays with 4 accelerators of 1200 W, and 9 switch trays.
RackKind nvl72()
{
    RackKind kind;
    kind.name = "nvl72";
    kind.accelerator = {.tdp_W = 1200.0};
    kind.server = {.accelerators = 4, .power_W = 6300.0};
    kind.servers = 18;
    kind.overhead_W = 18600.0;
    kind.draw_share = 0.8;
    kind.idle_share = 0.3;
    return kind;
}

} // namespace

TEST_CASE("the budget of a rack is its servers and what serves them all", "[unit][it]")
{
    CHECK(budget_W(nvl72()) == 132000.0); // 18 x 6300 + 18600
    CHECK(budget_W(RackKind{}) == 0.0);
}

TEST_CASE("a rack has the accelerators of all its servers", "[unit][it]")
{
    CHECK(accelerators(nvl72()) == 72); // 18 x 4
    RackKind storage = nvl72();
    storage.server.accelerators = 0;
    CHECK(accelerators(storage) == 0);
}

TEST_CASE("mean power runs straight from idle to busy draw", "[unit][it]")
{
    CHECK_THAT(mean_power_W(nvl72(), 0.0), WithinRel(0.3 * 132e3, 1e-14));
    CHECK_THAT(mean_power_W(nvl72(), 1.0), WithinRel(0.8 * 132e3, 1e-14));
    CHECK_THAT(mean_power_W(nvl72(), 0.6), WithinRel(0.6 * 132e3, 1e-14)); // 0.3 + 0.5 x 0.6
}

TEST_CASE("a rack never draws more than its budget", "[property][it]")
{
    auto kind = nvl72();
    kind.draw_share = GENERATE(0.5, 1.0);
    auto const busy = GENERATE(0.0, 0.25, 0.5, 1.0);
    CHECK(mean_power_W(kind, busy) <= budget_W(kind));
    CHECK(mean_power_W(kind, busy) >= kind.idle_share * budget_W(kind));
}

TEST_CASE("the share under repair is that of an alternating renewal process", "[analytic][it]")
{
    auto kind = nvl72();
    kind.accelerator_afr_per_s = 0.173 / year_s;
    kind.accelerator_repair_s = 2.0 * day_s;
    // 0.173 x 2 / 365.25 = 9.4730e-4; over 1 + itself: 9.4640e-4. The same as MTTR / (MTTF + MTTR).
    CHECK_THAT(repair_share(kind), WithinRel(9.4640e-4, 1e-4));
    CHECK_THAT(repair_share(kind), WithinRel(2.0 * day_s / (year_s / 0.173 + 2.0 * day_s), 1e-14));
}

TEST_CASE("what never fails or is mended at once is never under repair, and at most all is", "[unit][it]")
{
    auto kind = nvl72();
    CHECK(repair_share(kind) == 0.0);
    kind.accelerator_afr_per_s = 1.0;
    CHECK(repair_share(kind) == 0.0);
    kind.accelerator_repair_s = 1e9;
    CHECK(repair_share(kind) < 1.0);
    CHECK(repair_share(kind) > 0.999999);
}
