#pragma once
/// \file
/// Weather files made up line by line.

#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>

namespace aidc::test {

/// One line an hour of a year, from line(month, day, hour 0...23, hour of the common year); a leap day has the hours of the
/// day before.
template <class Line> std::string year_of_lines(bool leap, Line const& line)
{
    constexpr std::array<std::size_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::string text;
    std::size_t index = 0;
    for (std::size_t month = 1; month <= 12; ++month) {
        for (std::size_t day = 1; day <= days[month - 1] + (leap && month == 2 ? 1 : 0); ++day) {
            index -= month == 2 && day == 29 ? 24 : 0;
            for (std::size_t hour = 0; hour < 24; ++hour) {
                text += line(month, day, hour, index++);
            }
        }
    }
    return text;
}

/// Folder of data sets that tests run on where they are there, or nothing (and a word about it).
inline std::filesystem::path data_folder()
{
    auto const* const folder = std::getenv("AIDCSIM_DATA");
    if (folder == nullptr) {
        WARN("skipped: no data sets (set AIDCSIM_DATA)");
        return {};
    }
    return folder;
}

} // namespace aidc::test
