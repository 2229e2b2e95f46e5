#pragma once
/// \file
/// Values of parameters as numbers with an order, and these numbers in words.

#include "sim/sweep/points.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// What the number of a value means.
enum class LevelScale : std::uint8_t {
    number,
    day, ///< Since 1970-01-01
    text ///< Place in the list: of words, and of lists that mix them with numbers
};

/// Scale of all values of a parameter. \param values  JSON texts that it takes
LevelScale level_scale(Parameter const& parameter);

/// "number", "day", "text".
std::string_view word_of(LevelScale scale);

/// A value as a number of its parameter's scale.
double level_number(Parameter const& parameter, std::string const& value);

/// The numbers of one parameter, point by point.
std::vector<double> level_numbers(Points const& points, std::size_t parameter);

/// A level in words, as it is written: "30", "2026-05-01", "maker_a"; or a bin: "30 ... 38".
std::string level_label(Parameter const& parameter, double from, double to);

/// The same with the middle of a bin: "~34".
std::string level_middle(Parameter const& parameter, double from, double to);

/// A value in few words: without quotes, and of a range of numbers with five digits.
std::string short_value(Parameter const& parameter, std::string const& value);

} // namespace aidc
