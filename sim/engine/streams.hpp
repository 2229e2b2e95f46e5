#pragma once
/// \file
/// Random numbers that do not depend on who else draws.

#include <array>
#include <cstdint>
#include <string_view>

namespace aidc {

/// 256-bit counter and 128-bit key of Philox4x64-10, and its output.
using PhiloxCounter = std::array<std::uint64_t, 4>;
using PhiloxKey = std::array<std::uint64_t, 2>;

/// The counter-based generator Philox4x64-10: a bijection of the counter for every key.
/// Source: J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11 (2011), section 3.3.
PhiloxCounter philox4x64(PhiloxCounter counter, PhiloxKey key);

/// Counter-based uniforms: a pure function of (seed, replicate, entity, purpose, draw). So adding an entity, a purpose or a
/// draw changes no other number, and the order of drawing does not matter.
///
///     u = (floor(x / 2^12) + 1/2) / 2^52,   x = first word of Philox4x64-10
///     counter = (draw, hash(entity), hash(purpose), replicate),   key = (seed, 0)
///
/// Names are hashed to 64 bits (FNV-1a); two names of one simulation collide with a chance below 1e-9 for 100,000 names.
class Streams {
  public:
    Streams(std::uint64_t seed, std::uint32_t replicate) : seed_(seed), replicate_(replicate) {}

    /// Uniform number, 0 < u < 1: never 0 or 1, so quantile functions stay finite.
    /// \param entity   Name of what the number is for, unique in a scenario: "langfang/A/1"
    /// \param purpose  What is drawn: "repair time"
    /// \param draw     0, 1, 2, ... of this entity and purpose
    double uniform(std::string_view entity, std::string_view purpose, std::uint64_t draw) const;

  private:
    std::uint64_t seed_;
    std::uint32_t replicate_;
};

} // namespace aidc
