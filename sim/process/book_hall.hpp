#pragma once
/// \file
/// Halls over an interval: what was not live by its unmet terms, what was live by what it did, and the ladder of each pool.

#include "sim/process/use.hpp"

#include <span>

namespace aidc {

/// Books all halls of a campus over dt_s [s], with the states that held during it.
/// \param uses       By kind of rack
/// \param throttled  Share of their power that was cut to keep chips cool, outside fault windows [-]
void book_halls(Run& run, Id<Campus> campus, std::span<Use const> uses, double dt_s, double throttled);

/// Starts a new row in the books of pools.
void begin_pool_rows(Run& run);

} // namespace aidc
