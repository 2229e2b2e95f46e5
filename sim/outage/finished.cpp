#include "sim/outage/finished.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// What all activities of the buildout leave behind.
struct Ends {
    double import_W{};
    std::vector<double> units;                    ///< By group
    std::vector<std::vector<std::int64_t>> racks; ///< By hall and line
};

void count(Grant const& grant, double sign, Id<Campus> campus, Ends& ends)
{
    if (grant.group) {
        ends.units[grant.group.row] += sign * grant.amount;
    }
    else if (grant.campus) {
        ends.import_W += grant.campus == campus ? sign * grant.amount : 0.0;
    }
    else if (grant.term == Term::racks) {
        ends.racks[grant.hall.row][grant.line] += static_cast<std::int64_t>(sign) * grant.racks;
    }
}

Ends ends_of(Buildout const& b, Id<Campus> campus)
{
    Ends ends{.import_W = 0.0, .units = std::vector<double>(b.groups.size(), 0.0), .racks = {}};
    for (auto const& hall : b.halls) {
        ends.racks.emplace_back(hall.lines.size(), 0);
    }
    for (auto const& activity : b.activities) {
        for (auto const& grant : activity.grants) {
            count(grant, 1.0, campus, ends);
        }
        for (auto const& grant : activity.takes) {
            count(grant, -1.0, campus, ends);
        }
    }
    for (std::size_t g = 0; g < b.groups.size(); ++g) {
        ends.units[g] = b.groups[g].granted ? std::clamp<double>(ends.units[g], 0.0, b.groups[g].units) : b.groups[g].units;
    }
    return ends;
}

} // namespace

Moment finished_campus(Buildout const& b, Id<Campus> campus, Air const& air, double busy)
{
    auto const ends = ends_of(b, campus);
    Moment moment{.site = {.campus = campus,
                           .power = b.campuses[campus.row].power,
                           .buildings = b.buildings,
                           .halls = b.halls,
                           .kinds = b.kinds,
                           .groups = b.groups},
                  .outdoors = air,
                  .busy = busy,
                  .import_W = ends.import_W,
                  .commissioned = ends.units,
                  .lines = {},
                  .trace_W = {}};
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        for (std::size_t l = 0; b.halls[h].campus == campus && l < ends.racks[h].size(); ++l) {
            auto const racks = std::clamp<std::int64_t>(ends.racks[h][l], 0, b.halls[h].lines[l].racks);
            if (racks > 0) {
                moment.lines.push_back(
                    {.hall = id<Hall>(h), .line = static_cast<std::uint32_t>(l), .racks = static_cast<std::uint32_t>(racks)});
            }
        }
    }
    return moment;
}

double accelerators_of(Buildout const& b, Moment const& moment)
{
    double sum = 0.0;
    for (auto const& line : moment.lines) {
        sum += static_cast<double>(line.racks) * accelerators(b.kinds[b.halls[line.hall.row].lines[line.line].kind.row]);
    }
    return sum;
}

} // namespace aidc
