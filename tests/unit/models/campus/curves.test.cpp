#include "models/campus/firm.hpp"

#include "models/power/losses.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_building.hpp"

#include <array>
#include <vector>

using namespace aidc;
using aidc::testing::h200_rack;
using aidc::testing::small_plant;

namespace {

/// A building with one hall of four such racks, one a pod.
struct Site {
    std::array<RackKind, 1> kinds{h200_rack()};
    Campus campus;
    Building building;
    Hall hall;
    Climate climate;

    Site()
    {
        campus.name = "site";
        campus.transformer = {.rating_W = 200e3, .no_load = 0.002, .square = 0.006};
        building.name = "site/A";
        building.plant = small_plant(1.0, 1.0);
        hall.name = "site/A/1";
        hall.lines = {{.kind = id<RackKind>(0), .racks = 4, .racks_per_pod = 1}};
        hall.ups = {.rating_W = 100e3, .no_load = 0.01, .proportional = 0.025, .square = 0.01};
        hall.house_W = 300.0;
        climate.design = {.dry_bulb_C = 35.0, .wet_bulb_C = 23.5};
    }

    DesignSite design() const
    {
        return {.hall = &hall,
                .building = &building,
                .campus = &campus,
                .climate = &climate,
                .kinds = kinds,
                .coolers = 4.0,
                .ups_units = 2.0,
                .transformers = 2.0};
    }
};

constexpr double full_W = 4.0 * 31875.0; // four racks of 3 x 10.625 kW

/// Plant at design weather with a number of racks at full power.
PlantResult plant_at_design(Site const& site, double racks)
{
    PodLoad const load{.pods = racks, .liquid_W = 0.8 * 31875.0, .air_W = 0.2 * 31875.0, .tcs_flow_m3_per_s = 2.5e-8 * 0.8 * 31875.0};
    PodState state;
    return solve_plant(site.building.plant, {.outdoors = design_air(site.climate), .loads = {&load, 1}, .coolers_up = 4.0}, {&state, 1});
}

} // namespace

TEST_CASE("the fence curve at full load is a direct solve", "[analytic][campus]")
{
    Site const site;
    auto const curves = design_curves(site.design());
    // Loss curves by hand. UPS: x = 63.75/100; transformer: half the load on each of 200 kW.
    double const x = 0.5 * full_W / 100e3;
    double const ups_W = 2.0 * 100e3 * (0.01 + 0.025 * x + 0.01 * x * x);
    double const load_W = full_W + ups_W + 300.0 + cooling_power_W(plant_at_design(site, 4.0));
    double const y = 0.5 * load_W / 200e3;
    double const transformer_W = 2.0 * 200e3 * (0.002 + 0.006 * y * y);
    CHECK_THAT(curves.fence.drawn_W(full_W), WithinRel(load_W + transformer_W, 1e-10));
}

TEST_CASE("the points of the curve are direct solves at part load", "[analytic][campus]")
{
    Site const site;
    auto const curves = design_curves(site.design());
    double const racks = GENERATE(0.25, 1.0, 2.5, 3.75); // multiples of 1/16 of four racks
    double const it_W = racks * 31875.0;
    double const load_W = it_W + shared_loss_W(site.hall.ups, 2.0, it_W) + 300.0 + cooling_power_W(plant_at_design(site, racks));
    CHECK_THAT(curves.fence.drawn_W(it_W), WithinRel(load_W + shared_loss_W(site.campus.transformer, 2.0, load_W), 1e-10));
}

TEST_CASE("the heat to the coolers is the liquid heat", "[unit][campus]")
{
    auto const curves = design_curves(Site().design());
    double const it_W = GENERATE(0.1, 0.5, 1.0) * full_W;
    CHECK_THAT(curves.heat.drawn_W(it_W), WithinRel(0.8 * it_W, 1e-13));
}

TEST_CASE("gensets carry the covered share of IT and all the rest", "[unit][campus]")
{
    Site site;
    site.hall.backup_share = GENERATE(0.0, 0.3, 1.0);
    auto const curves = design_curves(site.design());
    double const it_W = GENERATE(0.25, 1.0) * full_W;
    CHECK_THAT(curves.emergency.drawn_W(it_W), WithinRel(curves.fence.drawn_W(it_W) - (1.0 - site.hall.backup_share) * it_W, 1e-12));
}

TEST_CASE("the draw rises faster than the load, and faster and faster once all runs", "[property][campus]")
{
    auto const curves = design_curves(Site().design());
    double const step_W = full_W / 16.0;
    double slope_before = 1.0;     // every watt of IT draws at least itself
    for (int i = 1; i < 16; ++i) { // the first interval also starts pumps and fans at their lowest speed
        double const slope = (curves.fence.drawn_W((i + 1) * step_W) - curves.fence.drawn_W(i * step_W)) / step_W;
        CHECK(slope > slope_before - 1e-6);
        slope_before = slope;
    }
    CHECK(slope_before < 1.6); // nothing in this plant doubles the load
}

TEST_CASE("twice the hall with twice the plant draws twice as much", "[property][campus]")
{
    Site const one;
    Site two;
    two.hall.lines[0].racks = 8;
    two.hall.house_W = 600.0;
    two.building.plant.fws_pump.rated_flow_m3_per_s *= 2.0;
    two.building.plant.fws_pump.rated_power_W *= 2.0;
    auto design = two.design();
    design.coolers = 8.0;
    design.ups_units = 4.0;
    design.transformers = 4.0;
    double const it_W = GENERATE(0.2, 0.6, 1.0) * full_W;
    CHECK_THAT(design_curves(design).fence.drawn_W(2.0 * it_W), WithinRel(2.0 * design_curves(one.design()).fence.drawn_W(it_W), 1e-9));
}

TEST_CASE("racks of two kinds in one hall add up", "[unit][campus]")
{
    Site site;
    site.hall.lines = {{.kind = id<RackKind>(0), .racks = 1, .racks_per_pod = 1},
                       {.kind = id<RackKind>(0), .racks = 3, .racks_per_pod = 1}};
    double const it_W = GENERATE(0.25, 1.0) * full_W;
    // One line of four is the same hall.
    CHECK_THAT(design_curves(site.design()).fence.drawn_W(it_W), WithinRel(design_curves(Site().design()).fence.drawn_W(it_W), 1e-9));
}

TEST_CASE("a hotter design day draws more", "[property][campus]")
{
    Site hot;
    hot.climate.design = {.dry_bulb_C = 42.0, .wet_bulb_C = 27.0};
    auto const cool = design_curves(Site().design());
    CHECK(design_curves(hot.design()).fence.drawn_W(full_W) > cool.fence.drawn_W(full_W));
}
