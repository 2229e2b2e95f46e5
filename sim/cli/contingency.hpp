#pragma once
/// \file
/// aidcsim contingency: what falls when one thing is taken out, or two.

#include "sim/outage/contingencies.hpp"

#include <string>
#include <vector>

namespace aidc {

/// What stands behind the words of the command.
struct ContingencyWords {
    std::string scenario;
    std::vector<std::string> set;
    int order = 1;
    bool json = false;
    bool all = false;
    bool quiet = false;
};

/// Prints the table (or JSON) of every campus. \returns 0; 4 if a stated tier is missed; 75 stopped
int contingency(ContingencyWords const& words);

namespace report {
std::string contingency_page(CampusContingencies const& found, bool all);
std::string contingency_json(CampusContingencies const& found);
} // namespace report

} // namespace aidc
