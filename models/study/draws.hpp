#pragma once
/// \file
/// Random numbers of the studies: the same bits on every machine.

#include "models/base/error.hpp"

#include <boost/random/mersenne_twister.hpp>

#include <cstdint>
#include <span>
#include <utility>

namespace aidc {

/// The middle of cell k of 2^52 equal cells of the unit interval: a multiple of 2^-53, never 0 nor 1. \pre k < 2^52
inline double cell_middle(std::uint64_t k) { return (static_cast<double>(k) + 0.5) * 0x1p-52; }

/// A stream of draws from one seed.
///
/// Source: M. Matsumoto, T. Nishimura, ACM TOMACS 8 (1998) 3-30, in its 64-bit form MT19937-64 (T. Nishimura, ACM TOMACS 10
/// (2000) 348-357). The conversions are our own, because those of the standard library differ from one library to another.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : engine_(seed) {}

    /// A whole number of 52 bits.
    std::uint64_t bits_52() { return engine_() >> 12; }

    /// Uniform in the open interval (0, 1), a multiple of 2^-53.
    double unit() { return cell_middle(bits_52()); }

    /// Each of 0, 1, ... n - 1 with exactly the same probability.
    /// Source: D. Lemire, ACM TOMACS 29 (2019) article 3, with 32 bits. \pre 1 <= n < 2^32
    std::size_t below(std::size_t n)
    {
        std::uint64_t product = (engine_() >> 32) * n;
        if (low_32(product) < n) {
            std::uint64_t const uneven = 0x1'0000'0000u % n;
            while (low_32(product) < uneven) {
                product = (engine_() >> 32) * n;
            }
        }
        return static_cast<std::size_t>(product >> 32);
    }

    /// Puts the items into an order of which each is as probable as any other (R. Durstenfeld, CACM 7 (1964) 420).
    template <class T> void shuffle(std::span<T> items)
    {
        AIDC_EXPECT(items.size() < 0x1'0000'0000u);
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[below(left)]);
        }
    }

  private:
    static std::uint64_t low_32(std::uint64_t x) { return x & 0xffff'ffffu; }

    boost::random::mt19937_64 engine_;
};

} // namespace aidc
