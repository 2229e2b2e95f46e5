#pragma once
/// \file
/// What a sweep varies, as a user writes it: "/makers/0/backlog_units=1000,2000" or "lead:/makers/0/lead_weeks=20:60".

#include <string>
#include <vector>

namespace aidc {

/// One parameter: places of the scenario that all get the same value, and the values or the range it takes.
struct Parameter {
    /// What stands between `from` and `to`.
    enum class Kind : std::uint8_t {
        values,  ///< A list
        numbers, ///< All numbers between two
        days     ///< All days between two; from and to are days since 1970-01-01
    };
    std::string name;                  ///< Column of the results: letters, digits, _
    std::vector<std::string> pointers; ///< JSON pointers of the scenario, at least one
    Kind kind = Kind::values;
    std::vector<std::string> values; ///< JSON texts; of a range: empty
    double from{}, to{};             ///< from < to
    bool log = false;                ///< Numbers between are spread by their logarithm
    bool by_place = false;           ///< The list has texts, or several kinds of values: their numbers are their places

    bool is_range() const { return kind != Kind::values; }
};

/// Reads "[NAME:]/pointer[,/pointer ...]=VALUES", where VALUES is
///     a,b,c          a list: JSON values, or bare words
///     [1,2],[3,4]    the same of lists
///     lo:hi          all numbers, or all days (2026-07-01:2027-01-01), between two; lo:hi:log by logarithm
///     lo:hi:n        n of them, evenly spread, both ends included; lo:hi:n:log by logarithm
/// Without NAME the parameter is called after its first pointer: /makers/0/backlog_units is makers_0_backlog_units.
/// \throws InputErrors
Parameter parse_vary(std::string const& text);

/// The value, as JSON text, at a place 0 <= u <= 1 of the range, or of the list: each value has an equal part of it.
std::string value_at(Parameter const& parameter, double u);

/// A value as a number: of a list of numbers, days or flags the number, the days since 1970-01-01, 1 or 0; of any other list its
/// place there (0, 1, ...).
double number_of(Parameter const& parameter, std::string const& value);

/// A value that the list has twice; "" when it has none. 40 and 40.0 are one value.
std::string repeated_value(Parameter const& parameter);

/// A text as JSON: as it is when it is a JSON value, else in quotes, as `--set` takes it.
std::string as_json(std::string const& text);

} // namespace aidc
