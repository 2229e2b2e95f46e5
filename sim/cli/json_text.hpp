#pragma once
/// \file
/// JSON as text, for what `show --json` prints.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc::report {

/// Text as a JSON string.
std::string in_quotes(std::string_view text);
/// Number; null for what is not finite.
std::string number(double value);
/// Text; null for an empty one.
std::string text_or_null(std::string const& text);
/// Object of members whose values are JSON already.
std::string object(std::vector<std::pair<std::string_view, std::string>> const& members);

/// List of what `one` makes of each row.
template <class Rows, class One> std::string list(Rows const& rows, One const& one)
{
    std::string out;
    for (auto const& row : rows) {
        out += (out.empty() ? "" : ", ") + one(row);
    }
    return "[" + out + "]";
}

} // namespace aidc::report
