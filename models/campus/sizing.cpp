#include "models/campus/sizing.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

/// A supply that is held at its limit counts as held: fans that hold a set point equal to it are exactly there.
constexpr double held_K = 1e-7;
constexpr double infinity = std::numeric_limits<double>::infinity();

PlantResult solve_at(Plant const& plant, std::span<PodLoad const> loads, Air const& outdoors, double outdoor)
{
    std::vector<PodState> pods(loads.size());
    return solve_plant(plant, {.outdoors = outdoors, .loads = loads, .coolers_up = outdoor, .before = {}}, pods);
}

double units_needed_at(Plant const& plant, std::span<PodLoad const> loads, Air const& outdoors)
{
    constexpr double far_too_hot_K = 1e3;
    auto const over_K = [&](double log_units) {
        try {
            return solve_at(plant, loads, outdoors, std::exp(log_units)).water.supply_C - plant.fws_max_C - held_K;
        }
        catch (SolverError const&) { // so few units that the water would boil
            return far_too_hot_K;
        }
    };
    double const rated = liquid_W(loads) / rated_heat_W(*plant.source.outdoor);
    double const few = std::log(rated / 20.0);
    double const many = std::log(rated * 1000.0);
    return over_K(many) > 0.0 ? infinity : std::exp(bracketed_root(over_K, few, many, 1e-9, "plant sizing"));
}

std::vector<PodLoad> scaled(std::span<PodLoad const> loads, double share)
{
    std::vector<PodLoad> part(loads.begin(), loads.end());
    for (auto& load : part) {
        load.pods *= share;
    }
    return part;
}

/// Chillers that a solve with a great many of them asks for.
double chillers_of(WaterSource const& source, SourceResult const& at, Air const& outdoors)
{
    if (at.chilled_W <= 0.0) {
        return 0.0;
    }
    double entering_C = outdoors.dry_bulb_C;
    if (source.tower) { // behind the exchanger in the tower water
        entering_C = at.tower_supply_C + (at.heat_W - at.chilled_W) / (source.tower->flow_ratio * at.W_per_K);
    }
    double const each_W = chillers_available_W(source.chiller, 1.0, at.supply_C, entering_C);
    return std::isinf(each_W) ? 1.0 : at.chilled_W / each_W;
}

} // namespace

std::vector<PodLoad> planned_loads(Plant const& plant, std::span<RackLine const> lines, std::span<RackKind const> kinds, double x)
{
    std::vector<PodLoad> loads;
    for (auto const& line : lines) {
        auto const& kind = kinds[line.kind.row];
        double const pod_W = line.racks_per_pod * budget_W(kind);
        double const wanted_m3_per_s =
            line.racks_per_pod * rack_flow_m3_per_s(kind, tcs_liquid(plant), budget_W(kind), plant.tcs_set_point_C);
        loads.push_back({.pods = x * line.racks / line.racks_per_pod,
                         .liquid_W = pod_W * kind.liquid_share,
                         .air_W = pod_W * (1.0 - kind.liquid_share),
                         .tcs_flow_m3_per_s = std::min(wanted_m3_per_s, plant.cdu.tcs_rated_flow_m3_per_s)});
    }
    return loads;
}

double liquid_W(std::span<PodLoad const> loads)
{
    double sum_W = 0.0;
    for (auto const& load : loads) {
        sum_W += load.pods * load.liquid_W;
    }
    return sum_W;
}

std::vector<Air> sizing_weather(Climate const& climate) { return {design_air(climate), tower_design_air(climate)}; }

double design_fws_flow_m3_per_s(Plant const& plant, std::span<PodLoad const> loads)
{
    auto const cdu = sized_cdu(plant);
    double kg_per_s = 0.0;
    for (auto const& load : loads) {
        kg_per_s += load.pods
                    * solve_cdu(cdu, {.heat_W = load.liquid_W,
                                      .tcs_flow_m3_per_s = load.tcs_flow_m3_per_s,
                                      .fws_supply_C = plant.fws_set_point_C,
                                      .tcs_set_point_C = plant.tcs_set_point_C})
                          .fws_flow_kg_per_s;
    }
    return kg_per_s / cdu.fws.density_kg_per_m3;
}

double outdoor_units_needed(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather)
{
    double most = 0.0;
    for (auto const& air : weather) {
        most = std::max(most, units_needed_at(plant, loads, air));
    }
    return most;
}

double cells_for_water(WaterSource const& source, double loop_W_per_K)
{
    auto const* const cell = source.outdoor ? std::get_if<CoolingTower>(&*source.outdoor) : nullptr;
    if (cell == nullptr || !source.tower) {
        return 0.0;
    }
    double const rated_W_per_K = cell->rating.heat_W / (cell->rating.water_inlet_C - cell->rating.water_outlet_C);
    return source.tower->flow_ratio * loop_W_per_K / rated_W_per_K;
}

double outdoor_units_with_chillers(WaterSource const& source, double heat_W)
{
    constexpr double usual_cop = 5.0; // of compressors on tower water; only sizes the towers [J]
    double const compressors = source.tower ? 1.0 / usual_cop : 0.0;
    return heat_W * (1.0 + compressors) / rated_heat_W(*source.outdoor);
}

ChillersNeeded chillers_needed(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather, double outdoor)
{
    constexpr double a_great_many = 1e6;
    Plant rich = plant;
    rich.chillers = a_great_many;
    rich.air_chillers = a_great_many;
    ChillersNeeded most;
    for (auto const& air : weather) {
        auto const at = solve_at(rich, loads, air, outdoor);
        most.water = std::max(most.water, chillers_of(plant.source, at.water, air));
        most.air = std::max(most.air, chillers_of(plant.air_source, at.chilled, air));
    }
    return most;
}

double carried_at_design(Plant const& plant, std::span<PodLoad const> loads, std::span<Air const> weather, double outdoor)
{
    double least = 1.0;
    for (auto const& air : weather) {
        auto const over_K = [&](double share) {
            return solve_at(plant, scaled(loads, share), air, outdoor).water.supply_C - plant.fws_max_C - held_K;
        };
        constexpr double hardly_any = 1e-3;
        if (over_K(1.0) <= 1e-6) {
            continue;
        }
        least = std::min(least, over_K(hardly_any) > 0.0 ? 0.0 : bracketed_root(over_K, hardly_any, 1.0, 1e-9, "plant sizing"));
    }
    return least;
}

} // namespace aidc
