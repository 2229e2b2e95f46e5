#pragma once
/// \file
/// A log of the faults of a cluster's nodes (JSON).

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// One fault of one node.
struct FaultSpell {
    std::uint32_t node{};    ///< Numbered as they first appear in the log
    double start_s{};        ///< [s] since the beginning of the log
    double end_s{};          ///< [s]; end of the log if it was still open then
    bool ended{};            ///< False: still open (censored)
    std::string fault_class; ///< "GPU", "NIC", ...
};

/// What the log says of all nodes.
struct FaultLog {
    std::uint32_t nodes{};          ///< Of the cluster; those without a fault are not in the log
    double span_s{};                ///< Watched [s]
    std::vector<FaultSpell> spells; ///< In the order of their starts
};

/// Reads a list of {"node_id", "event_time" [days], "event_type": "fault_start" or "fault_end", "fault_type": {"Level", "Class", "Desc"}}
/// in the order of time; a fault ends before the next of its node starts.
/// \param nodes   Of the cluster [-] \param span_s  How long it was watched [s]
/// \throws InputErrors  with file, line and pointer: unknown or missing keys, times that fall or lie outside the log, an end without a
///                      start, a start inside a fault, more nodes than the cluster has
FaultLog read_fault_log(std::filesystem::path const& path, std::uint32_t nodes, double span_s);

} // namespace aidc
