#include "sim/scenario/resolve.hpp"

namespace aidc {
namespace {

/// Power a set of halls is built for.
template <class Of> double design_sum_W(Buildout const& out, Of const& of)
{
    double sum_W = 0.0;
    for (auto const& hall : out.halls) {
        sum_W += of(hall) ? hall.design_W : 0.0;
    }
    return sum_W;
}

DesignSite site_of(Buildout const& out, Hall const& hall)
{
    auto const& building = out.buildings[hall.building.row];
    auto const& campus = out.campuses[hall.campus.row];
    double const of_building = hall.design_W / design_sum_W(out, [&](Hall const& other) { return other.building == hall.building; });
    double const of_campus = hall.design_W / design_sum_W(out, [&](Hall const& other) { return other.campus == hall.campus; });
    return {.hall = &hall,
            .building = &building,
            .campus = &campus,
            .climate = &out.climates[campus.climate.row],
            .kinds = out.kinds,
            .coolers = of_building * out.groups[building.coolers.row].units,
            .ups_units = static_cast<double>(out.groups[hall.ups_group.row].units),
            .transformers = of_campus * out.groups[campus.transformers.row].units};
}

void derive_curves(Resolver& r, std::vector<DesignSite> const& sites)
{
    for (std::size_t h = 0; h < sites.size(); ++h) {
        try {
            r.out.curves.push_back(design_curves(sites[h]));
        }
        catch (SolverError const& error) {
            r.problem(r.hall_pointers[h],
                      fmt::format("cannot run with all its racks at design weather: {}; check the plant", error.what()));
        }
    }
}

} // namespace

void derive_design(Resolver& r)
{
    std::vector<DesignSite> sites;
    for (auto const& hall : r.out.halls) {
        sites.push_back(site_of(r.out, hall));
    }
    derive_curves(r, sites);
}

} // namespace aidc
