#include "models/power/losses.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {
constexpr LossCurve ups{.rating_W = 1e6, .no_load = 0.008, .proportional = 0.01, .square = 0.02}; // made up, round
} // namespace

TEST_CASE("a loss is its no-load, proportional and square part", "[unit][power]")
{
    CHECK_THAT(loss_W(ups, 0.0), WithinRel(8e3, 1e-12));    // hand calculation
    CHECK_THAT(loss_W(ups, 0.5e6), WithinRel(18e3, 1e-12)); // 8 + 5 + 5 kW
    CHECK_THAT(loss_W(ups, 1e6), WithinRel(38e3, 1e-12));   // 8 + 10 + 20 kW
}

TEST_CASE("equal units share the load equally", "[unit][power]")
{
    CHECK_THAT(shared_loss_W(ups, 4.0, 2e6), WithinRel(4.0 * 18e3, 1e-12));
    CHECK(shared_loss_W(ups, 1.0, 0.7e6) == loss_W(ups, 0.7e6));
    CHECK(shared_loss_W(ups, 0.0, 0.0) == 0.0);
}

TEST_CASE("one more unit saves resistance and costs no-load loss", "[unit][power]")
{
    CHECK(shared_loss_W(ups, 5.0, 4e6) < shared_loss_W(ups, 4.0, 4e6));     // full: resistance wins
    CHECK(shared_loss_W(ups, 5.0, 0.1e6) > shared_loss_W(ups, 4.0, 0.1e6)); // idle: no-load wins
}

TEST_CASE("efficiency is output over input and 0 when idle", "[unit][power]")
{
    CHECK(efficiency(ups, 0.0) == 0.0);
    CHECK_THAT(efficiency(ups, 1e6), WithinRel(1.0 / 1.038, 1e-12));
}

TEST_CASE("efficiency peaks where no-load and square losses are equal", "[unit][power]")
{
    // Textbook transformer: x = sqrt(0.001/0.009) = 1/3.
    LossCurve const transformer{.rating_W = 3e6, .no_load = 0.001, .square = 0.009};
    double const best = efficiency(transformer, 1e6);
    CHECK(best > efficiency(transformer, 0.98e6));
    CHECK(best > efficiency(transformer, 1.02e6));
}
