#include "models/cooling/ride_through.hpp"

#include "models/fluid/coolant.hpp"

#include "tests/catch.hpp"

using namespace aidc;

TEST_CASE("a chip without flow warms by 5 K/s and throttles within 6 s", "[unit][cooling]")
{
    // 1200 W on 240 J/K (chip, plate and trapped coolant): closed form.
    double const rise = adiabatic_rise_K_per_s(1200.0, 240.0);
    CHECK(rise == 5.0);
    CHECK(ride_through_s(60.0, 85.0, rise) == 5.0);
    CHECK(ride_through_s(60.0, 90.0, rise) == 6.0);
    CHECK(ride_through_s(95.0, 90.0, rise) == 0.0);
}

TEST_CASE("a CDU that loses its primary gains 15 K in 48 s", "[unit][cooling]")
{
    // 1 MW on 800 L of PG25, DOWFROST LC 25 at 40 deg C: 1e6/(1022.5 x 3920 x 0.8) = 0.3119 K/s.
    double const rise = adiabatic_rise_K_per_s(1e6, 0.8 * volumetric_heat_J_per_m3K(properties(Coolant::pg25, 40.0)));
    CHECK_THAT(rise, WithinRel(0.3119, 2e-3));
    CHECK_THAT(ride_through_s(40.0, 55.0, rise), WithinAbs(48.0, 0.2));
}

TEST_CASE("two tanks of chilled water carry a hall for 12 minutes", "[unit][cooling]")
{
    // 2 x 30,000 US gal on 12.8 MW (reference design RD113), 10 K: 0.0135 K/s.
    double const volume_m3 = 2.0 * 30e3 * 3.785411784e-3;
    double const rise = adiabatic_rise_K_per_s(12.8e6, volume_m3 * volumetric_heat_J_per_m3K(properties(Coolant::water, 15.0)));
    CHECK_THAT(rise, WithinAbs(0.0135, 5e-5));
    CHECK_THAT(ride_through_s(15.0, 25.0, rise) / 60.0, WithinAbs(12.4, 0.05)); // 10/0.013466/60
}
