// Weather files of others, where the folder of data sets is there: what is read agrees with what was published about them.
#include "models/weather/seasonal_curve.hpp"
#include "sim/scenario/weather_csv.hpp"
#include "sim/scenario/weather_epw.hpp"
#include "tests/unit/sim/scenario/weather_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

/// Monthly means of a station as EnergyPlus printed them into the .stat file beside its weather file.
struct Station {
    char const* file;
    Months dry_bulb_C, dew_point_C, humidity_pct;
};

constexpr std::array stations{
    Station{"CHN_Zhejiang.Hangzhou.584570_SWERA.epw",
            {4.5, 6.4, 11.0, 15.8, 21.2, 23.4, 28.6, 28.5, 23.2, 18.0, 11.9, 6.7},
            {0.1, 2.4, 6.7, 11.4, 16.3, 20.4, 24.1, 23.9, 20.0, 13.9, 7.1, 1.4},
            {75.0, 78.0, 77.0, 78.0, 76.0, 84.0, 78.0, 78.0, 83.0, 79.0, 75.0, 72.0}},
    Station{"USA_IA_Council.Bluffs.Muni.AP.725497_TMY3.epw",
            {-3.3, -5.9, 7.8, 10.8, 17.3, 21.6, 21.7, 23.8, 19.7, 12.2, 1.9, 0.4},
            {-8.1, -9.2, 1.8, 6.8, 8.3, 18.5, 18.6, 20.0, 13.5, 5.8, -4.2, -2.9},
            {67.0, 76.0, 69.0, 79.0, 58.0, 84.0, 83.0, 81.0, 69.0, 68.0, 63.0, 79.0}},
    Station{"USA_VA_Sterling-Washington.Dulles.Intl.AP.724030_TMY3.epw",
            {0.6, 1.6, 7.7, 12.5, 18.2, 22.5, 24.5, 23.0, 20.1, 11.9, 7.8, 1.0},
            {-6.3, -4.4, -0.9, 4.4, 12.0, 16.2, 19.2, 17.7, 15.4, 5.1, 2.6, -4.8},
            {61.0, 68.0, 60.0, 63.0, 72.0, 71.0, 75.0, 74.0, 77.0, 67.0, 73.0, 68.0}},
};

/// 0.4 %, 1 % and 99.6 % dry bulb and mean dry bulb of a table, counted by another program (sorted hours).
struct Table {
    char const* file;
    double altitude_m, at_0_4_C, at_1_C, at_99_6_C, at_wet_0_4_C;
};

constexpr std::array tables{
    Table{"Guangzhou_2010_uci.csv", 21.0, 35.1, 34.4, 5.4, 27.0}, Table{"Shanghai_2012_uci.csv", 4.0, 36.0, 35.0, -3.0, 28.2},
    Table{"Beijing_2010_uci.csv", 44.0, 36.0, 34.0, -15.0, 26.6}, Table{"SG_2023_era5.csv", 0.0, 32.4, 31.8, 23.4, 26.7},
    Table{"IN-WE_2023_era5.csv", 0.0, 35.7, 35.0, 16.9, 27.7},    Table{"US-TEX-ERCO_2023_era5.csv", 0.0, 41.1, 40.1, -2.2, 27.2},
};

} // namespace

TEST_CASE("monthly means of weather files are those of EnergyPlus", "[data]")
{
    auto const folder = data_folder();
    for (auto const& station : stations) {
        if (folder.empty()) {
            return;
        }
        INFO(station.file);
        auto const file = read_epw(folder / "weather" / station.file);
        CHECK(file.filled_hours == 0);
        auto const means = [&file](auto member) {
            std::vector<double> values(file.rows.size());
            std::ranges::transform(file.rows, values.begin(), member);
            return monthly_means(values);
        };
        auto const dry_bulb_C = means(&EpwRow::dry_bulb_C);
        auto const dew_point_C = means(&EpwRow::dew_point_C);
        auto const humidity = means(&EpwRow::relative_humidity);
        for (std::size_t m = 0; m < 12; ++m) {
            INFO("month " << m + 1);
            CHECK_THAT(dry_bulb_C[m], WithinAbs(station.dry_bulb_C[m], 0.0501)); // printed to 0.1 K
            CHECK_THAT(dew_point_C[m], WithinAbs(station.dew_point_C[m], 0.0501));
            CHECK_THAT(100.0 * humidity[m], WithinAbs(station.humidity_pct[m], 0.501)); // printed to 1 %
        }
    }
}

TEST_CASE("tables of measured and of reanalysed weather are read as they are", "[data]")
{
    auto const folder = data_folder();
    for (auto const& table : tables) {
        if (folder.empty()) {
            return;
        }
        INFO(table.file);
        auto const year = read_csv_year(folder / "weather" / table.file, table.altitude_m);
        CHECK(year.hours.size() == 8760);
        CHECK(year.filled_hours == 0);
        auto const reached = exceeded(year.hours);
        CHECK_THAT(reached.dry_bulb_0_4_C, WithinAbs(table.at_0_4_C, 0.05));
        CHECK_THAT(reached.dry_bulb_1_C, WithinAbs(table.at_1_C, 0.05));
        CHECK_THAT(reached.dry_bulb_99_6_C, WithinAbs(table.at_99_6_C, 0.11));
        CHECK_THAT(reached.wet_bulb_0_4_C, WithinAbs(table.at_wet_0_4_C, 0.1));
    }
}
