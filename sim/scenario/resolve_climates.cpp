#include "sim/scenario/resolve.hpp"

#include "sim/scenario/weather_file.hpp"

namespace aidc {
namespace {

std::vector<Air> hours_of(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    if (spec.normals.has_value() == !spec.epw.empty()) {
        r.problem(pointer, "needs either \"normals\" or \"epw\": one source of hourly weather");
        return {};
    }
    if (spec.normals) {
        MonthlyNormals const normals{.dry_bulb_mean_C = spec.normals->dry_bulb_mean_C,
                                     .daily_range_K = spec.normals->daily_range_K,
                                     .relative_humidity = spec.normals->relative_humidity};
        return year_from_normals(normals, spec.altitude_m);
    }
    try {
        return read_epw(r.folder / spec.epw);
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            r.problem(pointer + "/epw", problem.where + ": " + problem.message);
        }
        return {};
    }
}

} // namespace

void resolve_climates(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.climates.size(); ++i) {
        auto const& spec = r.spec.climates[i];
        auto const pointer = at("/climates", i);
        r.declare(r.climates, spec.name, i, pointer + "/name");
        if (spec.design.wet_bulb_C > spec.design.dry_bulb_C) {
            r.problem(pointer + "/design", "has a wet bulb above its dry bulb");
            r.out.climates.push_back({.name = spec.name});
            continue;
        }
        r.out.climates.push_back({.name = spec.name, .altitude_m = spec.altitude_m, .design = spec.design, .hours = hours_of(r, spec, pointer)});
    }
}

} // namespace aidc
