#pragma once
/// \file
/// Leaf reasons of an accelerator-hour. One table; files, plots and documents iterate over it.

#include <array>
#include <cstdint>
#include <string_view>

namespace aidc {

/// Why an accelerator-hour was not live, or what it did once live. The values are row numbers of `causes`.
enum class Cause : std::uint8_t {
    plan,
    order_late,
    maker,
    upstream_part,
    transit,
    customs_or_ban,
    permit,
    utility_works,
    energy_quota,
    site_works,
    crew,
    commissioning,
    retest,
    install,
    burn_in,
    fabric,
    failed,
    grid_outage,
    plant_outage,
    tripped,
    shed,
    throttled,
    rolled_back,
    unsold,
    unallocated,
    idle,
    overhead,
    useful
};
inline constexpr std::size_t cause_count = 28;

template <class T> using PerCause = std::array<T, cause_count>;

constexpr std::size_t index(Cause cause) { return static_cast<std::size_t>(cause); }

/// One row of the table of causes.
struct CauseInfo {
    Cause cause;
    std::string_view name;   ///< In files and on plots
    std::string_view family; ///< plan, supply, grid, building, it, operations, use
    std::string_view colour; ///< On plots (sRGB)
    std::string_view text;   ///< What it stands for
};

inline constexpr std::array<CauseInfo, cause_count> causes{{
    {Cause::plan, "plan", "plan", "#7f7f7f", "the baseline itself is late or asks for what nothing provides"},
    {Cause::order_late, "order_late", "supply", "#1f77b4", "ordered later than planned"},
    {Cause::maker, "maker", "supply", "#4e79a7", "the maker's queue and making took longer"},
    {Cause::upstream_part, "upstream_part", "supply", "#76b7b2", "a part that the maker waited for"},
    {Cause::transit, "transit", "supply", "#a0cbe8", "waiting for the ship day, and transit"},
    {Cause::customs_or_ban, "customs_or_ban", "supply", "#d62728", "held by customs, a licence or a ban"},
    {Cause::permit, "permit", "grid", "#8c564b", "permits and approvals"},
    {Cause::utility_works, "utility_works", "grid", "#c49c94", "the utility's works and the site's substation"},
    {Cause::energy_quota, "energy_quota", "grid", "#e377c2", "energy-use approval"},
    {Cause::site_works, "site_works", "building", "#ff7f0e", "site, shell and fit-out"},
    {Cause::crew, "crew", "building", "#ffbb78", "waiting for a free crew"},
    {Cause::commissioning, "commissioning", "building", "#2ca02c", "L1 to L5, first passes"},
    {Cause::retest, "retest", "building", "#98df8a", "repeats of failed tests"},
    {Cause::install, "install", "it", "#9467bd", "installing racks"},
    {Cause::burn_in, "burn_in", "it", "#c5b0d5", "burn-in and acceptance"},
    {Cause::fabric, "fabric", "it", "#b07aa1", "bringing up the network"},
    {Cause::failed, "failed", "operations", "#bcbd22", "accelerators under repair (pooled by hall)"},
    {Cause::grid_outage, "grid_outage", "operations", "#17becf", "non-firm grid power curtailed, or no electricity"},
    {Cause::plant_outage, "plant_outage", "operations", "#9edae5", "the plant carries less than what is live"},
    {Cause::tripped, "tripped", "operations", "#393b79", "racks that tripped or lost power, until they are back at full load"},
    {Cause::shed, "shed", "operations", "#6b6ecf", "load shed or jobs put off because the power chain carries less"},
    {Cause::throttled, "throttled", "operations", "#dbdb8d", "power cut to keep chips below their limit"},
    {Cause::rolled_back, "rolled_back", "operations", "#9c9ede", "work since the last checkpoint, lost when a job or its racks stopped"},
    {Cause::unsold, "unsold", "use", "#c7c7c7", "live, and no contract uses it"},
    {Cause::unallocated, "unallocated", "use", "#fde0ec", "sold, and no job, service or customer's rack has it"},
    {Cause::idle, "idle", "use", "#f7b6d2", "given out, and waiting for work, or for a job to restart"},
    {Cause::overhead, "overhead", "use", "#b5cf6b", "busy without progress: writing checkpoints, waiting for the network"},
    {Cause::useful, "useful", "use", "#59a14f", "working"},
}};

constexpr CauseInfo const& info(Cause cause) { return causes[index(cause)]; }

} // namespace aidc
