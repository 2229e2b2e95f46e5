#include "models/campus/curve.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {
/// House load of 5 W, then 1.2 W per W of IT up to 10 W, then 1.5.
SupplyCurve bent() { return SupplyCurve({{0.0, 5.0}, {10.0, 17.0}, {30.0, 47.0}}); }
} // namespace

TEST_CASE("a curve goes straight between its points", "[unit][campus]")
{
    CHECK(bent().drawn_W(10.0) == 17.0);
    CHECK_THAT(bent().drawn_W(5.0), WithinRel(11.0, 1e-15));  // 5 + 5 x 1.2
    CHECK_THAT(bent().drawn_W(20.0), WithinRel(32.0, 1e-15)); // 17 + 10 x 1.5
    CHECK_THAT(bent().it_W(11.0), WithinRel(5.0, 1e-15));
    CHECK_THAT(bent().it_W(32.0), WithinRel(20.0, 1e-15));
    CHECK(bent().it_W(17.0) == 10.0);
}

TEST_CASE("a supply below the fixed part carries nothing", "[unit][campus]")
{
    CHECK(bent().it_W(4.999) == 0.0);
    CHECK(bent().it_W(5.0) == 0.0);
    CHECK(bent().it_W(0.0) == 0.0);
    CHECK(bent().it_W(-100.0) == 0.0);
    CHECK(bent().it_W(5.6) > 0.0);
}

TEST_CASE("a hall that is not switched on draws nothing", "[unit][campus]")
{
    CHECK(bent().drawn_W(0.0) == 0.0);
    CHECK_THAT(bent().drawn_W(1e-9), WithinAbs(5.0, 1e-6)); // the first watt brings the fixed part
}

TEST_CASE("beyond the last point the last slope goes on", "[unit][campus]")
{
    CHECK_THAT(bent().drawn_W(50.0), WithinRel(77.0, 1e-15)); // 47 + 20 x 1.5
    CHECK_THAT(bent().it_W(77.0), WithinRel(50.0, 1e-15));
}

TEST_CASE("there and back is the same power", "[property][campus]")
{
    double const it_W = GENERATE(0.001, 1.0, 9.999, 10.0, 10.001, 29.0, 30.0, 45.0, 1e6);
    CHECK_THAT(bent().it_W(bent().drawn_W(it_W)), WithinRel(it_W, 1e-12));
}

TEST_CASE("more IT draws more and more supply carries more", "[property][campus]")
{
    auto const curve = bent();
    for (double w = 0.0; w < 60.0; w += 0.25) {
        CHECK(curve.drawn_W(w + 0.25) > curve.drawn_W(w));
        CHECK(curve.it_W(w + 0.25) >= curve.it_W(w));
    }
}

TEST_CASE("a proportional curve is a straight line through the origin", "[unit][campus]")
{
    auto const curve = proportional_curve(1.25);
    auto const it_W = GENERATE(0.0, 0.5, 1.0, 40e6);
    CHECK_THAT(curve.drawn_W(it_W), WithinRel(1.25 * it_W, 1e-15));
    CHECK_THAT(curve.it_W(1.25 * it_W), WithinRel(it_W, 1e-15));
}
