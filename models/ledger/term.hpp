#pragma once
/// \file
/// What a rack needs before it is live. One table; files, plots and documents iterate over it.

#include <array>
#include <cstdint>
#include <string_view>

namespace aidc {

/// Every term is firm IT watts AT RACK INPUT that one requirement lets a hall carry at design weather.
enum class Term : std::uint8_t { utility, substation, distribution, backup, cooling, handover, space, network, racks };
inline constexpr std::size_t term_count = 9;

/// Bit i: Term i.
using TermSet = std::uint16_t;

template <class T> using PerTerm = std::array<T, term_count>;

constexpr std::size_t index(Term term) { return static_cast<std::size_t>(term); }
constexpr TermSet bit(Term term) { return static_cast<TermSet>(1u << index(term)); }

/// One row of the table of terms.
struct TermInfo {
    Term term;
    std::string_view name;   ///< In files, on plots and in scenarios
    bool shared;             ///< Halls of a campus or building draw on it in order of handover
    std::string_view colour; ///< On plots (sRGB)
    std::string_view text;   ///< What it stands for
};

inline constexpr std::array<TermInfo, term_count> terms{{
    {Term::utility, "utility", true, "#4e79a7", "firm grid import at the fence, less all losses and cooling at design weather"},
    {Term::substation, "substation", true, "#76b7b2", "the site's own transformers, n - r"},
    {Term::distribution, "distribution", false, "#59a14f", "UPS line-ups and busways of the hall, n - r"},
    {Term::backup, "backup", true, "#edc948", "gensets, n - r, for the covered share of the load and its cooling"},
    {Term::cooling, "cooling", true, "#f28e2b", "CDUs of the hall and heat rejection of its building at design weather"},
    {Term::handover, "handover", false, "#e15759", "integrated systems test passed, hall handed over"},
    {Term::space, "space", false, "#9c755f", "positions fitted out"},
    {Term::network, "network", false, "#b07aa1", "fabric up"},
    {Term::racks, "racks", false, "#ff9da7", "racks installed, burnt in and accepted"},
}};

constexpr TermInfo const& info(Term term) { return terms[index(term)]; }

} // namespace aidc
