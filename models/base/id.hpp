#pragma once
/// \file
/// Typed row numbers. Tables are plain vectors; nothing holds a pointer into one.

#include <compare>
#include <cstdint>

namespace aidc {

/// Row of a T in its table.
template <class T> struct Id {
    static constexpr std::uint32_t none = UINT32_MAX;

    std::uint32_t row = none;

    constexpr explicit operator bool() const { return row != none; }
    auto operator<=>(Id const&) const = default;
};

/// Id of row i of a table.
template <class T> constexpr Id<T> id(std::size_t i) { return {static_cast<std::uint32_t>(i)}; }

} // namespace aidc
