#pragma once
/// \file
/// The order of things inside one instant.

#include <cstdint>

namespace aidc {

/// Phase of an instant. Phases only move forward (law T2); docs/adr/0005-laws-of-time.md gives the reasons.
enum class Phase : std::uint8_t {
    environment, ///< Weather, prices and calendars of the row become current
    failure,     ///< A unit or feed goes down, a shock begins
    repair,      ///< A unit or feed returns, a shock ends
    completion,  ///< An activity, a lot of a line or a job ends. Before arrival, so what it frees can be used
    arrival,     ///< Lots reach the dock; contracts, orders and jobs arrive
    settle,      ///< Decisions, once for everything the phases above have touched
    record,      ///< Rows are written
};

} // namespace aidc
