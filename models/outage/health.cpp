#include "models/outage/health.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

using Kind = UnitGroup::Kind;

/// Units of a group that are down.
double down_of(std::span<DownUnit const> down, Id<UnitGroup> group)
{
    return static_cast<double>(std::ranges::count(down, group, &DownUnit::group));
}

double node_units(RaceSite const& site, std::size_t n, std::span<double const> commissioned, std::span<DownUnit const> down)
{
    auto const& of = site.power.units[n];
    if (!of.group) {
        return site.power.chain.nodes[n].units;
    }
    double const there = std::clamp(commissioned[of.group.row] - of.first, 0.0, static_cast<double>(of.count));
    auto const its = [&of](DownUnit const& unit) {
        return unit.group == of.group && unit.unit >= of.first && unit.unit < of.first + of.count;
    };
    return std::max(0.0, there - static_cast<double>(std::ranges::count_if(down, its)));
}

/// CDUs that are out, pod by pod.
void add_cdus(RaceSite const& site, Id<UnitGroup> group, std::span<DownUnit const> down, std::vector<PodFault>& faults)
{
    auto const& sizing = site.buildings[site.groups[group.row].building.row].sizing;
    double const at_work = std::max(1.0, static_cast<double>(sizing.cdus_per_pod) - sizing.cdu_spare);
    std::vector<std::uint32_t> pods;
    for (auto const& unit : down) {
        if (unit.group == group) {
            pods.push_back(unit.unit / std::max(1U, sizing.cdus_per_pod));
        }
    }
    std::ranges::sort(pods);
    for (std::size_t i = 0; i < pods.size();) {
        auto const lost = static_cast<std::size_t>(std::ranges::upper_bound(pods, pods[i]) - pods.begin()) - i;
        double const left = std::max(0.0, static_cast<double>(sizing.cdus_per_pod) - static_cast<double>(lost));
        auto const place = place_of(site, site.groups[group.row].building, pods[i] * sizing.cdus_per_pod, sizing.cdus_per_pod);
        faults.push_back({.hall = place.hall, .line = place.line, .pods = 1, .cdus = std::min(1.0, left / at_work)});
        i += lost;
    }
}

/// A leaking rack is shut off, or its pod loses its coolant before that.
void add_leaks(RaceSite const& site, Id<UnitGroup> group, std::span<DownUnit const> down, std::vector<PodFault>& faults)
{
    auto const building = site.groups[group.row].building;
    auto const& mass = site.buildings[building.row].plant.mass;
    bool const in_time = std::isfinite(isolated_after_s(site.power.leak, mass.tcs_supply_m3 + mass.tcs_return_m3));
    for (auto const& unit : down) {
        if (unit.group == group) {
            auto const place = place_of(site, building, unit.unit, 0);
            faults.push_back(
                {.hall = place.hall, .line = place.line, .pods = 1, .cdus = in_time ? 1.0 : 0.0, .racks_off = in_time ? 1U : 0U});
        }
    }
}

} // namespace

bool within_spares(RaceSite const& site, std::span<DownUnit const> down)
{
    for (std::size_t i = 0; i < down.size(); ++i) { // sorted: units of one group, and of one pod, stand together
        auto const& group = site.groups[down[i].group.row];
        bool const cdu = group.kind == Kind::cdu;
        auto const& sizing = site.buildings[group.building ? group.building.row : 0].sizing;
        std::uint32_t const per_pod = cdu ? std::max(1U, sizing.cdus_per_pod) : 1;
        std::size_t lost = 1;
        while (i + 1 < down.size() && down[i + 1].group == down[i].group
               && (!cdu || down[i + 1].unit / per_pod == down[i].unit / per_pod)) {
            ++i;
            ++lost;
        }
        std::uint32_t const spare = cdu ? sizing.cdu_spare : group.spare;
        if (lost > spare) {
            return false;
        }
    }
    return true;
}

PodPlace place_of(RaceSite const& site, Id<Building> building, std::uint32_t unit, std::uint32_t per_pod)
{
    PodPlace last;
    for (std::size_t h = 0; h < site.halls.size(); ++h) {
        auto const& hall = site.halls[h];
        for (std::size_t l = 0; hall.building == building && l < hall.lines.size(); ++l) {
            auto const& line = hall.lines[l];
            std::uint32_t const pods = (line.racks + line.racks_per_pod - 1) / line.racks_per_pod;
            std::uint32_t const units = per_pod > 0 ? pods * per_pod : line.racks;
            last = {.hall = id<Hall>(h), .line = static_cast<std::uint32_t>(l), .pod = unit / (per_pod > 0 ? per_pod : line.racks_per_pod)};
            if (unit < units) {
                return last;
            }
            unit -= units;
        }
    }
    return last;
}

Health health_of(RaceSite const& site, std::span<double const> commissioned, std::span<DownUnit const> down)
{
    Health health{.units_up = {}, .up = std::vector<MachinesUp>(site.buildings.size()), .faults = {}};
    for (std::size_t n = 0; n < site.power.chain.nodes.size(); ++n) {
        health.units_up.push_back(node_units(site, n, commissioned, down));
    }
    for (std::size_t b = 0; b < site.buildings.size(); ++b) {
        auto const coolers = site.buildings[b].coolers;
        health.up[b].outdoor = coolers ? commissioned[coolers.row] : 0.0;
    }
    for (std::size_t g = 0; g < site.groups.size(); ++g) {
        auto const& group = site.groups[g];
        double const lost = down_of(down, id<UnitGroup>(g));
        if (group.campus != site.campus || lost == 0.0) {
            continue;
        }
        double const share = std::max(0.0, 1.0 - lost / std::max(1.0, commissioned[g]));
        switch (group.kind) {
        case Kind::dry_cooler:
            health.up[group.building.row].outdoor = std::max(0.0, commissioned[g] - lost);
            break;
        case Kind::fws_pump:
            health.up[group.building.row].fws_pumps = share;
            break;
        case Kind::chiller:
            health.up[group.building.row].chillers = share;
            break;
        case Kind::cdu:
            add_cdus(site, id<UnitGroup>(g), down, health.faults);
            break;
        case Kind::leak:
            add_leaks(site, id<UnitGroup>(g), down, health.faults);
            break;
        default:
            break; // of the power chain
        }
    }
    return health;
}

} // namespace aidc
