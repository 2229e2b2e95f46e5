#pragma once
/// \file
/// What a simulation sends home: small, in fixed order, no file.

#include "models/buildout/buildout.hpp"
#include "sim/world/observer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// The accelerator-hours of one hall, in accelerator seconds.
struct HallHours {
    double planned_or_live_s{};
    double live_s{};
    double ahead_s{};
    double live_J{};               ///< Provisioned IT energy that was live [J]
    PerTerm<double> share_s{};     ///< Not live, by term: equal split
    PerTerm<double> solo_s{};      ///< Not live, gained if this term alone is cured
    PerCause<double> by_cause_s{}; ///< All planned or live hours
};

/// What a simulation sends home.
struct Digest {
    Plan as_built;                                 ///< Dates of everything; a plan, when the run was the median one
    std::vector<std::vector<ChainStep>> chains;    ///< By milestone: as built, last stretch first; empty when not reached
    std::vector<HallHours> hours;                  ///< By hall
    std::vector<PerTerm<double>> share_s_by_month; ///< By month_ends(): not-live accelerator seconds of the month, all halls
    Ending ending{};
    Tick reached{};
    std::uint64_t events{};
    std::uint64_t trace_hash{}; ///< Of (tick, phase) of every event
    std::uint64_t world_hash{}; ///< Of dates, ledger and flows at the end
};

/// Bytes for a pipe; both ends are the same binary.
std::string to_bytes(Digest const& digest);
Digest digest_from_bytes(std::string_view bytes);

} // namespace aidc
