#include "sim/scenario/resolve_grant.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

Id<UnitGroup> group_of(Resolver const& r, std::string const& name, Scope const& scope)
{
    if (name == "ups" && scope.hall) {
        return r.out.halls[scope.hall.row].ups_group;
    }
    if (name == "coolers" && scope.building) {
        return r.out.buildings[scope.building.row].coolers;
    }
    if (name == "transformers") {
        return r.out.campuses[scope.campus.row].transformers;
    }
    return name == "gensets" ? r.out.campuses[scope.campus.row].gensets : Id<UnitGroup>{};
}

Grant grant_of_group(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const group = group_of(r, spec.group, scope);
    if (!group) {
        r.problem(pointer + "/group",
                  fmt::format("\"{}\" is no group of units here; a hall has ups, a building coolers, a campus transformers and gensets",
                              spec.group));
        return {};
    }
    double const units = spec.units > 0.0 ? spec.units : spec.share * r.out.groups[group.row].units;
    if (units <= 0.0 || (spec.units > 0.0 && spec.share > 0.0)) {
        r.problem(pointer, "needs one of \"units\" and \"share\", above 0");
    }
    else if (std::abs(units - std::round(units)) > 1e-6) {
        r.problem(pointer, fmt::format("is {:g} of {} units (half a machine carries nothing); give whole \"units\"", units,
                                       r.out.groups[group.row].units));
    }
    return {.group = group, .amount = std::round(units)};
}

Grant grant_of_term(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const term = std::ranges::find(terms, spec.term, &TermInfo::name);
    constexpr TermSet grantable = bit(Term::handover) | bit(Term::space) | bit(Term::network) | bit(Term::cooling);
    if (term == terms.end() || !(bit(term->term) & grantable) || !scope.hall) {
        r.problem(pointer + "/term",
                  fmt::format("\"{}\" cannot be granted here; activities of a hall grant handover, space, network and cooling", spec.term));
        return {};
    }
    if ((spec.it_W > 0.0) == (spec.share > 0.0)) {
        r.problem(pointer, "needs one of \"it_MW\" and \"share\" (of the hall's design power), above 0");
    }
    double const design_W = r.out.halls[scope.hall.row].design_W;
    return {.hall = scope.hall, .term = term->term, .amount = spec.it_W > 0.0 ? spec.it_W : spec.share * design_W};
}

/// No group may be put into service beyond its units.
void check_commissioned(Resolver& r)
{
    std::vector<double> units(r.out.groups.size());
    for (std::size_t a = 0; a < r.out.activities.size(); ++a) {
        for (auto const& grant : r.out.activities[a].grants) {
            if (!grant.group) {
                continue;
            }
            auto const& group = r.out.groups[grant.group.row];
            auto const before = units[grant.group.row];
            units[grant.group.row] += grant.amount;
            if (before <= group.units && units[grant.group.row] > group.units) {
                r.problem(r.activity_pointers[a],
                          fmt::format("puts unit {:g} of {} into service and there are {}; lower this grant or an earlier one",
                                      units[grant.group.row], group.name, group.units));
            }
        }
    }
}

/// Goods that activities of a campus use up, and what is ordered of them.
void check_goods(Resolver& r)
{
    std::vector<double> ordered(r.out.campuses.size() * r.out.items.size());
    auto const stock = [&r](Id<Campus> campus, Id<Item> item) { return campus.row * r.out.items.size() + item.row; };
    for (auto const& order : r.out.orders) {
        if (order.campus && order.maker) {
            ordered[stock(order.campus, r.out.makers[order.maker.row].item)] += order.units;
        }
    }
    std::vector<double> used(ordered.size());
    std::vector<std::size_t> first(ordered.size(), r.out.activities.size());
    for (std::size_t a = 0; a < r.out.activities.size(); ++a) {
        for (auto const& goods : r.out.activities[a].goods) {
            if (goods.item) {
                auto const at = stock(r.out.activities[a].campus, goods.item);
                bool const was_enough = used[at] <= ordered[at] * (1.0 + 1e-9);
                used[at] += goods.units;
                first[at] = was_enough && used[at] > ordered[at] * (1.0 + 1e-9) ? a : first[at];
            }
        }
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (first[i] < r.out.activities.size()) {
            auto const& campus = r.out.campuses[i / r.out.items.size()].name;
            auto const& item = r.out.items[i % r.out.items.size()].name;
            r.problem(r.activity_pointers[first[i]],
                      fmt::format("{} uses up {:g} {} and {:g} are ordered (the last would never start); order more or plan less", campus,
                                  used[i], item, ordered[i]));
        }
    }
}

} // namespace

Grant grant_of(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    bool const fence = spec.import_W > 0.0 || spec.on_site_W > 0.0;
    int const kinds =
        (spec.term.empty() ? 0 : 1) + (spec.group.empty() ? 0 : 1) + (spec.import_W > 0.0 ? 1 : 0) + (spec.on_site_W > 0.0 ? 1 : 0);
    if (kinds != 1 || !spec.rack.empty()) {
        r.problem(pointer, "needs exactly one of \"term\", \"group\", \"import_MW\", \"on_site_MW\"");
        return {};
    }
    if ((spec.it_W > 0.0 && spec.term.empty()) || (spec.units > 0.0 && spec.group.empty()) || (spec.share > 0.0 && fence)
        || (spec.non_firm && spec.import_W == 0.0)) {
        r.problem(pointer, "mixes kinds of grants (some keys would be ignored): a term has \"share\" or \"it_MW\", a group \"share\" or "
                           "\"units\", an import may be \"non_firm\"");
        return {};
    }
    if (fence) {
        auto const feed = spec.on_site_W > 0.0 ? Grant::Feed::on_site : spec.non_firm ? Grant::Feed::non_firm : Grant::Feed::firm;
        return {.campus = scope.campus, .term = Term::utility, .feed = feed, .amount = spec.import_W + spec.on_site_W};
    }
    return spec.group.empty() ? grant_of_term(r, spec, scope, pointer) : grant_of_group(r, spec, scope, pointer);
}

Grant taken_of(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    if (spec.rack.empty()) {
        return grant_of(r, spec, scope, pointer);
    }
    auto const kind = r.refer(r.kinds, spec.rack, pointer + "/rack");
    if (!kind || !scope.hall) {
        r.problem(pointer, "takes racks, which stand in halls: move the activity into a hall");
        return {};
    }
    auto const& hall = r.out.halls[scope.hall.row];
    auto const line = std::ranges::find(hall.lines, kind, &RackLine::kind);
    if (line == hall.lines.end() || spec.units < 1.0 || spec.units > line->racks || spec.units != std::floor(spec.units)) {
        r.problem(pointer, fmt::format("needs whole \"units\" of {}, from 1 to the {} planned for this hall", spec.rack,
                                       line == hall.lines.end() ? 0 : line->racks));
        return {};
    }
    auto const racks = static_cast<std::uint32_t>(spec.units);
    return {.hall = scope.hall,
            .term = Term::racks,
            .amount = racks * budget_W(r.out.kinds[kind.row]),
            .line = static_cast<std::uint32_t>(line - hall.lines.begin()),
            .racks = racks};
}

void check_totals(Resolver& r)
{
    check_commissioned(r);
    check_goods(r);
}

} // namespace aidc
