#pragma once
/// \file
/// One plant for each technique, of the same 12 MW of liquid heat, for tests that hold for all of them.

#include "models/cooling/loop.hpp"
#include "tests/physics/plant_cases.hpp"

#include <string>
#include <vector>

namespace aidc::cases {

/// A plant by name, with what its pods give off.
struct Technique {
    std::string name;
    Plant plant;
    double coolers{};
    PodHeat pod; ///< Ten of them
};

/// McQuay WSC 471 kW (Modelica Buildings Data.ElectricEIR, BSD-3), its ranges widened for these tests.
inline ChillerCurves wide_chiller()
{
    return {.reference_W = 471.2e3,
            .reference_cop = 5.89,
            .leaving_C = 6.67,
            .condenser_C = 29.44,
            .capacity_ft = {1.0, 0.02, 0.0, -0.005, 0.0, 0.0},
            .eir_ft = {0.7, -0.02, 0.0, 0.02, 0.0, 0.0},
            .eir_plr = {0.2778889, 0.2338363, 0.4883748},
            .min_plr = 0.1,
            .max_plr = 1.15,
            .min_unloading_plr = 0.1,
            .evaporator_min_C = 4.0,
            .evaporator_max_C = 25.0,
            .condenser_min_C = 5.0,
            .condenser_max_C = 45.0};
}

inline PodHeat warm_pod()
{
    return {.pods = 10.0,
            .chip_W = 900e3,
            .direct_W = 300e3,
            .air_W = 120e3,
            .tcs_flow_m3_per_s = 0.02,
            .chip_W_per_K = 900e3 / 25.0,
            .chip_J_per_K = 1000.0 * 240.0};
}

inline Plant warm_plant()
{
    Plant p = plant();
    p.fws_pump = {.rated_flow_m3_per_s = 0.2, .rated_head_Pa = 250e3, .rated_power_W = 72e3};
    p.mass = {.tcs_supply_m3 = 0.6, .tcs_return_m3 = 0.6, .fws_supply_m3 = 30.0, .fws_return_m3 = 30.0, .tower_m3 = 40.0};
    return p;
}

/// Towers behind a plate exchanger instead of dry coolers.
inline void put_towers(Plant& p, double fws_m3_per_s)
{
    auto const water = properties(Coolant::water, 30.0);
    double const kg_per_s = fws_m3_per_s * water.density_kg_per_m3;
    p.source.outdoor = size_tower(energyplus_rating(3e6), {});
    p.source.tower =
        TowerLoop{.exchanger = size_economiser({.heat_W = 12.2e6, .approach_K = 2.2, .load_kg_per_s = kg_per_s, .tower_kg_per_s = kg_per_s},
                                               water, water),
                  .control = {},
                  .pump = {.rated_flow_m3_per_s = fws_m3_per_s, .rated_head_Pa = 150e3, .rated_power_W = 45e3}};
}

/// Every technique of the program.
inline std::vector<Technique> techniques()
{
    std::vector<Technique> all;
    all.push_back({"cold plate, dry coolers with pads", warm_plant(), 7.0, warm_pod()});

    Technique tower{"cold plate, towers", warm_plant(), 5.0, warm_pod()};
    put_towers(tower.plant, 0.2);
    all.push_back(tower);

    Technique chilled{"cold plate at 20 C, towers, economiser and chillers", tower.plant, 6.0, warm_pod()};
    chilled.plant.tcs_set_point_C = 24.0;
    chilled.plant.fws_set_point_C = 20.0;
    chilled.plant.fws_min_C = 10.0;
    chilled.plant.source.chiller = size_chiller(wide_chiller(), 3e6);
    chilled.plant.chillers = 5.0;
    all.push_back(chilled);

    Technique air{"cold plate at 24 C, dry coolers and chillers in air", chilled.plant, 7.0, warm_pod()};
    air.plant.source.outdoor = size_dry_cooler({});
    air.plant.source.tower.reset();
    all.push_back(air);

    Technique immersion{"immersion in oil, dry coolers", warm_plant(), 9.0, warm_pod()};
    immersion.plant.tcs = Coolant::therminol_d12;
    immersion.plant.cdu.tcs_rated_flow_m3_per_s = 0.045;
    immersion.plant.cdu.approach_K = 6.0;
    immersion.plant.mass.tcs_supply_m3 = 8.0;
    immersion.plant.mass.tcs_return_m3 = 8.0;
    immersion.pod.air_W = 0.0;
    immersion.pod.tcs_flow_m3_per_s = 0.045;
    all.push_back(immersion);

    Technique boiling{"pumped two-phase, dry coolers", warm_plant(), 7.0, warm_pod()};
    boiling.plant.cdu.condensing = true;
    boiling.plant.cdu.approach_K = 14.0;
    boiling.plant.cdu.fws_rated_flow_m3_per_s = 0.03;
    boiling.plant.fws_pump.rated_flow_m3_per_s = 0.3;
    boiling.plant.cdu.tcs_rated_flow_m3_per_s = 0.0115;
    boiling.plant.tcs_set_point_C = 50.0;
    boiling.pod.tcs_flow_m3_per_s = 0.0115;
    all.push_back(boiling);

    Technique reuse{"cold plate, heat to a network, dry coolers", warm_plant(), 7.0, warm_pod()};
    auto const water = properties(Coolant::water, 40.0);
    reuse.plant.reuse = ReuseSite{
        .exchanger = size_heat_reuse(
            {.heat_W = 4e6, .source_C = 48.0, .network_return_C = 30.0, .source_kg_per_s = 190.0, .network_kg_per_s = 80.0}, water, water),
        .network_return_C = 30.0,
        .demand_W = 3e6};
    all.push_back(reuse);
    return all;
}

} // namespace aidc::cases
