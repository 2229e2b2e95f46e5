#pragma once
/// \file
/// What is kept of one run of a sweep.

#include "sim/run/request.hpp"
#include "sim/sweep/layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// The numbers of one run, in the order of a layout. NaN: the run has no such number, or a date was not reached.
struct RunRow {
    std::vector<double> figures;
    std::vector<std::vector<float>> monthly; ///< By series of monthly_of(), then month, then campus
    std::vector<float> gate_h;               ///< By month, then term: accelerator-hours planned and not live
    std::uint64_t world_hash{};              ///< Fingerprint of dates, ledger and flows

    bool operator==(RunRow const&) const = default;
};

/// A row without numbers, for a run that failed.
RunRow missing_row(Layout const& layout);

/// Simulates a scenario and keeps what the layout asks for. \pre no other simulation has run in this process
/// \throws SolverError, AuditError
RunRow run_row(PlannedScenario const& planned, std::uint32_t replicate, Layout const& layout);

/// Bytes for a pipe, and for checking a file; equal rows give equal bytes.
std::string to_bytes(RunRow const& row);
RunRow run_row_from_bytes(std::string_view bytes);

} // namespace aidc
