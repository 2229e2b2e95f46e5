#pragma once
/// \file
/// Words for a shell.

#include <string>

namespace aidc {

/// A word as a shell takes it: in quotes where it needs them.
std::string shell_word(std::string const& word);

} // namespace aidc
