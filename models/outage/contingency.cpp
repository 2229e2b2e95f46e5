#include "models/outage/contingency.hpp"

#include "models/outage/family.hpp"

#include <algorithm>
#include <string_view>

namespace aidc {
namespace {

using Kind = UnitGroup::Kind;

std::string named(UnitGroup const& group, std::uint32_t units, std::string_view what = {})
{
    std::string name = units > 1 ? "one of " + std::to_string(units) + " " + group.name : group.name;
    return what.empty() ? name : name + " (" + std::string(what) + ")";
}

/// Units of a group that stand on one node of the chain.
void add_nodes(RaceSite const& site, Id<UnitGroup> id, double commissioned, std::vector<Contingency>& out)
{
    auto const& group = site.groups[id.row];
    for (std::size_t n = 0; n < site.power.units.size(); ++n) {
        auto const& units = site.power.units[n];
        if (units.group != id || units.first >= commissioned) {
            continue;
        }
        bool const alone = units.count == group.units;
        out.push_back({.name = named(group, units.count, alone ? std::string_view{} : std::string_view{site.power.chain.nodes[n].name}),
                       .family = std::string(family_of(group.kind)),
                       .down = {{.group = id, .unit = units.first}},
                       .grid_lost = group.kind == Kind::genset,
                       .alike = units.count});
    }
}

/// One CDU, or one leaking rack, for each line of racks of a building.
void add_pods(RaceSite const& site, Id<UnitGroup> id, std::vector<Contingency>& out)
{
    auto const& group = site.groups[id.row];
    std::uint32_t const per_pod = group.kind == Kind::cdu ? site.buildings[group.building.row].sizing.cdus_per_pod : 0;
    std::uint32_t first = 0;
    for (auto const& hall : site.halls) {
        for (std::size_t l = 0; hall.building == group.building && l < hall.lines.size(); ++l) {
            auto const& line = hall.lines[l];
            std::uint32_t const pods = (line.racks + line.racks_per_pod - 1) / line.racks_per_pod;
            std::uint32_t const units = per_pod > 0 ? pods * per_pod : line.racks;
            out.push_back({.name = named(group, units, hall.name + ", " + site.kinds[line.kind.row].name),
                           .family = std::string(family_of(group.kind)),
                           .down = {{.group = id, .unit = first}},
                           .can_be_planned = group.kind == Kind::cdu,
                           .alike = units});
            first += units;
        }
    }
}

std::vector<DownUnit> all_feeds(RaceSite const& site)
{
    std::vector<DownUnit> down;
    for (std::size_t g = 0; g < site.groups.size(); ++g) {
        auto const& group = site.groups[g];
        for (std::uint32_t u = 0; group.campus == site.campus && group.kind == Kind::feed && u < group.units; ++u) {
            down.push_back({.group = id<UnitGroup>(g), .unit = u});
        }
    }
    return down;
}

} // namespace

std::vector<Contingency> single_contingencies(RaceSite const& site, std::span<double const> commissioned)
{
    std::vector<Contingency> all;
    auto const feeds = all_feeds(site);
    if (!feeds.empty()) {
        all.push_back({.name = "grid lost", .family = "grid", .down = {}, .grid_lost = true, .can_be_planned = false});
    }
    for (std::size_t g = 0; g < site.groups.size(); ++g) {
        auto const& group = site.groups[g];
        if (group.campus != site.campus || commissioned[g] <= 0.0) {
            continue;
        }
        switch (group.kind) {
        case Kind::cdu:
        case Kind::leak:
            add_pods(site, id<UnitGroup>(g), all);
            break;
        case Kind::dry_cooler:
        case Kind::fws_pump:
        case Kind::chiller:
            all.push_back({.name = named(group, group.units),
                           .family = std::string(family_of(group.kind)),
                           .down = {{.group = id<UnitGroup>(g), .unit = 0}},
                           .alike = group.units});
            break;
        default:
            add_nodes(site, id<UnitGroup>(g), commissioned[g], all);
        }
    }
    return all;
}

std::vector<Contingency> double_contingencies(std::span<Contingency const> singles, std::span<double const> commissioned)
{
    std::vector<Contingency> all;
    for (std::size_t a = 0; a < singles.size(); ++a) {
        for (std::size_t b = a; b < singles.size(); ++b) {
            Contingency both = singles[a];
            both.can_be_planned = false;
            both.grid_lost = singles[a].grid_lost || singles[b].grid_lost;
            both.name += " + " + singles[b].name;
            both.family += " + " + singles[b].family;
            for (auto unit : singles[b].down) {
                unit.unit += a == b ? 1 : 0;
                both.down.push_back(unit);
            }
            bool const there =
                std::ranges::all_of(both.down, [&](DownUnit const& unit) { return unit.unit < commissioned[unit.group.row]; });
            if (there && (a != b || singles[a].alike > 1)) {
                all.push_back(std::move(both));
            }
        }
    }
    return all;
}

bool loses(WindowResult const& window) { return window.most_racks_lost > 0.5 || window.least_power < 1.0 - 1e-3; }

ContingencyResult run_contingency(Moment const& moment, Contingency const& contingency, double most_s, bool with_planned)
{
    ContingencyResult result{.contingency = contingency, .failed = {}, .planned = {}};
    auto const feeds = contingency.grid_lost ? all_feeds(moment.site) : std::vector<DownUnit>{};
    Loss loss;
    (contingency.grid_lost ? loss.before : loss.down) = contingency.down;
    loss.down.insert(loss.down.end(), feeds.begin(), feeds.end());
    result.failed = run_window(moment, loss, most_s);
    if (!with_planned || !contingency.can_be_planned) {
        return result;
    }
    if (contingency.grid_lost) {
        result.planned = result.failed; // out for maintenance while the grid fails: the same
    }
    else {
        loss.planned = true;
        result.planned = run_window(moment, loss, most_s);
    }
    return result;
}

std::vector<std::string> breaks_tier(Tier tier, std::span<ContingencyResult const> results)
{
    std::vector<std::string> names;
    for (auto const& result : results) {
        bool const maintained = !result.planned || !loses(*result.planned);
        bool const stood = !loses(result.failed);
        if ((tier != Tier::none && !maintained) || (tier == Tier::fault_tolerant && !stood)) {
            names.push_back(result.contingency.name);
        }
    }
    return names;
}

} // namespace aidc
