#include "sim/engine/streams.hpp"

namespace aidc {
namespace {

__extension__ using Wide = unsigned __int128;

/// FNV-1a, 64 bits (draft-eastlake-fnv).
std::uint64_t hash_of(std::string_view name)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (char const c : name) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    }
    return hash;
}

} // namespace

PhiloxCounter philox4x64(PhiloxCounter counter, PhiloxKey key)
{
    constexpr int rounds = 10;
    for (int round = 0; round < rounds; ++round) {
        Wide const first = static_cast<Wide>(0xd2e7470ee14c6c93u) * counter[0];
        Wide const second = static_cast<Wide>(0xca5a826395121157u) * counter[2];
        counter = {static_cast<std::uint64_t>(second >> 64) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(second),
                   static_cast<std::uint64_t>(first >> 64) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(first)};
        key[0] += 0x9e3779b97f4a7c15u; // golden ratio
        key[1] += 0xbb67ae8584caa73bu; // sqrt(3) - 1
    }
    return counter;
}

double Streams::uniform(std::string_view entity, std::string_view purpose, std::uint64_t draw) const
{
    PhiloxCounter const counter{draw, hash_of(entity), hash_of(purpose), replicate_};
    std::uint64_t const word = philox4x64(counter, {seed_, 0})[0];
    // 52 bits, not 53: the largest value plus one half must still be exact below 1.
    return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
}

} // namespace aidc
