#include "sim/scenario/weather_csv.hpp"

#include "sim/scenario/document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// What a column holds.
enum class Quantity : std::uint8_t { year, time, month, day, hour, dry_bulb, relative_humidity, dew_point, wet_bulb, pressure };
constexpr std::size_t quantities = 10;
constexpr std::size_t first_value = static_cast<std::size_t>(Quantity::dry_bulb);
constexpr std::size_t values_of_hour = quantities - first_value;

struct Column {
    std::string_view name;
    Quantity quantity{};
    double factor{}; ///< To SI
    double low{};    ///< Smallest value in SI that can be
    double high{};
};

constexpr std::array columns{
    Column{"time", Quantity::time},
    Column{"time_local", Quantity::time},
    Column{"year", Quantity::year},
    Column{"month", Quantity::month},
    Column{"day", Quantity::day},
    Column{"hour", Quantity::hour},
    Column{"dry_bulb_C", Quantity::dry_bulb, 1.0, -70.0, 70.0},
    Column{"Tdb_C", Quantity::dry_bulb, 1.0, -70.0, 70.0},
    Column{"relative_humidity_pct", Quantity::relative_humidity, 0.01, 0.0, 1.1},
    Column{"relative_humidity_share", Quantity::relative_humidity, 1.0, 0.0, 1.1},
    Column{"RH_pct", Quantity::relative_humidity, 0.01, 0.0, 1.1},
    Column{"dew_point_C", Quantity::dew_point, 1.0, -90.0, 50.0},
    Column{"Tdp_C", Quantity::dew_point, 1.0, -90.0, 50.0},
    Column{"wet_bulb_C", Quantity::wet_bulb, 1.0, -70.0, 50.0},
    Column{"Twb_C", Quantity::wet_bulb, 1.0, -70.0, 50.0},
    Column{"pressure_hPa", Quantity::pressure, 100.0, 31000.0, 120000.0},
    Column{"P_hPa", Quantity::pressure, 100.0, 31000.0, 120000.0},
    Column{"pressure_kPa", Quantity::pressure, 1000.0, 31000.0, 120000.0},
    Column{"pressure_Pa", Quantity::pressure, 1.0, 31000.0, 120000.0},
};

/// "YYYY-MM-DD HH:MM", with T instead of the blank or with seconds, at a full hour.
std::optional<HourPlace> place_of_time(std::string_view text)
{
    auto const digits = [&text](std::size_t from) { return number_in(text.substr(from, 2)).value_or(-1.0); };
    bool const has_form = text.size() >= 16 && text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ') && text[13] == ':'
                          && (text.size() == 16 || (text.size() == 19 && text.substr(16) == ":00")) && text.substr(14, 2) == "00";
    return has_form ? place_of(digits(5), digits(8), digits(11)) : std::nullopt;
}

/// Reads one file; problems are collected.
class CsvReader {
  public:
    CsvReader(std::filesystem::path const& path, double altitude_m)
        : text_(read_text(path)), lines_(lines_of(text_)), problems_(path), altitude_m_(altitude_m)
    {
    }

    WeatherYear read()
    {
        read_names();
        problems_.throw_if_any();
        for (auto& hours : hours_) {
            hours.assign(hours_per_year, nothing);
        }
        line_of_hour_.assign(hours_per_year, 0);
        for (std::size_t i = 1; i < lines_.size(); ++i) {
            read_line(i);
        }
        problems_.throw_if_any();
        return year();
    }

  private:
    std::vector<double>& hours(Quantity quantity) { return hours_[static_cast<std::size_t>(quantity) - first_value]; }
    std::size_t& at(Quantity quantity) { return field_of_[static_cast<std::size_t>(quantity)]; }
    bool has(Quantity quantity) { return at(quantity) != 0; }

    void read_names()
    {
        auto const names = fields_of(lines_.empty() ? std::string_view{} : lines_[0]);
        columns_.assign(names.size(), nullptr);
        for (std::size_t field = 0; field < names.size(); ++field) {
            auto const found = std::ranges::find(columns, names[field], &Column::name);
            if (found == columns.end()) {
                complain_of_name(names[field]);
                continue;
            }
            if (has(found->quantity)) {
                problems_.add(1, fmt::format("has a second column for the same, \"{}\"; keep one", found->name));
            }
            columns_[field] = &*found;
            at(found->quantity) = field + 1;
        }
        bool const has_date = has(Quantity::month) && has(Quantity::day) && has(Quantity::hour);
        if (has(Quantity::time) == has_date) {
            problems_.add(1, "needs either a column \"time\" or the three columns \"month\", \"day\", \"hour\"");
        }
        if (!has(Quantity::dry_bulb)) {
            problems_.add(1, "needs a column \"dry_bulb_C\"");
        }
        if (!has(Quantity::relative_humidity) && !has(Quantity::dew_point) && !has(Quantity::wet_bulb)) {
            problems_.add(1, "needs a column of humidity: \"relative_humidity_pct\", \"dew_point_C\" or \"wet_bulb_C\"");
        }
    }

    void complain_of_name(std::string_view name)
    {
        std::vector<std::string_view> known;
        std::ranges::transform(columns, std::back_inserter(known), &Column::name);
        auto const begun = [name](std::string_view other) { return !name.empty() && other.starts_with(fmt::format("{}_", name)); };
        std::vector<std::string_view> with_unit;
        std::ranges::copy_if(known, std::back_inserter(with_unit), begun);
        auto const near = nearest(name, known);
        if (!with_unit.empty()) {
            problems_.add(
                1, fmt::format("has a column \"{}\" without unit (the name carries it); use one of {}", name, fmt::join(with_unit, ", ")));
        }
        else if (!near.empty()) {
            problems_.add(1, fmt::format("has an unknown column \"{}\"; did you mean \"{}\"?", name, near));
        }
        else {
            problems_.add(1, fmt::format("has an unknown column \"{}\"; known: {}", name, fmt::join(known, ", ")));
        }
    }

    void read_line(std::size_t i)
    {
        auto const fields = fields_of(lines_[i]);
        if (fields.size() != columns_.size()) {
            problems_.add(i + 1, fmt::format("has {} fields and the first line names {}", fields.size(), columns_.size()));
            return;
        }
        auto const number = [&](Quantity quantity) { return number_in(fields[at(quantity) - 1]).value_or(-1.0); };
        auto const place = has(Quantity::time) ? place_of_time(fields[at(Quantity::time) - 1])
                                               : place_of(number(Quantity::month), number(Quantity::day), number(Quantity::hour));
        if (!place) {
            problems_.add(i + 1, "has no time of a full hour (\"2023-01-31 14:00\", or month, day and hour 0 to 23)");
            return;
        }
        if (place->is_leap_day) {
            return;
        }
        if (place->hour < next_hour_) {
            problems_.add(i + 1, fmt::format("is {}, not after the line before; put hours in order, each once, from 1 January 00:00",
                                             name_of_hour(place->hour)));
            return;
        }
        next_hour_ = place->hour + 1;
        line_of_hour_[place->hour] = i + 1;
        for (std::size_t field = 0; field < fields.size(); ++field) {
            auto const& column = *columns_[field];
            if (column.quantity >= Quantity::dry_bulb) {
                hours(column.quantity)[place->hour] = value(i + 1, column, fields[field]);
            }
        }
        take_humidity(i + 1, place->hour);
    }

    double value(std::size_t line, Column const& column, std::string_view field)
    {
        if (field.empty() || field == "NA" || field == "NaN" || field == "nan") {
            return nothing;
        }
        auto const number = number_in(field);
        if (!number) {
            problems_.add(line, fmt::format("has \"{}\" as {}, which is not a number; mend it or leave it empty", field, column.name));
            return nothing;
        }
        if (*number * column.factor < column.low || *number * column.factor > column.high) {
            problems_.add(line, fmt::format("has {:g} as {}, outside {:g} to {:g}; mend it or leave it empty", *number, column.name,
                                            column.low / column.factor, column.high / column.factor));
            return nothing;
        }
        return *number * column.factor;
    }

    double pressure_at(std::size_t hour)
    {
        double const listed_Pa = hours(Quantity::pressure)[hour];
        return std::isnan(listed_Pa) ? pressure_at_altitude_Pa(altitude_m_) : listed_Pa;
    }

    /// Relative humidity of an hour from what the line gives, in this order: itself, dew point, wet bulb.
    void take_humidity(std::size_t line, std::size_t hour)
    {
        constexpr double rounding_K = 0.5;
        double const dry_C = hours(Quantity::dry_bulb)[hour];
        double const dew_C = hours(Quantity::dew_point)[hour];
        double const wet_C = hours(Quantity::wet_bulb)[hour];
        if (dew_C > dry_C + rounding_K) {
            problems_.add(line, fmt::format("has a dew point of {:g} C above the dry bulb of {:g} C; mend it", dew_C, dry_C));
        }
        else if (wet_C > dry_C + rounding_K) {
            problems_.add(line, fmt::format("has a wet bulb of {:g} C above the dry bulb of {:g} C; mend it", wet_C, dry_C));
        }
        double& humidity = hours(Quantity::relative_humidity)[hour];
        if (std::isnan(humidity) && !std::isnan(dry_C)) {
            double const saturation_Pa = saturation_pressure_Pa(dry_C);
            if (!std::isnan(dew_C)) {
                humidity = saturation_pressure_Pa(dew_C) / saturation_Pa;
            }
            else if (!std::isnan(wet_C)) {
                double const ratio = humidity_ratio_of_wet_bulb(std::max(dry_C, wet_C), wet_C, pressure_at(hour));
                humidity = vapour_pressure_Pa(std::max(ratio, 0.0), pressure_at(hour)) / saturation_Pa;
                if (ratio < 0.0) {
                    problems_.add(line,
                                  fmt::format("has a wet bulb of {:g} C, lower than that of dry air of {:g} C; mend it", wet_C, dry_C));
                }
            }
        }
        humidity = std::min(humidity, 1.0); // NaN stays
    }

    /// Fills the gaps of one quantity.
    void fill(Quantity quantity, std::string_view name)
    {
        for (auto const hour : fill_gaps(hours(quantity))) {
            auto const line = std::ranges::find_if(line_of_hour_.begin() + static_cast<std::ptrdiff_t>(hour), line_of_hour_.end(),
                                                   [](std::size_t l) { return l != 0; });
            problems_.add(
                line == line_of_hour_.end() ? lines_.size() : *line,
                fmt::format("follows on or begins more than {} hours without {}, from {}; longer gaps are not filled: mend the file "
                            "or take another",
                            longest_gap_h, name, name_of_hour(hour)));
        }
    }

    WeatherYear year()
    {
        WeatherYear year;
        for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
            bool const is_whole = !std::isnan(hours(Quantity::dry_bulb)[hour]) && !std::isnan(hours(Quantity::relative_humidity)[hour])
                                  && !(has(Quantity::pressure) && std::isnan(hours(Quantity::pressure)[hour]));
            year.filled_hours += is_whole ? 0 : 1;
        }
        fill(Quantity::dry_bulb, "dry bulb");
        fill(Quantity::relative_humidity, "humidity");
        if (has(Quantity::pressure)) {
            fill(Quantity::pressure, "pressure");
        }
        problems_.throw_if_any();
        year.hours.reserve(hours_per_year);
        for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
            double const dry_C = hours(Quantity::dry_bulb)[hour];
            double const humidity = hours(Quantity::relative_humidity)[hour];
            if (humidity * saturation_pressure_Pa(dry_C) > 0.5 * pressure_at(hour)) {
                problems_.add(line_of_hour_[hour], fmt::format("has {:g} C, {:g} % and {:g} Pa: more steam than air; mend it", dry_C,
                                                               100.0 * humidity, pressure_at(hour)));
                continue;
            }
            year.hours.push_back(air_from_relative_humidity(dry_C, humidity, pressure_at(hour)));
        }
        problems_.throw_if_any();
        return year;
    }

    std::string text_;
    std::vector<std::string_view> lines_;
    FileProblems problems_;
    double altitude_m_;
    std::vector<Column const*> columns_{};                    ///< By field
    std::array<std::size_t, quantities> field_of_{};          ///< By quantity: number of its field from 1; 0: none
    std::array<std::vector<double>, values_of_hour> hours_{}; ///< By quantity from dry bulb on, by hour; NaN: missing
    std::vector<std::size_t> line_of_hour_{};                 ///< 0: no line
    std::size_t next_hour_ = 0;
};

} // namespace

WeatherYear read_csv_year(std::filesystem::path const& path, double altitude_m) { return CsvReader(path, altitude_m).read(); }

} // namespace aidc
