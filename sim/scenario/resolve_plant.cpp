#include "sim/scenario/resolve_plant.hpp"

#include "models/base/error.hpp"
#include "models/hydraulic/tcs_loop.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// The pod with the most liquid heat.
struct LargestPod {
    double liquid_W{};
    std::uint32_t racks{};
};

LargestPod largest_pod(Resolver const& r, BuildingSpec const& spec)
{
    LargestPod most;
    for (auto const& hall : spec.halls) {
        for (auto const& line : hall.racks) {
            if (auto const kind = r.kinds.find(line.rack)) {
                auto const& k = r.out.kinds[kind.row];
                double const pod_W = line.racks_per_pod * budget_W(k) * k.liquid_share;
                if (pod_W > most.liquid_W) {
                    most = {.liquid_W = pod_W, .racks = line.racks_per_pod};
                }
            }
        }
    }
    return most;
}

/// Points of a pump's sheet; empty where the lists do not fit together.
std::vector<PumpPoint> points_of(Resolver& r, PumpSheet const& sheet, std::string const& pointer)
{
    auto const n = sheet.flow_m3_per_s.size();
    if (n < 2 || sheet.head_Pa.size() != n || sheet.power_W.size() != n) {
        r.problem(pointer, "needs flow, head and power of equal length, at least two points");
        return {};
    }
    std::vector<PumpPoint> points;
    for (std::size_t i = 0; i < n; ++i) {
        points.push_back({.flow_m3_per_s = sheet.flow_m3_per_s[i], .head_Pa = sheet.head_Pa[i], .power_W = sheet.power_W[i]});
        if (i > 0 && (sheet.flow_m3_per_s[i] <= sheet.flow_m3_per_s[i - 1] || sheet.head_Pa[i] > sheet.head_Pa[i - 1])) {
            r.problem(pointer, fmt::format("has a point {} whose flow does not rise or whose head rises; put the points in order", i));
            return {};
        }
    }
    return points;
}

/// Pump power of a pod at its rated flow, from the path of its coolant [W].
double loop_pump_W(Resolver& r, PlantSpec const& spec, FluidProperties const& coolant, std::string const& pointer)
{
    auto const& cdu = spec.cdu;
    auto const& loop = *cdu.loop;
    int const cdus = static_cast<int>(cdu.units - cdu.spare);
    int const racks = std::max(1, static_cast<int>(cdu.racks) / cdus);
    double const flow = cdu.tcs_rated_flow_m3_per_s / cdus; // of one CDU; cdu is all of them taken as one
    TcsLoop const path{
        .rack = {.k = loop.rack_drop_Pa / std::pow(loop.rack_flow_m3_per_s, loop.rack_exponent), .exponent = loop.rack_exponent},
        .uqd_kv_m3_per_h = loop.uqd_kv_m3_per_h,
        .header = {.length_m = loop.header_length_m, .diameter_m = loop.header_diameter_m, .minor_k = loop.header_minor_k},
        .exchanger = {.k = loop.exchanger_drop_Pa / (flow * flow), .exponent = 2.0}};
    auto const system = tcs_system(path, coolant, racks, flow);
    if (!loop.pumps) {
        return cdus * flow * system_head_Pa(system, flow) / loop.pump_efficiency;
    }
    auto const points = points_of(r, *loop.pumps, pointer + "/pumps");
    int const running = static_cast<int>(loop.pumps->units) - static_cast<int>(loop.pumps->spare);
    if (running < 1) {
        r.problem(pointer + "/pumps/spare", fmt::format("is {} of {} pumps (none would work)", loop.pumps->spare, loop.pumps->units));
    }
    if (points.empty() || running < 1) {
        return 0.0; // of a scenario that is refused
    }
    auto curve = pump_curve(points);
    curve.min_speed = loop.pumps->min_speed;
    PumpStation const station{.pump = curve, .units = static_cast<int>(loop.pumps->units)};
    auto const now = deliver(station, system, running, flow);
    if (now.point.flow_m3_per_s < flow * (1.0 - 1e-6)) {
        r.problem(
            pointer + "/pumps",
            fmt::format("deliver {:.0f} L/min against {:.0f} kPa and the CDU is rated for {:.0f} L/min; take a larger pump or more of them",
                        now.point.flow_m3_per_s * 6e4, system_head_Pa(system, flow) / 1e3, flow * 6e4));
    }
    return cdus * now.point.power_W;
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
        cdu.units = whole_units(largest_pod(r, spec).liquid_W / cdu.rated_heat_W) + cdu.spare;
    }
    cdu.racks = largest_pod(r, spec).racks;
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
    if (!plant_is_sound(r, spec, pointer) || r.problems.size() > before) {
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
    if (spec.cdu.loop) {
        plant.cdu.pump_rated_power_W = loop_pump_W(r, spec, tcs_liquid(plant), pointer + "/cdu/loop");
    }
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
