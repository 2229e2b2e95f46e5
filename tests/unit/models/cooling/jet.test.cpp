#include "models/cooling/jet.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace aidc;

namespace {

/// A fluid with Pr = 1, and Re = 1e6 times the nozzle velocity [m/s] at D = 1 mm.
constexpr FluidProperties unit_fluid{
    .density_kg_per_m3 = 1000.0, .cp_J_per_kgK = 1e6, .conductivity_W_per_mK = 1.0, .viscosity_Pa_s = 1e-6};

constexpr JetArray jets{
    .nozzle_diameter_m = 1e-3, .open_share = 0.0225, .height_over_diameter = 4.0, .area_m2 = 780e-6, .conduction_K_per_W = 0.005};

double flow_at_reynolds(JetArray const& array, FluidProperties const& fluid, double reynolds)
{
    return reynolds / jet_reynolds(array, fluid, 1.0);
}

double nusselt(JetArray const& array, FluidProperties const& fluid, double reynolds)
{
    CurveSet outside;
    return jet_nusselt(array, fluid, flow_at_reynolds(array, fluid, reynolds), outside);
}

} // namespace

TEST_CASE("Martin's correlation worked by hand", "[unit][cooling]")
{
    // sqrt f = 0.15: G = 0.3 x 0.67 / 0.94 = 0.213830; K = (1 + 1^6)^-0.05 = 0.965936; Re^(2/3) = 400; Pr = 1.
    CHECK_THAT(nusselt(jets, unit_fluid, 8000.0), WithinRel(0.5 * 0.965936 * 0.213830 * 400.0, 1e-5));
    // The same at Pr = 5: 5^0.42 = 1.965796.
    FluidProperties viscous = unit_fluid;
    viscous.viscosity_Pa_s *= 5.0;
    CHECK_THAT(nusselt(jets, viscous, 8000.0), WithinRel(81.2109, 1e-5));
}

TEST_CASE("the correlation follows its published simplification for distant jets", "[unit][cooling]")
{
    // Mechanical Engineers' Handbook, vol. 4, p. 426: Nu = 0.5 (H/D)^-0.3 f^0.35 Re^0.667 Pr^0.42, where the power in K
    // is taken alone (large (H/D) sqrt(f)/0.6) and the other factor as 0.6 sqrt(f). Coarse by its own making: 25 %.
    JetArray distant = jets;
    distant.height_over_diameter = GENERATE(8.0, 10.0, 12.0);
    distant.open_share = GENERATE(0.02, 0.03, 0.04);
    double const simple = 0.5 * std::pow(distant.height_over_diameter, -0.3) * std::pow(distant.open_share, 0.35) * std::pow(2e4, 0.667);
    CHECK_THAT(nusselt(distant, unit_fluid, 2e4), WithinRel(simple, 0.25));
}

TEST_CASE("the correlation agrees with measured arrays of submerged water jets", "[unit][cooling]")
{
    // Robinson and Schnitzler (2007), 1 mm jets 5 and 7 diameters apart, as quoted by Whelan and Robinson (2009):
    //     Nu_L = 23.39 Re^0.46 Pr^0.4 (S/D)^-0.442 (H/D)^-0.00716,   L = 15.75 mm, Re 650...6500, H/D 2...3.
    auto const water = properties(Coolant::water, 30.0);
    double const spacing = GENERATE(5.0, 7.0);
    double const reynolds = GENERATE(2000.0, 3000.0, 4000.0, 5000.0, 6500.0);
    JetArray array = jets;
    array.open_share = 0.25 * std::numbers::pi / (spacing * spacing);
    array.height_over_diameter = GENERATE(2.0, 2.5, 3.0);
    double const measured = 23.39 * std::pow(reynolds, 0.46) * std::pow(prandtl(water), 0.4) * std::pow(spacing, -0.442)
                            * std::pow(array.height_over_diameter, -0.00716) / 15.75;
    // 22 % at Re = 2000, the low end of Martin's range; 15 % from 3000.
    CHECK_THAT(nusselt(array, water, reynolds), WithinRel(measured, reynolds < 3000.0 ? 0.22 : 0.15));
}

TEST_CASE("refrigerant microjets lie in the same band", "[unit][cooling]")
{
    // Browne et al. (2010), R134a, 17 jets of 112 um on 1 mm2: Nu 53.6...128 at Re 3050...10600 (abstract, seen once).
    // f = 0.17 is far outside the correlation and H/D is not told: an order of magnitude, a factor of 2 either way.
    FluidProperties r134a = unit_fluid;
    r134a.viscosity_Pa_s *= 3.4; // Pr of the liquid near 25 deg C; Nu goes with its 0.42th power
    JetArray micro{.nozzle_diameter_m = 112e-6, .open_share = 0.167, .height_over_diameter = GENERATE(2.0, 4.0, 6.0), .area_m2 = 1e-6};
    double const low = nusselt(micro, r134a, 3050.0);
    double const high = nusselt(micro, r134a, 10600.0);
    CHECK(low > 53.6 / 2.0);
    CHECK(low < 53.6 * 2.0);
    CHECK(high > 128.0 / 2.0);
    CHECK(high < 128.0 * 2.0);
    // Exponent of Re between the two published ends: ln(128/53.6)/ln(10600/3050) = 0.699; the law's is 2/3.
    CHECK_THAT(std::log(high / low) / std::log(10600.0 / 3050.0), WithinAbs(0.699, 0.04));
}

TEST_CASE("the Nusselt number goes with Re^(2/3), and K with distance", "[unit][cooling]")
{
    CHECK_THAT(nusselt(jets, unit_fluid, 64000.0) / nusselt(jets, unit_fluid, 8000.0), WithinRel(4.0, 1e-12)); // 8^(2/3)
    // Close and sparse jets: K -> 1, so that Nu = 0.5 G Re^(2/3). H/D = 2, f = 0.004: (2 x 0.0632/0.6)^6 = 9e-5.
    JetArray close = jets;
    close.height_over_diameter = 2.0;
    close.open_share = 0.004;
    double const root_f = std::sqrt(0.004);
    double const g = 2.0 * root_f * (1.0 - 2.2 * root_f) / (1.0 - 0.8 * root_f);
    CHECK_THAT(nusselt(close, unit_fluid, 8000.0), WithinRel(0.5 * g * 400.0, 1e-5));
    JetArray far = jets;
    far.height_over_diameter = 8.0;
    CHECK(nusselt(far, unit_fluid, 8000.0) < nusselt(jets, unit_fluid, 8000.0));
}

TEST_CASE("outside its range the correlation stops at its limit and says so", "[unit][cooling]")
{
    auto const at = [](JetArray const& array, double reynolds, bool expect_outside) {
        CurveSet outside;
        double const nu = jet_nusselt(array, unit_fluid, flow_at_reynolds(array, unit_fluid, reynolds), outside);
        CHECK(outside.contains(Curve::jet) == expect_outside);
        return nu;
    };
    CHECK_THAT(at(jets, 500.0, true), WithinRel(at(jets, 2000.0001, false), 1e-6));
    CHECK_THAT(at(jets, 3e5, true), WithinRel(at(jets, 99999.9, false), 1e-6));
    JetArray near = jets;
    near.height_over_diameter = 1.0;
    JetArray nearest = jets;
    nearest.height_over_diameter = 2.0;
    CHECK(at(near, 8000.0, true) == at(nearest, 8000.0, false));
    JetArray open = jets;
    open.open_share = 0.1;
    JetArray widest = jets;
    widest.open_share = 0.04;
    CHECK_THAT(at(open, 8000.0, true), WithinRel(at(widest, 8000.0, false), 1e-12));
}

TEST_CASE("the resistance is conduction, film and half the coolant's rise", "[unit][cooling]")
{
    auto const water = properties(Coolant::water, 40.0);
    double const flow = 4.0 / 60e3;
    CurveSet outside;
    double const film_W_per_m2K = jet_nusselt(jets, water, flow, outside) * water.conductivity_W_per_mK / 1e-3;
    double const half_rise = 0.5 / (water.density_kg_per_m3 * water.cp_J_per_kgK * flow);
    double const plain = jet_inlet_to_case_K_per_W(jets, water, flow, outside);
    CHECK_THAT(plain, WithinRel(0.005 + 1.0 / (film_W_per_m2K * 780e-6) + half_rise, 1e-12));
    CHECK(outside.empty());
    JetArray finned = jets;
    finned.area_enhancement = 3.0;
    double const finned_K_per_W = jet_inlet_to_case_K_per_W(finned, water, flow, outside);
    CHECK_THAT(finned_K_per_W, WithinRel(0.005 + 1.0 / (3.0 * film_W_per_m2K * 780e-6) + half_rise, 1e-12));
    CHECK(jet_inlet_to_case_K_per_W(jets, water, 1.2 * flow, outside) < plain);
}

TEST_CASE("the nozzles cost the dynamic pressure over the square of their coefficient", "[unit][cooling]")
{
    // Hand calculation: v = 1e-4/(0.0225 x 780e-6) = 5.698 m/s, dp = 1000 x 5.698^2/(2 x 0.49) = 33131 Pa.
    CHECK_THAT(nozzle_velocity_m_per_s(jets, 1e-4), WithinRel(5.698, 1e-4));
    CHECK_THAT(jet_drop_Pa(jets, unit_fluid, 1e-4), WithinRel(33131.0, 1e-4));
    CHECK_THAT(jet_drop_Pa(jets, unit_fluid, 2e-4), WithinRel(4.0 * jet_drop_Pa(jets, unit_fluid, 1e-4), 1e-12));
    CHECK(jet_drop_Pa(jets, unit_fluid, 0.0) == 0.0);
}
