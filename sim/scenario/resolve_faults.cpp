#include "sim/scenario/resolve.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Groups of a campus by their names in it.
Names<UnitGroup> groups_of(Buildout const& b, Id<Campus> campus)
{
    Names<UnitGroup> names("group of units of " + b.campuses[campus.row].name);
    for (std::size_t g = 0; g < b.groups.size(); ++g) {
        if (b.groups[g].campus == campus) {
            names.add(b.groups[g].name.substr(b.campuses[campus.row].name.size() + 1), id<UnitGroup>(g));
        }
    }
    return names;
}

void set_group(Resolver& r, FaultSpec const& spec, std::string const& pointer, Fault& fault)
{
    auto const prefix = spec.campus + "/";
    auto const name = spec.group.starts_with(prefix) ? spec.group.substr(prefix.size()) : spec.group;
    fault.kind = Fault::Kind::units_lost;
    fault.group = r.refer(groups_of(r.out, fault.campus), name, pointer + "/group");
    if (fault.group && spec.units > r.out.groups[fault.group.row].units) {
        r.problem(pointer + "/units",
                  fmt::format("is {} and {} has {}", spec.units, r.out.groups[fault.group.row].name, r.out.groups[fault.group.row].units));
    }
}

void resolve_fault(Resolver& r, FaultSpec const& spec, std::size_t i, Names<Fault>& names)
{
    auto const pointer = at("/faults", i);
    r.declare(names, spec.name, i, pointer + "/name");
    Fault fault{.name = spec.name,
                .campus = r.refer(r.campuses, spec.campus, pointer + "/campus"),
                .units = spec.units,
                .import_W = spec.import_cap_W,
                .warmer_K = spec.warmer_K,
                .from = r.tick(spec.at, pointer + "/at") + ticks(spec.at_s)};
    fault.until = fault.from + ticks(spec.for_s);
    bool const capped = spec.import_cap_W < no_cap_W;
    if ((spec.group.empty() ? 0 : 1) + (capped ? 1 : 0) + (spec.warmer_K > 0.0 ? 1 : 0) != 1) {
        r.problem(pointer, "needs exactly one of \"group\", \"import_cap_MW\", \"warmer_K\"");
    }
    else if (spec.group.empty()) {
        fault.kind = capped ? Fault::Kind::import_cap : Fault::Kind::heat;
        if (spec.units != 1) {
            r.problem(pointer + "/units", "stands beside no \"group\" (it would be ignored); remove it");
        }
    }
    else if (fault.campus) {
        set_group(r, spec, pointer, fault);
    }
    if (fault.from >= r.out.end) {
        r.problem(pointer + "/at", "is not before the end of the scenario (the run could not see it)");
    }
    r.out.faults.push_back(std::move(fault));
}

} // namespace

void resolve_faults(Resolver& r)
{
    Names<Fault> names("fault");
    for (std::size_t i = 0; i < r.spec.faults.size(); ++i) {
        resolve_fault(r, r.spec.faults[i], i, names);
    }
    std::ranges::stable_sort(r.out.faults, {}, &Fault::from);
}

} // namespace aidc
