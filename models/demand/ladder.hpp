#pragma once
/// \file
/// The ladder of utilization: from what a site is built for down to what does useful work. One table; files, plots and documents iterate
/// over it.

#include <array>
#include <cstdint>
#include <string_view>

namespace aidc {

/// Accelerators of one kind, each rung a part of the one before, so that the shares from rung to rung multiply exactly.
enum class Rung : std::uint8_t { design, ready, live, working, sold, allocated, busy, productive };
inline constexpr std::size_t rung_count = 8;

template <class T> using PerRung = std::array<T, rung_count>;

constexpr std::size_t index(Rung rung) { return static_cast<std::size_t>(rung); }

/// One row of the table of rungs.
struct RungInfo {
    Rung rung;
    std::string_view name;   ///< In files and on plots
    std::string_view colour; ///< On plots (sRGB)
    std::string_view text;   ///< What it stands for
};

inline constexpr std::array<RungInfo, rung_count> rungs{{
    {Rung::design, "design", "#d9d9d9", "planned, less what was taken out"},
    {Rung::ready, "ready", "#bab0ac", "positions ready for service that they stand on, or will"},
    {Rung::live, "live", "#9d7660", "live"},
    {Rung::working, "working", "#e15759", "live, fed, cooled, whole and at full speed"},
    {Rung::sold, "sold", "#f28e2b", "working and under contract"},
    {Rung::allocated, "allocated", "#edc948", "and given to a job, a service or a customer's racks"},
    {Rung::busy, "busy", "#76b7b2", "and at work, checkpoints included"},
    {Rung::productive, "productive", "#59a14f", "and making progress"},
}};

constexpr RungInfo const& info(Rung rung) { return rungs[index(rung)]; }

/// What a contract does with its working accelerators: shares, each of the rung before [-], 0..1.
struct UseShares {
    double allocated{};
    double busy{};
    double productive{};
};

} // namespace aidc
