#pragma once
/// \file
/// Parts of the pages.

#include "sim/cli/show_facts.hpp"
#include "sim/cli/show_lines.hpp"

#include <string>
#include <vector>

namespace aidc::report {

/// Unit in which the halls of a result have short numbers.
struct PowerUnit {
    double watts;
    char const* name;

    explicit PowerUnit(Facts const& f);
    std::string text(double value_W) const;
};

/// Hours by term and, beside them, by cause. \param most  Rows at most; what is left is summed up
void print_hours(Page& page, std::vector<Hours> const& terms, std::vector<Hours> const& causes, double all_h, std::size_t most);

/// Late orders, money, stranded racks.
void print_goods(Page& page, Facts const& f, bool all);

/// Energy, water, heat.

} // namespace aidc::report
