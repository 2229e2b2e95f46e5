#include "sim/scenario/weather_epw.hpp"

#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;
constexpr std::size_t header_lines = 8;
constexpr std::size_t fewest_columns = 32;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Columns that are kept, and their factor to SI.
struct Kept {
    std::size_t column;
    double EpwRow::*member;
    double factor;
    bool is_needed;
};
constexpr std::array kept{
    Kept{6, &EpwRow::dry_bulb_C, 1.0, true},
    Kept{7, &EpwRow::dew_point_C, 1.0, false},
    Kept{8, &EpwRow::relative_humidity, 0.01, true},
    Kept{9, &EpwRow::pressure_Pa, 1.0, true},
    Kept{13, &EpwRow::global_horizontal_W_per_m2, 1.0, false}, // Wh/m2 in an hour
    Kept{14, &EpwRow::direct_normal_W_per_m2, 1.0, false},
    Kept{15, &EpwRow::diffuse_horizontal_W_per_m2, 1.0, false},
    Kept{21, &EpwRow::wind_m_per_s, 1.0, false},
};

/// Reads one file; problems are collected.
class EpwReader {
  public:
    explicit EpwReader(std::filesystem::path const& path) : text_(read_text(path)), lines_(lines_of(text_)), problems_(path) {}

    EpwFile read()
    {
        read_header();
        problems_.throw_if_any();
        file_.rows.reserve(hours_per_year);
        for (std::size_t i = header_lines; i < lines_.size(); ++i) {
            read_line(i);
        }
        if (file_.rows.size() != hours_per_year) {
            problems_.add(lines_.size(), fmt::format("is the last line, after {} hours of {} (29 February apart); a whole year is needed",
                                                     file_.rows.size(), hours_per_year));
        }
        problems_.throw_if_any();
        take_humidity_from_dew_points();
        fill();
        problems_.throw_if_any();
        return std::move(file_);
    }

  private:
    void read_header()
    {
        if (lines_.size() < header_lines || !lines_[0].starts_with("LOCATION") || !lines_[header_lines - 1].starts_with("DATA PERIODS")) {
            problems_.add(1, "is no EPW file: it needs eight header lines from LOCATION to DATA PERIODS");
            return;
        }
        auto const location = fields_of(lines_[0]);
        std::array const numbers{&file_.location.latitude_deg, &file_.location.longitude_deg, &file_.location.utc_offset_h,
                                 &file_.location.altitude_m};
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            auto const value = location.size() > 6 + i ? number_in(location[6 + i]) : std::nullopt;
            if (!value) {
                problems_.add(1, "needs latitude, longitude, time zone and altitude as numbers in fields 7 to 10");
                return;
            }
            *numbers[i] = *value;
        }
        file_.location.name = location[1];
        file_.location.region = location[2];
        file_.location.country = location[3];
        file_.location.source = location[4];
        file_.location.station = location[5];
        auto const periods = fields_of(lines_[header_lines - 1]);
        if (periods.size() < 7 || number_in(periods[1]) != 1.0 || number_in(periods[2]) != 1.0) {
            problems_.add(header_lines, "needs one period with one record an hour: \"DATA PERIODS,1,1,...\"; take a whole hourly year");
        }
    }

    void read_line(std::size_t i)
    {
        auto const fields = fields_of(lines_[i]);
        if (fields.size() < fewest_columns || fields.size() > epw_columns.size()) {
            problems_.add(i + 1, fmt::format("has {} fields and an EPW line has {} (at least {})", fields.size(), epw_columns.size(),
                                             fewest_columns));
            return;
        }
        std::array<double, epw_columns.size()> values{};
        for (std::size_t column = 0; column < epw_columns.size(); ++column) {
            values[column] = column < fields.size() ? value(i + 1, column, fields[column]) : nothing;
        }
        auto const place = place_of(values[1], values[2], values[3] - 1.0);
        if (!place) {
            problems_.add(i + 1, "has no month, day and hour (1 to 24) that a year has");
            return;
        }
        file_.had_leap_day = file_.had_leap_day || place->is_leap_day;
        if (place->is_leap_day) {
            return;
        }
        if (place->hour != file_.rows.size()) {
            problems_.add(i + 1, fmt::format("is {} and {} should follow; hours are missing, doubled or out of order",
                                             name_of_hour(place->hour), name_of_hour(file_.rows.size())));
            problems_.throw_if_any(); // every later line would say the same
        }
        EpwRow row;
        for (auto const& keep : kept) {
            row.*keep.member = values[keep.column] * keep.factor;
        }
        for (std::size_t column = 0; column < epw_columns.size(); ++column) {
            file_.missing[column] += std::isnan(values[column]) ? 1 : 0;
        }
        file_.rows.push_back(row);
    }

    /// Value of a field; NaN when it is missing.
    double value(std::size_t line, std::size_t index, std::string_view field)
    {
        auto const& column = epw_columns[index];
        if (column.is_text) {
            return 0.0;
        }
        auto const number = number_in(field);
        if (field.empty() || (number && *number >= column.missing)) {
            return nothing;
        }
        if (!number) {
            problems_.add(line, fmt::format("has \"{}\" as {} (field {}), which is not a number; mend it or write the code of a missing "
                                            "value",
                                            field, column.name, index + 1));
            return nothing;
        }
        if (is_kept(index) && (*number < column.low || *number > column.high)) {
            problems_.add(line, fmt::format("has {:g} as {} (field {}), outside {:g} to {:g}; mend it or write {:g} for missing", *number,
                                            column.name, index + 1, column.low, column.high, column.missing));
            return nothing;
        }
        return *number;
    }

    static bool is_kept(std::size_t index) { return std::ranges::find(kept, index, &Kept::column) != kept.end(); }

    void take_humidity_from_dew_points()
    {
        for (auto& row : file_.rows) {
            if (std::isnan(row.relative_humidity) && !std::isnan(row.dry_bulb_C) && !std::isnan(row.dew_point_C)) {
                row.relative_humidity = saturation_pressure_Pa(row.dew_point_C) / saturation_pressure_Pa(row.dry_bulb_C);
            }
        }
    }

    void fill()
    {
        auto const needed = [](EpwRow const& row) {
            return std::isnan(row.dry_bulb_C) || std::isnan(row.relative_humidity) || std::isnan(row.pressure_Pa);
        };
        file_.filled_hours = static_cast<std::size_t>(std::ranges::count_if(file_.rows, needed));
        std::vector<double> hours(file_.rows.size());
        for (auto const& keep : kept) {
            std::ranges::transform(file_.rows, hours.begin(), keep.member);
            auto const too_long = fill_gaps(hours);
            for (std::size_t i = 0; keep.is_needed && i < too_long.size(); ++i) {
                problems_.add(line_of(too_long[i]), fmt::format("begins more than {} hours without {}; longer gaps are not filled: mend "
                                                                "the file or take another",
                                                                longest_gap_h, epw_columns[keep.column].name));
            }
            for (std::size_t hour = 0; hour < hours.size(); ++hour) {
                file_.rows[hour].*keep.member = hours[hour];
            }
        }
    }

    /// Line of an hour, from 1.
    std::size_t line_of(std::size_t hour) const
    {
        constexpr std::size_t march_h = 24 * (31 + 28);
        return header_lines + 1 + hour + (file_.had_leap_day && hour >= march_h ? 24 : 0);
    }

    std::string text_;
    std::vector<std::string_view> lines_;
    FileProblems problems_;
    EpwFile file_{};
};

} // namespace

EpwFile read_epw(std::filesystem::path const& path) { return EpwReader(path).read(); }

WeatherYear read_epw_year(std::filesystem::path const& path)
{
    auto const file = read_epw(path);
    FileProblems problems(path);
    WeatherYear year{.hours = {}, .filled_hours = file.filled_hours};
    year.hours.reserve(file.rows.size());
    for (std::size_t hour = 0; hour < file.rows.size(); ++hour) {
        auto const& row = file.rows[hour];
        double const humidity = std::min(row.relative_humidity, 1.0);
        if (humidity * saturation_pressure_Pa(row.dry_bulb_C) > 0.5 * row.pressure_Pa) {
            problems.add(0, fmt::format("has {:g} C, {:g} % and {:g} Pa at {}: more steam than air; mend the file", row.dry_bulb_C,
                                        100.0 * humidity, row.pressure_Pa, name_of_hour(hour)));
            continue;
        }
        year.hours.push_back(air_from_relative_humidity(row.dry_bulb_C, humidity, row.pressure_Pa));
    }
    problems.throw_if_any();
    return year;
}

} // namespace aidc
