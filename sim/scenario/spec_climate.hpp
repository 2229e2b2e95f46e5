#pragma once
/// \file
/// Climates as written.

#include "models/weather/normals_year.hpp"
#include "sim/scenario/field.hpp"

#include <optional>
#include <string>

namespace aidc {

/// Weather of a place: design weather, and one source of hours.
struct ClimateSpec {
    std::string name, source, epw, csv;
    double altitude_m{};
    DesignWeather design;
    std::optional<MonthlyNormals> normals;
};

template <class V> void describe(V& v, EvaporationWeather& x)
{
    v.quantity({"wet_bulb", Need::required, "Exceeded 0.4 % of the hours"}, "C", x.wet_bulb_C, {.low = -40.0, .high = 40.0});
    v.quantity({"dry_bulb", Need::required, "Dry bulb that goes with it"}, "C", x.dry_bulb_C, {.low = -40.0, .high = 60.0});
}

template <class V> void describe(V& v, ListedExtremes& x)
{
    v.quantity({"dry_bulb_1", Need::required, "Exceeded 1 % of the hours"}, "C", x.dry_bulb_1_C, {.low = -40.0, .high = 60.0});
    v.quantity({"dry_bulb_99_6", Need::required, "Exceeded 99.6 % of the hours: the cold end"}, "C", x.dry_bulb_99_6_C,
               {.low = -60.0, .high = 40.0});
}

template <class V> void describe(V& v, DesignWeather& x)
{
    v.quantity({"dry_bulb", Need::required, "Design dry bulb, 0.4 % of the hours"}, "C", x.dry_bulb_C, {.low = -40.0, .high = 60.0});
    v.quantity({"wet_bulb", Need::required, "Wet bulb that goes with it"}, "C", x.wet_bulb_C, {.low = -40.0, .high = 40.0});
    v.maybe({"evaporation", Need::optional, "0.4 % wet bulb, for cooling towers; absent: the two above"}, x.evaporation);
    v.maybe({"extremes", Need::optional, "Further listed dry bulbs; a year from normals then has spells and meets all listed values"},
            x.extremes);
}

template <class V> void describe(V& v, MonthlyNormals& x)
{
    v.numbers({"dry_bulb_mean", Need::required, "Monthly mean dry bulb, January first"}, "C", x.dry_bulb_mean_C,
              {.low = -60.0, .high = 50.0});
    v.numbers({"daily_range", Need::required, "Monthly mean of daily maximum less minimum"}, "K", x.daily_range_K,
              {.low = 0.0, .high = 40.0});
    v.numbers({"relative_humidity", Need::required, "Monthly mean relative humidity"}, "share", x.relative_humidity, share);
}

template <class V> void describe(V& v, ClimateSpec& x)
{
    v.text({"name", Need::required, "Name that campuses refer to"}, x.name);
    v.text({"source", Need::required, "Where the numbers come from; a proxy names its station"}, x.source);
    v.quantity({"altitude", Need::required, "Above sea level"}, "m", x.altitude_m, {.low = -450.0, .high = 6000.0});
    v.object({"design", Need::required, "Listed design weather, for firm capacity"}, x.design);
    v.maybe({"normals", Need::optional, "Monthly normals, from which an hourly year is made"}, x.normals);
    v.text({"epw", Need::optional, "Hourly weather file (EnergyPlus), instead of normals"}, x.epw);
    v.text({"csv", Need::optional, "Hourly weather table, instead of normals"}, x.csv);
}

} // namespace aidc
