#include "sim/scenario/resolve_power.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace aidc {
namespace {

/// A key of ReliabilitySpec, and the kind of units that it is for.
struct LifeOfKind {
    UnitGroup::Kind kind{};
    std::string_view key;
    std::optional<LifeSpec> ReliabilitySpec::*spec{};
};

constexpr std::array<LifeOfKind, 13> lives{{{UnitGroup::Kind::feed, "feed", &ReliabilitySpec::feed},
                                            {UnitGroup::Kind::generation, "generation", &ReliabilitySpec::generation},
                                            {UnitGroup::Kind::storage, "storage", &ReliabilitySpec::storage},
                                            {UnitGroup::Kind::transformer, "transformer", &ReliabilitySpec::transformer},
                                            {UnitGroup::Kind::switchgear, "switchgear", &ReliabilitySpec::switchgear},
                                            {UnitGroup::Kind::genset, "genset", &ReliabilitySpec::genset},
                                            {UnitGroup::Kind::ups, "ups", &ReliabilitySpec::ups},
                                            {UnitGroup::Kind::busway, "busway", &ReliabilitySpec::busway},
                                            {UnitGroup::Kind::fws_pump, "fws_pump", &ReliabilitySpec::fws_pump},
                                            {UnitGroup::Kind::cdu, "cdu", &ReliabilitySpec::cdu},
                                            {UnitGroup::Kind::dry_cooler, "outdoor", &ReliabilitySpec::outdoor},
                                            {UnitGroup::Kind::chiller, "chiller", &ReliabilitySpec::chiller},
                                            {UnitGroup::Kind::leak, "leak", &ReliabilitySpec::leak}}};

/// What stands in all halls of a building.
struct Planned {
    std::uint32_t pods{}, racks{};
};

Planned planned_in(Buildout const& b, Id<Building> building)
{
    Planned planned;
    for (auto const& hall : b.halls) {
        for (auto const& line : hall.lines) {
            if (hall.building == building) {
                planned.pods += (line.racks + line.racks_per_pod - 1) / line.racks_per_pod;
                planned.racks += line.racks;
            }
        }
    }
    return planned;
}

/// Of units that share spares, crews and maintenance; complains about halves.
Upkeep upkeep_of(Resolver& r, LifeSpec const& spec, std::string const& pointer)
{
    if (spec.to_replace.has_value() != (spec.spares > 0)) {
        r.problem(pointer, "needs both \"spares\" and \"replace\", how long the exchange for one takes, or neither");
    }
    if ((spec.maintenance_every_s > 0.0) != (spec.maintenance_s > 0.0)) {
        r.problem(pointer, "needs both \"maintenance_every\" and \"maintenance\", how long it takes, or neither");
    }
    return {.crews = spec.crews,
            .spares = spec.spares,
            .to_replace = spec.to_replace ? r.duration(*spec.to_replace, pointer + "/replace") : Duration{},
            .common_share = spec.common_share,
            .maintenance_every_s = spec.maintenance_every_s,
            .maintenance_s = spec.maintenance_s};
}

bool tells_of_upkeep(LifeSpec const& spec)
{
    return spec.spares > 0 || spec.crews > 0 || spec.to_replace || spec.common_share > 0.0 || spec.maintenance_every_s > 0.0
           || spec.maintenance_s > 0.0;
}

/// Units are maintained one after the other: all of them must fit into the period.
void check_maintenance(Resolver& r, UnitGroup const& group, std::string const& pointer)
{
    auto const& upkeep = group.upkeep;
    double const all_s = group.units * upkeep.maintenance_s;
    bool const is_counted = group.units != automatic; // else once it is
    if (is_counted && upkeep.maintenance_every_s > 0.0 && all_s >= upkeep.maintenance_every_s) {
        r.problem(pointer + "/maintenance",
                  fmt::format("takes {:g} h of each of the {} units of {}, one after the other, and they are due every {:g} h",
                              upkeep.maintenance_s / hour_s, group.units, group.name, upkeep.maintenance_every_s / hour_s));
    }
}

/// Outdoor units whose number the program has found after their life was read.
void check_found_units(Resolver& r, Id<Campus> campus)
{
    auto const buildings = at("/campuses", campus.row) + "/buildings";
    std::size_t place = 0;
    for (auto const& building : r.out.buildings) {
        if (building.campus == campus && building.coolers) {
            auto const& group = r.out.groups[building.coolers.row];
            check_maintenance(r, group, at(buildings, place) + "/plant" + group.name.substr(building.name.size()));
        }
        place += building.campus == campus ? 1 : 0;
    }
}

} // namespace

void set_life(Resolver& r, LifeSpec const& spec, std::string const& pointer, UnitGroup& group)
{
    if (spec.to_failure.has_value() != spec.to_repair.has_value()) {
        r.problem(pointer, "needs both \"to_failure\" and \"to_repair\", or neither");
        return;
    }
    if (spec.to_failure) {
        group.to_failure = r.duration(*spec.to_failure, pointer + "/to_failure");
        group.to_repair = r.duration(*spec.to_repair, pointer + "/to_repair");
        group.upkeep = upkeep_of(r, spec, pointer);
        check_maintenance(r, group, pointer);
    }
    else if (tells_of_upkeep(spec)) {
        r.problem(pointer, "tells of spares, crews, common failures or maintenance and not how often units fail; give \"to_failure\" and "
                           "\"to_repair\" beside them");
    }
}

void set_arrangement(Resolver& r, UpsUnits const& spec, std::string const& pointer, UnitGroup& group)
{
    bool const shared = spec.arrangement == Arrangement::shared;
    bool const paired = spec.arrangement == Arrangement::two_n;
    auto const word = std::ranges::find(arrangement_names, spec.arrangement, [](auto const& pair) { return pair.second; })->first;
    std::uint32_t const blocks = spec.blocks > 0 ? spec.blocks : shared ? 1 : paired ? 2 : 0;
    if ((shared && blocks != 1) || (paired && blocks != 2) || blocks == 0 || (!shared && blocks == 1)) {
        r.problem(pointer + "/blocks", fmt::format("is {} and {} has {}", spec.blocks, word,
                                                   shared   ? "one"
                                                   : paired ? "two"
                                                            : "two and more"));
        return;
    }
    if (spec.units % blocks != 0 || spec.units < blocks) {
        r.problem(pointer + "/units", fmt::format("is {} and does not divide among {} equal blocks", spec.units, blocks));
        return;
    }
    if (!shared && spec.spare > 0) {
        r.problem(
            pointer + "/spare",
            fmt::format("is {} and must be 0: in {} a whole block stands in (spare units in a block would count twice)", spec.spare, word));
        return;
    }
    group.arrangement = spec.arrangement;
    group.blocks = blocks;
}

MachinesOnUps machines_on_ups(Resolver& r, std::vector<std::string> const& words, std::string const& pointer)
{
    MachinesOnUps machines;
    machines.on = {};
    for (std::size_t k = 0; k < words.size(); ++k) {
        auto const machine = std::ranges::find(machine_names, words[k]);
        if (machine == machine_names.end()) {
            r.problem(at(pointer, k),
                      fmt::format("\"{}\" is no machine of a building; one of {}", words[k], fmt::join(machine_names, ", ")));
            continue;
        }
        machines.on[static_cast<std::size_t>(machine - machine_names.begin())] = true;
    }
    return machines;
}

void add_machine_groups(Resolver& r, Id<Campus> campus)
{
    for (std::size_t b = 0; b < r.out.buildings.size(); ++b) {
        auto const& building = r.out.buildings[b];
        if (building.campus != campus) {
            continue;
        }
        auto const planned = planned_in(r.out, id<Building>(b));
        auto const& sizing = building.sizing;
        auto const add = [&](UnitGroup::Kind kind, std::string const& name, std::uint32_t units, std::uint32_t spare) {
            if (units > 0) {
                r.out.groups.push_back({.kind = kind,
                                        .name = building.name + "/" + name,
                                        .campus = campus,
                                        .building = id<Building>(b),
                                        .granted = false,
                                        .units = units,
                                        .spare = spare});
            }
        };
        add(UnitGroup::Kind::fws_pump, "fws_pumps", sizing.pumps, sizing.pump_spare);
        add(UnitGroup::Kind::chiller, "chillers", sizing.chillers, sizing.chiller_spare);
        add(UnitGroup::Kind::cdu, "cdus", sizing.cdus_per_pod * planned.pods, sizing.cdu_spare * planned.pods);
        add(UnitGroup::Kind::leak, "leaks", planned.racks, 0);
    }
}

void give_lives(Resolver& r, PowerSpec const& spec, Id<Campus> campus)
{
    auto const pointer = at("/campuses", campus.row) + "/power/reliability";
    check_found_units(r, campus);
    for (auto const& [kind, key, member] : lives) {
        auto const& life = spec.reliability.*member;
        if (!life) {
            continue;
        }
        auto const place = fmt::format("{}/{}", pointer, key);
        UnitGroup read;
        set_life(r, *life, place, read);
        if (!life->to_failure && !life->to_repair) {
            r.problem(place, "needs \"to_failure\" and \"to_repair\"");
        }
        for (auto& group : r.out.groups) {
            if (group.campus == campus && group.kind == kind && !group.to_failure) {
                group.to_failure = read.to_failure;
                group.to_repair = read.to_repair;
                group.upkeep = read.upkeep;
                check_maintenance(r, group, place);
            }
        }
    }
    if (spec.reliability.genset && spec.genset_law.availability < 1.0) {
        r.problem(pointer + "/genset", fmt::format("stands beside an availability of {:g} in \"genset_law\" (sets out of service would be "
                                                   "counted twice); write an availability of 1 there, or remove this",
                                                   spec.genset_law.availability));
    }
}

} // namespace aidc
