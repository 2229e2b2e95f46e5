#pragma once
/// \file
/// What readers of hourly weather files share: fields of a line, places in a year, gaps.

#include "models/base/error.hpp"
#include "models/fluid/moist_air.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// Hourly weather of a common year as a file gives it.
struct WeatherYear {
    std::vector<Air> hours;     ///< 8760 rows; row h covers [h, h + 1) h of local standard time from 1 January 00:00
    std::size_t filled_hours{}; ///< Hours with a value that was missing and taken from its neighbours
};

/// Longest run of missing hours that is filled from its ends: weather of half a day is no straight line.
inline constexpr std::size_t longest_gap_h = 6;

/// Problems of one file, each with its line. Stops reading after twenty.
class FileProblems {
  public:
    explicit FileProblems(std::filesystem::path const& path) : path_(path.string()) {}

    /// \param line  From 1; 0: the file
    void add(std::size_t line, std::string message);
    /// \throws InputErrors  when there are any
    void throw_if_any() const;

  private:
    std::string path_;
    std::vector<Problem> problems_;
};

/// Lines of a text without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// Fields of a comma-separated line, without blanks around them. Quotes have no meaning.
std::vector<std::string_view> fields_of(std::string_view line);

/// A finite number that fills the field; nothing otherwise.
std::optional<double> number_in(std::string_view field);

/// Where an hour lies in a common year.
struct HourPlace {
    std::size_t hour{};       ///< 0...8759
    bool is_leap_day = false; ///< 29 February: `hour` is that of the day before
};

/// \param hour  0...23
/// \returns nothing for a day that no year has
std::optional<HourPlace> place_of(double month, double day, double hour);

/// "month-day hour:00" of an hour of a common year, for messages.
std::string name_of_hour(std::size_t hour);

/// Fills runs of NaN from both ends in a straight line (from one end at the borders of the year).
/// \returns first hours of runs that are longer than longest_gap_h; they stay
std::vector<std::size_t> fill_gaps(std::span<double> hours);

} // namespace aidc
