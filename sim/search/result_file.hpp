#pragma once
/// \file
/// A search as tables: DIR/search.h5.

#include "sim/search/check.hpp"
#include "sim/search/goal.hpp"

#include <filesystem>

namespace aidc {

/// Writes /lever, /plan (every plan with its values, estimates and the best objective so far) and /fresh (plans that were looked at
/// again). The same search gives the same bytes, however often it was interrupted.
/// \throws h5::Error
void write_search_h5(std::filesystem::path const& path, Search const& search, Wanted const& wanted, SearchVerdict const& verdict);

} // namespace aidc
