#pragma once
/// \file
/// aidcsim availability: what years of outages cost.

#include "sim/outage/availability.hpp"

#include <string>
#include <vector>

namespace aidc {

/// What stands behind the words of the command.
struct AvailabilityWords {
    std::string scenario;
    std::string output;
    std::vector<std::string> set;
    std::uint32_t years = 1000;
    double busy = 1.0;
    std::optional<std::uint64_t> seed;
    bool quiet = false;
    bool force = false; ///< Replace an existing file
};

/// Runs the years, prints the table and writes the file if one is named. \returns 0; 75 stopped
int availability(AvailabilityWords const& words);

namespace report {
std::string availability_page(CampusYears const& years);
} // namespace report

} // namespace aidc
