#include "sim/scenario/resolve.hpp"

#include "sim/scenario/weather_csv.hpp"
#include "sim/scenario/weather_epw.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Normals that no place has would make hours that are not air.
bool are_of_this_earth(Resolver& r, MonthlyNormals const& normals, std::string const& pointer)
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

/// Is a pair of bulbs possible? A wet bulb too far below asks for less than no moisture.
bool is_possible(Resolver& r, double dry_bulb_C, double wet_bulb_C, double altitude_m, std::string const& pointer)
{
    if (wet_bulb_C > dry_bulb_C) {
        r.problem(pointer, "has a wet bulb above its dry bulb");
        return false;
    }
    if (humidity_ratio_of_wet_bulb(dry_bulb_C, wet_bulb_C, pressure_at_altitude_Pa(altitude_m)) < 0.0) {
        r.problem(pointer + "/wet_bulb",
                  fmt::format("is {:g} C and lower than that of dry air of {:g} C; check both", wet_bulb_C, dry_bulb_C));
        return false;
    }
    return true;
}

/// Are the listed values one place's? What is exceeded more often is lower.
bool is_possible(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    auto const& design = spec.design;
    auto const before = r.problems.size();
    is_possible(r, design.dry_bulb_C, design.wet_bulb_C, spec.altitude_m, pointer);
    if (design.evaporation) {
        auto const& evaporation = *design.evaporation;
        is_possible(r, evaporation.dry_bulb_C, evaporation.wet_bulb_C, spec.altitude_m, pointer + "/evaporation");
        if (evaporation.wet_bulb_C < design.wet_bulb_C) {
            r.problem(pointer + "/evaporation/wet_bulb",
                      fmt::format("is {:g} C, below the {:g} C that go with the design dry bulb; the 0.4 % wet bulb is the larger one",
                                  evaporation.wet_bulb_C, design.wet_bulb_C));
        }
    }
    if (design.extremes && !(design.extremes->dry_bulb_1_C < design.dry_bulb_C)) {
        r.problem(pointer + "/extremes/dry_bulb_1",
                  fmt::format("is {:g} C and must lie below the 0.4 % value of {:g} C", design.extremes->dry_bulb_1_C, design.dry_bulb_C));
    }
    if (design.extremes && !(design.extremes->dry_bulb_99_6_C < design.extremes->dry_bulb_1_C)) {
        r.problem(pointer + "/extremes/dry_bulb_99_6", fmt::format("is {:g} C and must lie below the 1 % value of {:g} C",
                                                                   design.extremes->dry_bulb_99_6_C, design.extremes->dry_bulb_1_C));
    }
    return r.problems.size() == before;
}

/// Complains about each listed value that a made year does not meet.
void check_extremes(Resolver& r, DesignWeather const& design, std::vector<Air> const& hours, std::string const& pointer)
{
    constexpr double tolerance_K = 0.5;
    auto const made = exceeded(hours);
    auto const check = [&](char const* key, double listed_C, double made_C) {
        if (std::abs(made_C - listed_C) > tolerance_K) {
            r.problem(pointer + key, fmt::format("is {:g} C, and a year of these normals can only be made with {:.1f} C; check both, or "
                                                 "leave \"extremes\" out for a year without spells",
                                                 listed_C, made_C));
        }
    };
    check("/dry_bulb", design.dry_bulb_C, made.dry_bulb_0_4_C);
    check("/extremes/dry_bulb_1", design.extremes->dry_bulb_1_C, made.dry_bulb_1_C);
    check("/extremes/dry_bulb_99_6", design.extremes->dry_bulb_99_6_C, made.dry_bulb_99_6_C);
    if (design.evaporation) {
        check("/evaporation/wet_bulb", design.evaporation->wet_bulb_C, made.wet_bulb_0_4_C);
    }
}

WeatherYear year_of_normals(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    if (!are_of_this_earth(r, *spec.normals, pointer + "/normals")) {
        return {};
    }
    if (!spec.design.extremes) {
        return {.hours = year_from_normals(*spec.normals, spec.altitude_m)};
    }
    auto hours = year_with_spells(*spec.normals, spec.design, spec.altitude_m);
    check_extremes(r, spec.design, hours, pointer + "/design");
    return {.hours = std::move(hours)};
}

WeatherYear year_of(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    if ((spec.normals ? 1 : 0) + (spec.epw.empty() ? 0 : 1) + (spec.csv.empty() ? 0 : 1) != 1) {
        r.problem(pointer, "needs either \"normals\" or \"epw\" or \"csv\": one source of hourly weather");
        return {};
    }
    if (spec.normals) {
        return year_of_normals(r, spec, pointer);
    }
    try {
        return spec.csv.empty() ? read_epw_year(r.folder / spec.epw) : read_csv_year(r.folder / spec.csv, spec.altitude_m);
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            r.problem(pointer + (spec.csv.empty() ? "/epw" : "/csv"), problem.where + ": " + problem.message);
        }
        return {};
    }
}

/// The same, made only once for all scenarios of a file; what has problems is not kept.
WeatherYear kept_year_of(Resolver& r, ClimateSpec const& spec, std::string const& pointer)
{
    auto const key = r.document.root.at(Json::json_pointer(pointer)).dump();
    if (auto const made = r.years.find(key); made != r.years.end()) {
        return made->second;
    }
    auto const before = r.problems.size();
    auto year = year_of(r, spec, pointer);
    if (r.problems.size() == before) {
        constexpr std::size_t most_kept = 64; // each is some hundred kB
        if (r.years.size() == most_kept) {
            r.years.clear();
        }
        r.years.emplace(key, year);
    }
    return year;
}

} // namespace

void resolve_climates(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.climates.size(); ++i) {
        auto const& spec = r.spec.climates[i];
        auto const pointer = at("/climates", i);
        r.declare(r.climates, spec.name, i, pointer + "/name");
        if (!is_possible(r, spec, pointer + "/design")) {
            r.out.climates.push_back({.name = spec.name});
            continue;
        }
        bool const used = std::ranges::find(r.spec.campuses, spec.name, &CampusSpec::climate) != r.spec.campuses.end();
        auto year = used ? kept_year_of(r, spec, pointer) : WeatherYear{}; // making a year takes time
        r.out.climates.push_back({.name = spec.name,
                                  .altitude_m = spec.altitude_m,
                                  .design = spec.design,
                                  .hours = std::move(year.hours),
                                  .filled_hours = year.filled_hours});
    }
}

} // namespace aidc
