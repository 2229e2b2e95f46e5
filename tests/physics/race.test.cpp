#include "models/outage/window.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_race.hpp"

#include <cstdio>

using namespace aidc;
using aidc::testing::down;
using aidc::testing::SmallCampus;
using aidc::testing::SmallRows;

TEST_CASE("show", "[.show]")
{
    SmallCampus campus;
    bool const on_ups = GENERATE(true, false);
    campus.buildings[0].on_ups.on[0] = on_ups;
    auto const moment = campus.moment();
    double last = -1e9;
    auto const result = run_window(moment, {.before = {}, .down = {down(SmallRows::grid)}, .lasts_s = 600.0}, 7200.0, [&](double t, RaceState const& race) {
        auto const s = sums_of(moment.site, race);
        if (t < 40 || t - last >= 30.0) {
            last = t;
            std::printf("%6.0f feed %6.1f gen %6.1f bat %6.1f sets %.0f charge %.3f it %6.1f fws %5.2f tcs %.2f fs %.1f sup %.1f chip %.1f racks %.0f thr %.3f rest %d\n", t, s.power.feed_W / 1e3,
                        s.power.genset_W / 1e3, s.power.battery_W / 1e3, s.power.sets, s.power.charge, s.it_W / 1e3, s.fws_flow_kg_per_s, s.tcs_flow, s.fws_supply_C, s.tcs_supply_C, s.chip_C, s.racks_live,
                        s.throttled_share, race.resting);
        }
    });
    std::printf("throttle %g stop %g lost %g end %g ends %g\n", result.first_throttle_s, result.first_stop_s, result.most_racks_lost, result.racks_lost_at_end, result.ends_s);
}
