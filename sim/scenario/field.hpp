#pragma once
/// \file
/// The vocabulary of describe(): what a visitor is told about each key.
///
/// Each struct of a scenario has one function
///
///     template <class V> void describe(V& v, T& x);
///
/// that names its keys. Reader, schema, resolved scenario and the table in the documents are visitors of it: there is no
/// second list of keys. A visitor offers
///
///     text, number, count, count_or_auto, flag, quantity, duration, date, choice, numbers, series, coefficients, texts, object, maybe,
///     list
///
/// Defaults are the values a fresh T has.

#include "models/base/duration.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace aidc {

/// Must a key be there?
enum class Need : std::uint8_t { required, optional };

/// What is common to all kinds of keys.
struct Field {
    std::string_view name; ///< Without unit
    Need need{};
    std::string_view text; ///< One sentence for people
};

/// Accepted interval; an end may be excluded.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_excluded = false;

    bool holds(double value) const { return (low_excluded ? value > low : value >= low) && value <= high; }
};

inline constexpr Range any_value{};
inline constexpr Range not_negative{.low = 0.0};
inline constexpr Range positive{.low = 0.0, .low_excluded = true};
inline constexpr Range share{.low = 0.0, .high = 1.0};

/// A count that the program finds: "auto".
inline constexpr std::uint32_t automatic = std::numeric_limits<std::uint32_t>::max();

/// A day as written in a scenario.
struct Date {
    std::int64_t day{}; ///< Since 1970-01-01
    bool operator==(Date const&) const = default;
};

/// A duration as written in a scenario: its factor still a name.
struct DurationText {
    Duration duration;
    std::string factor;
    bool operator==(DurationText const&) const = default;
};

} // namespace aidc
