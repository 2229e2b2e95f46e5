#include "sim/scenario/resolve_plant.hpp"
#include "sim/scenario/resolve_power.hpp"

#include "models/campus/compatible.hpp"

#include "models/base/error.hpp"
#include "models/power/redundancy.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

Id<UnitGroup> add_group(Resolver& r, UnitGroupSpec const& spec, std::string const& pointer, UnitGroup group)
{
    if (spec.spare >= spec.units) {
        r.problem(pointer + "/spare",
                  fmt::format("is {} of {} units (nothing would be firm); it must be below the units", spec.spare, spec.units));
    }
    group.units = spec.units;
    group.spare = spec.spare;
    group.rating_W = group.kind == UnitGroup::Kind::dry_cooler ? group.rating_W : spec.rating_W;
    set_life(r, spec, pointer, group);
    r.out.groups.push_back(std::move(group));
    return id<UnitGroup>(r.out.groups.size() - 1);
}

LossCurve curve_of(UnitGroupSpec const& spec)
{
    return {.rating_W = spec.rating_W, .no_load = spec.no_load_loss, .proportional = spec.proportional_loss, .square = spec.square_loss};
}

/// Everything about a rack that a position of this hall cannot give, at once.
void check_compatible(Resolver& r, HallSpec const& spec, PlantSpec const& plant, RackLine const& line, std::string const& pointer)
{
    auto const& kind = r.out.kinds[line.kind.row];
    Position const position{.max_W = spec.position_max_W,
                            .supply_C = plant.tcs_set_point_C,
                            .flow_m3_per_s = plant.cdu.tcs_rated_flow_m3_per_s / line.racks_per_pod,
                            .bus_V = spec.bus_V,
                            .floor_max_kg = spec.floor_max_kg};
    for (auto const& misfit : misfits(kind, position)) {
        r.problem(pointer + "/rack", fmt::format("{} does not fit a position of this hall: {}", kind.name, misfit));
    }
}

/// Does the pod's loop suit the technique at the chip?
void check_technique(Resolver& r, PlantSpec const& plant, RackKind const& kind, std::string const& pointer)
{
    bool const boils = std::holds_alternative<Evaporator>(kind.chip);
    bool const immersed = std::holds_alternative<ImmersedSink>(kind.chip);
    bool const oil = is_dielectric(plant.tcs);
    if (boils != plant.cdu.condensing) {
        r.problem(pointer + "/rack", fmt::format("{} {} and the CDU of this building {}; change one of them", kind.name,
                                                 boils ? "boils its coolant" : "does not boil its coolant",
                                                 plant.cdu.condensing ? "condenses" : "does not condense"));
    }
    else if (immersed != oil && !boils) {
        r.problem(pointer + "/rack",
                  fmt::format("{} is {} and the TCS coolant of this building is {} (tcs_coolant); change one of them", kind.name,
                              immersed ? "immersed" : "not immersed", oil ? "a dielectric" : "no dielectric"));
    }
}

void check_line(Resolver& r, HallSpec const& spec, PlantSpec const& plant, RackLine const& line, std::string const& pointer)
{
    auto const& kind = r.out.kinds[line.kind.row];
    double const pod_W = line.racks_per_pod * budget_W(kind) * kind.liquid_share;
    if (line.racks_per_pod > spec.positions_per_pod) {
        r.problem(pointer + "/racks_per_pod", fmt::format("is {} and a pod has {} positions", line.racks_per_pod, spec.positions_per_pod));
    }
    check_compatible(r, spec, plant, line, pointer);
    check_technique(r, plant, kind, pointer);
    if (line.racks % kind.go_live_unit_racks != 0) {
        r.problem(pointer + "/racks", fmt::format("is {} and {} goes live by {} racks (the rest would never be live)", line.racks,
                                                  kind.name, kind.go_live_unit_racks));
    }
    if (line.unit_racks % kind.go_live_unit_racks != 0) {
        r.problem(pointer + "/cluster_accelerators", fmt::format("makes clusters of {} racks and {} goes live by {}; take a multiple",
                                                                 line.unit_racks, kind.name, kind.go_live_unit_racks));
    }
    if (line.unit_racks > line.racks) {
        r.problem(pointer + "/cluster_accelerators",
                  fmt::format("makes a cluster of {} racks and the line has {} (a cluster is part of one line); plan a smaller one",
                              line.unit_racks, line.racks));
    }
    if (pod_W > plant.cdu.rated_heat_W) {
        r.problem(pointer + "/racks_per_pod",
                  fmt::format("puts {:.0f} kW of liquid heat on a CDU of {:.0f} kW", pod_W / 1e3, plant.cdu.rated_heat_W / 1e3));
    }
}

/// Does a line of racks stand in the hall before, or after, racks are replaced?
bool stands(HallSpec const& spec, std::string const& kind, bool after_retrofit)
{
    auto const is_it = [&kind, after_retrofit](RackLineSpec const& line) { return (after_retrofit ? line.replaces : line.rack) == kind; };
    auto const found = std::ranges::find_if(spec.racks, is_it);
    return after_retrofit ? found == spec.racks.end() : found != spec.racks.end() && found->replaces.empty();
}

void check_fit(Resolver& r, HallSpec const& spec, Hall const& hall, std::string const& pointer)
{
    constexpr double most_positions = 1e5;
    if (1.0 * spec.pods * spec.positions_per_pod > most_positions) {
        r.problem(pointer + "/pods",
                  fmt::format("makes more than {:g} positions in one hall; check pods and positions_per_pod", most_positions));
    }
    for (bool const after_retrofit : {false, true}) {
        std::uint32_t pods = 0;
        double power_W = 0.0;
        for (auto const& line : hall.lines) {
            auto const& kind = r.out.kinds[line.kind.row];
            if (stands(spec, kind.name, after_retrofit)) {
                pods += (line.racks + line.racks_per_pod - 1) / line.racks_per_pod;
                power_W += line_W(line, kind);
            }
        }
        if (pods > spec.pods) {
            r.problem(pointer + "/racks", fmt::format("need {} pods and the hall has {}", pods, spec.pods));
        }
        if (power_W > spec.design_W) {
            r.problem(pointer + "/racks",
                      fmt::format("need {:.2f} MW and the hall is built for {:.2f} MW", power_W / 1e6, spec.design_W / 1e6));
        }
    }
    if (spec.racks.empty()) {
        r.problem(pointer + "/racks", "is empty (nothing would ever be live); plan at least one line of racks");
    }
}

/// Racks that go live together: the kind's unit, or as many whole units as hold the accelerators of a cluster.
std::uint32_t unit_racks(Resolver const& r, RackLineSpec const& spec)
{
    auto const kind_id = r.kinds.find(spec.rack);
    if (!kind_id) {
        return 1;
    }
    auto const& kind = r.out.kinds[kind_id.row];
    auto const per_unit = std::max(1u, accelerators(kind) * kind.go_live_unit_racks);
    return std::max(1u, (spec.cluster_accelerators + per_unit - 1) / per_unit) * kind.go_live_unit_racks;
}

void resolve_hall(Resolver& r, HallSpec const& spec, PlantSpec const& plant, Id<Building> building, std::string const& pointer)
{
    auto const& b = r.out.buildings[building.row];
    auto const hall_id = id<Hall>(r.out.halls.size());
    Hall hall{.name = b.name + "/" + spec.name,
              .building = building,
              .campus = b.campus,
              .positions = spec.pods * spec.positions_per_pod,
              .position_max_W = spec.position_max_W,
              .bus_V = spec.bus_V,
              .floor_max_kg = spec.floor_max_kg,
              .design_W = spec.design_W,
              .ups = curve_of(spec.ups),
              .house_W = spec.house_W,
              .backup_share = spec.backup_share,
              .handover_order = spec.handover_order};
    r.declare(r.halls, hall.name, hall_id.row, pointer + "/name");
    r.hall_pointers.push_back(pointer);
    UnitGroup ups{.kind = UnitGroup::Kind::ups, .name = hall.name + "/ups", .campus = b.campus, .building = building, .hall = hall_id};
    set_arrangement(r, spec.ups, pointer + "/ups", ups);
    hall.ups_group = add_group(r, spec.ups, pointer + "/ups", std::move(ups));
    for (std::size_t l = 0; l < spec.racks.size(); ++l) {
        auto const at_line = at(pointer + "/racks", l);
        RackLine const line{.kind = r.refer(r.kinds, spec.racks[l].rack, at_line + "/rack"),
                            .racks = spec.racks[l].racks,
                            .racks_per_pod = spec.racks[l].racks_per_pod,
                            .unit_racks = unit_racks(r, spec.racks[l])};
        static_cast<void>(r.refer(r.kinds, spec.racks[l].replaces, at_line + "/replaces"));
        if (line.kind && line.racks_per_pod > 0) {
            check_line(r, spec, plant, line, at_line);
            if (std::ranges::any_of(hall.lines, [&line](RackLine const& other) { return other.kind == line.kind; })) {
                r.problem(at_line + "/rack",
                          fmt::format("{} stands in an earlier line of this hall; put both in one line", spec.racks[l].rack));
            }
            hall.lines.push_back(line);
        }
    }
    check_fit(r, spec, hall, pointer);
    r.out.halls.push_back(std::move(hall));
}

void resolve_building(Resolver& r, BuildingSpec const& spec, Id<Campus> campus, std::string const& pointer)
{
    auto const& c = r.out.campuses[campus.row];
    auto const building = id<Building>(r.out.buildings.size());
    Building out{.name = c.name + "/" + spec.name, .campus = campus};
    out.on_ups = machines_on_ups(r, spec.plant.on_ups, pointer + "/plant/on_ups");
    r.declare(r.buildings, out.name, building.row, pointer + "/name");
    auto const at_plant = pointer + "/plant";
    auto const plant = with_cdus_as_one(r, spec);
    auto const before = r.problems.size();
    bool const stands = put_plant(r, plant, out.plant, at_plant) && c.climate;
    if (stands) {
        auto const key = outdoor_key(plant);
        out.coolers =
            add_group(r, outdoor_units(plant), at_plant + "/" + key,
                      {.kind = UnitGroup::Kind::dry_cooler, .name = out.name + "/" + key, .campus = campus, .building = building});
    }
    r.out.buildings.push_back(std::move(out));
    for (std::size_t h = 0; h < spec.halls.size(); ++h) {
        resolve_hall(r, spec.halls[h], plant, building, at(pointer + "/halls", h));
    }
    if (stands && r.problems.size() == before) {
        fit_plant(r, plant, building, at_plant);
    }
}

void resolve_campus(Resolver& r, CampusSpec const& spec, std::size_t i)
{
    auto const pointer = at("/campuses", i);
    auto const campus = id<Campus>(i);
    r.declare(r.campuses, spec.name, i, pointer + "/name");
    Campus out{.name = spec.name,
               .region = spec.region,
               .climate = r.refer(r.climates, spec.climate, pointer + "/climate"),
               .transformer = curve_of(spec.transformers)};
    if (spec.non_firm) {
        out.counts_non_firm = spec.non_firm->counts;
        out.curtailed = r.duration(spec.non_firm->curtailed, pointer + "/non_firm/curtailed");
        if (spec.non_firm->to_curtail) {
            out.to_curtail = r.duration(*spec.non_firm->to_curtail, pointer + "/non_firm/to_curtail");
        }
    }
    out.transformers = add_group(r, spec.transformers, pointer + "/transformers",
                                 {.kind = UnitGroup::Kind::transformer, .name = spec.name + "/transformers", .campus = campus});
    if (spec.gensets && out.climate) {
        auto const& climate = r.out.climates[out.climate.row];
        UnitGroup gensets{.kind = UnitGroup::Kind::genset, .name = spec.name + "/gensets", .campus = campus};
        gensets.derate = genset_derate({}, climate.altitude_m, climate.design.dry_bulb_C);
        out.gensets = add_group(r, *spec.gensets, pointer + "/gensets", std::move(gensets));
    }
    r.out.campuses.push_back(std::move(out));
    for (std::size_t b = 0; b < spec.buildings.size(); ++b) {
        resolve_building(r, spec.buildings[b], campus, at(pointer + "/buildings", b));
    }
    resolve_power(r, spec, campus);
}

} // namespace

void resolve_sites(Resolver& r)
{
    if (r.spec.campuses.empty()) {
        r.problem("/campuses", "is empty (nothing to simulate); add a site");
    }
    for (std::size_t i = 0; i < r.spec.campuses.size(); ++i) {
        resolve_campus(r, r.spec.campuses[i], i);
    }
}

} // namespace aidc
