#pragma once
/// \file
/// A price of energy by the hour, or any step, as a table (CSV).

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// Prices at equal steps; each holds until the next.
struct PriceTable {
    double first_s{}; ///< Beginning of the first row [s since 1970-01-01 00:00, local]
    double step_s{};
    std::vector<double> per_MWh; ///< By row, in the currency of the file
};

/// Reads two columns of a table: `time`, "YYYY-MM-DD HH:MM" (or with T, with seconds, or with an offset from UTC behind it: Z, -06:00), and
/// `column`. Where times carry an offset, all count in that of the first row. Lines before the names that begin with # are passed over.
/// \throws InputErrors  with file and line: a column that is not there, no such time, no number, times at unequal steps
PriceTable read_price(std::filesystem::path const& path, std::string const& time, std::string const& column);

} // namespace aidc
