#pragma once
/// \file
/// A point in words: for messages, and as the command that runs it alone.

#include "sim/sweep/points.hpp"

#include <cstdint>
#include <string>

namespace aidc {

/// "backlog=1000, lead=20".
std::string words_of(Points const& points, std::size_t point);

/// The command that runs one replicate of a point alone, into a result file of its own.
/// \param scenario  As it is named on the command line
std::string command_of(SweepSpec const& spec, Points const& points, std::size_t point, std::uint32_t replicate,
                       std::string const& scenario);

} // namespace aidc
