#include "models/base/units.hpp"
#include "sim/scenario/price_csv.hpp"
#include "sim/scenario/resolve.hpp"

#include <algorithm>
#include <optional>

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

std::optional<PriceTable> prices_of(Resolver& r, PriceSpec const& spec, std::string const& pointer)
{
    try {
        return read_price(r.folder / spec.csv, spec.time, spec.column);
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            r.problem(pointer + "/csv", problem.where.empty() ? problem.message : problem.where + ": " + problem.message);
        }
        return {};
    }
}

/// Caps the import while the price is high: a fault for each stretch of such rows inside the run.
/// \param number  Of the last such fault
void resolve_price(Resolver& r, PriceSpec const& spec, Id<Campus> campus, int& number)
{
    auto const pointer = at("/campuses", campus.row) + "/power/price";
    auto const table = prices_of(r, spec, pointer);
    if (!table) {
        return;
    }
    auto const rows = table->per_MWh.size();
    double const first_s = table->first_s - static_cast<double>(r.out.start_day) * day_s;
    auto const begin = [&](std::size_t row) {
        return std::clamp(ticks(first_s + static_cast<double>(row) * table->step_s), Tick{0}, r.out.end);
    };
    if (begin(rows) <= 0 || begin(0) >= r.out.end) {
        r.problem(pointer + "/csv", fmt::format("{} has no price between start and end of the scenario; check its year", spec.csv));
        return;
    }
    constexpr double per_MWh = find_unit("per_MWh")->factor;
    for (std::size_t row = 0; row < rows; ++row) {
        auto const from = begin(row);
        while (row < rows && table->per_MWh[row] * per_MWh > spec.above_per_J) {
            ++row;
        }
        auto const until = begin(row);
        if (until > from) {
            r.out.faults.push_back({.kind = Fault::Kind::import_cap,
                                    .name = fmt::format("price_above_{:g} #{}", spec.above_per_J / per_MWh, ++number),
                                    .campus = campus,
                                    .import_W = spec.import_cap_W,
                                    .from = from,
                                    .until = until});
        }
    }
}

} // namespace

void resolve_faults(Resolver& r)
{
    Names<Fault> names("fault");
    for (std::size_t i = 0; i < r.spec.faults.size(); ++i) {
        resolve_fault(r, r.spec.faults[i], i, names);
    }
    int number = 0;
    for (std::size_t c = 0; c < r.spec.campuses.size(); ++c) {
        if (auto const& price = r.spec.campuses[c].power.price) {
            resolve_price(r, *price, id<Campus>(c), number);
        }
    }
    std::ranges::stable_sort(r.out.faults, {}, &Fault::from);
}

} // namespace aidc
