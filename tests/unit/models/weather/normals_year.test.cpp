// Years made from monthly normals: means are kept, and with spells the listed extremes are met.
#include "models/weather/normals_year.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

using namespace aidc;

namespace {

/// Abilene TX, TMY3: monthly means of dry bulb, daily range and relative humidity (EnergyPlus weather file).
MonthlyNormals abilene()
{
    return {.dry_bulb_mean_C = {2.57, 6.7, 13.33, 17.55, 22.37, 25.65, 28.17, 27.42, 23.82, 18.98, 12.21, 5.59},
            .daily_range_K = {11.75, 12.61, 11.42, 14.72, 12.17, 11.43, 12.3, 11.45, 10.53, 12.96, 13.53, 12.71},
            .relative_humidity = {0.64, 0.618, 0.587, 0.568, 0.642, 0.587, 0.525, 0.569, 0.586, 0.55, 0.588, 0.602}};
}

constexpr double abilene_m = 530.0;

/// A place with its normals and what its hours exceed; all figures computed from the file named.
struct Place {
    char const* name;
    double altitude_m;
    MonthlyNormals normals;
    DesignWeather design;
};

std::vector<Place> places()
{
    return {
        {"Abilene TX, TMY3",
         abilene_m,
         abilene(),
         {.dry_bulb_C = 36.7,
          .wet_bulb_C = 22.6,
          .evaporation = EvaporationWeather{.wet_bulb_C = 23.4, .dry_bulb_C = 30.9},
          .extremes = ListedExtremes{.dry_bulb_1_C = 36.1, .dry_bulb_99_6_C = -12.2}}},
        {"Phoenix AZ, ASHRAE 2009 and TMY3: a dry heat",
         337.0,
         {.dry_bulb_mean_C = {13.0, 15.7, 17.3, 23.7, 27.3, 34.0, 35.6, 33.8, 30.4, 24.8, 17.9, 11.7},
          .daily_range_K = {11.5, 11.7, 11.1, 15.4, 14.5, 13.6, 12.1, 11.6, 12.6, 13.1, 12.1, 10.7},
          .relative_humidity = {0.369, 0.516, 0.42, 0.225, 0.248, 0.195, 0.299, 0.316, 0.296, 0.347, 0.379, 0.505}},
         {.dry_bulb_C = 43.4,
          .wet_bulb_C = 21.1,
          .evaporation = EvaporationWeather{.wet_bulb_C = 24.5, .dry_bulb_C = 35.8},
          .extremes = ListedExtremes{.dry_bulb_1_C = 42.3, .dry_bulb_99_6_C = 3.7}}},
        {"Singapore, ERA5 2023: no seasons",
         19.0,
         {.dry_bulb_mean_C = {25.8, 26.2, 26.2, 27.6, 28.4, 28.0, 27.6, 27.8, 28.1, 28.2, 26.8, 26.3},
          .daily_range_K = {4.3, 4.8, 4.2, 4.3, 3.7, 3.7, 4.4, 4.5, 4.8, 6.1, 5.5, 4.7},
          .relative_humidity = {0.85, 0.831, 0.84, 0.834, 0.813, 0.818, 0.811, 0.794, 0.777, 0.786, 0.86, 0.88}},
         {.dry_bulb_C = 32.4,
          .wet_bulb_C = 24.7,
          .evaporation = EvaporationWeather{.wet_bulb_C = 26.7, .dry_bulb_C = 29.3},
          .extremes = ListedExtremes{.dry_bulb_1_C = 31.8, .dry_bulb_99_6_C = 23.4}}},
    };
}

double relative_humidity(Air const& air)
{
    return vapour_pressure_Pa(air.humidity_ratio, air.pressure_Pa) / saturation_pressure_Pa(air.dry_bulb_C);
}

template <class Of> Months means_of(std::vector<Air> const& hours, Of of)
{
    std::vector<double> values(hours.size());
    std::ranges::transform(hours, values.begin(), of);
    return monthly_means(values);
}

double mean_range_K(std::vector<Air> const& hours, std::size_t m)
{
    double sum_K = 0.0;
    for (int day = first_day_of_month[m]; day < first_day_of_month[m + 1]; ++day) {
        auto const begin = hours.begin() + 24 * day;
        auto const [low, high] = std::ranges::minmax(std::vector<Air>(begin, begin + 24), {}, &Air::dry_bulb_C);
        sum_K += high.dry_bulb_C - low.dry_bulb_C;
    }
    return sum_K / (first_day_of_month[m + 1] - first_day_of_month[m]);
}

} // namespace

TEST_CASE("a year from normals keeps every monthly mean", "[unit][weather]")
{
    auto const normals = abilene();
    auto const hours = year_from_normals(normals, abilene_m);
    REQUIRE(hours.size() == 8760);
    auto const dry_bulb_C = means_of(hours, &Air::dry_bulb_C);
    auto const humidity = means_of(hours, relative_humidity);
    for (std::size_t m = 0; m < 12; ++m) {
        INFO("month " << m + 1);
        CHECK_THAT(dry_bulb_C[m], WithinAbs(normals.dry_bulb_mean_C[m], 1e-6));
        CHECK_THAT(humidity[m], WithinAbs(normals.relative_humidity[m], 0.01));
        CHECK_THAT(mean_range_K(hours, m), WithinAbs(normals.daily_range_K[m], 0.4)); // hours are averages near the extremes
    }
}

TEST_CASE("the mean dew point of a month is near the station's", "[unit][weather]")
{
    // EnergyPlus .stat of Abilene TX: January -4.2, July 16.5 deg C. The normals say nothing of fronts, so 2 K.
    auto const dew_point_C = means_of(year_from_normals(abilene(), abilene_m), &Air::dew_point_C);
    CHECK_THAT(dew_point_C[0], WithinAbs(-4.2, 2.0));
    CHECK_THAT(dew_point_C[6], WithinAbs(16.5, 2.0));
}

TEST_CASE("a day is coldest near five and hottest near fifteen, at constant humidity ratio", "[unit][weather]")
{
    auto const hours = year_from_normals(abilene(), abilene_m);
    auto const begin = hours.begin() + 24 * 190;
    auto const by_dry_bulb = [](Air const& a, Air const& b) { return a.dry_bulb_C < b.dry_bulb_C; };
    auto const coldest = std::min_element(begin, begin + 24, by_dry_bulb) - begin;
    auto const hottest = std::max_element(begin, begin + 24, by_dry_bulb) - begin;
    CHECK((coldest == 4 || coldest == 5));
    CHECK((hottest == 14 || hottest == 15));
    CHECK(begin[2].humidity_ratio == begin[20].humidity_ratio);
}

TEST_CASE("humid normals saturate cold hours instead of failing", "[unit][weather]")
{
    MonthlyNormals normals;
    normals.dry_bulb_mean_C.fill(10.0);
    normals.daily_range_K.fill(10.0);
    normals.relative_humidity.fill(0.95);
    auto const hours = year_from_normals(normals, 0.0);
    CHECK_THAT(relative_humidity(hours[4]), WithinRel(1.0, 1e-9));
    CHECK(relative_humidity(hours[14]) < 1.0);
}

TEST_CASE("a year without spells does not reach the listed extremes", "[unit][weather]")
{
    auto const reached = exceeded(year_from_normals(abilene(), abilene_m));
    CHECK(reached.dry_bulb_0_4_C < 36.7 - 1.5);
    CHECK(reached.dry_bulb_99_6_C > -12.2 + 5.0);
}

TEST_CASE("a year with spells meets what is listed, keeps the means and is air", "[unit][weather]")
{
    for (auto const& place : places()) {
        INFO(place.name);
        auto const hours = year_with_spells(place.normals, place.design, place.altitude_m);
        REQUIRE(hours.size() == 8760);
        auto const reached = exceeded(hours);
        CHECK_THAT(reached.dry_bulb_0_4_C, WithinAbs(place.design.dry_bulb_C, 0.1));
        CHECK_THAT(reached.dry_bulb_1_C, WithinAbs(place.design.extremes->dry_bulb_1_C, 0.1));
        CHECK_THAT(reached.dry_bulb_99_6_C, WithinAbs(place.design.extremes->dry_bulb_99_6_C, 0.1));
        CHECK_THAT(reached.wet_bulb_0_4_C, WithinAbs(place.design.evaporation->wet_bulb_C, 0.5)); // Singapore: 0.3 K
        auto const dry_bulb_C = means_of(hours, &Air::dry_bulb_C);
        auto const humidity = means_of(hours, relative_humidity);
        for (std::size_t m = 0; m < 12; ++m) {
            CHECK_THAT(dry_bulb_C[m], WithinAbs(place.normals.dry_bulb_mean_C[m], 1e-6));
            CHECK_THAT(humidity[m], WithinAbs(place.normals.relative_humidity[m], 0.03));
        }
        for (std::size_t h = 0; h < hours.size(); ++h) {
            REQUIRE(relative_humidity(hours[h]) <= 1.0 + 1e-12);
            REQUIRE(hours[h].wet_bulb_C <= hours[h].dry_bulb_C);
            REQUIRE(std::abs(hours[(h + 1) % 8760].dry_bulb_C - hours[h].dry_bulb_C) < 5.0);
        }
    }
}

TEST_CASE("the hottest hours have the coincident wet bulb that is listed", "[unit][weather]")
{
    for (auto const& place : places()) {
        INFO(place.name);
        double sum_C = 0.0;
        int count = 0;
        for (auto const& air : year_with_spells(place.normals, place.design, place.altitude_m)) {
            bool const near = std::abs(air.dry_bulb_C - place.design.dry_bulb_C) <= 1.0;
            sum_C += near ? air.wet_bulb_C : 0.0;
            count += near ? 1 : 0;
        }
        REQUIRE(count > 20);
        CHECK_THAT(sum_C / count, WithinAbs(place.design.wet_bulb_C, 2.0)); // moist spells come on top of it
    }
}

TEST_CASE("without a listed wet bulb for evaporation the dry bulbs are the same", "[unit][weather]")
{
    auto place = places().front();
    auto const with = exceeded(year_with_spells(place.normals, place.design, place.altitude_m));
    place.design.evaporation.reset();
    auto const without = exceeded(year_with_spells(place.normals, place.design, place.altitude_m));
    CHECK(without.dry_bulb_0_4_C == with.dry_bulb_0_4_C);
    CHECK(without.wet_bulb_0_4_C < with.wet_bulb_0_4_C);
}

TEST_CASE("the same normals make the same year", "[unit][weather]")
{
    auto const place = places().front();
    auto const a = year_with_spells(place.normals, place.design, place.altitude_m);
    auto const b = year_with_spells(place.normals, place.design, place.altitude_m);
    CHECK(std::ranges::equal(a, b, {}, &Air::wet_bulb_C, &Air::wet_bulb_C));
}
