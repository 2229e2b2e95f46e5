#pragma once
/// \file
/// EnergyPlus weather files (EPW).

#include "sim/scenario/weather_rows.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// One of the 35 columns of an EPW file.
struct EpwColumn {
    std::string_view name;
    double missing{}; ///< Code of a missing value, in the unit of the file; a value that reaches it is missing
    double low{};     ///< Smallest value that can be
    double high{};    ///< Largest
    bool is_text = false;
};

/// The columns in order. Source: EnergyPlus Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary", fields N1 to
/// N34 and A1 with their \missing, \minimum and \maximum.
inline constexpr double epw_any = 1e12;
inline constexpr std::array epw_columns{
    EpwColumn{"year", epw_any, 0, 9999},
    EpwColumn{"month", epw_any, 1, 12},
    EpwColumn{"day", epw_any, 1, 31},
    EpwColumn{"hour", epw_any, 1, 24},
    EpwColumn{"minute", epw_any, 0, 60},
    EpwColumn{"flags of source and uncertainty", epw_any, 0, 0, true},
    EpwColumn{"dry bulb", 99.9, -70, 70},
    EpwColumn{"dew point", 99.9, -70, 70},
    EpwColumn{"relative humidity", 999, 0, 110},
    EpwColumn{"pressure", 999999, 31000, 120000},
    EpwColumn{"extraterrestrial horizontal radiation", 9999, 0, epw_any},
    EpwColumn{"extraterrestrial direct normal radiation", 9999, 0, epw_any},
    EpwColumn{"horizontal infrared radiation", 9999, 0, epw_any},
    EpwColumn{"global horizontal radiation", 9999, 0, epw_any},
    EpwColumn{"direct normal radiation", 9999, 0, epw_any},
    EpwColumn{"diffuse horizontal radiation", 9999, 0, epw_any},
    EpwColumn{"global horizontal illuminance", 999900, 0, epw_any},
    EpwColumn{"direct normal illuminance", 999900, 0, epw_any},
    EpwColumn{"diffuse horizontal illuminance", 999900, 0, epw_any},
    EpwColumn{"zenith luminance", 9999, 0, epw_any},
    EpwColumn{"wind direction", 999, 0, 360},
    EpwColumn{"wind speed", 999, 0, 40},
    EpwColumn{"total sky cover", 99, 0, 10},
    EpwColumn{"opaque sky cover", 99, 0, 10},
    EpwColumn{"visibility", 9999, 0, epw_any},
    EpwColumn{"ceiling height", 99999, 0, epw_any},
    EpwColumn{"present weather observation", epw_any, 0, 9},
    EpwColumn{"present weather codes", epw_any, 0, 0, true},
    EpwColumn{"precipitable water", 999, 0, epw_any},
    EpwColumn{"aerosol optical depth", 0.999, 0, epw_any},
    EpwColumn{"snow depth", 999, 0, epw_any},
    EpwColumn{"days since last snow", 99, 0, epw_any},
    EpwColumn{"albedo", 999, 0, epw_any},
    EpwColumn{"liquid precipitation depth", 999, 0, epw_any},
    EpwColumn{"liquid precipitation quantity", 99, 0, epw_any},
};

/// What a model of a site can use of one hour. A value that is missing for longer than longest_gap_h is NaN, but for dry bulb,
/// humidity and pressure, where that is an error.
struct EpwRow {
    double dry_bulb_C{};                  ///< [deg C]
    double dew_point_C{};                 ///< [deg C]
    double relative_humidity{};           ///< 0...1
    double pressure_Pa{};                 ///< At the station [Pa]
    double global_horizontal_W_per_m2{};  ///< Mean radiation of the hour on level ground [W/m2]
    double direct_normal_W_per_m2{};      ///< On a plane that faces the sun [W/m2]
    double diffuse_horizontal_W_per_m2{}; ///< From the sky, on level ground [W/m2]
    double wind_m_per_s{};                ///< [m/s]
};

/// LOCATION, the first line of the header.
struct EpwLocation {
    std::string name, region, country, source, station; ///< As written
    double latitude_deg{};                              ///< North positive
    double longitude_deg{};                             ///< East positive
    double utc_offset_h{};                              ///< Of local standard time
    double altitude_m{};                                ///< Above sea level [m]
};

/// A whole file.
struct EpwFile {
    EpwLocation location;
    std::vector<EpwRow> rows;                              ///< 8760 hours of a common year; row 0 is hour 1 of 1 January
    std::size_t filled_hours{};                            ///< Hours with a dry bulb, humidity or pressure from the neighbours
    std::array<std::size_t, epw_columns.size()> missing{}; ///< Missing values by column, filled or not
    bool had_leap_day = false;                             ///< Had a 29 February, which is left out
};

/// Reads and checks a file: header (LOCATION, DATA PERIODS: one period of a whole year, one record an hour), 35 columns (files
/// of older programs have 32), hours 1 to 24 in local standard time in their order, 8760 or 8784 of them. Hour h is the hour
/// that ends at h:00. Short gaps are filled and counted; a missing relative humidity is taken from the dew point.
/// \throws InputErrors  with file and line
EpwFile read_epw(std::filesystem::path const& path);

/// Moist air of a file: dry bulb, relative humidity (above 1 is saturation), pressure.
/// \throws InputErrors  where the three together are more steam than air
WeatherYear read_epw_year(std::filesystem::path const& path);

} // namespace aidc
