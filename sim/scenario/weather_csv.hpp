#pragma once
/// \file
/// Hourly weather as a plain table (CSV).

#include "sim/scenario/weather_rows.hpp"

#include <filesystem>

namespace aidc {

/// Reads a table of a year: the first line names the columns, each with its unit; every further line is an hour.
///
/// | column | or | meaning |
/// |---|---|---|
/// | `time` | `time_local`; `month`, `day`, `hour` (0 to 23) | "YYYY-MM-DD HH:MM" (or with T) in local standard time |
/// | `dry_bulb_C` | `Tdb_C` | dry bulb |
/// | `relative_humidity_pct` | `relative_humidity_share`, `RH_pct` | humidity; or else |
/// | `dew_point_C` | `Tdp_C` | dew point; or else |
/// | `wet_bulb_C` | `Twb_C` | wet bulb |
/// | `pressure_hPa` | `pressure_Pa`, `pressure_kPa`, `P_hPa` | at the station; absent: the standard atmosphere at `altitude_m` |
///
/// A field that is empty, "NA" or "NaN" is missing, and so is an hour without a line: gaps of up to longest_gap_h are filled
/// and counted. Humidity above saturation by at most 1 % or 0.5 K is saturation. 29 February is left out.
/// \throws InputErrors  with file and line: unknown column, no unit, hours out of order or doubled, long gaps, no possible air
WeatherYear read_csv_year(std::filesystem::path const& path, double altitude_m);

} // namespace aidc
