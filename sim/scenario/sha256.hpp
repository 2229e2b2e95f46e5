#pragma once
/// \file
/// Fingerprint of input files.

#include <string>

namespace aidc {

/// SHA-256 (FIPS 180-4) of a text, as 64 hexadecimal digits.
std::string sha256(std::string const& text);

} // namespace aidc
