#include "sim/record/together.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<Id<Hall>> planned_order(Buildout const& b, Id<Campus> campus)
{
    std::vector<Id<Hall>> halls;
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        if (b.halls[h].campus == campus) {
            halls.push_back(id<Hall>(h));
        }
    }
    std::ranges::stable_sort(halls, {}, [&b](Id<Hall> hall) { return b.halls[hall.row].handover_order; });
    return halls;
}

double firm_of(Buildout const& b, World const& world, Id<UnitGroup> group)
{
    return group ? firm_group_W(b.groups[group.row], world.groups[group].commissioned) : infinity;
}

FirmSupply supply_of(Buildout const& b, World const& world, Id<Campus> campus)
{
    auto const& c = b.campuses[campus.row];
    FirmSupply supply{.utility_W = world.campuses[campus].counted_W,
                      .substation_W = firm_of(b, world, c.transformers),
                      .backup_W = firm_of(b, world, c.gensets)};
    for (auto const& building : b.buildings) {
        supply.cooling_W.push_back(firm_of(b, world, building.coolers));
    }
    return supply;
}

/// The terms of a hall that make it ready and that it shares with nobody; cooling includes its own CDUs.
double own_ready_W(HallState const& hall, double design_W)
{
    double own_W = design_W;
    for (auto const term : {Term::distribution, Term::cooling, Term::handover, Term::space}) {
        own_W = std::min(own_W, hall.term_W[index(term)]);
    }
    return own_W;
}

double carried_W(std::vector<HallClaim> const& claims, FirmSupply const& supply)
{
    auto const firm_W = fill_shared(claims, supply);
    double sum_W = 0.0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        sum_W += std::min(claims[i].own_W, std::ranges::min(firm_W[i]));
    }
    return sum_W;
}

} // namespace

Together TogetherSums::of(World const& world, Id<Campus> campus)
{
    auto const halls = planned_order(buildout_, campus);
    auto supply = supply_of(buildout_, world, campus);
    std::vector<double> inputs{supply.utility_W, supply.substation_W, supply.backup_W};
    inputs.insert(inputs.end(), supply.cooling_W.begin(), supply.cooling_W.end());
    double live_W = 0.0;
    for (auto const hall : halls) {
        inputs.push_back(own_ready_W(world.halls[hall], buildout_.halls[hall.row].design_W));
        live_W += world.halls[hall].live_W;
    }
    auto& last = last_[campus.row];
    if (inputs != last.inputs) {
        std::vector<HallClaim> claims;
        for (std::size_t i = 0; i < halls.size(); ++i) {
            auto const& hall = buildout_.halls[halls[i].row];
            claims.push_back({.own_W = inputs[inputs.size() - halls.size() + i],
                              .backup_share = hall.backup_share,
                              .curves = &buildout_.curves[halls[i].row],
                              .building = hall.building.row});
        }
        last.sums.ready_W = carried_W(claims, supply);
        supply.backup_W = infinity;
        std::ranges::fill(supply.cooling_W, infinity);
        for (std::size_t i = 0; i < halls.size(); ++i) {
            claims[i].own_W = buildout_.halls[halls[i].row].design_W;
        }
        last.sums.energised_W = carried_W(claims, supply);
        last.inputs = std::move(inputs);
    }
    // What is live was carried when it went live, in the order of that day.
    return {.energised_W = std::max(last.sums.energised_W, live_W), .ready_W = std::max(last.sums.ready_W, live_W)};
}

} // namespace aidc
