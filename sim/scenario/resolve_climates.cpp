#include "sim/scenario/resolve.hpp"

#include "sim/scenario/weather_file.hpp"

#include <cmath>

namespace aidc {
namespace {

/// Normals that no place has would make hours that are not air.
bool are_of_this_earth(Resolver& r, NormalsSpec const& normals, std::string const& pointer)
{
    constexpr double largest_step_K = 35.0; // Siberia stays below 25 K from month to month
    constexpr double hottest_C = 60.0;      // above every record
    auto const before = r.problems.size();
    for (std::size_t m = 0; m < 12; ++m) {
        double const now_C = normals.dry_bulb_mean_C[m];
        double const last_C = normals.dry_bulb_mean_C[(m + 11) % 12];
        if (std::abs(now_C - last_C) > largest_step_K) {
            r.problem(at(r.written(pointer + "/dry_bulb_mean"), m),
                      fmt::format("is {:g} C after {:g} C the month before; no place changes that fast: check the sign", now_C, last_C));
        }
        if (now_C + 0.5 * normals.daily_range_K[m] > hottest_C) {
            r.problem(at(r.written(pointer + "/daily_range"), m),
                      fmt::format("makes afternoons of {:g} C on the mean; no place is above {:g} C",
                                  now_C + 0.5 * normals.daily_range_K[m], hottest_C));
        }
    }
    return r.problems.size() == before;
}

/// Is the listed pair of bulbs possible? A wet bulb too far below asks for less than no moisture.
bool is_possible(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    auto const& design = spec.design;
    if (design.wet_bulb_C > design.dry_bulb_C) {
        r.problem(pointer + "/design", "has a wet bulb above its dry bulb");
        return false;
    }
    if (humidity_ratio_of_wet_bulb(design.dry_bulb_C, design.wet_bulb_C, pressure_at_altitude_Pa(spec.altitude_m)) < 0.0) {
        r.problem(pointer + "/design/wet_bulb",
                  fmt::format("is {:g} C and lower than that of dry air of {:g} C; check both", design.wet_bulb_C, design.dry_bulb_C));
        return false;
    }
    return true;
}

std::vector<Air> hours_of(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    if (spec.normals.has_value() == !spec.epw.empty()) {
        r.problem(pointer, "needs either \"normals\" or \"epw\": one source of hourly weather");
        return {};
    }
    if (spec.normals && !are_of_this_earth(r, *spec.normals, pointer + "/normals")) {
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
        if (!is_possible(r, spec, pointer)) {
            r.out.climates.push_back({.name = spec.name});
            continue;
        }
        r.out.climates.push_back(
            {.name = spec.name, .altitude_m = spec.altitude_m, .design = spec.design, .hours = hours_of(r, spec, pointer)});
    }
}

} // namespace aidc
