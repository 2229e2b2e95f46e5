#include "sim/scenario/resolve_plant.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Liquid heat of the largest pod that is planned [W].
double largest_pod_W(Resolver const& r, BuildingSpec const& spec)
{
    double most_W = 0.0;
    for (auto const& hall : spec.halls) {
        for (auto const& line : hall.racks) {
            if (auto const kind = r.kinds.find(line.rack)) {
                auto const& k = r.out.kinds[kind.row];
                most_W = std::max(most_W, line.racks_per_pod * budget_W(k) * k.liquid_share);
            }
        }
    }
    return most_W;
}

Plant plant_of(PlantSpec const& spec)
{
    Plant plant;
    plant.tcs = spec.tcs;
    plant.fws = spec.fws;
    plant.refrigerant = spec.refrigerant;
    plant.cdu = spec.cdu;
    plant.tcs_set_point_C = spec.tcs_set_point_C;
    plant.hall_dew_max_C = spec.hall_dew_max_C;
    plant.fws_set_point_C = spec.fws_set_point_C;
    plant.fws_min_C = spec.fws_min_C;
    plant.fws_max_C = spec.fws_max_C;
    plant.fws_pump = spec.fws_pump;
    return plant;
}

CoolingTower tower_of(TowerUnits const& spec) { return size_tower(spec.rating, spec.treatment); }

EirChiller chiller_of(ChillerUnits const& spec)
{
    return size_chiller(spec.curves, spec.capacity_W > 0.0 ? spec.capacity_W : spec.curves.reference_W);
}

/// A source of chilled water for the residual air; its counts come later.
WaterSource air_source_of(AirSourceSpec const& spec)
{
    WaterSource source{.outdoor = {}, .tower = {}, .chiller = {}};
    if (spec.coolers) {
        source.outdoor = size_dry_cooler(spec.coolers->rating, spec.coolers->pads);
    }
    if (spec.towers) {
        source.outdoor = tower_of(*spec.towers);
    }
    if (spec.chillers) {
        source.chiller = chiller_of(*spec.chillers);
    }
    return source;
}

} // namespace

std::uint32_t whole_units(double needed) { return static_cast<std::uint32_t>(std::max(1.0, std::ceil(needed * (1.0 - 1e-6)))); }

Pump pump_for(double flow_m3_per_s, double head_Pa, double efficiency)
{
    return {.rated_flow_m3_per_s = flow_m3_per_s, .rated_head_Pa = head_Pa, .rated_power_W = flow_m3_per_s * head_Pa / efficiency};
}

UnitGroupSpec const& outdoor_units(PlantSpec const& spec)
{
    return spec.coolers ? static_cast<UnitGroupSpec const&>(*spec.coolers) : *spec.towers;
}

std::string outdoor_key(PlantSpec const& spec) { return spec.coolers ? "coolers" : "towers"; }

PlantSpec with_cdus_as_one(Resolver const& r, BuildingSpec const& spec)
{
    PlantSpec plant = spec.plant;
    auto& cdu = plant.cdu;
    if (cdu.units == automatic) {
        cdu.spare = std::max(cdu.spare, 1U);
        cdu.units = whole_units(largest_pod_W(r, spec) / cdu.rated_heat_W) + cdu.spare;
    }
    double const at_work = cdu.units > cdu.spare ? cdu.units - cdu.spare : 1.0;
    cdu.rated_heat_W *= at_work;
    cdu.tcs_rated_flow_m3_per_s *= at_work;
    cdu.fws_rated_flow_m3_per_s *= at_work;
    cdu.pump_rated_power_W *= at_work;
    return plant;
}

bool put_plant(Resolver& r, PlantSpec const& spec, Plant& plant, std::string const& pointer)
{
    auto const before = r.problems.size();
    if (spec.cdu.spare >= spec.cdu.units) {
        r.problem(pointer + "/cdu/spare", fmt::format("is {} of {} CDUs (none would work)", spec.cdu.spare, spec.cdu.units));
    }
    if (!plant_is_sound(r, spec, pointer)) {
        return false;
    }
    auto const sized = [&](std::string const& part, auto const& size) {
        try {
            size();
        }
        catch (SolverError const& error) {
            r.problem(pointer + part, fmt::format("no such machine is possible: {}", error.what()));
        }
    };
    plant = plant_of(spec);
    if (plant.fws_pump.rated_flow_m3_per_s == 0.0) {
        plant.fws_pump = pump_for(1.0, spec.fws_pump.rated_head_Pa, spec.fws_pump.efficiency);
    }
    sized("/cdu", [&] { static_cast<void>(sized_cdu(plant)); });
    if (spec.coolers) {
        sized("/coolers/rating", [&] { plant.source.outdoor = size_dry_cooler(spec.coolers->rating, spec.coolers->pads); });
    }
    if (spec.towers) {
        sized("/towers/rating", [&] { plant.source.outdoor = tower_of(*spec.towers); });
    }
    if (spec.chillers) {
        sized("/chillers", [&] { plant.source.chiller = chiller_of(*spec.chillers); });
    }
    if (spec.air_source) {
        sized("/air_source", [&] { plant.air_source = air_source_of(*spec.air_source); });
    }
    sized("/fan_wall", [&] { plant.fan_wall = size_fan_wall(spec.fan_wall); });
    return r.problems.size() == before;
}

} // namespace aidc
